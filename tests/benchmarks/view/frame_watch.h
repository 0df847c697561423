// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inventory_project.h"
#include "ui/viewport/viewport.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEvent>
#include <QEventLoop>
#include <QTimer>
#include <QtTest>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

// How long something takes until it is seen in the real window.
namespace nunatak::tests {

constexpr int tooLong = 20000; ///< milliseconds

/// What all threads of this program have worked, in milliseconds: drawing by software included.
inline double workedByAll() {
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

inline double shareOf(std::vector<double> sorted, double part) {
    std::sort(sorted.begin(), sorted.end());
    return sorted.empty() ? 0 : sorted[static_cast<std::size_t>(part * double(sorted.size() - 1))];
}

struct Times {
    std::vector<double> milliseconds; ///< on the clock
    std::vector<double> work;         ///< of all threads meanwhile, which other programs lengthen less
    double share(double part) const { return shareOf(milliseconds, part); }
    void print(const char* what, const Times& frame) const {
        std::printf("  %-48s %3zu times: median %6.1f ms, worst %6.1f; of a plain frame %4.1f", what,
                    milliseconds.size(), share(0.5), share(1), share(0.5) / frame.share(0.5));
        if (!work.empty() && !frame.work.empty()) {
            std::printf("; work %6.1f, %4.1f", shareOf(work, 0.5),
                        shareOf(work, 0.5) / shareOf(frame.work, 0.5));
        }
        std::puts("");
        std::fflush(stdout);
    }
};

/// A moment on the screen: the first frame of the window in which what `isShown` asks for was painted.
class Watch : public QObject {
public:
    /// `painted`, or something in it, has to be painted again for it.
    Watch(ui::window::MainWindow& window, QWidget& painted, std::function<bool()> isShown)
        : m_painted(painted), m_isShown(std::move(isShown)) {
        qApp->installEventFilter(this);
        connect(window.viewport(), &QOpenGLWidget::frameSwapped, this, [this] {
            if (m_isPainted && !m_time) {
                m_time = static_cast<double>(m_clock.nsecsElapsed()) / 1e6;
                m_work = workedByAll() - m_begun;
                m_loop.quit();
            }
        });
        m_clock.start();
    }
    /// Waits, and adds what it took.
    void addTo(Times& times) {
        times.milliseconds.push_back(wait().value_or(tooLong));
        times.work.push_back(m_work);
    }
    /// From its making; none: it took too long.
    std::optional<double> wait() {
        if (!m_time) {
            QTimer::singleShot(tooLong, &m_loop, &QEventLoop::quit);
            m_loop.exec();
        }
        return m_time;
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::Paint && !m_isPainted) {
            const auto* widget = qobject_cast<QWidget*>(watched);
            const bool isOf = widget == &m_painted || (!qobject_cast<ui::viewport::Viewport*>(&m_painted) &&
                                                       m_painted.isAncestorOf(widget));
            m_isPainted = isOf && m_isShown();
        }
        return QObject::eventFilter(watched, event);
    }

private:
    QWidget& m_painted;
    std::function<bool()> m_isShown;
    QElapsedTimer m_clock;
    QEventLoop m_loop;
    bool m_isPainted = false;
    std::optional<double> m_time;
    double m_begun = workedByAll();
    double m_work = 0;
};

/// Until nothing waits to be read, drawn or flown to.
inline void rest(ui::window::MainWindow& window) {
    waitFor([&] { return window.isIdle() && !window.viewport()->isFlying() && window.viewport()->isSharp(); },
            120000);
    QTest::qWait(150);
}

/// Frames in which nothing is another.
inline Times plainFrames(ui::window::MainWindow& window, int count) {
    Times times;
    for (int i = 0; i < count; ++i) {
        Watch watch(window, *window.viewport(), [] { return true; });
        window.viewport()->update();
        watch.addTo(times);
    }
    return times;
}

} // namespace nunatak::tests
