// SPDX-License-Identifier: GPL-3.0-or-later
#include "loop_watch.h"

#include "measured.h"
#include "ui/viewport/viewport.h"

#include <QAbstractEventDispatcher>
#include <QMetaEnum>
#include <QThread>
#include <QWidget>

#include <chrono>
#include <utility>

namespace nunatak::tests {

namespace {

Spent now() {
    const auto clock = std::chrono::steady_clock::now().time_since_epoch();
    return {std::chrono::duration<double, std::milli>(clock).count(), worked()};
}

bool isView(const QObject* receiver) {
    return qobject_cast<const ui::viewport::Viewport*>(receiver) != nullptr;
}

/// Qt puts the pictures of widgets and of OpenGL together in these; what widgets paint for it are events of
/// their own.
bool putsTogether(const QObject* receiver, QEvent::Type type) {
    const auto* widget = qobject_cast<const QWidget*>(receiver);
    const bool isWindow = receiver->isWindowType() || (widget != nullptr && widget->isWindow());
    return isWindow && (type == QEvent::UpdateRequest || type == QEvent::Expose);
}

} // namespace

WatchedApplication::WatchedApplication(int& argc, char** argv) : QApplication(argc, argv) {
    connect(eventDispatcher(), &QAbstractEventDispatcher::aboutToBlock, this, [this] {
        endTurn();
        m_waits = now();
    });
    connect(eventDispatcher(), &QAbstractEventDispatcher::awake, this, [this] {
        endTurn();
        if (m_waits.clock > 0) {
            m_idle += now() - std::exchange(m_waits, Spent());
        }
    });
}

void WatchedApplication::endTurn() {
    Turn& turn = m_running.empty() ? m_turn : m_inner;
    if (turn.all.clock > 0) {
        m_turns.push_back(std::exchange(turn, Turn()));
    }
}

void Turn::add(const Turn& event) {
    all += event.all;
    drawing += event.drawing;
    isFrame = isFrame || event.isFrame;
    if (event.longestSpent.clock > longestSpent.clock) {
        longest = event.longest;
        longestSpent = event.longestSpent;
    }
}

std::vector<Turn> WatchedApplication::takeTurns() {
    endTurn();
    return std::exchange(m_turns, {});
}

bool WatchedApplication::notify(QObject* receiver, QEvent* event) {
    if (QThread::currentThread() != thread()) {
        return QApplication::notify(receiver, event);
    }
    Running running;
    const QEvent::Type type = event->type();
    running.loop = thread()->loopLevel();
    running.isTurn = m_running.empty() || running.loop > m_running.back().loop;
    running.isDrawing = putsTogether(receiver, type) || (type == QEvent::Paint && isView(receiver));
    running.turn.isFrame = type == QEvent::Paint && isView(receiver);
    const char* name = receiver->metaObject()->className();
    const QString object = receiver->objectName(); // the receiver may be gone afterwards
    running.idle = m_idle;
    running.begun = now();
    m_running.push_back(std::move(running));
    const bool result = QApplication::notify(receiver, event);
    end(name, object, type);
    return result;
}

void WatchedApplication::end(const char* receiver, const QString& name, int type) {
    Running running = std::move(m_running.back());
    m_running.pop_back();
    const Spent all = now() - running.begun - (m_idle - running.idle) - running.turns;
    const Spent own = all - running.within;
    Turn& turn = running.turn;
    if (running.isDrawing) {
        turn.drawing += own;
    } else if (own.clock > turn.longestSpent.clock) {
        const char* event = QMetaEnum::fromType<QEvent::Type>().valueToKey(type);
        turn.longest = std::string(event != nullptr ? event : "event of its own") + " of " + receiver +
                       (name.isEmpty() ? std::string() : " \"" + name.toStdString() + "\"");
        turn.longestSpent = own;
    }
    if (running.isTurn) {
        turn.all = all;
        (m_running.empty() ? m_turn : m_inner).add(turn);
    }
    if (!m_running.empty()) {
        Running& outer = m_running.back();
        outer.turns += running.turns;
        if (running.isTurn) {
            outer.turns += all;
        } else {
            outer.within += all;
            outer.turn.add(turn);
        }
    }
}

} // namespace nunatak::tests
