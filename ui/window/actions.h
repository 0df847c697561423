// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QAction;
class QWidget;

namespace nunatak::ui::window {

/// What the window itself can be told to do, each with its text, icon, shortcut and tooltip; what features do
/// they announce to the shell. Their object names are the members' names.
class Actions : public QObject {
    Q_OBJECT

public:
    explicit Actions(QWidget* window);

    QAction* newProject = nullptr;
    QAction* openProject = nullptr;
    QAction* closeProject = nullptr;
    QAction* quit = nullptr;

    QAction* undo = nullptr;
    QAction* redo = nullptr;

    QAction* cancel = nullptr;

    QAction* nadir = nullptr;
    QAction* oblique = nullptr;
    QAction* zoomToScene = nullptr;
    QAction* zoomToSelection = nullptr;
    QAction* trueHeights = nullptr;

    QAction* shortcuts = nullptr;
    QAction* about = nullptr;

    /// Those that need an open project.
    void setProjectOpen(bool open);
};

} // namespace nunatak::ui::window
