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
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTimer>
#include <QTreeWidget>
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
    m_question.filters = QStringList{tr("GeoPackage (*.gpkg)"), tr("Shapefile (*.shp)"),
                                     tr("GeoJSON (*.geojson)"), tr("FlatGeobuf (*.fgb)"), tr("KML (*.kml)")};
    m_question.save = true;
    m_question.asksBeforeReplacing = false; // accept() does, also of a name that was typed
    m_question.suffix = QStringLiteral("gpkg");
    m_file = owned<PathField>(settings, m_question);
    m_file->setObjectName(QStringLiteral("exportFile"));
    m_which = owned<QComboBox>();
    m_which->setObjectName(QStringLiteral("exportWhich"));
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
        tr("By which heights, slope, aspect and length are measured anew. Empty: the elevation "
           "model of the scene, for what no inventory has measured."));
    m_region = owned<QLineEdit>();
    m_region->setObjectName(QStringLiteral("exportRegion"));
    m_region->setPlaceholderText(tr("as imported, or such as 11-01"));
    m_count = owned<QLabel>();
    m_count->setObjectName(QStringLiteral("exportCount"));
    m_count->setWordWrap(true);
    m_columns = owned<QTreeWidget>();
    m_columns->setObjectName(QStringLiteral("exportColumns"));
    m_columns->setHeaderLabels({tr("Column"), tr("Outlines"), tr("Example"), tr("Of the others")});
    m_columns->setRootIsDecorated(false);
    m_columns->setUniformRowHeights(true);
    m_columns->setMinimumHeight(220);
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
    m_form->addRow(tr("Outlines"), m_which);
    m_form->addRow(tr("Columns"), m_schema);
    m_form->addRow(tr("Elevation"), m_elevation);
    m_form->addRow(tr("RGI region"), m_region);
    m_form->addRow(tr("File"), m_file);
    auto* layout = owned<QVBoxLayout>(this);
    layout->addLayout(m_form);
    layout->addWidget(m_count);
    layout->addWidget(m_columns, 1);
    layout->addWidget(m_notes);
    layout->addWidget(m_hint);
    layout->addWidget(m_buttons);
    connect(m_file, &PathField::changed, this, &ExportDialog::update);
    connect(m_layer, &QComboBox::currentIndexChanged, this, &ExportDialog::suggest);
    connect(m_which, &QComboBox::currentIndexChanged, this, &ExportDialog::update);
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
    if (!schema.fields.empty()) {
        const QString region = m_region->text().trimmed();
        choice.regions = {region.section(QLatin1Char('-'), 0, 0).toStdString(),
                          region.section(QLatin1Char('-'), 1, 1).toStdString()};
    }
    const QVariant which = m_which->currentData();
    if (which.toString() == QStringLiteral("selected")) {
        choice.which.uuids = chosen()->selected;
    } else if (which.isValid()) {
        choice.which.reviews = {static_cast<outlines::Review>(which.toInt())};
    }
    return choice;
}

void ExportDialog::offerOutlines() {
    const QSignalBlocker quiet(m_which);
    const int before = m_which->currentIndex();
    m_which->clear();
    m_which->addItem(tr("All"));
    m_which->addItem(tr("Accepted"), static_cast<int>(outlines::Review::Accepted));
    m_which->addItem(tr("Doubtful"), static_cast<int>(outlines::Review::Doubtful));
    m_which->addItem(tr("Not reviewed"), static_cast<int>(outlines::Review::NotReviewed));
    if (const auto* layer = chosen(); layer != nullptr && !layer->selected.empty()) {
        m_which->addItem(tr("Selected: %1").arg(QLocale().toString(static_cast<int>(layer->selected.size()))),
                         QStringLiteral("selected"));
    }
    m_which->setCurrentIndex(before >= 0 && before < m_which->count() ? before : 0);
}

void ExportDialog::changeSchema() {
    const auto& schema = nunatak::exchange::exportSchema(m_schema->currentData().toString().toStdString());
    m_schema->setToolTip(text(schema.what) + QLatin1Char('.'));
    const auto show = [this](QWidget* field, bool isShown) {
        field->setVisible(isShown);
        m_form->labelForField(field)->setVisible(isShown);
    };
    show(m_elevation, schema.wantsSurface);
    show(m_region, !schema.fields.empty() && !schema.isOfGlims);
    update();
}

void ExportDialog::showPreview(const nunatak::exchange::ExportPreview& preview) {
    const QLocale locale;
    m_columns->clear();
    for (const auto& column : preview.columns) {
        auto* row = new QTreeWidgetItem(m_columns); // the tree's
        row->setText(0, text(column.name));
        row->setText(1, locale.toString(static_cast<qulonglong>(column.filled)));
        row->setText(2, text(column.example));
        if (column.filled < preview.outlines) {
            QStringList why;
            for (const auto& reason : column.why) {
                why << text(reason);
            }
            const QString written = column.missing.empty() ? tr("nothing") : text(column.missing);
            const QString reasons = why.join(QStringLiteral("; "));
            row->setText(3, reasons.isEmpty() ? written : tr("%1: %2").arg(written, reasons));
            row->setToolTip(3, row->text(3));
        }
    }
    for (int i = 0; i < 3; ++i) {
        m_columns->resizeColumnToContents(i);
    }
    constexpr int widest = 200; // of an example
    m_columns->setColumnWidth(2, std::min(m_columns->columnWidth(2), widest));
    QStringList notes;
    for (const auto& note : preview.notes) {
        notes << text(note);
    }
    say(notes.join(QLatin1Char('\n')));
    QStringList files;
    for (const auto& file : preview.files) {
        files << text(file);
    }
    m_columns->setToolTip(tr("%1 km², %2: %3")
                              .arg(locale.toString(preview.areaKm2, 'f', 3), text(preview.crs),
                                   files.join(QStringLiteral(", "))));
}

void ExportDialog::showProblem(const QString& sentence) {
    m_columns->clear();
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
    const bool known = QStringList{QStringLiteral("shp"), QStringLiteral("gpkg"), QStringLiteral("geojson"),
                                   QStringLiteral("fgb"), QStringLiteral("kml")}
                           .contains(suffix);
    const bool isProject = known && isProjectFile(file().toStdString());
    m_isComplete = known && !isProject && m_layer->count() > 0;
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(m_isComplete);
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
