// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"
#include "ui/viewport/viewport.h"
#include "ui/window/main_window.h"

#include <QPointF>
#include <QString>
#include <QStringList>

#include <functional>
#include <string>
#include <vector>

namespace nunatak::tests {

/// Plays what a hand did in a correction, with the events that Qt would send. The recording is a text, a
/// command a line, `#` begins a comment. Places are beside the line of the glacier that was selected when it
/// said `glacier`, so that it fits whatever project; of that line the outer ring of the largest part, from
/// its northernmost vertex on.
///
///   phase NAME                 from here on it is about this
///   key KEYS                   such as Shift+R, to the view
///   glacier                    remembers the line of the selected one
///   press PLACE, move PLACE STEPS, release, click PLACE      with the left button
///   wait MILLISECONDS          as a hand waits
///   land                       until a flight has ended
///   rest                       until nothing is read, drawn or worked out any more
///   done TEXT                  the last step of the history begins so
///   button NAME                clicks it, by its object name
///   choose NAME NUMBER         by keys, of a list of choices by its object name; 0 is the first
///   export FILE                by the dialog, into the folder of the run
///   repeat TIMES … end
///
/// PLACE: SHARE AWAY: so far along the line (0 to 1), so many pixels outside of it; or `middle`: of the view.
class CorrectionHand {
public:
    /// `file` is the project that is open, exports go beside it. `phase` is told where one begins.
    CorrectionHand(ui::window::MainWindow& window, std::string file,
                   std::function<void(const QString&)> phase)
        : m_window(window), m_file(std::move(file)), m_phase(std::move(phase)) {}

    /// Throws Error where a line cannot be played, or something did not come out, naming the line.
    void play(const QStringList& lines);

private:
    void playLines(const QStringList& lines, int first, int end);
    void does(QStringList words);
    ui::viewport::Viewport& view() { return *m_window.viewport(); }
    void rememberGlacier();
    QPointF place(const QStringList& words) const;
    void moveTo(QPointF place, int steps);
    void exportTo(const QString& name);
    void choose(const QString& name, int number);
    QString lastStep() const;

    ui::window::MainWindow& m_window;
    std::string m_file;
    std::function<void(const QString&)> m_phase;
    geo::Ring m_line;
    QPointF m_pointer;
    bool m_isHeld = false;
};

} // namespace nunatak::tests
