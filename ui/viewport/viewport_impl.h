// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/viewport/camera_flight.h"
#include "ui/viewport/camera_ground.h"
#include "ui/viewport/camera_history.h"
#include "ui/viewport/every_move.h"
#include "ui/viewport/gl_messages.h"
#include "ui/viewport/map_camera.h"
#include "ui/viewport/scene_graph.h"
#include "ui/viewport/viewport.h"

#include <QElapsedTimer>
#include <QMetaObject>
#include <QOpenGLFramebufferObject>
#include <QStringList>
#include <QTimer>

class QNativeGestureEvent;
class QWheelEvent;

#include <memory>
#include <optional>

namespace nunatak::ui::viewport {

class LoupeGlass;

constexpr double obliqueTilt = 55; ///< of a view from the side

/// What the left, middle or right button is doing while it is held; or the Space key (no button), which pans
/// as the pointer moves.
struct Drag {
    enum class Kind { Pan, Orbit, Tool, Nothing };
    Kind kind = Kind::Nothing;
    Qt::MouseButton button = Qt::NoButton;
    QPointF pressed; ///< widget position of the press
    QPointF start;   ///< the same in its pane
    QPointF last;
    Vec3 anchor;        ///< point of the drawn world that was pressed on
    bool moved = false; ///< farther than a click may
    std::unique_ptr<LeftDrag> gesture;
    std::unique_ptr<EveryMove> moves; ///< while there is a gesture
};

/// Where the pointer is that drags with a tool, which was not told yet.
struct Move {
    QPointF position; ///< in the widget
    Qt::KeyboardModifiers modifiers;
};

/// A place in the widget, and the same in its pane.
struct Spot {
    QPointF view;
    QPointF pane;
};

struct Viewport::Impl {
    Impl(Viewport& owner, const std::filesystem::path& shaders);

    // Camera (viewport_camera.cpp)
    /// Of the part of the widget that shows the scene once: half of it side by side.
    QSizeF size() const;
    /// A position in the widget as one in that part; of a drag, in the part where it began.
    QPointF inPane(QPointF position) const;
    Spot spotAt(QPointF position) const { return {position, inPane(position)}; }
    std::shared_ptr<const terrain::Terrain> ground() const;
    std::optional<Vec3> hit(QPointF position) const;
    /// The ground under a position, or where its ray meets the level of the ground in the middle of the view.
    std::optional<Vec3> hitOrLevel(QPointF position, double level) const;
    Vec3 centre() const;
    void moved();
    std::optional<CameraGround> cameraGround() const;
    void keepAboveGround(MapCamera& changed) const;
    void limit(MapCamera& changed) const;
    /// The camera becomes this one, above the ground and, on the flat map, straight above.
    void become(MapCamera changed);
    void anchorTarget();
    /// A flight is remembered, for a way back.
    void flyTo(const MapCamera& goal, bool animated);
    void head(const MapCamera& goal, bool animated);
    /// A hand is about to move the camera.
    void drift();
    void advanceFlight();
    void finishFlight();
    /// The camera stays where it is on its way.
    void stopFlight();
    MapCamera framing(const geo::Extent& extent, const MapCamera& angles) const;
    void zoomAt(QPointF position, double factor);
    void pan(QPointF position);
    void orbit(QPointF position);
    void turnBy(double heading, double tilt, const Vec3& around);
    void look(View view);
    void turnTo(double heading, double tilt);
    void leaveFlatMap();

    // Pointer (viewport_input.cpp)
    std::optional<PointerEvent> eventAt(const Spot& spot, Qt::KeyboardModifiers modifiers) const;
    /// Also beside the terrain, at this height: a gesture must not lose its pointer.
    std::optional<PointerEvent> eventAtOrLevel(const Spot& spot, Qt::KeyboardModifiers modifiers,
                                               double level) const;
    PointerEvent describe(const Spot& spot, const Vec3& place, Qt::KeyboardModifiers modifiers) const;
    void startDrag(QMouseEvent* event);
    void continueDrag(QPointF position, Qt::KeyboardModifiers modifiers);

