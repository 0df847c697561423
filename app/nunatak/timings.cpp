// SPDX-License-Identifier: GPL-3.0-or-later
#include "timings.h"

#include "nunatak/process_clock.h"
#include "ui/viewport/viewport.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QEvent>
#include <QTimer>

#include <cstdio>

using namespace nunatak;

namespace {

void printFigure(const char* name, double value) {
    std::printf("%s %.3f\n", name, value);
    std::fflush(stdout);
}

} // namespace

Timings::Timings(ui::window::MainWindow& window) : QObject(&window) {
    window.installEventFilter(this);
    QObject::connect(&window, &ui::window::MainWindow::projectOpened, this,
                     [] { printFigure("project_opened_s", secondsSinceExec()); });
    QObject::connect(window.viewport(), &ui::viewport::Viewport::firstFrameDrawn, this,
                     [] { printFigure("first_frame_s", secondsSinceExec()); });
    // Idle after opening means that terrain and outlines are there; the frame that shows them is yet to be
    // drawn.
    QObject::connect(&window, &ui::window::MainWindow::becameIdle, this, [&window] {
        window.viewport()->repaint();
        printFigure("scene_drawn_s", secondsSinceExec());
        printFigure("scene_peak_mib", peakResidentMebibytes());
        QTimer::singleShot(0, qApp, &QCoreApplication::quit);
    });
    QObject::connect(&window, &ui::window::MainWindow::openingFailed, qApp,
                     [] { QCoreApplication::exit(1); });
}

bool Timings::eventFilter(QObject* watched, QEvent* event) {
    if (!m_shown && event->type() == QEvent::Paint) {
        m_shown = true;
        printFigure("window_shown_s", secondsSinceExec());
        printFigure("peak_resident_mib", peakResidentMebibytes());
    }
    return QObject::eventFilter(watched, event);
}
