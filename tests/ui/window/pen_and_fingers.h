// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QNativeGestureEvent>
#include <QPointingDevice>
#include <QTabletEvent>
#include <QWheelEvent>
#include <QWidget>
#include <QtTest>

#include <vector>

// The events of a pen tablet and of a trackpad, as a window gets them.
namespace nunatak::tests {

inline void pen(QWidget* view, QEvent::Type type, QPointF at,
                QPointingDevice::PointerType end = QPointingDevice::PointerType::Pen) {
    static const QPointingDevice point("pen", 1, QInputDevice::DeviceType::Stylus,
                                       QPointingDevice::PointerType::Pen, QInputDevice::Capability::Pressure,
                                       1, 2);
    static const QPointingDevice eraser("eraser", 2, QInputDevice::DeviceType::Stylus,
                                        QPointingDevice::PointerType::Eraser,
                                        QInputDevice::Capability::Pressure, 1, 2);
    const bool isMove = type == QEvent::TabletMove;
    QTabletEvent event(type, end == QPointingDevice::PointerType::Eraser ? &eraser : &point, at,
                       view->mapToGlobal(at), 0.5, 0, 0, 0, 0, 0, {}, isMove ? Qt::NoButton : Qt::LeftButton,
                       type == QEvent::TabletRelease ? Qt::NoButton : Qt::LeftButton);
    QApplication::sendEvent(view, &event);
    QVERIFY(event.isAccepted()); // or Qt sends it again, as of a mouse
}

/// A drag with the pen, or with its other end, along these places.
inline void dragPen(QWidget* view, const std::vector<QPointF>& path,
                    QPointingDevice::PointerType end = QPointingDevice::PointerType::Pen) {
    pen(view, QEvent::TabletPress, path.front(), end);
    for (const QPointF at : path) {
        pen(view, QEvent::TabletMove, at, end);
    }
    pen(view, QEvent::TabletRelease, path.back(), end);
}

/// Two taps.
inline void tapTwice(QWidget* view, QPointF at) {
    for (int i = 0; i < 2; ++i) {
        pen(view, QEvent::TabletPress, at);
        pen(view, QEvent::TabletRelease, at);
    }
}

/// Two fingers on a trackpad move the map by so many pixels.
inline void moveFingers(QWidget* view, QPointF at, QPoint pixels) {
    QWheelEvent fingers(at, view->mapToGlobal(at), pixels, 3 * pixels, Qt::NoButton, {}, Qt::ScrollUpdate,
                        false);
    QApplication::sendEvent(view, &fingers);
}

/// They pinch (a share of the scale), or turn (degrees).
inline void gestureOf(QWidget* view, Qt::NativeGestureType type, QPointF at, double value) {
    QNativeGestureEvent event(type, QPointingDevice::primaryPointingDevice(), 2, at, at,
                              view->mapToGlobal(at), value, {});
    QApplication::sendEvent(view, &event);
}

} // namespace nunatak::tests
