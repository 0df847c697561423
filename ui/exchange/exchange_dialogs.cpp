// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/exchange_dialogs.h"

#include "base/error.h"
#include "base/project_file.h"
#include "exchange/export_layer.h"
#include "ui/base/format.h"
#include "ui/base/messages.h"
#include "ui/base/owned.h"
#include "ui/base/path_field.h"
#include "ui/base/user_settings.h"
#include "ui/exchange/crs_choice.h"
#include "ui/exchange/export_preview_table.h"
#include "ui/exchange/hand_in_fields.h"
#include "ui/exchange/outline_fields.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QTimer>
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

/// True of names of files that are in longitude and latitude, whatever is asked for.
bool isLongitudeLatitude(const QString& file) {
    const QString suffix = QFileInfo(file).suffix().toLower();
    return suffix == QStringLiteral("geojson") || suffix == QStringLiteral("kml");
}

} // namespace

ExportDialog::ExportDialog(UserSettings& settings, std::vector<ExportableLayer> layers, const QString& chosen,
                           const geo::Crs& crs, QWidget* parent)
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
    m_question.filters = QStringList{tr("GeoPackage (*.gpkg)"), tr("Shapefile (*.shp)"),
                                     tr("GeoJSON (*.geojson)"), tr("FlatGeobuf (*.fgb)"), tr("KML (*.kml)")};
    m_question.save = true;
    m_question.asksBeforeReplacing = false; // accept() does, also of a name that was typed
    m_question.suffix = QStringLiteral("gpkg");
    m_file = owned<PathField>(settings, m_question);
    m_file->setObjectName(QStringLiteral("exportFile"));
    m_crs = owned<CrsChoice>(crs);
    m_schema = owned<QComboBox>();
    m_schema->setObjectName(QStringLiteral("exportSchema"));
    for (const auto& schema : nunatak::exchange::exportSchemas()) {
        m_schema->addItem(text(schema.title), QString::fromLatin1(schema.id));
        m_schema->setItemData(m_schema->count() - 1, text(schema.what) + QLatin1Char('.'), Qt::ToolTipRole);
    }
    FileQuestion elevation;
    elevation.purpose = QStringLiteral("elevation");
    elevation.title = tr("Elevation model");
    elevation.filters = QStringList{tr("Rasters (*.tif *.tiff *.vrt *.img)"), tr("All files (*)")};
    m_elevation = owned<PathField>(settings, elevation);
    m_elevation->setObjectName(QStringLiteral("exportElevation"));
    m_elevation->setToolTip(
        tr("By which heights, slope, aspect and length are measured anew. Empty: the project's own, that of "
           "the scene, for what no inventory has measured."));
    m_region = owned<QLineEdit>();
    m_region->setObjectName(QStringLiteral("exportRegion"));
    m_region->setPlaceholderText(tr("as imported, or such as 11-01"));
    m_count = owned<QLabel>();
    m_count->setObjectName(QStringLiteral("exportCount"));
    m_count->setWordWrap(true);
    m_readme = owned<QCheckBox>(tr("With a README and a table of where each outline comes from"));
    m_readme->setObjectName(QStringLiteral("exportReadme"));
    m_handIn = owned<HandInFields>(settings);
    m_columns = owned<ExportPreviewTable>();
    m_notes = owned<QLabel>();
    m_notes->setObjectName(QStringLiteral("exportNotes"));
    m_notes->setWordWrap(true);
    m_hint = owned<QLabel>();
    m_hint->setWordWrap(true);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    m_buttons = buttonsFor(this, tr("Export"));
    m_later = owned<QTimer>(this);
    m_later->setSingleShot(true);
    constexpr int pause = 300; // ms
    m_later->setInterval(pause);

    m_form = owned<QFormLayout>();
    m_form->addRow(tr("Layer"), m_layer);
    m_outlines = owned<OutlineFields>(*m_form, this);
    m_form->addRow(tr("Schema"), m_schema);
    m_form->addRow(tr("Elevation"), m_elevation);
    m_form->addRow(tr("RGI region"), m_region);
    m_form->addRow(tr("File"), m_file);
    m_form->addRow(tr("Coordinate system"), m_crs);
    m_form->addRow(QString(), m_readme);
    auto* layout = owned<QVBoxLayout>(this);
    layout->addLayout(m_form);
    layout->addWidget(m_handIn);
    layout->addWidget(m_count);
    layout->addWidget(m_columns, 1);
    layout->addWidget(m_notes);
    layout->addWidget(m_hint);
    layout->addWidget(m_buttons);
    connect(m_file, &PathField::changed, this, &ExportDialog::update);
    connect(m_layer, &QComboBox::currentIndexChanged, this, &ExportDialog::suggest);
    connect(m_outlines, &OutlineFields::changed, this, &ExportDialog::update);
    connect(m_crs, &QComboBox::currentTextChanged, this, &ExportDialog::update);
    connect(m_readme, &QCheckBox::toggled, this, &ExportDialog::update);
    connect(m_handIn, &HandInFields::changed, this, &ExportDialog::update);
    connect(m_schema, &QComboBox::currentIndexChanged, this, &ExportDialog::changeSchema);
    connect(m_elevation, &PathField::changed, this, &ExportDialog::update);
    connect(m_region, &QLineEdit::textChanged, this, &ExportDialog::update);
    connect(m_later, &QTimer::timeout, this, &ExportDialog::previewWanted);
    m_file->setFocus();
    constexpr int width = 720;
    resize(width, sizeHint().height());
    changeSchema();
    suggest();
}

