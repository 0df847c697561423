// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/scene.h"

#include <QWidget>

#include <string>
#include <vector>

class QTreeWidget;

namespace nunatak::ui {

/// The project's scenes by date, newest first; the one that is looked at is bold.
class ScenePanel : public QWidget {
    Q_OBJECT

public:
    explicit ScenePanel(QWidget* parent = nullptr);

    void setScenes(const std::vector<scene::Scene>& scenes, const std::string& current);

Q_SIGNALS:
    /// By a double click or Enter.
    void sceneChosen(const std::string& id);

private:
    QTreeWidget* m_tree = nullptr;
};

} // namespace nunatak::ui
