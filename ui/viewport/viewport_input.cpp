// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/viewport.h"

#include "ui/viewport/viewport_impl.h"
#include "ui/viewport/viewport_moves.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace nunatak::ui::viewport {

namespace {

constexpr double clickReach = 4; // pixels a click may tremble
constexpr double wheelNotch = 120;
constexpr double zoomPerNotch = 0.8;
constexpr double keyStep = 0.12;   // of the view's height
constexpr double keyTurn = 5;      // degrees
constexpr double fingerPixels = 3; // a degree of the wheel, where the trackpad tells no pixels

/// What a turn of the wheel, or fingers on a trackpad, want.
struct ScrollMeaning {
    double zoom = 1; ///< of the view's height
    QPointF pan;     ///< pixels that the ground shall follow
};

ScrollMeaning meaningOf(const QWheelEvent& event) {
    // Fingers come in a stroke with a beginning and an end, or from a device that says what it is.
    const bool fingers =
        event.phase() != Qt::NoScrollPhase || event.deviceType() == QInputDevice::DeviceType::TouchPad;
    if (!fingers || event.modifiers().testFlag(Qt::ControlModifier)) {
        return {std::pow(zoomPerNotch, event.angleDelta().y() / wheelNotch), {}};
    }
    const QPointF pixels = event.pixelDelta().isNull() ? QPointF(event.angleDelta()) / 8 * fingerPixels
                                                       : QPointF(event.pixelDelta());
    return {1, pixels};
}

} // namespace

PointerEvent Viewport::Impl::describe(const Spot& spot, const Vec3& place,
                                      Qt::KeyboardModifiers modifiers) const {
    return {spot.pane,
            spot.view,
            {place.x, place.y},
            place.z / exaggeration,
            camera.metresPerPixel(place, size()),
            modifiers};
}

std::optional<PointerEvent> Viewport::Impl::eventAt(const Spot& spot, Qt::KeyboardModifiers modifiers) const {
    const auto place = hit(spot.pane);
    return place ? std::optional(describe(spot, *place, modifiers)) : std::nullopt;
}

std::optional<PointerEvent> Viewport::Impl::eventAtOrLevel(const Spot& spot, Qt::KeyboardModifiers modifiers,
                                                           double level) const {
    const auto place = hitOrLevel(spot.pane, level);
    return place ? std::optional(describe(spot, *place, modifiers)) : std::nullopt;
}

std::optional<PointerEvent> Viewport::pick(QPointF position) const {
    // In which pane says the position alone: while a hand drags in one, others ask about places of both.
    const double pane = m_impl->size().width();
    const bool isRight = position.x() >= pane && pane < width();
    return m_impl->eventAt({position, isRight ? position - QPointF(pane, 0) : position}, Qt::NoModifier);
}

void Viewport::setLeftButton(LeftButton* button) {
    m_impl->cancelGesture();
    m_impl->leftButton = button;
}

void Viewport::cancelDrag() {
    m_impl->cancelGesture();
}

void Viewport::Impl::startDrag(QMouseEvent* event) {
    stopFlight();
    Drag started;
    started.button = event->button();
    started.pressed = event->position();
    started.start = inPane(started.pressed);
    started.last = started.start;
    started.anchor = hitOrLevel(started.start, camera.target.z).value_or(camera.target);
    if (event->button() == Qt::LeftButton) {
        const auto place = eventAt({started.pressed, started.start}, event->modifiers());
        const bool isTools = leftButton != nullptr && outlinesShown;
        if (isTools && place) {
            started.gesture = leftButton->press(*place);
            started.moves = started.gesture ? std::make_unique<EveryMove>() : nullptr;
        }
        // With Shift a hand means the tool, and beside the terrain there is nothing for it.
        const bool isBeside = isTools && !place && event->modifiers().testFlag(Qt::ShiftModifier);
        started.kind = started.gesture ? Drag::Kind::Tool : isBeside ? Drag::Kind::Nothing : Drag::Kind::Pan;
    } else {
        const bool pans = flatMap || event->button() == Qt::MiddleButton;
        started.kind = pans ? Drag::Kind::Pan : Drag::Kind::Orbit;
        if (!pans) {
            started.anchor = hit(started.start).value_or(centre());
        }
    }
    drag = std::move(started);
}

void Viewport::Impl::panBySpace() {
    stopFlight();
    Drag started;
    started.kind = Drag::Kind::Pan;
    started.pressed = pointer;
    started.start = inPane(pointer);
    started.last = started.start;
    started.anchor = hitOrLevel(started.start, camera.target.z).value_or(camera.target);
    started.moved = true; // it is never a click
    drag = std::move(started);
    widget.setCursor(Qt::OpenHandCursor);
}

void Viewport::Impl::endSpace() {
    if (drag && drag->button == Qt::NoButton) {
        drag.reset();
        widget.unsetCursor();
        anchorTarget();
        moved();
    }
}

