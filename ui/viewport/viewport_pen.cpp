// SPDX-License-Identifier: GPL-3.0-or-later
// A pen on a tablet: a mouse with another end.
#include "ui/viewport/viewport.h"

#include "ui/viewport/viewport_impl.h"

#include <QGuiApplication>
#include <QMouseEvent>
#include <QStyleHints>
#include <QTabletEvent>

#include <cmath>
#include <optional>

namespace nunatak::ui::viewport {

namespace {

/// Pixels between two taps that are a double click; a pen comes down less exactly than a mouse stands.
constexpr double tapReach = 10;

} // namespace

bool Viewport::Impl::isSecondTap(QPointF position) {
    const bool isNear =
        penTap && std::hypot(position.x() - penTap->x(), position.y() - penTap->y()) <= tapReach;
    const bool isSecond =
        isNear && sincePenTap.elapsed() <= QGuiApplication::styleHints()->mouseDoubleClickInterval();
    penTap = isSecond ? std::nullopt : std::optional(position); // a third one begins anew
    sincePenTap.start();
    return isSecond;
}

void Viewport::tabletEvent(QTabletEvent* event) {
    auto modifiers = event->modifiers();
    if (event->pointerType() == QPointingDevice::PointerType::Eraser) {
        modifiers |= Qt::ShiftModifier; // the other way
    }
    const auto mouse = [&](QEvent::Type type) {
        return QMouseEvent(type, event->position(), event->globalPosition(), event->button(),
                           event->buttons(), modifiers, event->pointingDevice());
    };
    event->accept(); // or Qt makes a mouse of it, too
    switch (event->type()) {
    case QEvent::TabletPress: {
        const bool isSecond = event->button() == Qt::LeftButton && m_impl->isSecondTap(event->position());
        auto press = mouse(isSecond ? QEvent::MouseButtonDblClick : QEvent::MouseButtonPress);
        isSecond ? mouseDoubleClickEvent(&press) : mousePressEvent(&press);
        break;
    }
    case QEvent::TabletMove: {
        auto move = mouse(QEvent::MouseMove);
        mouseMoveEvent(&move);
        break;
    }
    case QEvent::TabletRelease: {
        auto release = mouse(QEvent::MouseButtonRelease);
        mouseReleaseEvent(&release);
        break;
    }
    default:
        event->ignore();
    }
}

} // namespace nunatak::ui::viewport
