// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/exchange_dialogs.h"

#include "base/project_file.h"
#include "exchange/export_layer.h"
#include "ui/base/format.h"
#include "ui/base/messages.h"
#include "ui/base/owned.h"
#include "ui/base/path_field.h"
#include "ui/layers/layer_panel.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

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

ExportDialog::ExportDialog(UserSettings& settings, const QStringList& layers, const LayerTitle& title,
                           const QString& chosen, QWidget* parent)
    : QDialog(parent) {
    setWindowTitle(tr("Export outlines"));
    m_layer = owned<QComboBox>();
    m_layer->setObjectName(QStringLiteral("exportLayer"));
    fillLayers(*m_layer, layers, title, chosen);
    FileQuestion question;
    question.purpose = QStringLiteral("export");
    question.title = tr("Export outlines to");
    question.filters =
        QStringList{tr("GeoPackage (*.gpkg)"), tr("Shapefile (*.shp)"), tr("GeoJSON (*.geojson)")};
    question.save = true;
    question.asksBeforeReplacing = false; // accept() does, also of a name that was typed
    question.suffix = QStringLiteral("gpkg");
    question.suggested = QStringLiteral("outlines.gpkg");
    m_file = owned<PathField>(settings, question);
    m_file->setObjectName(QStringLiteral("exportFile"));
    m_hint = owned<QLabel>();
    m_hint->setWordWrap(true);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    m_buttons = buttonsFor(this, tr("Export"));

    auto* form = owned<QFormLayout>();
    form->addRow(tr("Layer"), m_layer);
    form->addRow(tr("File"), m_file);
    auto* layout = owned<QVBoxLayout>(this);
    layout->addLayout(form);
    layout->addWidget(m_hint);
    layout->addStretch(1);
    layout->addWidget(m_buttons);
    connect(m_file, &PathField::changed, this, &ExportDialog::update);
    m_file->setFocus();
    update();
}

QString ExportDialog::layer() const {
    return chosenLayer(*m_layer);
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
