// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/user_settings.h"

#include <QObject>

class QAction;
class QActionGroup;
class QWidget;

namespace nunatak::ui::window {

/// What the window can be told to do about how things are looked at, beside what Actions has and the ground
/// announces: camera, outlines, theme.
class ViewActions : public QObject {
    Q_OBJECT

public:
    explicit ViewActions(QWidget* window);

    QAction* north = nullptr;
    QAction* flatMap = nullptr; ///< checkable
    QAction* nextGlacier = nullptr;
    QAction* previousGlacier = nullptr;
    QAction* viewBefore = nullptr;
    QAction* loupe = nullptr; ///< checkable, as the next one; their keys work while they are held
    QAction* hideOutlines = nullptr;
    QAction* overview = nullptr;       ///< checkable
    QAction* hiddenOutlines = nullptr; ///< checkable
    QAction* resetLayout = nullptr;
    QActionGroup* theme = nullptr; ///< its actions' data are ThemeChoice

    /// Those that need an open project.
    void setProjectOpen(bool open);
    void setTheme(ThemeChoice choice);
};

} // namespace nunatak::ui::window
