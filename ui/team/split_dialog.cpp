// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/team/split_dialog.h"

#include "base/byte_size.h"
#include "project/project_split.h"
#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/base/path_field.h"
#include "ui/team/share_map.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QIcon>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPixmap>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <system_error>
#include <utility>

namespace nunatak::ui::team {

using tasks::SharedOutBy;

namespace {

enum Column { Name, Glaciers, Area };

FileQuestion questionFor(const char* purpose, const QString& title, const QStringList& filters,
                         const QString& folder) {
    FileQuestion question;
    question.purpose = QLatin1String(purpose);
    question.title = title;
    question.filters = filters;
    question.startsIn = folder;
    return question;
}

QTableWidgetItem* numberItem(const QString& words) {
    auto* item = owned<QTableWidgetItem>(words);
    item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    return item;
}

} // namespace

SplitDialog::SplitDialog(UserSettings& settings, std::filesystem::path project, const QString& folder,
                         const QStringList& attributes, int glaciers, std::uintmax_t rasterBytes,
                         QWidget* parent)
    : QDialog(parent), m_project(std::move(project)) {
    setObjectName(QStringLiteral("splitDialog"));
    setWindowTitle(tr("Split for experts"));
    auto* about = owned<QLabel>(
        tr("Each expert gets a project with their glaciers of %1, to edit wherever they are. File › Join "
           "others' work (Ctrl+J) brings all of them together again. This project stays as it is.")
            .arg(text(m_project.stem().string())));
    about->setWordWrap(true);
    auto toFolder = questionFor("project", tr("Folder for the parts"), {}, folder);
    toFolder.folder = true;
    m_folder = owned<PathField>(settings, toFolder);
    m_folder->setObjectName(QStringLiteral("splitFolder"));
    m_folder->setPath(folder);
    m_rasters = owned<QCheckBox>(
        tr("Take the rasters of predictions along (%1 in all)").arg(text(sizeText(rasterBytes))));
    m_rasters->setObjectName(QStringLiteral("splitRasters"));
    m_rasters->setToolTip(tr("A review and an export know from them how sure a model was of its outlines"));
    m_rasters->setChecked(rasterBytes <= tasks::littleRoom);
    m_rasters->setVisible(rasterBytes > 0);
    m_state = owned<QLabel>();
    m_state->setObjectName(QStringLiteral("splitState"));
    m_state->setWordWrap(true);
    auto* buttons = owned<QDialogButtonBox>(QDialogButtonBox::Cancel);
    m_do = buttons->addButton(tr("Split"), QDialogButtonBox::AcceptRole);
    m_do->setObjectName(QStringLiteral("splitDo"));

    auto* into = owned<QFormLayout>();
    into->addRow(tr("Into the folder"), m_folder);
    auto* layout = owned<QVBoxLayout>(this);
    layout->setSpacing(10);
    layout->addWidget(about);
    layout->addWidget(makeChoice(settings, folder, attributes, glaciers));
    layout->addWidget(makeParts(), 1);
    layout->addLayout(into);
    layout->addWidget(m_rasters);
    layout->addWidget(m_state);
    layout->addWidget(buttons);
    resize(820, 620);
    connect(buttons, &QDialogButtonBox::accepted, this, &SplitDialog::splitRequested);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_folder, &PathField::changed, this, &SplitDialog::refresh);
    connect(m_rasters, &QCheckBox::toggled, this, &SplitDialog::refresh);
    showLooking();
}

