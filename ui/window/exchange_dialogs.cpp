// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/exchange_dialogs.h"

#include "charts/owned.h"
#include "panels/format.h"
#include "panels/layer_panel.h"
#include "window/path_field.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace nunatak::ui {

namespace {

QDialogButtonBox* buttonsFor(QDialog* dialog, const QString& acceptText) {
    auto* buttons = owned<QDialogButtonBox>(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Ok)->setText(acceptText);
    QObject::connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    return buttons;
}

} // namespace

ExportDialog::ExportDialog(QSettings& settings, const QStringList& layers, const QString& chosen,
                           QWidget* parent)
    : QDialog(parent) {
    setWindowTitle(tr("Export outlines"));
    m_layer = owned<QComboBox>();
    m_layer->setObjectName(QStringLiteral("exportLayer"));
    m_layer->addItems(layers);
    if (const int index = layers.indexOf(chosen); index >= 0) {
        m_layer->setCurrentIndex(index);
    }
    FileQuestion question;
    question.purpose = QStringLiteral("export");
    question.title = tr("Export outlines to");
    question.filters =
        QStringList{tr("GeoPackage (*.gpkg)"), tr("Shapefile (*.shp)"), tr("GeoJSON (*.geojson)")};
    question.save = true;
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
    return m_layer->currentText();
}
QString ExportDialog::file() const {
    return m_file->path();
}

void ExportDialog::update() {
    const QFileInfo info(file());
    const QString suffix = info.suffix().toLower();
    const bool known = suffix == QStringLiteral("shp") || suffix == QStringLiteral("gpkg") ||
                       suffix == QStringLiteral("geojson");
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(known && m_layer->count() > 0);
    if (known && info.exists()) {
        m_hint->setText(tr("%1 exists and will be replaced.").arg(info.fileName()));
    } else {
        m_hint->setText(tr("The ending says which: .shp (with the attribute names of RGI 7), .gpkg or "
                           ".geojson (longitude and "
                           "latitude)."));
    }
}

ImportDialog::ImportDialog(QSettings& settings, const std::vector<outlines::LayerInfo>& layers,
                           QWidget* parent)
    : QDialog(parent), m_layers(layers) {
    setWindowTitle(tr("Import outlines"));
    FileQuestion question;
    question.purpose = QStringLiteral("import");
    question.title = tr("Import outlines from");
    question.filters = QStringList{tr("Outlines (*.shp *.gpkg *.geojson *.json *.kml)"), tr("All files (*)")};
    m_file = owned<PathField>(settings, question);
    m_file->setObjectName(QStringLiteral("importFile"));
    m_layer = owned<QComboBox>();
    m_layer->setObjectName(QStringLiteral("importLayer"));
    m_layer->setEditable(true);
    m_layer->addItem(QStringLiteral("expert"));
    for (const auto& layer : layers) {
        if (layer.name != "expert") {
            m_layer->addItem(text(layer.name));
        }
    }
    m_layer->setToolTip(tr("A layer of the project, or the name of a new one"));
    m_kind = owned<QComboBox>();
    m_kind->setObjectName(QStringLiteral("importKind"));
    for (const auto kind :
         {outlines::LayerKind::Expert, outlines::LayerKind::Corrected, outlines::LayerKind::Predicted}) {
        m_kind->addItem(kindText(kind), static_cast<int>(kind));
    }
    m_kind->setToolTip(tr("Who drew them: an expert, a model, or an expert upon a model"));
    m_buttons = buttonsFor(this, tr("Import"));

    auto* form = owned<QFormLayout>();
    form->addRow(tr("File"), m_file);
    form->addRow(tr("Into layer"), m_layer);
    form->addRow(tr("Drawn by"), m_kind);
    auto* layout = owned<QVBoxLayout>(this);
    layout->addLayout(form);
    layout->addStretch(1);
    layout->addWidget(m_buttons);
    connect(m_file, &PathField::changed, this, &ImportDialog::update);
    connect(m_layer, &QComboBox::currentTextChanged, this, &ImportDialog::update);
    m_file->setFocus();
    update();
}

QString ImportDialog::file() const {
    return m_file->path();
}
QString ImportDialog::layer() const {
    return m_layer->currentText().trimmed();
}

outlines::LayerKind ImportDialog::kind() const {
    return static_cast<outlines::LayerKind>(m_kind->currentData().toInt());
}

void ImportDialog::update() {
    // A layer that exists has its kind already.
    const auto existing =
        std::find_if(m_layers.begin(), m_layers.end(),
                     [this](const outlines::LayerInfo& info) { return text(info.name) == layer(); });
    if (existing != m_layers.end()) {
        m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(existing->kind)));
    }
    m_kind->setEnabled(existing == m_layers.end());
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(!file().isEmpty() && !layer().isEmpty());
}

} // namespace nunatak::ui
