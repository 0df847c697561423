// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ranking/rank_scenes.h"

#include <QWidget>

#include <string>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QTableView;

namespace nunatak::ui::scenes {

class SceneOrder;
class SceneTable;

/// The project's scenes with pictures and how well glaciers can be mapped from each: which date? The one that
/// is looked at is bold.
class ScenePanel : public QWidget {
    Q_OBJECT

public:
    explicit ScenePanel(QWidget* parent = nullptr);

    void setScenes(const std::vector<scene::Scene>& scenes, const std::string& current);
    void setThumbnail(const std::string& id, const QImage& picture);
    /// Layers whose outlines can be the earlier ones, the likeliest first.
    void setLayers(const QStringList& layers);
    QString layer() const; ///< empty: all of the picture counts
    void setBusy(bool busy);
    /// Shows the values, best scene first.
    void setRanking(const std::vector<ranking::RankedScene>& ranking);
    /// What was measured no longer holds.
    void clearRanking(const QString& why);
    /// The selected glacier, whose values can be shown instead of all together; empty: none is selected.
    void setGlacier(const std::string& uuid, const QString& name);

Q_SIGNALS:
    /// By a click on its row, or by Enter.
    void sceneChosen(const std::string& id);
    void rankRequested();

private:
    void choose(const QModelIndex& index);
    void selectRow(const std::string& id);
    void updateGlacier();

    QComboBox* m_layer = nullptr;
    QPushButton* m_rank = nullptr;
    QCheckBox* m_alone = nullptr;
    QLabel* m_summary = nullptr;
    QTableView* m_view = nullptr;
    SceneTable* m_table = nullptr;
    SceneOrder* m_order = nullptr;
    std::string m_glacier;
    QString m_glacierName;
};

} // namespace nunatak::ui::scenes
