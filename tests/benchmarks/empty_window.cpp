// SPDX-License-Identifier: GPL-3.0-or-later
// The reference for start-up: the least Qt program that shows a window. Prints as "nunatak --timings" does.

#include "nunatak/process_clock.h"

#include <QApplication>
#include <QMainWindow>
#include <QTimer>

#include <cstdio>

namespace {

class EmptyWindow : public QMainWindow {
protected:
    void paintEvent(QPaintEvent* event) override {
        QMainWindow::paintEvent(event);
        if (!m_painted) {
            m_painted = true;
            std::printf("window_shown_s %.3f\npeak_resident_mib %.1f\n", nunatak::secondsSinceExec(),
                        nunatak::peakResidentMebibytes());
            QTimer::singleShot(0, qApp, &QCoreApplication::quit);
        }
    }

private:
    bool m_painted = false;
};

} // namespace

int main(int argc, char** argv) {
    QApplication app(argc, argv);
    EmptyWindow window;
    window.resize(1280, 800);
    window.show();
    return QApplication::exec();
}
