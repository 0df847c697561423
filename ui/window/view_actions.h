// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/user_settings.h"

#include <QObject>

#include <vector>

class QAction;
class QActionGroup;
class QWidget;

namespace nunatak::ui::window {

/// What the window can be told to do about how things are looked at, beside what Actions has: camera,
/// bookmarks, pictures, theme.
class ViewActions : public QObject {
    Q_OBJECT

public:
    explicit ViewActions(QWidget* window);

    QAction* north = nullptr;
    QAction* flatMap = nullptr; ///< checkable
    QAction* nextGlacier = nullptr;
    QAction* previousGlacier = nullptr;
    QAction* nextDate = nullptr;
    QAction* previousDate = nullptr;
    QAction* addBookmark = nullptr;
    QAction* viewBefore = nullptr;
    std::vector<QAction*> pictures;   ///< checkable; their data are names of composites
    QAction* pictureBefore = nullptr; ///< checkable, as the next two; their keys work while they are held
    QAction* loupe = nullptr;
    QAction* hideOutlines = nullptr;
    QAction* overview = nullptr;       ///< checkable
    QAction* hiddenOutlines = nullptr; ///< checkable
    QAction* snow = nullptr;           ///< checkable, as the next two
    QAction* castShadow = nullptr;
    QAction* cloud = nullptr;
    QAction* resetLayout = nullptr;
    QActionGroup* theme = nullptr; ///< its actions' data are ThemeChoice

    /// Those that need an open project.
    void setProjectOpen(bool open);
    void setTheme(ThemeChoice choice);

private:
    void addPictures(QWidget* window);
};

} // namespace nunatak::ui::window