    // Places that the mouse told faster than pictures can be drawn (viewport_moves.cpp)
    /// A tool is asked once for all that are there, and told where the pointer passed before.
    void await(const Move& now);
    void pass(const Move& passed);
    /// Asks for the last of them now.
    void takeMove();

    void endDrag(QMouseEvent* event);
    void panBySpace();
    void endSpace();
    void cancelGesture();
    void hover(const Spot& spot, Qt::KeyboardModifiers modifiers);
    void slide(double right, double up);
    void scroll(QWheelEvent* event);
    bool pinch(QNativeGestureEvent* event);

    // A pen (viewport_pen.cpp)
    /// The pen comes down here, for the second time at once.
    bool isSecondTap(QPointF position);

    // Drawing (viewport.cpp)
    void fail(const QString& sentence);
    void releaseContext();
    /// Draws a frame, into half as many pixels each way while the camera moves and drawing is slow.
    SceneGraph::Frame drawFrame();
    void noticeMovement();
    void noticeSwap();
    void tellFailures();

    // The loupe (viewport_loupe.cpp)
    /// As the next frame shall have it; none: it is away, or the pointer is.
    std::optional<Loupe> currentLoupe() const;
    /// After a frame, what it shows of that.
    void drawLoupe();
    /// Null: it goes.
    void showLoupe(const QImage& picture);

    // Pictures (viewport_picture.cpp)
    /// `pixelScale`: pixels of the picture per device-independent one, for what has a width in pixels.
    QImage drawPicture(const MapCamera& from, const QSize& size, double pixelScale);

    Viewport& widget;
    std::unique_ptr<SceneGraph> scene; ///< null when shaders are missing
    QString failure;
    bool failureTold = false;
    bool drawnOnce = false;
    bool drawsInSoftware = false;
    std::optional<bool> painting; ///< by OpenGL or by the processor; none: as the renderer does it faster
    bool sharp = false;
    bool drewVertices = false;  ///< in the last frame
    bool saidVertices = false;  ///< to who asked last
    MapCamera drawnCamera;      ///< of the last frame
    QElapsedTimer lastMovement; ///< since a frame with another camera than the one before
    bool movedInFrame = false;  ///< the frame under way has another camera than the one before
    bool moves = false;         ///< frames with other cameras follow each other
    QTimer restTimer;           ///< runs once after the last of them
    QStringList toldFailures;
    std::unique_ptr<QOpenGLFramebufferObject> reduced; ///< while the camera moves
    terrain::DrapeStyle style;
    QMetaObject::Connection contextGone;
    std::unique_ptr<GlMessages> messages; ///< of the context

    MapCamera camera;
    bool flatMap = false;
    bool cameraChosen = false; ///< by the user, restored or framed: a new terrain leaves it alone
    double exaggeration = 1;
    SceneComparison comparison;
    std::optional<geo::Extent> framed; ///< what the camera was made to show, until the user moves it

    std::optional<CameraFlight> flight;
    QElapsedTimer flightTime;
    QTimer flightTimer; ///< runs only while flying
    CameraHistory history;
    QElapsedTimer clock; ///< of what a hand does

    LeftButton* leftButton = nullptr;
    std::optional<QPointF> penTap; ///< where the pen came down last
    QElapsedTimer sincePenTap;
    std::optional<Drag> drag;
    std::optional<Move> move; ///< the last one, which waits until the others that are there were told
    bool pointerInside = false;
    QPointF pointer;        ///< widget position of the last move
    bool isPointed = false; ///< the pointer is in the widget, on the ground or beside it
    bool hiddenShown = false;
    bool outlinesShown = true;
    bool loupe = false;
    std::unique_ptr<QOpenGLFramebufferObject> loupeBuffer;
    LoupeGlass* glass = nullptr; ///< the widget's; null: none is shown
};

} // namespace nunatak::ui::viewport