void Viewport::Impl::continueDrag(QPointF there, Qt::KeyboardModifiers modifiers) {
    const auto spot = spotAt(there);
    const auto position = spot.pane;
    const auto away = position - drag->start;
    if (!drag->moved && std::hypot(away.x(), away.y()) > clickReach) {
        drag->moved = true;
        if (drag->kind == Drag::Kind::Pan) {
            widget.setCursor(Qt::ClosedHandCursor);
        } else if (drag->kind == Drag::Kind::Orbit) {
            widget.setCursor(Qt::SizeAllCursor);
        }
    }
    switch (drag->kind) {
    case Drag::Kind::Tool:
        if (const auto place = eventAtOrLevel(spot, modifiers, drag->anchor.z)) {
            drag->gesture->update(*place);
        }
        break;
    case Drag::Kind::Pan:
        if (drag->moved) {
            framed.reset();
            pan(position);
        }
        break;
    case Drag::Kind::Orbit:
        if (drag->moved) {
            framed.reset();
            orbit(position);
        }
        break;
    case Drag::Kind::Nothing:
        break;
    }
    drag->last = position;
}

void Viewport::Impl::endDrag(QMouseEvent* event) {
    const auto spot = spotAt(event->position());
    if (const auto before = std::exchange(move, std::nullopt)) {
        pass(*before);
    }
    auto ended = std::move(*drag);
    drag.reset();
    if (ended.kind != Drag::Kind::Tool) {
        widget.unsetCursor();
    }
    if (ended.kind == Drag::Kind::Tool) {
        if (const auto place = eventAtOrLevel(spot, event->modifiers(), ended.anchor.z)) {
            ended.gesture->end(*place);
        } else {
            ended.gesture->cancel();
        }
        ended.gesture.reset();
        hover(spot, event->modifiers());
        return;
    }
    if (ended.kind == Drag::Kind::Nothing) {
        return;
    }
    if (ended.moved) {
        anchorTarget();
        moved();
        return;
    }
    if (ended.button == Qt::LeftButton || ended.button == Qt::RightButton) {
        if (!outlinesShown) {
            Q_EMIT widget.clickedWithoutOutlines();
        } else if (const auto place = eventAt(spot, event->modifiers())) {
            Q_EMIT ended.button == Qt::LeftButton ? widget.clicked(*place) : widget.rightClicked(*place);
        }
    }
}

void Viewport::Impl::cancelGesture() {
    if (!drag) {
        return;
    }
    // The button is still held: what it does from here on is nobody's.
    move.reset();
    drag->moves.reset();
    drag->kind = Drag::Kind::Nothing;
    drag->moved = true;
    widget.unsetCursor();
    if (const auto gesture = std::move(drag->gesture)) {
        gesture->cancel();
    }
}

void Viewport::Impl::hover(const Spot& spot, Qt::KeyboardModifiers modifiers) {
    const auto place = eventAt(spot, modifiers);
    if (!place) {
        if (pointerInside) {
            pointerInside = false;
            Q_EMIT widget.pointerLeft();
        }
        return;
    }
    pointerInside = true;
    Q_EMIT widget.pointerMoved(*place);
    if (leftButton != nullptr && !drag && outlinesShown) {
        leftButton->hover(*place);
    }
}

void Viewport::mousePressEvent(QMouseEvent* event) {
    setFocus(Qt::MouseFocusReason);
    const auto button = event->button();
    if (m_impl->drag ||
        (button != Qt::LeftButton && button != Qt::RightButton && button != Qt::MiddleButton)) {
        return; // a second button while one is held
    }
    m_impl->startDrag(event);
}

void Viewport::mouseMoveEvent(QMouseEvent* event) {
    m_impl->pointer = event->position();
    m_impl->isPointed = true;
    if (m_impl->loupe) {
        update();
    }
    if (m_impl->drag) {
        const bool isHeld =
            m_impl->drag->button == Qt::NoButton || (event->buttons() & m_impl->drag->button) != 0;
        if (!isHeld) {
            m_impl->cancelGesture(); // the release went to somebody else
            m_impl->drag.reset();
        } else if (m_impl->drag->gesture) {
            m_impl->await({event->position(), event->modifiers()});
            return;
        } else {
            m_impl->continueDrag(event->position(), event->modifiers());
        }
    }
    m_impl->hover(m_impl->spotAt(event->position()), event->modifiers());
}

void Viewport::mouseReleaseEvent(QMouseEvent* event) {
    if (m_impl->drag && event->button() == m_impl->drag->button) {
        m_impl->endDrag(event);
    }
}

void Viewport::mouseDoubleClickEvent(QMouseEvent* event) {
    auto& impl = *m_impl;
    if (event->button() != Qt::LeftButton) {
        mousePressEvent(event);
        return;
    }
    const auto place = impl.eventAt(impl.spotAt(event->position()), event->modifiers());
    if (!place ||
        (impl.leftButton != nullptr && impl.outlinesShown && impl.leftButton->doubleClick(*place))) {
        return;
    }
    flyTo(event->position());
}

