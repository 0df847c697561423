// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenes/scene_panel.h"

#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/scenes/scene_table.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QIcon>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

namespace nunatak::ui::scenes {

ScenePanel::ScenePanel(QWidget* parent) : QWidget(parent) {
    m_layer = owned<QComboBox>();
    m_layer->setObjectName(QStringLiteral("rankingLayer"));
    m_layer->setToolTip(tr("Earlier outlines: their glaciers, and the ground within 1 km, are what counts"));
    m_layer->setMinimumContentsLength(12);
    m_layer->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_rank = owned<QPushButton>(QIcon::fromTheme(QStringLiteral("view-calendar")), tr("Rank the scenes"));
    m_rank->setObjectName(QStringLiteral("rankButton"));
    m_rank->setToolTip(
        tr("Measure cover, cloud, snow and shadow of every scene, and put the best first (F8)"));
    m_alone = owned<QCheckBox>();
    m_alone->setObjectName(QStringLiteral("rankingGlacier"));
    m_alone->setToolTip(tr("Show and sort by the values of the selected glacier"));
    m_summary = owned<QLabel>();
    m_summary->setObjectName(QStringLiteral("rankingSummary"));
    m_summary->setWordWrap(true);
    m_summary->setMinimumWidth(120);

    auto* line = owned<QHBoxLayout>();
    line->addWidget(owned<QLabel>(tr("Glaciers of")));
    line->addWidget(m_layer);
    line->addWidget(m_rank);
    line->addWidget(m_alone);
    line->addSpacing(12);
    line->addWidget(m_summary, 1);

    m_table = owned<SceneTable>(this);
    m_order = owned<SceneOrder>(this);
    m_order->setSourceModel(m_table);
    m_order->setSortRole(Qt::UserRole);
    m_view = owned<QTableView>();
    m_view->setObjectName(QStringLiteral("scenes"));
    m_view->setModel(m_order);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(SceneTable::Date, Qt::DescendingOrder);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setAlternatingRowColors(true);
    m_view->setShowGrid(false);
    m_view->setIconSize(QSize(thumbnailWidth, thumbnailHeight));
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(thumbnailHeight + 6);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->horizontalHeader()->setSectionResizeMode(SceneTable::Scene, QHeaderView::Stretch);
    // Numbers beside each other, so that dates can be compared at a glance.
    m_view->setColumnWidth(SceneTable::Date, thumbnailWidth + fontMetrics().averageCharWidth() * 18);
    for (int column = SceneTable::Score; column < SceneTable::ColumnCount; ++column) {
        m_view->setColumnWidth(column, fontMetrics().averageCharWidth() * 13);
    }

    auto* layout = owned<QVBoxLayout>(this);
    layout->setContentsMargins(8, 6, 8, 6);
    layout->addLayout(line);
    layout->addWidget(m_view, 1);

    connect(m_rank, &QPushButton::clicked, this, &ScenePanel::rankRequested);
    connect(m_view, &QTableView::clicked, this, &ScenePanel::choose);
    connect(m_view, &QTableView::activated, this, &ScenePanel::choose);
    connect(m_alone, &QCheckBox::toggled, this, &ScenePanel::updateGlacier);
    connect(m_layer, &QComboBox::textActivated, this,
            [this](const QString& name) { m_layer->setProperty("chosenByUser", name); });
    setGlacier({}, {});
    clearRanking(tr("A click on a row shows its scene."));
}

void ScenePanel::setScenes(const std::vector<scene::Scene>& scenes, const std::string& current) {
    m_table->setScenes(scenes, current);
    m_rank->setEnabled(!scenes.empty());
    selectRow(current);
}

void ScenePanel::selectRow(const std::string& id) {
    if (const int row = m_table->rowOf(id); row >= 0) {
        m_view->selectRow(m_order->mapFromSource(m_table->index(row, 0)).row());
    }
}

void ScenePanel::setThumbnail(const std::string& id, const QImage& picture) {
    m_table->setThumbnail(id, picture);
}

void ScenePanel::setLayers(const QStringList& layers) {
    const auto chosen = m_layer->property("chosenByUser").toString();
    m_layer->clear();
    for (const auto& name : layers) {
        m_layer->addItem(name, name);
    }
    m_layer->addItem(tr("none: all of the picture"), QString());
    if (const int index = m_layer->findText(chosen); index >= 0) {
        m_layer->setCurrentIndex(index);
    }
}

QString ScenePanel::layer() const {
    return m_layer->currentData().toString();
}

void ScenePanel::setBusy(bool busy) {
    m_rank->setEnabled(!busy && m_table->rowCount() > 0);
}

void ScenePanel::setRanking(const std::vector<ranking::RankedScene>& ranking) {
    m_table->setRanking(ranking);
    m_view->sortByColumn(SceneTable::Score, Qt::DescendingOrder);
    m_view->scrollToTop();
    const auto best = std::max_element(ranking.begin(), ranking.end(), [](const auto& a, const auto& b) {
        return a.conditions().score().value_or(-1) < b.conditions().score().value_or(-1);
    });
    m_summary->setText(best == ranking.end() ? tr("There is no scene with optical bands to rank.")
                       : best->date.empty()
                           ? tr("<b>%1</b> is the best for these glaciers.").arg(text(best->name))
                           : tr("<b>%1</b> is the best date for these glaciers.").arg(text(best->date)));
    updateGlacier();
}

void ScenePanel::clearRanking(const QString& why) {
    m_table->clearRanking();
    m_summary->setText(why);
    updateGlacier();
}

void ScenePanel::setGlacier(const std::string& uuid, const QString& name) {
    m_glacier = uuid;
    m_glacierName = name;
    updateGlacier();
}

void ScenePanel::updateGlacier() {
    const bool known = !m_glacier.empty() && m_table->knows(m_glacier);
    m_alone->setEnabled(known);
    m_alone->setText(known ? tr("Only %1").arg(m_glacierName) : tr("Only the selected glacier"));
    m_table->setGlacier(known && m_alone->isChecked() ? m_glacier : std::string());
}

void ScenePanel::choose(const QModelIndex& index) {
    if (index.isValid()) {
        Q_EMIT sceneChosen(m_table->idAt(m_order->mapToSource(index).row()));
    }
}

} // namespace nunatak::ui::scenes
