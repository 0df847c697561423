// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ranking/rank_scenes.h"

#include <QAbstractTableModel>
#include <QPixmap>
#include <QSortFilterProxyModel>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace nunatak::ui::scenes {

/// The project's scenes as rows with how well glaciers can be mapped from them; Qt::UserRole gives what to
/// sort by, invalid where it is unknown.
class SceneTable : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Date, Scene, Score, Covered, Cloud, Snow, Shadow, Sun, Day, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// What was known of scenes that are still there stays.
    void setScenes(const std::vector<scene::Scene>& scenes, const std::string& current);
    void setThumbnail(const std::string& id, const QImage& picture);
    void setRanking(const std::vector<ranking::RankedScene>& ranking);
    void clearRanking() { setRanking({}); }
    /// Shows the values of one glacier; empty: of all together.
    void setGlacier(const std::string& uuid);
    /// True when the glacier with this UUID was measured.
    bool knows(const std::string& uuid) const;

    const std::string& idAt(int row) const { return m_scenes[static_cast<std::size_t>(row)].id; }
    int rowOf(const std::string& id) const; ///< -1: none

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const ranking::RankedScene* rankedAt(int row) const;
    std::optional<ranking::Conditions> conditionsAt(int row) const;
    std::optional<double> valueAt(int row, int column) const;
    QString cellText(int row, int column) const;
    QString tipAt(int row) const;
    void valuesChanged();

    std::vector<scene::Scene> m_scenes;
    std::string m_current;
    std::map<std::string, QPixmap> m_thumbnails;           ///< by scene id
    std::map<std::string, ranking::RankedScene> m_ranking; ///< by scene id
    std::string m_glacier;
};

/// Sorts scenes; what is unknown comes last whichever way.
class SceneOrder : public QSortFilterProxyModel {
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

protected:
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;
};

/// Size of a scene's picture in the table, device-independent pixels.
inline constexpr int thumbnailWidth = 60;
inline constexpr int thumbnailHeight = 40;

} // namespace nunatak::ui::scenes