void Viewport::flyTo(QPointF position) {
    auto& impl = *m_impl;
    const auto place = impl.hit(impl.inPane(position));
    if (!place) {
        return;
    }
    auto goal = impl.camera;
    goal.focusAt(*place);
    goal.target = *place;
    goal.viewHeight *= 0.4;
    impl.limit(goal);
    impl.framed.reset();
    impl.flyTo(goal, true);
}

void Viewport::wheelEvent(QWheelEvent* event) {
    m_impl->scroll(event);
    event->accept();
}

void Viewport::Impl::scroll(QWheelEvent* event) {
    if (drag && drag->kind != Drag::Kind::Tool) {
        return;
    }
    const auto meaning = meaningOf(*event);
    if (meaning.zoom != 1) {
        zoomAt(inPane(event->position()), meaning.zoom);
    } else if (!meaning.pan.isNull()) {
        drift();
        stopFlight();
        const auto place = hitOrLevel(inPane(event->position()), camera.target.z).value_or(camera.target);
        const auto changed = panned(camera, place, inPane(event->position()) + meaning.pan, size());
        const auto around = cameraGround();
        if (!around || around->mayPan(camera, changed)) {
            become(changed);
            anchorTarget();
            framed.reset();
            moved();
        }
    } else {
        return;
    }
    hover(spotAt(event->position()), event->modifiers());
}

bool Viewport::Impl::pinch(QNativeGestureEvent* event) {
    switch (event->gestureType()) {
    case Qt::ZoomNativeGesture:
        // The fingers went apart by this share since the last event.
        zoomAt(inPane(event->position()), 1 / std::max(0.2, 1 + event->value()));
        return true;
    case Qt::RotateNativeGesture:
        drift();
        stopFlight();
        turnBy(-event->value(), 0,
               hitOrLevel(inPane(event->position()), camera.target.z).value_or(camera.target));
        anchorTarget();
        framed.reset();
        return true;
    case Qt::SmartZoomNativeGesture:
        zoomAt(inPane(event->position()), 0.4);
        return true;
    case Qt::BeginNativeGesture:
    case Qt::EndNativeGesture:
        return true;
    default:
        return false;
    }
}

bool Viewport::event(QEvent* event) {
    if (endsMove(event->type())) {
        m_impl->takeMove();
    }
    // While a gesture runs, Escape is its own, whatever shortcut the window has for it.
    if (event->type() == QEvent::ShortcutOverride && m_impl->drag && m_impl->drag->gesture &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    if (event->type() == QEvent::NativeGesture && m_impl->pinch(static_cast<QNativeGestureEvent*>(event))) {
        event->accept();
        return true;
    }
    return QOpenGLWidget::event(event);
}

void Viewport::Impl::slide(double right, double up) {
    drift();
    stopFlight();
    become(slid(camera, right * keyStep, up * keyStep));
    anchorTarget();
    framed.reset();
    moved();
}

void Viewport::keyPressEvent(QKeyEvent* event) {
    auto& impl = *m_impl;
    if (event->modifiers().testFlag(Qt::AltModifier)) { // the window's, as Alt and the left arrow
        QOpenGLWidget::keyPressEvent(event);
        return;
    }
    const QPointF middle(impl.size().width() / 2, impl.size().height() / 2);
    const bool turns = event->modifiers().testFlag(Qt::ShiftModifier);
    const auto arrow = [&](double right, double up) {
        if (turns) {
            impl.drift();
            impl.stopFlight();
            impl.turnBy(right * keyTurn, up * keyTurn, impl.centre());
            impl.framed.reset();
        } else {
            impl.slide(right, up);
        }
    };
    switch (event->key()) {
    case Qt::Key_Escape:
        if (impl.drag && impl.drag->gesture) {
            impl.cancelGesture();
        } else if (impl.flight) {
            impl.stopFlight();
        } else {
            QOpenGLWidget::keyPressEvent(event);
        }
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        impl.zoomAt(middle, zoomPerNotch);
        return;
    case Qt::Key_Minus:
        impl.zoomAt(middle, 1 / zoomPerNotch);
        return;
    case Qt::Key_Left:
        arrow(-1, 0);
        return;
    case Qt::Key_Right:
        arrow(1, 0);
        return;
    case Qt::Key_Up:
        arrow(0, 1);
        return;
    case Qt::Key_Down:
        arrow(0, -1);
        return;
    case Qt::Key_Space:
        if (!event->isAutoRepeat() && !impl.drag) {
            impl.panBySpace();
        }
        return;
    default:
        QOpenGLWidget::keyPressEvent(event);
    }
}

void Viewport::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_impl->endSpace();
        return;
    }
    QOpenGLWidget::keyReleaseEvent(event);
}

void Viewport::focusOutEvent(QFocusEvent* event) {
    m_impl->endSpace(); // its release goes to somebody else
    QOpenGLWidget::focusOutEvent(event);
}

void Viewport::leaveEvent(QEvent* event) {
    m_impl->isPointed = false;
    if (m_impl->loupe) {
        update();
    }
    if (m_impl->pointerInside) {
        m_impl->pointerInside = false;
        Q_EMIT pointerLeft();
    }
    QOpenGLWidget::leaveEvent(event);
}

} // namespace nunatak::ui::viewport
