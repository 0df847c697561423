// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/import_dialog.h"

#include "base/error.h"
#include "ui/base/empty_hint.h"
#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/base/path_field.h"
#include "ui/exchange/import_columns.h"
#include "ui/layers/layer_panel.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QSplitter>
#include <QTableWidget>
#include <QTimer>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace nunatak::ui::exchange {

using layers::kindText;

namespace {

enum LayerColumn { LayerNameColumn, FeaturesColumn, CrsColumn, PlaceColumn };

constexpr int pauseWhileTyping = 400; ///< milliseconds

} // namespace

ImportDialog::ImportDialog(UserSettings& settings, const std::vector<outlines::LayerInfo>& layers,
                           QWidget* parent)
    : QDialog(parent), m_layers(layers) {
    setWindowTitle(tr("Import outlines"));
    FileQuestion question;
    question.purpose = QStringLiteral("import");
    question.title = tr("Import outlines from");
    question.filters =
        QStringList{tr("Outlines (*.shp *.gpkg *.geojson *.json *.kml *.kmz *.gml *.fgb *.zip *.tar "
                       "*.tgz)"),
                    tr("All files (*)")};
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
    for (const auto& kind : outlines::sideKinds()) {
        const auto name = text(std::string(kind.term));
        if (m_layer->findText(name) < 0) {
            m_layer->addItem(name);
        }
    }
    m_layer->setToolTip(tr("A layer of the project, or the name of a new one"));
    m_kind = owned<QComboBox>();
    m_kind->setObjectName(QStringLiteral("importKind"));
    for (const auto kind : {outlines::LayerKind::Expert, outlines::LayerKind::Inventory,
                            outlines::LayerKind::Predicted, outlines::LayerKind::Side}) {
        m_kind->addItem(kindText(kind), static_cast<int>(kind));
    }
    m_kind->setToolTip(
        tr("What they are for: an expert's or a model's are reference, an inventory is edited, and so are "
           "side layers, which may lie over it"));
    m_wait = owned<QTimer>(this);
    m_wait->setSingleShot(true);
    m_wait->setInterval(pauseWhileTyping);
    connect(m_wait, &QTimer::timeout, this, [this] { Q_EMIT previewWanted(); });
    m_buttons = owned<QDialogButtonBox>(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("Import"));
    for (auto* button : m_buttons->buttons()) { // update() says which is pressed by Return
        qobject_cast<QPushButton*>(button)->setAutoDefault(false);
    }

    auto* layout = owned<QVBoxLayout>(this);
    layout->addWidget(source());
    layout->addWidget(content(), 1);
    layout->addWidget(already());
    layout->addWidget(m_buttons);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_file, &PathField::changed, this, &ImportDialog::askAgain);
    connect(m_layer, &QComboBox::currentTextChanged, this, [this] {
        m_alreadyBox->hide(); // what it says is of another layer
        update();
        Q_EMIT surveyWanted();
    });
    connect(m_kind, &QComboBox::activated, this, [this] { Q_EMIT surveyWanted(); });
    m_file->setFocus();
    resize(760, 640);
    update();
}

QWidget* ImportDialog::source() {
    auto* box = owned<QWidget>();
    m_crs = owned<QLineEdit>();
    m_crs->setObjectName(QStringLiteral("importCrs"));
    m_crs->setPlaceholderText(tr("as the file says"));
    m_crs->setToolTip(
        tr("Where the file says none, or a wrong one: such as EPSG:4326 for longitude and latitude"));
    m_analyses = owned<QComboBox>();
    m_analyses->setObjectName(QStringLiteral("importAnalyses"));
    m_analyses->setEditable(true);
    m_analyses->setInsertPolicy(QComboBox::NoInsert);
    m_analyses->addItems({tr("newest"), tr("oldest"), tr("all")});
    m_analyses->setToolTip(
        tr("Which outline is taken of a glacier that the file has from several dates (GLIMS: "
           "analyses); a date such as 2015-08-29: the nearest one"));
    m_encoding = owned<QComboBox>();
    m_encoding->setObjectName(QStringLiteral("importEncoding"));
    m_encoding->setEditable(true);
    m_encoding->setInsertPolicy(QComboBox::NoInsert);
    m_encoding->addItems({tr("as the file tells"), QStringLiteral("UTF-8"), QStringLiteral("CP1252"),
                          QStringLiteral("CP1250"), QStringLiteral("CP1251"), QStringLiteral("CP866")});
    m_encoding->setToolTip(tr("How the file stores letters, where names look wrong"));
    auto* form = owned<QFormLayout>(box);
    form->setContentsMargins(0, 0, 0, 0);
    form->addRow(tr("File"), m_file);
    form->addRow(tr("Into layer"), m_layer);
    form->addRow(tr("Drawn by"), m_kind);
    form->addRow(tr("Coordinate system"), m_crs);
    form->addRow(tr("Analyses"), m_analyses);
    form->addRow(tr("Letters"), m_encoding);
    connect(m_crs, &QLineEdit::textChanged, this, &ImportDialog::askAgain);
    connect(m_analyses, &QComboBox::currentTextChanged, this, &ImportDialog::askAgain);
    connect(m_encoding, &QComboBox::currentTextChanged, this, &ImportDialog::askAgain);
    return box;
}

