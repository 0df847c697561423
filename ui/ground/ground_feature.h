// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <memory>

class QMenu;

namespace nunatak::ui::marginalia {
class ViewOverlay;
} // namespace nunatak::ui::marginalia

namespace nunatak::ui::session {
class Shell;
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::ground {

class BookmarkController;
class BookmarkPanel;
class CompositeMenu;
class DatesController;
class OverlayController;
class PointerController;
class SceneController;
class StretchController;

/// The ground, as the window has it: the scene that is looked at and its other dates, what it is painted with
/// and how the bands are stretched, what lies over it, bookmarks, what is under the pointer.
class GroundFeature : public QObject {
    Q_OBJECT

public:
    GroundFeature(session::Shell& shell, session::Workspace& workspace, viewport::Viewport& viewport,
                  marginalia::ViewOverlay& marginalia);
    ~GroundFeature() override;

    SceneController& scene() const { return *m_scene; }
    /// What the ground can be painted with.
    QMenu& composites() const;

Q_SIGNALS:
    /// What the ground is painted with now, as people read it; empty: nothing.
    void compositeShown(const QString& name);

private:
    void addDates(session::Shell& shell, session::Workspace& workspace, viewport::Viewport& viewport);
    void addBookmarks(session::Shell& shell, session::Workspace& workspace, viewport::Viewport& viewport,
                      BookmarkPanel& panel);
    void addPictureBefore(session::Shell& shell, session::Workspace& workspace);
    void addConditions(session::Shell& shell);

    std::unique_ptr<SceneController> m_scene;
    std::unique_ptr<OverlayController> m_overlays;
    std::unique_ptr<StretchController> m_stretch;
    std::unique_ptr<DatesController> m_dates;
    std::unique_ptr<BookmarkController> m_bookmarks;
    std::unique_ptr<PointerController> m_pointer;
    std::unique_ptr<CompositeMenu> m_composites;
};

} // namespace nunatak::ui::ground
