// SPDX-License-Identifier: GPL-3.0-or-later
// What an edit costs the window's thread, by the number of glaciers, of other layers and of earlier steps:
// from the release of a dragged vertex, from Ctrl+Z and from Delete until everybody was told and nothing
// waits. Prints milliseconds that the thread worked (CLOCK_THREAD_CPUTIME_ID), frames of the view excepted:
// it does not draw meanwhile.
#include "ui/window/window_fixture.h"

#include <QDockWidget>
#include <QEventLoop>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

using namespace nunatak;
using namespace nunatak::tests;

namespace {

constexpr int times = 21;

double worked() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

outlines::Outline circle(const std::string& uuid, geo::Point middle, double radius) {
    outlines::Outline outline;
    outline.uuid = uuid;
    outline.name = uuid;
    outline.srcDate = "2020-08-20";
    geo::Ring ring;
    for (int i = 0; i < 200; ++i) {
        const double angle = i * 2 * 3.14159265358979 / 200;
        ring.push_back({middle.x + radius * std::cos(angle), middle.y + radius * std::sin(angle)});
    }
    outline.geometry = {{ring, {}}};
    return outline;
}

struct Project {
    int glaciers = 0;
    int layers = 0; ///< references beside the inventory
    int steps = 0;  ///< of the history before the project is opened
};

constexpr double radius = 500;

/// One glacier in the middle of the scene, which is edited, and small ones around it.
std::string make(const WindowFixture& fixture, const Project& wanted) {
    const auto name = std::to_string(wanted.glaciers) + "-" + std::to_string(wanted.layers) + "-" +
                      std::to_string(wanted.steps) + ".gpkg";
    auto project = project::Project::create(fixture.path(name.c_str()), fixture.grid().crs);
    project->addScene(scene::loadScene(fixture.path("scene.json")));
    const geo::Extent ground = fixture.grid().extent();
    const geo::Point middle = ground.center();
    std::vector<outlines::Outline> all{circle("edited", middle, radius)};
    constexpr int columns = 110;
    for (int i = 0; static_cast<int>(all.size()) < wanted.glaciers; ++i) {
        const geo::Point at{ground.xmin + (i % columns + 0.5) * ground.width() / columns,
                            ground.ymin + (i / columns + 0.5) * ground.width() / columns};
        if (std::hypot(at.x - middle.x, at.y - middle.y) > radius + 300) {
            all.push_back(circle("glacier " + std::to_string(i), at, 18));
        }
    }
    project->importOutlines({"inventory", outlines::LayerKind::Inventory, project->scene().id, "2020-08-20"},
                            all);
    for (int i = 0; i < wanted.layers; ++i) {
        project->importOutlines(
            {"reference_" + std::to_string(i), outlines::LayerKind::Expert, project->scene().id,
             "2019-09-01"},
            {circle("reference " + std::to_string(i), {ground.xmin + 300, ground.ymin + 300}, 250)});
    }
    while (static_cast<int>(project->history().size()) < wanted.steps) {
        const auto before = project->outlines("inventory").find("edited");
        auto after = *before;
        after.geometry[0].outer[100].x += project->history().size() % 2 == 0 ? 1 : -1;
        project->commit(
            {"Move vertex of edited", {{"inventory", before, outlines::share(after)}}, {}, "select"});
    }
    project->close(300);
    return fixture.path(name.c_str());
}

/// What the thread works for this, until nothing happens any more.
double workOf(ui::window::MainWindow& window, const std::function<void()>& act) {
    QEventLoop loop;
    QTimer look;
    look.setInterval(80);
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (window.isIdle()) {
            loop.quit();
        }
    });
    look.start();
    const double before = worked();
    act();
    loop.exec();
    return worked() - before;
}

void measure(const WindowFixture& fixture, const Project& wanted) {
    const auto window = fixture.openWindow(make(fixture, wanted));
    if (!window) {
        qFatal("the project did not open");
    }
    auto& view = *window->viewport();
    const geo::Point middle = fixture.grid().extent().center();
    const geo::Point east{middle.x + radius, middle.y};
    view.frame(geo::Extent{middle.x, middle.y, middle.x, middle.y}.grown(700), false);
    if (!QTest::qWaitFor([&] { return window->isIdle() && view.isSharp(); }, 60000)) {
        qFatal("the window was not ready in time");
    }
    clickAt(*window, middle);
    QTest::qWait(300);
    view.setUpdatesEnabled(false);
    auto* history = part<QDockWidget>(window.get(), "historyDock");
    history->show();
    history->raise();
    std::vector<double> rest;
    std::vector<double> drags;
    std::vector<double> undone;
    std::vector<double> deleted;
    for (int i = 0; i < times; ++i) {
        rest.push_back(workOf(*window, [] {}));
        const QPoint from = placeOf(*window, east);
        QTest::mousePress(&view, Qt::LeftButton, {}, from);
        QPoint to = from;
        for (int step = 1; step <= 6; ++step) {
            to = from + QPoint(4 * step, 0);
            QMouseEvent move(QEvent::MouseMove, to, view.mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
            QApplication::sendEvent(&view, &move);
            QCoreApplication::sendPostedEvents(&view);
        }
        drags.push_back(workOf(*window, [&] { QTest::mouseRelease(&view, Qt::LeftButton, {}, to); }));
        undone.push_back(workOf(*window, [&] { QTest::keyClick(&view, Qt::Key_Z, Qt::ControlModifier); }));
        deleted.push_back(workOf(*window, [&] { QTest::keyClick(&view, Qt::Key_Delete); }));
        workOf(*window, [&] { QTest::keyClick(&view, Qt::Key_Z, Qt::ControlModifier); });
        clickAt(*window, middle);
        workOf(*window, [] {});
    }
    std::printf("%8d %7d %6d  %6.2f  %6.2f  %6.2f  %6.2f\n", wanted.glaciers, wanted.layers + 1, wanted.steps,
                median(drags), median(undone), median(deleted), median(rest));
    std::fflush(stdout);
    closed(*window);
}

} // namespace

int main(int argc, char** argv) {
    ui::viewport::setDefaultSurfaceFormat();
    QApplication application(argc, argv);
    ui::window::applyAppearance(application);
    const WindowFixture fixture;
    std::puts("glaciers  layers  steps    drag    undo  delete  (nothing)");
    for (const auto& wanted : {Project{50, 1, 10},
                               {500, 1, 10},
                               {5000, 1, 10},
                               {50, 1, 2000},
                               {5000, 1, 2000},
                               {50, 20, 50},
                               {5000, 20, 2000}}) {
        measure(fixture, wanted);
    }
    return 0;
}
