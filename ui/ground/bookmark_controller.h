// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/ground/bookmarks.h"

#include <QObject>

#include <vector>

class QMenu;

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::ground {

class BookmarkPanel;

/// The project's bookmarks in panel and menu; every change is in the project at once.
class BookmarkController : public QObject {
    Q_OBJECT

public:
    /// `menu` already holds what adds a bookmark; the bookmarks themselves come below that.
    BookmarkController(session::Workspace& workspace, viewport::Viewport& viewport, BookmarkPanel& panel,
                       QMenu& menu, QObject* parent);

    void add();
    void flyTo(int index);
    const std::vector<Bookmark>& bookmarks() const { return m_bookmarks; }

Q_SIGNALS:
    void exaggerationWanted(double factor);
    void done(const QString& sentence);

private:
    void load();
    void change(std::vector<Bookmark> bookmarks);
    void show();

    session::Workspace& m_workspace;
    viewport::Viewport& m_viewport;
    BookmarkPanel& m_panel;
    QMenu& m_menu;
    std::vector<Bookmark> m_bookmarks;
};

} // namespace nunatak::ui::ground