QString ExportDialog::layer() const {
    return m_layer->currentData().toString();
}

const ExportableLayer* ExportDialog::chosen() const {
    const auto index = static_cast<std::size_t>(m_layer->currentIndex());
    return index < m_layers.size() ? &m_layers[index] : nullptr;
}

tasks::ExportChoice ExportDialog::choice() const {
    tasks::ExportChoice choice;
    choice.layer = layer().toStdString();
    choice.schema = m_schema->currentData().toString().toStdString();
    const auto& schema = nunatak::exchange::exportSchema(choice.schema);
    if (schema.wantsSurface) {
        choice.elevation = m_elevation->path().toStdString();
    }
    const bool isChosenByTheFormat = schema.isOfGlims || isLongitudeLatitude(file());
    if (!isChosenByTheFormat) {
        choice.crs = m_crs->chosen();
    }
    choice.notes.isWanted = m_readme->isChecked();
    if (!schema.fields.empty() || choice.notes.isWanted) {
        m_handIn->addTo(choice);
    }
    if (!schema.fields.empty()) {
        const QString region = m_region->text().trimmed();
        choice.regions = {region.section(QLatin1Char('-'), 0, 0).toStdString(),
                          region.section(QLatin1Char('-'), 1, 1).toStdString()};
    }
    choice.which = m_outlines->choice();
    return choice;
}

void ExportDialog::offerOutlines() {
    std::vector<OutlineFields::Place> places;
    for (const auto& other : m_layers) {
        if (other.hasAreas && other.outlines > 0 && other.name != layer()) {
            places.push_back({other.name, other.title});
        }
    }
    const auto* layer = chosen();
    m_outlines->offer(layer == nullptr ? std::vector<std::string>() : layer->selected, places);
}

void ExportDialog::changeSchema() {
    const auto& schema = nunatak::exchange::exportSchema(m_schema->currentData().toString().toStdString());
    m_schema->setToolTip(text(schema.what) + QLatin1Char('.'));
    m_crs->reset(schema.isLongitudeLatitude);
    update();
}

void ExportDialog::showFields() {
    const auto& schema = nunatak::exchange::exportSchema(m_schema->currentData().toString().toStdString());
    const auto show = [this](QWidget* field, bool isShown) {
        field->setVisible(isShown);
        if (auto* label = m_form->labelForField(field)) {
            label->setVisible(isShown);
        }
    };
    const bool isInventory = !schema.fields.empty();
    show(m_elevation, schema.wantsSurface);
    show(m_region, isInventory && !schema.isOfGlims);
    show(m_crs, !schema.isOfGlims && !isLongitudeLatitude(file()));
    show(m_readme, !isInventory);
    m_handIn->setGlims(schema.isOfGlims);
    m_handIn->setVisible(isInventory || m_readme->isChecked());
}