QWidget* ImportDialog::content() {
    auto* parts = owned<QSplitter>(Qt::Vertical);
    m_summary = owned<QLabel>();
    m_summary->setObjectName(QStringLiteral("importSummary"));
    m_summary->setWordWrap(true);
    m_sourceLayers = owned<QTreeWidget>();
    m_sourceLayers->setObjectName(QStringLiteral("importSourceLayers"));
    m_sourceLayers->setHeaderLabels(
        {tr("Layer of the file"), tr("Features"), tr("Coordinate system"), tr("Within")});
    m_sourceLayers->setRootIsDecorated(false);
    for (const int column : {LayerNameColumn, FeaturesColumn, CrsColumn}) {
        m_sourceLayers->header()->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    }
    showWhileEmpty(m_sourceLayers, tr("Choose a file: its layers are listed here."));
    m_columns = owned<QTableWidget>();
    m_columns->setObjectName(QStringLiteral("importColumns"));
    prepareColumns(*m_columns);
    showWhileEmpty(m_columns, tr("Its columns, and what each says."));
    m_notes = owned<QListWidget>();
    m_notes->setObjectName(QStringLiteral("importNotes"));
    m_notes->setWordWrap(true);
    m_notes->setSelectionMode(QAbstractItemView::NoSelection);
    showWhileEmpty(m_notes, tr("What does not come in as it stands."));
    m_notes->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* top = owned<QWidget>();
    auto* layout = owned<QVBoxLayout>(top);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_summary);
    layout->addWidget(m_sourceLayers);
    parts->addWidget(top);
    parts->addWidget(m_columns);
    parts->addWidget(m_notes);
    parts->setStretchFactor(0, 2);
    parts->setStretchFactor(1, 3);
    parts->setStretchFactor(2, 2);
    connect(m_sourceLayers, &QTreeWidget::itemChanged, this, [this] {
        if (!m_filling) {
            m_layersChosen = true;
            askAgain();
        }
    });
    return parts;
}

QWidget* ImportDialog::already() {
    m_alreadyBox = owned<QWidget>();
    m_alreadyBox->setObjectName(QStringLiteral("importAlready"));
    m_alreadyText = owned<QLabel>();
    m_alreadyText->setObjectName(QStringLiteral("importAlreadyText"));
    m_alreadyText->setWordWrap(true);
    m_ownLayer = owned<QRadioButton>();
    m_ownLayer->setObjectName(QStringLiteral("importOwnLayer"));
    m_replace = owned<QRadioButton>(tr("Put them in the place of those that are there"));
    m_replace->setObjectName(QStringLiteral("importReplace"));
    m_append = owned<QRadioButton>(tr("Add them beside those that are there"));
    m_append->setObjectName(QStringLiteral("importAppend"));
    m_ownLayer->setChecked(true); // nothing is lost, nothing doubled
    auto* layout = owned<QVBoxLayout>(m_alreadyBox);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_alreadyText);
    for (auto* choice : {m_ownLayer, m_replace, m_append}) {
        layout->addWidget(choice);
    }
    m_alreadyBox->hide();
    return m_alreadyBox;
}

QString ImportDialog::file() const {
    return m_file->path();
}
QString ImportDialog::layer() const {
    return !m_alreadyBox->isHidden() && m_ownLayer->isChecked() ? m_freeLayer : chosenLayer();
}

QString ImportDialog::chosenLayer() const {
    return m_layer->currentText().trimmed();
}

project::ImportMode ImportDialog::mode() const {
    if (m_alreadyBox->isHidden() || m_ownLayer->isChecked()) {
        return project::ImportMode::Unsaid;
    }
    return m_replace->isChecked() ? project::ImportMode::Replace : project::ImportMode::Append;
}

outlines::LayerKind ImportDialog::kind() const {
    return static_cast<outlines::LayerKind>(m_kind->currentData().toInt());
}

nunatak::exchange::ImportOptions ImportDialog::options() const {
    nunatak::exchange::ImportOptions options;
    if (file() == m_shownFile) {
        options.mapping = m_mapping;
        for (int i = 0; m_layersChosen && i < m_sourceLayers->topLevelItemCount(); ++i) {
            const auto* item = m_sourceLayers->topLevelItem(i);
            if (item->checkState(LayerNameColumn) == Qt::Checked) {
                options.sourceLayers.push_back(item->text(LayerNameColumn).toStdString());
            }
        }
    }
    if (const auto crs = m_crs->text().trimmed(); !crs.isEmpty()) {
        options.crs = geo::Crs::fromUserInput(crs.toStdString());
    }
    // The first three are words of the window's language.
    constexpr const char* choices[] = {"newest", "oldest", "all"};
    const auto analyses = m_analyses->currentText().trimmed();
    const int known = m_analyses->findText(analyses);
    options.analyses = nunatak::exchange::analysisChoiceFrom(known >= 0 ? std::string(choices[known])
                                                                        : analyses.toStdString());
    if (const auto encoding = m_encoding->currentText().trimmed(); encoding != m_encoding->itemText(0)) {
        options.encoding = encoding.toStdString();
    }
    return options;
}