QWidget* SplitDialog::makeChoice(UserSettings& settings, const QString& folder, const QStringList& attributes,
                                 int glaciers) {
    m_by = owned<QComboBox>();
    m_by->setObjectName(QStringLiteral("splitBy"));
    m_by->addItems(
        {tr("so many compact parts"), tr("polygons of a file"), tr("an attribute"), tr("a table")});
    m_count = owned<QSpinBox>();
    m_count->setObjectName(QStringLiteral("splitCount"));
    m_count->setRange(2, std::max(2, std::min(glaciers, 99)));
    m_count->setSuffix(tr(" experts"));
    m_regions = owned<PathField>(
        settings, questionFor("regions", tr("Polygons of the regions"), {tr("All files (*)")}, folder));
    m_regions->setObjectName(QStringLiteral("splitRegions"));
    m_field = owned<QLineEdit>();
    m_field->setObjectName(QStringLiteral("splitField"));
    m_field->setPlaceholderText(tr("their name"));
    m_field->setToolTip(tr("The column that names the polygons"));
    m_field->setMaximumWidth(130);
    m_attribute = owned<QComboBox>();
    m_attribute->setObjectName(QStringLiteral("splitAttribute"));
    m_attribute->addItems(attributes);
    m_list = owned<PathField>(settings,
                              questionFor("list", tr("Table of glacier and expert"),
                                          {tr("Tables (*.csv *.txt *.tsv)"), tr("All files (*)")}, folder));
    m_list->setObjectName(QStringLiteral("splitList"));
    m_list->setToolTip(tr("In each row a glacier (UUID, name, RGI or GLIMS id) and whose it is"));

    m_how = owned<QStackedWidget>();
    const auto page = [this](const std::vector<QWidget*>& fields, bool isWide) {
        auto* box = owned<QWidget>();
        auto* line = owned<QHBoxLayout>(box);
        line->setContentsMargins(0, 0, 0, 0);
        for (auto* field : fields) {
            line->addWidget(field, isWide && field == fields.front() ? 1 : 0);
        }
        if (!isWide) {
            line->addStretch();
        }
        m_how->addWidget(box);
    };
    page({m_count}, false);
    page({m_regions, owned<QLabel>(tr("column")), m_field}, true);
    page({m_attribute}, false);
    page({m_list}, true);
    m_how->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);

    auto* box = owned<QWidget>();
    auto* line = owned<QHBoxLayout>(box);
    line->setContentsMargins(0, 0, 0, 0);
    auto* label = owned<QLabel>(tr("Share out &by"));
    label->setBuddy(m_by);
    line->addWidget(label);
    line->addWidget(m_by);
    line->addWidget(m_how, 1);
    connect(m_by, &QComboBox::currentIndexChanged, m_how, &QStackedWidget::setCurrentIndex);
    connect(m_by, &QComboBox::currentIndexChanged, this, &SplitDialog::choiceChanged);
    connect(m_count, &QSpinBox::valueChanged, this, &SplitDialog::choiceChanged);
    connect(m_regions, &PathField::changed, this, &SplitDialog::choiceChanged);
    connect(m_field, &QLineEdit::editingFinished, this, &SplitDialog::choiceChanged);
    connect(m_attribute, &QComboBox::currentIndexChanged, this, &SplitDialog::choiceChanged);
    connect(m_list, &PathField::changed, this, &SplitDialog::choiceChanged);
    return box;
}

QWidget* SplitDialog::makeParts() {
    m_parts = owned<QTableWidget>(0, 3);
    m_parts->setObjectName(QStringLiteral("splitParts"));
    m_parts->setHorizontalHeaderLabels({tr("Expert"), tr("Glaciers"), tr("Area")});
    m_parts->verticalHeader()->hide();
    m_parts->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_parts->setSelectionMode(QAbstractItemView::SingleSelection);
    m_parts->setShowGrid(false);
    m_parts->setToolTip(tr("Double-click a name to change it; parts of one name are one expert's"));
    m_parts->horizontalHeader()->setSectionResizeMode(Name, QHeaderView::Stretch);
    m_parts->horizontalHeader()->setSectionResizeMode(Glaciers, QHeaderView::ResizeToContents);
    m_parts->horizontalHeader()->setSectionResizeMode(Area, QHeaderView::ResizeToContents);
    m_parts->setMinimumWidth(280);
    m_map = owned<ShareMap>();
    auto* sides = owned<QSplitter>();
    sides->setChildrenCollapsible(false);
    sides->addWidget(m_parts);
    sides->addWidget(m_map);
    sides->setStretchFactor(0, 2);
    sides->setStretchFactor(1, 3);
    connect(m_parts, &QTableWidget::itemChanged, this, &SplitDialog::nameParts);
    connect(m_parts, &QTableWidget::itemSelectionChanged, this,
            [this] { m_map->setChosen(m_parts->selectedItems().isEmpty() ? -1 : m_parts->currentRow()); });
    return sides;
}

tasks::ShareChoice SplitDialog::choice() const {
    constexpr std::array<SharedOutBy, 4> ways{SharedOutBy::Count, SharedOutBy::Regions,
                                              SharedOutBy::Attribute, SharedOutBy::List};
    tasks::ShareChoice choice;
    choice.by = ways[static_cast<std::size_t>(m_by->currentIndex())];
    choice.parts = m_count->value();
    switch (choice.by) {
    case SharedOutBy::Regions:
        choice.file = m_regions->path().toStdString();
        choice.field = m_field->text().trimmed().toStdString();
        break;
    case SharedOutBy::Attribute:
        choice.field = m_attribute->currentText().toStdString();
        break;
    case SharedOutBy::List:
        choice.file = m_list->path().toStdString();
        break;
    case SharedOutBy::Count:
        break;
    }
    return choice;
}

