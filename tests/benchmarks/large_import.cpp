// SPDX-License-Identifier: GPL-3.0-or-later
// How long the window is deaf while thousands of outlines are imported, taken back and put again, selected
// and deleted. Usage: large_import PROJECT OUTLINES (the project is changed; use a copy).
#include "measured.h"

#include "exchange/outline_files.h"
#include "ui/window/window_fixture.h"

#include <QComboBox>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QPushButton>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <vector>

using namespace nunatak;
using namespace nunatak::tests;

namespace {

/// A figure of a window that is not ready would be none.
void waitFor(const std::function<bool()>& condition, int milliseconds = 5000) {
    if (!QTest::qWaitFor(condition, milliseconds)) {
        qFatal("the window was not ready in time");
    }
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

struct Outlines {
    geo::Point onTheLargest; ///< a vertex of the one that has most
    geo::Extent all;
    geo::Extent western; ///< of about 1,000 of them
};

Outlines lookAt(const char* project, const char* file) {
    const auto crs = project::Project::open(project, project::Access::ReadOnly)->crs();
    const auto read = exchange::readOutlines(file, crs, Progress());
    Outlines found;
    std::vector<double> east;
    std::size_t most = 0;
    for (const auto& outline : read.outlines) {
        const auto extent = geo::extentOf(outline.geometry);
        found.all.include(extent);
        east.push_back(extent.xmax);
        if (const auto count = geo::vertexCount(outline.geometry); count > most) {
            most = count;
            found.onTheLargest = outline.geometry.front().outer.front();
        }
    }
    std::sort(east.begin(), east.end());
    found.western = found.all;
    found.western.xmax = east[std::min<std::size_t>(1000, east.size() - 1)];
    return found;
}

/// Shift and drag around them, from within the ground: a press beside it begins nothing. Returns what the
/// pointer says meanwhile.
QString dragBox(ui::window::MainWindow& window, const geo::Extent& around) {
    auto& view = *window.viewport();
    const QRect room = view.rect().adjusted(2, 2, -2, -2);
    const auto inView = [&](geo::Point corner) {
        const auto place = view.project(corner).value_or(QPointF()).toPoint();
        return QPoint(std::clamp(place.x(), room.left(), room.right()),
                      std::clamp(place.y(), room.top(), room.bottom()));
    };
    constexpr double within = 0.01;
    const double x = within * around.width(), y = within * around.height();
    const QPoint from = inView({around.xmin + x, around.ymax - y});
    const QPoint to = inView({around.xmax - x, around.ymin + y});
    QTest::mousePress(&view, Qt::LeftButton, Qt::ShiftModifier, from);
    for (int i = 1; i <= 6; ++i) {
        const QPointF at = QPointF(from) + QPointF(to - from) * i / 6;
        QMouseEvent move(QEvent::MouseMove, at, view.mapToGlobal(at), Qt::NoButton, Qt::LeftButton,
                         Qt::ShiftModifier);
        QApplication::sendEvent(&view, &move);
        QTest::qWait(50);
    }
    const auto* note = view.findChild<QLabel*>(QStringLiteral("pointerNote"));
    const auto words = note->isVisible() ? note->text() : QString();
    if (words.isEmpty()) {
        qFatal("the box takes nothing: does the scene reach all outlines?");
    }
    QTest::mouseRelease(&view, Qt::LeftButton, Qt::ShiftModifier, to);
    return words;
}

/// What selecting and deleting many does, in an inventory that is started from them.
void deleteMany(ui::window::MainWindow& window, const Outlines& outlines, Deafness& deafness) {
    auto& view = *window.viewport();
    window.action("startInventory")->trigger();
    QTest::qWait(200);
    waitFor([&] { return window.isIdle(); }, 120000);
    QTest::qWait(3000);
    deafness.print("inventory started");
    view.setView(ui::viewport::Viewport::View::Nadir);
    view.frame(outlines.all, false);
    QTest::qWait(3000);
    deafness.print("the whole from above");
    for (const auto& around : {outlines.all, outlines.western}) {
        const auto words = dragBox(window, around);
        QTest::qWait(2000);
        deafness.print(qPrintable("box: " + words));
        if (around == outlines.all) {
            QTest::keyClick(&view, Qt::Key_Escape);
            QTest::qWait(1500);
            deafness.print("nothing selected");
        }
    }
    // Not by keys: without a window manager none reach a window that had a dialog.
    window.action("delete")->trigger();
    QTest::qWait(3000);
    const auto* toast = view.findChild<QLabel*>(QStringLiteral("toastSentence"));
    deafness.print(toast != nullptr ? qPrintable(toast->text()) : "nothing deleted");
    window.actions().undo->trigger();
    QTest::qWait(3000);
    deafness.print("undo");
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
    const auto outlines = lookAt(argv[1], argv[2]);
    const auto middle = outlines.onTheLargest;
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
    deleteMany(*window, outlines, deafness);
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
