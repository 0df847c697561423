// SPDX-License-Identifier: GPL-3.0-or-later
// How long the window is deaf while thousands of outlines are imported, taken back and put again. Usage:
// large_import PROJECT OUTLINES (the project is changed; use a copy).
#include "exchange/outline_files.h"
#include "ui/window/window_fixture.h"

#include <QComboBox>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QPushButton>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>

using namespace nunatak;
using namespace nunatak::tests;

namespace {

/// A figure of a window that is not ready would be none.
void waitFor(const std::function<bool()>& condition, int milliseconds = 5000) {
    if (!QTest::qWaitFor(condition, milliseconds)) {
        qFatal("the window was not ready in time");
    }
}

/// What the processor has worked for this thread, in milliseconds.
double worked() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

/// Longest times between two turns of the event loop while it lives, drawing a frame counted apart: on the
/// clock, and what this thread itself worked, which other programs on the machine do not lengthen.
class Deafness {
public:
    explicit Deafness(ui::window::MainWindow& window) {
        QObject::connect(&m_timer, &QTimer::timeout, [this] { turn(m_turn); });
        QObject::connect(window.viewport(), &QOpenGLWidget::aboutToCompose, &m_timer,
                         [this] { turn(m_turn); });
        QObject::connect(window.viewport(), &QOpenGLWidget::frameSwapped, &m_timer,
                         [this] { turn(m_frame); });
        m_timer.start(0);
        restart();
    }
    void print(const char* what) {
        std::printf("%-30s longest %4lld ms, of them work %4.0f; frames: %4lld ms, work %4.0f\n", what,
                    static_cast<long long>(m_turn.passed), m_turn.worked,
                    static_cast<long long>(m_frame.passed), m_frame.worked);
        std::fflush(stdout);
        m_turn = m_frame = {};
        restart();
    }

private:
    struct Longest {
        qint64 passed = 0;
        double worked = 0;
    };
    void turn(Longest& longest) {
        longest.passed = std::max(longest.passed, m_clock.elapsed());
        longest.worked = std::max(longest.worked, worked() - m_worked);
        restart();
    }
    void restart() {
        m_clock.restart();
        m_worked = worked();
    }
    QTimer m_timer;
    QElapsedTimer m_clock;
    double m_worked = 0;
    Longest m_turn;
    Longest m_frame;
};

/// A vertex of the outline that has most.
geo::Point onTheLargest(const char* project, const char* file) {
    const auto crs = project::Project::open(project, project::Access::ReadOnly)->crs();
    const auto read = exchange::readOutlines(file, crs, Progress());
    const auto largest =
        std::max_element(read.outlines.begin(), read.outlines.end(), [](const auto& a, const auto& b) {
            return geo::vertexCount(a.geometry) < geo::vertexCount(b.geometry);
        });
    return largest->geometry.front().outer.front();
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "Usage: large_import PROJECT OUTLINES\n");
        return 2;
    }
    ui::viewport::setDefaultSurfaceFormat();
    QApplication application(argc, argv);
    ui::window::applyAppearance(application);
    const WindowFixture fixture;
    const auto middle = onTheLargest(argv[1], argv[2]);
    const auto window = fixture.newWindow();
    window->openProject(argv[1]);
    if (!QTest::qWaitFor([&] { return window->isIdle() && window->viewport()->terrain() != nullptr; },
                         60000)) {
        std::fprintf(stderr, "The project did not open.\n");
        return 1;
    }
    QTest::qWait(500);
    Deafness deafness(*window);
    QTest::qWait(500);
    deafness.print("at rest");
    window->action("importOutlines")->trigger();
    waitFor([] { return QApplication::activeModalWidget() != nullptr; });
    auto* dialog = QApplication::activeModalWidget();
    auto* file = dialog->findChild<QLineEdit*>("importFile");
    if (file == nullptr) {
        file = dialog->findChild<QWidget*>("importFile")->findChild<QLineEdit*>();
    }
    file->setText(QString::fromLocal8Bit(argv[2]));
    dialog->findChild<QComboBox*>("importLayer")->setEditText("inventory");
    deafness.print("dialog");
    QMetaObject::invokeMethod(dialog, "accept");
    QTest::qWait(200);
    waitFor([&] { return window->isIdle(); }, 120000);
    QTest::qWait(3000);
    deafness.print("import");
    window->actions().undo->trigger();
    QTest::qWait(3000);
    deafness.print("undo");
    window->actions().redo->trigger();
    QTest::qWait(3000);
    deafness.print("redo");
    // The largest glacier from near, so that all its vertices are drawn.
    window->viewport()->frame(geo::Extent{middle.x, middle.y, middle.x, middle.y}.grown(500), false);
    QTest::qWait(2000);
    deafness.print("largest glacier from near");
    window->close();
    waitFor([&] { return !window->isVisible(); }, 60000);
    deafness.print("close");
    // What this history says is in the file only, now.
    window->show();
    window->openProject(argv[1]);
    if (!QTest::qWaitFor([&] { return window->isIdle() && window->viewport()->terrain() != nullptr; },
                         60000)) {
        std::fprintf(stderr, "The project did not open again.\n");
        return 1;
    }
    QTest::qWait(3000);
    deafness.print("open");
    window->actions().undo->trigger();
    QTest::qWait(3000);
    deafness.print("undo from the file");
    window->actions().undo->trigger();
    QTest::qWait(3000);
    window->actions().redo->trigger();
    QTest::qWait(3000);
    deafness.print("undo and redo");
    window->close();
    waitFor([&] { return !window->isVisible(); }, 60000);
    return 0;
}
