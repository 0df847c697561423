// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewport/viewport.h"

#include "viewport/viewport_impl.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace nunatak::ui {

namespace {

constexpr double clickReach = 4; // pixels a click may tremble
constexpr double wheelNotch = 120;
constexpr double zoomPerNotch = 0.8;
constexpr double keyStep = 0.12; // of the view's height

} // namespace

PointerEvent Viewport::Impl::describe(QPointF position, const Vec3& place,
                                      Qt::KeyboardModifiers modifiers) const {
    return {position,
            {place.x, place.y},
            place.z / exaggeration,
            camera.metresPerPixel(place, size()),
            modifiers};
}

std::optional<PointerEvent> Viewport::Impl::eventAt(QPointF position, Qt::KeyboardModifiers modifiers) const {
    const auto place = hit(position);
    return place ? std::optional(describe(position, *place, modifiers)) : std::nullopt;
}

std::optional<PointerEvent> Viewport::Impl::eventAtOrLevel(QPointF position, Qt::KeyboardModifiers modifiers,
                                                           double level) const {
    const auto place = hitOrLevel(position, level);
    return place ? std::optional(describe(position, *place, modifiers)) : std::nullopt;
}

std::optional<PointerEvent> Viewport::pick(QPointF position) const {
    return m_impl->eventAt(position, Qt::NoModifier);
}

void Viewport::setTool(Tool* tool) {
    m_impl->cancelGesture();
    m_impl->tool = tool;
}

void Viewport::Impl::startDrag(QMouseEvent* event) {
    finishFlight();
    Drag started;
    started.button = event->button();
    started.start = event->position();
    started.last = started.start;
    started.anchor = hitOrLevel(started.start, camera.target.z).value_or(camera.target);
    if (event->button() == Qt::LeftButton) {
        const auto place = eventAt(started.start, event->modifiers());
        if (tool != nullptr && place) {
            started.gesture = tool->press(*place);
        }
        started.kind = started.gesture ? Drag::Kind::Tool : Drag::Kind::Pan;
    } else {
        started.kind = Drag::Kind::Orbit;
        started.anchor = hit(started.start).value_or(centre());
    }
    drag = std::move(started);
}

void Viewport::Impl::continueDrag(QMouseEvent* event) {
    const auto position = event->position();
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
        if (const auto place = eventAtOrLevel(position, event->modifiers(), drag->anchor.z)) {
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
    auto ended = std::move(*drag);
    drag.reset();
    if (ended.kind != Drag::Kind::Tool) {
        widget.unsetCursor();
    }
    if (ended.kind == Drag::Kind::Tool) {
        if (const auto place = eventAtOrLevel(event->position(), event->modifiers(), ended.anchor.z)) {
            ended.gesture->end(*place);
        } else {
            ended.gesture->cancel();
        }
        ended.gesture.reset();
        hover(event->position(), event->modifiers());
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
    if (ended.kind == Drag::Kind::Pan) {
        if (const auto place = eventAt(event->position(), event->modifiers())) {
            Q_EMIT widget.clicked(*place);
        }
    }
}

void Viewport::Impl::cancelGesture() {
    if (!drag) {
        return;
    }
    // The button is still held: what it does from here on is nobody's.
    drag->kind = Drag::Kind::Nothing;
    drag->moved = true;
    widget.unsetCursor();
    if (const auto gesture = std::move(drag->gesture)) {
        gesture->cancel();
    }
}

void Viewport::Impl::hover(QPointF position, Qt::KeyboardModifiers modifiers) {
    const auto place = eventAt(position, modifiers);
    if (!place) {
        if (pointerInside) {
            pointerInside = false;
            Q_EMIT widget.pointerLeft();
        }
        return;
    }
    pointerInside = true;
    Q_EMIT widget.pointerMoved(*place);
    if (tool != nullptr && !drag) {
        tool->hover(*place);
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
    if (m_impl->drag) {
        if ((event->buttons() & m_impl->drag->button) == 0) {
            m_impl->cancelGesture(); // the release went to somebody else
            m_impl->drag.reset();
        } else {
            m_impl->continueDrag(event);
        }
    }
    m_impl->hover(event->position(), event->modifiers());
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
    const auto place = impl.hit(event->position());
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
    const double notches = event->angleDelta().y() / wheelNotch;
    if (notches != 0 && !(m_impl->drag && m_impl->drag->kind != Drag::Kind::Tool)) {
        m_impl->zoomAt(event->position(), std::pow(zoomPerNotch, notches));
        m_impl->hover(event->position(), event->modifiers());
    }
    event->accept();
}

bool Viewport::event(QEvent* event) {
    // While a gesture runs, Escape is its own, whatever shortcut the window has for it.
    if (event->type() == QEvent::ShortcutOverride && m_impl->drag && m_impl->drag->gesture &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QOpenGLWidget::event(event);
}

void Viewport::keyPressEvent(QKeyEvent* event) {
    auto& impl = *m_impl;
    const QPointF middle(impl.size().width() / 2, impl.size().height() / 2);
    const auto slide = [&](double across, double upwards) {
        impl.finishFlight();
        const double h = impl.camera.heading * 3.14159265358979323846 / 180;
        const double step = keyStep * impl.camera.viewHeight;
        auto changed = impl.camera;
        changed.target.x += (across * std::cos(h) + upwards * std::sin(h)) * step;
        changed.target.y += (upwards * std::cos(h) - across * std::sin(h)) * step;
        impl.keepAboveGround(changed);
        impl.camera = changed;
        impl.anchorTarget();
        impl.framed.reset();
        impl.moved();
    };
    switch (event->key()) {
    case Qt::Key_Escape:
        if (!impl.drag || !impl.drag->gesture) {
            QOpenGLWidget::keyPressEvent(event);
            return;
        }
        impl.cancelGesture();
        return;
    case Qt::Key_N:
        setView(View::Nadir);
        return;
    case Qt::Key_O:
        setView(View::Oblique);
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        impl.zoomAt(middle, zoomPerNotch);
        return;
    case Qt::Key_Minus:
        impl.zoomAt(middle, 1 / zoomPerNotch);
        return;
    case Qt::Key_Left:
        slide(-1, 0);
        return;
    case Qt::Key_Right:
        slide(1, 0);
        return;
    case Qt::Key_Up:
        slide(0, 1);
        return;
    case Qt::Key_Down:
        slide(0, -1);
        return;
    default:
        QOpenGLWidget::keyPressEvent(event);
    }
}

void Viewport::leaveEvent(QEvent* event) {
    if (m_impl->pointerInside) {
        m_impl->pointerInside = false;
        Q_EMIT pointerLeft();
    }
    QOpenGLWidget::leaveEvent(event);
}

} // namespace nunatak::ui
