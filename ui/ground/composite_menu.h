// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <vector>

class QAction;
class QMenu;

namespace nunatak::ui::session {
class Shell;
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::ground {

class SceneController;

/// The menu of what the ground can be painted with. The first pictures have keys and stay there in every
/// scene; they say it where it lacks their bands.
class CompositeMenu : public QObject {
    Q_OBJECT

public:
    CompositeMenu(session::Shell& shell, session::Workspace& workspace, SceneController& scene);

    QMenu& menu() const { return *m_menu; }

Q_SIGNALS:
    /// What the ground is painted with now, as people read it; empty: nothing.
    void shown(const QString& name);

private:
    void addFixed(session::Shell& shell);
    void update();

    SceneController& m_scene;
    QMenu* m_menu;
    std::vector<QAction*> m_fixed;
};

} // namespace nunatak::ui::ground