std::vector<project::PartWanted> SplitDialog::parts() const {
    std::vector<project::PartWanted> parts;
    for (const SharePreview::Part& part : m_preview.parts) {
        const auto known = std::find_if(parts.begin(), parts.end(),
                                        [&](const auto& other) { return other.name == part.name; });
        if (known == parts.end()) {
            parts.push_back({part.name, part.wanted.uuids});
        } else {
            known->uuids.insert(part.wanted.uuids.begin(), part.wanted.uuids.end());
        }
    }
    return parts;
}

std::filesystem::path SplitDialog::folder() const {
    return m_folder->path().toStdString();
}

tasks::TakeRasters SplitDialog::rasters() const {
    return m_rasters->isChecked() ? tasks::TakeRasters::Yes : tasks::TakeRasters::No;
}

void SplitDialog::showLooking() {
    m_isLooking = true;
    m_state->setText(tr("Looking who gets what…"));
    refresh();
}

void SplitDialog::showProblem(const QString& sentence) {
    m_isLooking = true; // nothing can be split
    m_preview = {};
    m_parts->setRowCount(0);
    m_map->setPreview({});
    m_state->setText(sentence);
    refresh();
}

void SplitDialog::showPreview(SharePreview preview) {
    m_isLooking = false;
    // Names that were typed stay with so many parts of the same kind.
    const bool isAlike =
        preview.parts.size() == m_preview.parts.size() &&
        std::equal(preview.parts.begin(), preview.parts.end(), m_preview.parts.begin(),
                   [](const auto& now, const auto& before) { return now.wanted.name == before.wanted.name; });
    for (std::size_t i = 0; isAlike && i < preview.parts.size(); ++i) {
        preview.parts[i].name = m_preview.parts[i].name;
    }
    m_preview = std::move(preview);
    const QSignalBlocker blocker(m_parts);
    m_parts->setRowCount(static_cast<int>(m_preview.parts.size()));
    for (int row = 0; row < m_parts->rowCount(); ++row) {
        const auto& part = m_preview.parts[static_cast<std::size_t>(row)];
        QPixmap swatch(12, 12);
        swatch.fill(partColor(static_cast<std::size_t>(row)));
        m_parts->setItem(row, Name, owned<QTableWidgetItem>(QIcon(swatch), text(part.name)));
        m_parts->setItem(row, Glaciers,
                         numberItem(QLocale().toString(static_cast<qulonglong>(part.wanted.uuids.size()))));
        m_parts->setItem(row, Area, numberItem(areaText(part.area)));
    }
    m_map->setPreview(m_preview);
    refresh();
}

void SplitDialog::nameParts() {
    for (int row = 0; row < m_parts->rowCount(); ++row) {
        m_preview.parts[static_cast<std::size_t>(row)].name =
            m_parts->item(row, Name)->text().trimmed().toStdString();
    }
    m_map->setPreview(m_preview);
    refresh();
}

QString SplitDialog::inTheWay(const std::vector<project::PartWanted>& parts) const {
    for (const auto& part : parts) {
        const auto file = project::partFile(m_project, part.name, folder());
        auto files = file;
        files.replace_extension(".files");
        const auto isThere = [](const std::filesystem::path& place) {
            std::error_code trouble;
            return std::filesystem::exists(std::filesystem::symlink_status(place, trouble));
        };
        if (isThere(file) || (rasters() != tasks::TakeRasters::No && isThere(files))) {
            return text((isThere(file) ? file : files).filename().string());
        }
    }
    return {};
}

void SplitDialog::refresh() {
    if (m_do == nullptr) {
        return; // it is being made
    }
    bool isPossible = !m_isLooking && !m_folder->path().isEmpty();
    if (!m_isLooking) {
        const bool isUnnamed = std::any_of(m_preview.parts.begin(), m_preview.parts.end(),
                                           [](const auto& part) { return part.name.empty(); });
        const auto names = parts();
        isPossible = isPossible && !isUnnamed && names.size() > 1;
        m_state->setText(isUnnamed ? tr("Each expert needs a name: their file is called by it.")
                         : names.size() < 2
                             ? tr("There is one part alone. Share out by something else, or give "
                                  "the experts different names.")
                             : tr("%1 projects are made, %2 and so on.")
                                   .arg(QLocale().toString(static_cast<qulonglong>(names.size())),
                                        text(project::partFile(m_project, names.front().name, folder())
                                                 .filename()
                                                 .string())));
        if (const QString there = isPossible ? inTheWay(names) : QString(); !there.isEmpty()) {
            isPossible = false;
            m_state->setText(tr("%1 is in that folder already, and stays. Choose another folder, or give the "
                                "expert another name.")
                                 .arg(there));
        }
    }
    m_do->setEnabled(isPossible);
}

} // namespace nunatak::ui::team
