// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>

#include <string>
#include <vector>

// What keeps the window's thread from its events.
namespace nunatak::tests {

/// Milliseconds on the clock, and those that the window's thread worked itself, which other programs on the
/// machine lengthen less.
struct Spent {
    double clock = 0;
    double work = 0;
    Spent& operator+=(const Spent& other) {
        clock += other.clock;
        work += other.work;
        return *this;
    }
    Spent operator-(const Spent& other) const { return {clock - other.clock, work - other.work}; }
};

/// What the event loop does before it looks again what a hand did: one event, or several that wait.
struct Turn {
    Spent all;
    /// Of it the view's painting by OpenGL and putting its picture into the window.
    Spent drawing;
    bool isFrame = false; ///< the view was painted
    std::string longest;  ///< what ran longest beside drawing: an event and whose it was
    Spent longestSpent;
    Spent others() const { return all - drawing; }
    void add(const Turn& event);
};

/// An application that keeps a record of its event loop's turns.
class WatchedApplication : public QApplication {
public:
    WatchedApplication(int& argc, char** argv);

    /// Those since the last call.
    std::vector<Turn> takeTurns();

    bool notify(QObject* receiver, QEvent* event) override;

private:
    struct Running {
        Spent begun;
        Spent within; ///< events that it sent itself
        Spent turns;  ///< of loops of its own, as dialogs and menus run
        Spent idle;   ///< when it began
        bool isDrawing = false;
        bool isTurn = false; ///< what an event loop sends, and no event within another one
        int loop = 0;
        Turn turn;
    };
    void end(const char* receiver, const QString& name, int type);
    void endTurn();

    std::vector<Running> m_running;
    std::vector<Turn> m_turns;
    Turn m_turn;  ///< not ended yet
    Turn m_inner; ///< the same of a loop within it
    Spent m_idle; ///< waited so far for events
    Spent m_waits;
};

} // namespace nunatak::tests
