// SPDX-License-Identifier: GPL-3.0-or-later
// How long the window is deaf while thousands of outlines are imported, taken back and put again. Usage:
// large_import PROJECT OUTLINES (the project is changed; use a copy).
#include "ui/window/window_fixture.h"

#include <QComboBox>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QPushButton>
#include <QTimer>

#include <cstdio>

using namespace nunatak;
using namespace nunatak::tests;

namespace {

/// Longest times between two turns of the event loop while it lives, frames included and apart.
class Deafness {
public:
    explicit Deafness(ui::MainWindow& window) {
        QObject::connect(&m_timer, &QTimer::timeout, [this] { turn(); });
        QObject::connect(window.viewport(), &QOpenGLWidget::aboutToCompose, &m_timer, [this] { turn(); });
        QObject::connect(window.viewport(), &QOpenGLWidget::frameSwapped, &m_timer, [this] {
            m_frame = std::max(m_frame, m_clock.elapsed());
            m_clock.restart();
        });
        m_timer.start(0);
        m_clock.start();
    }
    void print(const char* what) {
        std::printf("%-30s longest %lld ms, with drawing %lld ms\n", what, static_cast<long long>(m_longest),
                    static_cast<long long>(m_frame));
        m_longest = m_frame = 0;
        m_clock.restart();
    }

private:
    void turn() {
        m_longest = std::max(m_longest, m_clock.elapsed());
        m_clock.restart();
    }
    QTimer m_timer;
    QElapsedTimer m_clock;
    qint64 m_longest = 0;
    qint64 m_frame = 0;
};

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "Usage: large_import PROJECT OUTLINES\n");
        return 2;
    }
    ui::setDefaultSurfaceFormat();
    QApplication application(argc, argv);
    ui::applyAppearance(application);
    const WindowFixture fixture;
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
    window->actions().importOutlines->trigger();
    QTest::qWaitFor([] { return QApplication::activeModalWidget() != nullptr; });
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
    QTest::qWaitFor([&] { return window->isIdle(); }, 120000);
    QTest::qWait(3000);
    deafness.print("import");
    window->actions().undo->trigger();
    QTest::qWait(3000);
    deafness.print("undo");
    window->actions().redo->trigger();
    QTest::qWait(3000);
    deafness.print("redo");
    window->close();
    QTest::qWaitFor([&] { return !window->isVisible(); }, 60000);
    deafness.print("close");
    return 0;
}
