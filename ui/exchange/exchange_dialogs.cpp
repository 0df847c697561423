// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/exchange_dialogs.h"

#include "base/project_file.h"
#include "exchange/export_layer.h"
#include "ui/base/format.h"
#include "ui/base/messages.h"
#include "ui/base/owned.h"
#include "ui/base/path_field.h"
#include "ui/base/user_settings.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace nunatak::ui::exchange {

namespace {

QDialogButtonBox* buttonsFor(QDialog* dialog, const QString& acceptText) {
    auto* buttons = owned<QDialogButtonBox>(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Ok)->setText(acceptText);
    QObject::connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    return buttons;
}

} // namespace

ExportDialog::ExportDialog(UserSettings& settings, std::vector<ExportableLayer> layers, const QString& chosen,
                           QWidget* parent)
    : QDialog(parent), m_settings(settings), m_layers(std::move(layers)) {
    setWindowTitle(tr("Export outlines"));
    m_layer = owned<QComboBox>();
    m_layer->setObjectName(QStringLiteral("exportLayer"));
    for (const auto& layer : m_layers) {
        m_layer->addItem(layer.title, layer.name);
    }
    m_layer->setCurrentIndex(std::max(0, m_layer->findData(chosen)));
    m_question.purpose = QStringLiteral("export");
    m_question.title = tr("Export outlines to");
    m_question.filters =
        QStringList{tr("GeoPackage (*.gpkg)"), tr("Shapefile (*.shp)"), tr("GeoJSON (*.geojson)")};
    m_question.save = true;
    m_question.asksBeforeReplacing = false; // accept() does, also of a name that was typed
    m_question.suffix = QStringLiteral("gpkg");
    m_file = owned<PathField>(settings, m_question);
    m_file->setObjectName(QStringLiteral("exportFile"));
    m_count = owned<QLabel>();
    m_count->setObjectName(QStringLiteral("exportCount"));
    m_count->setWordWrap(true);
    m_hint = owned<QLabel>();
    m_hint->setWordWrap(true);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    m_buttons = buttonsFor(this, tr("Export"));

    auto* form = owned<QFormLayout>();
    form->addRow(tr("Layer"), m_layer);
    form->addRow(tr("File"), m_file);
    auto* layout = owned<QVBoxLayout>(this);
    layout->addLayout(form);
    layout->addWidget(m_count);
    layout->addWidget(m_hint);
    layout->addStretch(1);
    layout->addWidget(m_buttons);
    connect(m_file, &PathField::changed, this, &ExportDialog::update);
    connect(m_layer, &QComboBox::currentIndexChanged, this, &ExportDialog::suggest);
    m_file->setFocus();
    suggest();
}

QString ExportDialog::layer() const {
    return m_layer->currentData().toString();
}

const ExportableLayer* ExportDialog::chosen() const {
    const auto index = static_cast<std::size_t>(m_layer->currentIndex());
    return index < m_layers.size() ? &m_layers[index] : nullptr;
}

void ExportDialog::suggest() {
    if (const auto* layer = chosen()) {
        m_question.suggested = layer->fileName;
        m_file->setQuestion(m_question);
        if (file() == m_suggested) { // else the user has named one
            m_suggested = m_settings.folder(m_question.purpose) + QLatin1Char('/') + layer->fileName;
            m_file->setPath(m_suggested);
        }
    }
    update();
}
QString ExportDialog::file() const {
    return m_file->path();
}

void ExportDialog::accept() {
    const auto others = nunatak::exchange::othersInTheWay(file().toStdString());
    if (others.empty()) {
        QDialog::accept();
        return;
    }
    ask(this, tr("Replace %1?").arg(text(others.front().filename().string())),
        tr("It is there already, and no export made it, or it was changed since."), tr("Replace"), tr("Keep"),
        [this] {
            m_replaces = true;
            QDialog::accept();
        });
}

void ExportDialog::update() {
    if (const auto* layer = chosen()) {
        const QLocale locale;
        auto words = tr("Outlines that are written: %1.").arg(locale.toString(layer->outlines));
        if (layer->left > 0) {
            words += QLatin1Char(' ') +
                     tr("Left out, as they are marked as no glaciers: %1.").arg(locale.toString(layer->left));
        }
        m_count->setText(words);
    }
    const QFileInfo info(file());
    const QString suffix = info.suffix().toLower();
    const bool known = suffix == QStringLiteral("shp") || suffix == QStringLiteral("gpkg") ||
                       suffix == QStringLiteral("geojson");
    const bool isProject = known && isProjectFile(file().toStdString());
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(known && !isProject && m_layer->count() > 0);
    if (isProject) {
        m_hint->setText(
            tr("%1 is a Nunatak project, which nothing replaces. Choose another name.").arg(info.fileName()));
    } else if (known && info.exists()) {
        m_hint->setText(tr("%1 is there already.").arg(info.fileName()));
    } else {
        m_hint->setText(tr("The ending says which: .shp (with the attribute names of RGI 7), .gpkg or "
                           ".geojson (longitude and "
                           "latitude)."));
    }
}

} // namespace nunatak::ui::exchange
