// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/scene_panel.h"

#include "charts/owned.h"
#include "panels/format.h"

#include <QHeaderView>
#include <QLocale>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace nunatak::ui {

namespace {

enum SceneColumn { DateColumn, SceneName };

QString described(const scene::Scene& scene) {
    QStringList features;
    for (const auto& raster : scene.rasters) {
        features << text(raster.feature);
    }
    features.removeDuplicates();
    return ScenePanel::tr("%1\n%2\n%3 × %4 pixels of %5 m\n%6")
        .arg(text(scene.name), scene.sensor.empty() ? ScenePanel::tr("unknown sensor") : text(scene.sensor))
        .arg(QLocale().toString(scene.grid.columns), QLocale().toString(scene.grid.rows),
             QLocale().toString(scene.grid.pixelSize, 'g', 4), features.join(QStringLiteral(", ")));
}

} // namespace

ScenePanel::ScenePanel(QWidget* parent) : QWidget(parent) {
    m_tree = owned<QTreeWidget>();
    m_tree->setObjectName(QStringLiteral("scenes"));
    m_tree->setHeaderLabels({tr("Date"), tr("Scene")});
    m_tree->setRootIsDecorated(false);
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->header()->setSectionsMovable(false);
    m_tree->header()->setSectionResizeMode(DateColumn, QHeaderView::ResizeToContents);
    setMinimumWidth(250);
    auto* layout = owned<QVBoxLayout>(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_tree);
    connect(m_tree, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem* item) {
        Q_EMIT sceneChosen(item->data(DateColumn, Qt::UserRole).toString().toStdString());
    });
}

void ScenePanel::setScenes(const std::vector<scene::Scene>& scenes, const std::string& current) {
    auto byDate = scenes;
    std::stable_sort(byDate.begin(), byDate.end(),
                     [](const auto& a, const auto& b) { return a.date > b.date; });
    m_tree->clear();
    for (const auto& scene : byDate) {
        auto* item = owned<QTreeWidgetItem>(m_tree);
        item->setText(DateColumn, scene.date.empty() ? tr("no date") : text(scene.date));
        item->setText(SceneName, text(scene.name));
        item->setData(DateColumn, Qt::UserRole, text(scene.id));
        item->setToolTip(DateColumn, described(scene));
        item->setToolTip(SceneName, described(scene));
        QFont font = m_tree->font();
        font.setBold(scene.id == current);
        item->setFont(DateColumn, font);
        item->setFont(SceneName, font);
        if (scene.id == current) {
            m_tree->setCurrentItem(item);
        }
    }
}

} // namespace nunatak::ui