void ImportDialog::askAgain() {
    if (file() != m_shownFile) {
        m_shownFile = file();
        m_mapping.clear();
        m_layersChosen = false;
        m_preview = {};
        m_preview.problem = QString();
        fillLayers();
        fillColumns();
        m_notes->clear();
    }
    m_isCurrent = false;
    m_alreadyBox->hide();
    m_summary->setText(file().isEmpty() ? QString() : tr("Reading …"));
    m_wait->start();
    update();
}

std::vector<std::string> ImportDialog::shownNotes() const {
    return m_isCurrent ? m_preview.notes : std::vector<std::string>();
}

void ImportDialog::showPreview(const ImportPreview& preview) {
    // What cannot be read with these choices still has its layers and columns to choose from.
    auto layers = preview.layers.empty() ? std::move(m_preview.layers) : preview.layers;
    m_preview = preview;
    m_preview.layers = std::move(layers);
    m_isCurrent = true;
    fillLayers();
    fillColumns();
    m_notes->clear();
    for (const auto& note : preview.notes) {
        m_notes->addItem(text(note));
    }
    if (!preview.problem.isEmpty()) {
        m_summary->setText(preview.problem);
    } else {
        showSummary();
    }
    update();
}

void ImportDialog::showSummary() {
    const auto& survey = m_preview.survey;
    QString sentence = tr("Outlines that would come in: %1.").arg(survey.outlines);
    if (survey.hasScenes) {
        sentence += ' ' + tr("On the project's scenes: %1.").arg(survey.outlines - survey.elsewhere);
    }
    if (survey.isNewLayer) {
        sentence += ' ' + tr("The layer %1 is new.").arg(text(survey.layer.name));
    } else if (survey.inLayer > 0) {
        sentence += ' ' + tr("The layer %1 has %2.").arg(text(survey.layer.name)).arg(survey.inLayer);
    }
    m_summary->setText(sentence);
}

void ImportDialog::showSurvey(const project::ImportSurvey& survey, const QString& freeLayer) {
    m_preview.survey = survey;
    m_freeLayer = freeLayer;
    m_ownLayer->setText(tr("Give them a layer of their own: %1").arg(freeLayer));
    const auto sentences = project::sentencesOf(survey);
    m_alreadyText->setText(survey.needsChoice() ? text(sentences.back()) : QString());
    m_alreadyBox->setVisible(survey.needsChoice());
    if (m_isCurrent && m_preview.problem.isEmpty()) {
        showSummary();
    }
}

void ImportDialog::fillLayers() {
    m_filling = true;
    m_sourceLayers->clear();
    m_sourceLayers->setColumnHidden(PlaceColumn,
                                    std::all_of(m_preview.layers.begin(), m_preview.layers.end(),
                                                [](const auto& layer) { return layer.file.empty(); }));
    for (const auto& layer : m_preview.layers) {
        auto* item = owned<QTreeWidgetItem>(m_sourceLayers);
        item->setText(LayerNameColumn, text(layer.name));
        item->setText(FeaturesColumn, QString::number(layer.features));
        item->setText(CrsColumn, layer.crs.empty() ? tr("none") : text(layer.crs));
        item->setText(PlaceColumn, text(layer.file));
        item->setCheckState(LayerNameColumn, layer.isRead ? Qt::Checked : Qt::Unchecked);
    }
    m_filling = false;
}

void ImportDialog::fillColumns() {
    const auto shown = std::find_if(m_preview.layers.begin(), m_preview.layers.end(),
                                    [](const nunatak::exchange::SourceLayer& layer) { return layer.isRead; });
    const auto* layer = shown != m_preview.layers.end() ? &*shown
                        : m_preview.layers.empty()      ? nullptr
                                                        : &m_preview.layers.front();
    showColumns(*m_columns,
                layer != nullptr ? layer->columns : std::vector<nunatak::exchange::SourceColumn>(),
                [this](const ColumnChange& change) {
                    changeMapping(m_mapping, change);
                    askAgain();
                });
}

void ImportDialog::update() {
    // A layer that exists has its kind already.
    const auto existing =
        std::find_if(m_layers.begin(), m_layers.end(),
                     [this](const outlines::LayerInfo& info) { return text(info.name) == chosenLayer(); });
    if (existing != m_layers.end()) {
        m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(existing->kind)));
    }
    const bool isSide = existing == m_layers.end() &&
                        outlines::sideKindOf(std::string_view(chosenLayer().toStdString())) != nullptr;
    if (isSide) {
        m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(outlines::LayerKind::Side)));
    }
    m_kind->setEnabled(existing == m_layers.end() && !isSide);
    auto* import = m_buttons->button(QDialogButtonBox::Ok);
    import->setEnabled(!file().isEmpty() && !chosenLayer().isEmpty() &&
                       !(m_isCurrent && !m_preview.problem.isEmpty()));
    // The Return that ends a path is no answer to a preview that nobody has seen yet.
    import->setDefault(m_isCurrent);
}

} // namespace nunatak::ui::exchange