void ExportDialog::showPreview(const nunatak::exchange::ExportPreview& preview) {
    const QLocale locale;
    m_columns->showPreview(preview);
    showCount(tr("%1, with %2 km², in %3")
                  .arg(locale.toString(static_cast<qulonglong>(preview.outlines)),
                       locale.toString(preview.areaKm2, 'f', 3), text(preview.crs)));
    QStringList notes;
    for (const auto& note : preview.notes) {
        notes << text(note);
    }
    const bool isWhole = std::none_of(preview.columns.begin(), preview.columns.end(),
                                      [](const auto& column) { return column.isAwaited; });
    if (!isWhole) {
        notes.prepend(tr("Measuring heights, slope, aspect and length … An export need not wait for it."));
    }
    say(notes.join(QLatin1Char('\n')));
}

void ExportDialog::showProblem(const QString& sentence) {
    m_columns->setEmpty();
    say(sentence);
}

void ExportDialog::say(const QString& words) {
    m_notes->setText(words);
    layout()->activate();
    // A window does not grow by itself for words that take more lines: they would lie over the table.
    resize(width(), std::max(height(), layout()->minimumHeightForWidth(width())));
}

void ExportDialog::suggest() {
    offerOutlines();
    if (const auto* layer = chosen()) {
        m_elevation->setPlaceholder(layer->elevation.isEmpty()
                                        ? tr("none: no scene of the project has an elevation model")
                                        : tr("the project's own: %1").arg(layer->elevation));
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
    try {
        choice();
    } catch (const Error& error) { // here it can still be mended
        showProblem(text(error.what()));
        return;
    }
    const auto others = nunatak::exchange::othersInTheWay(
        file().toStdString(), m_schema->currentData().toString().toStdString(), m_readme->isChecked());
    m_handIn->remember();
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

void ExportDialog::showCount(const QString& written) {
    auto words = tr("Outlines that are written: %1.").arg(written);
    if (const auto* layer = chosen(); layer != nullptr && layer->left > 0) {
        words += QLatin1Char(' ') +
                 tr("Left out, as they are marked as no glaciers: %1.").arg(QLocale().toString(layer->left));
    }
    m_count->setText(words);
}

void ExportDialog::update() {
    if (const auto* layer = chosen()) {
        showCount(QLocale().toString(layer->outlines));
    }
    showFields();
    Q_EMIT previewOutdated();
    const QFileInfo info(file());
    const QString suffix = info.suffix().toLower();
    const bool known = QStringList{QStringLiteral("shp"), QStringLiteral("gpkg"), QStringLiteral("geojson"),
                                   QStringLiteral("fgb"), QStringLiteral("kml")}
                           .contains(suffix);
    const bool isProject = known && isProjectFile(file().toStdString());
    m_isComplete = known && !isProject && m_layer->count() > 0;
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(m_isComplete);
    const auto* layer = chosen();
    if (m_isComplete && layer != nullptr) {
        m_columns->showAwaited(nunatak::exchange::columnNames(
            m_schema->currentData().toString().toStdString(), layer->hasAreas));
    } else {
        m_columns->setEmpty();
    }
    say(m_isComplete ? tr("Measuring …") : QString());
    m_later->start();
    if (isProject) {
        m_hint->setText(
            tr("%1 is a Nunatak project, which nothing replaces. Choose another name.").arg(info.fileName()));
    } else if (known && info.exists()) {
        m_hint->setText(tr("%1 is there already.").arg(info.fileName()));
    } else {
        m_hint->setText(
            tr("The ending says which: .gpkg, .shp, .fgb (FlatGeobuf), or in longitude and latitude "
               ".geojson and .kml."));
    }
}

} // namespace nunatak::ui::exchange
