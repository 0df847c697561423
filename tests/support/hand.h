// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QMouseEvent>
#include <QPoint>
#include <QWidget>
#include <QtTest>

namespace nunatak::tests {

/// The pointer is told to be here while a button is held, with nothing done between this and the next event.
inline void passHeld(QWidget& widget, QPointF at, Qt::MouseButtons held = Qt::LeftButton,
                     Qt::KeyboardModifiers modifiers = {}) {
    QMouseEvent move(QEvent::MouseMove, at, widget.mapToGlobal(at), Qt::NoButton, held, modifiers);
    QApplication::sendEvent(&widget, &move);
}

/// The pointer moves while a button is held, which QTest::mouseMove does not tell; and what comes of it is
/// done.
inline void moveHeld(QWidget& widget, QPointF at, Qt::MouseButtons held = Qt::LeftButton,
                     Qt::KeyboardModifiers modifiers = {}) {
    passHeld(widget, at, held, modifiers);
    QCoreApplication::sendPostedEvents(&widget);
}

/// A drag as a hand makes it.
inline void drag(QWidget* widget, Qt::MouseButton button, QPoint from, QPoint to, int steps = 6,
                 Qt::KeyboardModifiers modifiers = {}) {
    QTest::mouseMove(widget, from);
    QTest::mousePress(widget, button, modifiers, from);
    for (int i = 1; i <= steps; ++i) {
        moveHeld(*widget, QPointF(from) + QPointF(to - from) * i / steps, button, modifiers);
    }
    QTest::mouseRelease(widget, button, modifiers, to);
}

} // namespace nunatak::tests
