// SPDX-License-Identifier: GPL-3.0-or-later
// What the hand waits for when it selects: from a click to the frame that shows the highlight and to the
// inspector that is filled, and from R (next to review) to the first frame in which the camera has moved.
// And what it sees of a drag: from a move of the pointer to the frame that shows the line there.
// Drives the real window with real events, on a project and, where they are given, on an inventory laid over
// a scene. Beside each a plain frame of the same view, in the same run.
#include "inventory_project.h"

#include "base/error.h"
#include "base/install_paths.h"
#include "geo/inner_point.h"
#include "geo/segments.h"
#include "project/inventory.h"
#include "project/project.h"
#include "raster/raster_reader.h"
#include "ui/layers/inspector_panel.h"
#include "ui/viewport/surface_format.h"
#include "ui/viewport/viewport.h"
#include "ui/window/appearance.h"
#include "ui/window/main_window.h"

#include <CLI/CLI.hpp>

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QLabel>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>
#include <QtTest>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

using namespace nunatak;
using namespace nunatak::tests;
using ui::viewport::Viewport;

namespace {

constexpr QSize windowSize(1280, 800);
constexpr int tooLong = 20000; // milliseconds

struct Times {
    std::vector<double> milliseconds;
    double share(double part) const {
        auto sorted = milliseconds;
        std::sort(sorted.begin(), sorted.end());
        return sorted.empty() ? 0 : sorted[static_cast<std::size_t>(part * double(sorted.size() - 1))];
    }
    void print(const char* what, const Times& frame) const {
        std::printf("  %-34s %3zu times: median %5.1f ms, worst %5.1f; of a plain frame %4.1f\n", what,
                    milliseconds.size(), share(0.5), share(1), share(0.5) / frame.share(0.5));
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
                m_loop.quit();
            }
        });
        m_clock.start();
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
            const bool isOf = widget == &m_painted ||
                              (!qobject_cast<Viewport*>(&m_painted) && m_painted.isAncestorOf(widget));
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
};

void rest(ui::window::MainWindow& window) {
    waitFor([&] { return window.isIdle() && !window.viewport()->isFlying() && window.viewport()->isSharp(); },
            120000);
    QTest::qWait(150);
}

/// What the window's thread has worked, in milliseconds.
double worked() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

struct Place {
    QString uuid;
    geo::Point inside;
    geo::Point vertex;
    geo::Extent extent;
    std::size_t vertices = 0;
    double spacing = 0; ///< metres to the next vertex
};

std::vector<Place> placesIn(const std::string& file) {
    const auto project = project::Project::open(file, project::Access::ReadOnly);
    const auto inventories = project->inventories();
    const auto layer = inventories.empty() ? project->layers().front() : inventories.front();
    std::vector<Place> places;
    for (const auto& outline : project->outlines(layer.name).all()) {
        const auto& ring = outline->geometry.front().outer;
        const auto& vertex = ring[ring.size() / 3];
        places.push_back({QString::fromStdString(outline->uuid), geo::innerPoint(outline->geometry), vertex,
                          outline->extent(), outline->vertices(),
                          geo::distance(vertex, ring[ring.size() / 3 + 1])});
    }
    std::shuffle(places.begin(), places.end(), std::mt19937(7));
    return places;
}

/// One that has none gets an inventory of its first layer, which can be dragged.
void startInventory(const std::string& file) {
    const auto project = project::Project::open(file);
    if (project->inventories().empty()) {
        project->take(project::planInventory(*project, {.from = project->layers().front().name})());
    }
    project->close();
}

class Measuring {
public:
    Measuring(const std::string& file, int times) : m_places(placesIn(file)), m_times(times) {
        m_window = std::make_unique<ui::window::MainWindow>(
            installPaths(),
            std::make_unique<QSettings>(m_folder.filePath("settings.ini"), QSettings::IniFormat));
        m_window->resize(windowSize);
        m_window->show();
        if (!QTest::qWaitForWindowExposed(m_window.get())) {
            throw Error("The window did not appear.");
        }
        m_window->activateWindow();
        m_window->openProject(file);
        waitFor([&] { return m_window->isIdle() && view().terrain() != nullptr; }, 60000);
        rest(*m_window);
    }

    void run() {
        std::printf(" the whole scene\n");
        clicks(m_places, 5);
        std::printf(" from near\n");
        near();
        std::printf(" the glacier with most vertices\n");
        largest();
        std::printf(" R, next to review\n");
        next();
    }

private:
    Viewport& view() { return *m_window->viewport(); }
    ui::layers::InspectorPanel& inspector() { return *m_window->findChild<ui::layers::InspectorPanel*>(); }

    Times plainFrames() {
        Times times;
        for (int i = 0; i < m_times; ++i) {
            Watch watch(*m_window, view(), [] { return true; });
            view().update();
            times.milliseconds.push_back(watch.wait().value_or(tooLong));
        }
        return times;
    }

    /// Where it is in the view, if it is `pixels` large and can be clicked.
    std::optional<QPoint> visible(const Place& place, double pixels) {
        const auto at = view().project(place.inside);
        const double side = std::min(place.extent.width(), place.extent.height()) / view().metresPerPixel();
        const QRect middle = view().rect().adjusted(90, 90, -90, -90);
        return at && side >= pixels && middle.contains(at->toPoint()) ? std::optional(at->toPoint())
                                                                      : std::nullopt;
    }

    struct Clicks {
        Times highlight;
        Times facts;
        Times handling; ///< what the window's thread works before the frame
        void print(const Times& frame) const {
            frame.print("a plain frame", frame);
            handling.print("click handled, work of the thread", frame);
            highlight.print("click to highlight", frame);
            facts.print("click to inspector", frame);
        }
    };

    /// Adds what a click there took; false where something else lies over it.
    bool click(const Place& place, QPoint at, Clicks& clicks) {
        QTest::mouseMove(&view(), at);
        QTest::qWait(250); // a hand rests before it clicks
        const auto isFilled = [&] {
            return inspector().value("UUID") == place.uuid && inspector().value("Area").contains(QChar(0xb2));
        };
        Watch shown(*m_window, view(), [] { return true; });
        Watch filled(*m_window, inspector(), isFilled);
        const double before = worked();
        QTest::mouseClick(&view(), Qt::LeftButton, {}, at);
        const double handling = worked() - before;
        const auto highlighted = shown.wait();
        if (inspector().value("UUID") != place.uuid) {
            return false;
        }
        clicks.highlight.milliseconds.push_back(highlighted.value_or(tooLong));
        clicks.facts.milliseconds.push_back(filled.wait().value_or(tooLong));
        clicks.handling.milliseconds.push_back(handling);
        rest(*m_window);
        return true;
    }

    void clicks(const std::vector<Place>& places, double pixels) {
        const Times frame = plainFrames();
        Clicks done;
        for (const auto& place : places) {
            if (done.highlight.milliseconds.size() < static_cast<std::size_t>(m_times)) {
                if (const auto at = visible(place, pixels)) {
                    click(place, *at, done);
                }
            }
        }
        done.print(frame);
    }

    /// Each glacier in the middle of a view of its own, several times its size.
    void near() {
        Times frame;
        Clicks done;
        for (const auto& place : m_places) {
            if (done.highlight.milliseconds.size() >= static_cast<std::size_t>(m_times)) {
                break;
            }
            view().frame(place.extent.grown(std::max(place.extent.width(), place.extent.height())), false);
            rest(*m_window);
            const auto at = visible(place, 12);
            if (at && click(place, *at, done)) {
                Watch watch(*m_window, view(), [] { return true; });
                view().update();
                frame.milliseconds.push_back(watch.wait().value_or(tooLong));
            }
        }
        done.print(frame);
    }

    void largest() {
        const auto most =
            *std::max_element(m_places.begin(), m_places.end(),
                              [](const auto& a, const auto& b) { return a.vertices < b.vertices; });
        view().frame(most.extent, false);
        rest(*m_window);
        const Times frame = plainFrames();
        Clicks done;
        for (int i = 0; i < m_times; ++i) {
            if (const auto at = visible(most, 12)) {
                click(most, *at, done);
            }
            QTest::keyClick(&view(), Qt::Key_Escape);
            rest(*m_window);
        }
        std::printf("  %zu vertices\n", most.vertices);
        done.print(frame);
        if (const auto at = visible(most, 12)) {
            click(most, *at, done);
        }
        std::printf("  so near that its vertices are drawn and can be dragged\n");
        constexpr double edgesInView = 40;
        view().frame(geo::Extent{most.vertex.x, most.vertex.y, most.vertex.x, most.vertex.y}.grown(
                         edgesInView / 2 * most.spacing),
                     false);
        rest(*m_window);
        drag(most);
    }

    /// A vertex of the selected glacier to and fro.
    void drag(const Place& place) {
        const Times frame = plainFrames();
        const auto at = view().project(place.vertex);
        if (!at) {
            return;
        }
        const QPoint from = at->toPoint();
        // Outwards, where a line does not meet itself.
        const QPointF away = *at - view().project(place.extent.center()).value_or(QPointF());
        const QPointF direction = away / std::max(1.0, std::hypot(away.x(), away.y()));
        const auto* note = view().findChild<QLabel*>("pointerNote");
        int refused = 0;
        Times handling;
        Times shown;
        QTest::mouseMove(&view(), from);
        QTest::qWait(250);
        QTest::mousePress(&view(), Qt::LeftButton, {}, from);
        for (int i = 0; i < m_times + 3; ++i) {
            const QPoint to = from + (direction * (8 + 3 * (i % 4))).toPoint();
            Watch watch(*m_window, view(), [] { return true; });
            const double started = worked();
            QMouseEvent move(QEvent::MouseMove, to, view().mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
            QApplication::sendEvent(&view(), &move);
            const double handled = worked() - started;
            const auto time = watch.wait();
            refused += note->isVisible() && note->text().contains(QLatin1Char('%')) ? 0 : 1;
            if (i >= 3) { // the first lay the whole line
                handling.milliseconds.push_back(handled);
                shown.milliseconds.push_back(time.value_or(tooLong));
            }
        }
        QTest::keyClick(&view(), Qt::Key_Escape);
        QTest::mouseRelease(&view(), Qt::LeftButton, {}, from);
        rest(*m_window);
        if (refused > 0) {
            std::printf("  %d moves changed nothing: no figure\n", refused);
            return;
        }
        handling.print("a move of a drag, work of the thread", frame);
        shown.print("a move of a drag to its frame", frame);
    }

    void next() {
        view().frame(view().terrain()->heightGrid.extent(), false);
        rest(*m_window);
        const Times frame = plainFrames();
        Times moved;
        Times handling;
        for (int i = 0; i < m_times; ++i) {
            const auto before = view().camera();
            Watch watch(*m_window, view(), [&] { return !(view().camera() == before); });
            const double started = worked();
            QTest::keyClick(&view(), Qt::Key_R);
            handling.milliseconds.push_back(worked() - started);
            moved.milliseconds.push_back(watch.wait().value_or(tooLong));
            rest(*m_window);
        }
        frame.print("a plain frame", frame);
        handling.print("R handled, work of the thread", frame);
        moved.print("R to the first movement", frame);
    }

    QTemporaryDir m_folder;
    std::vector<Place> m_places;
    int m_times;
    std::unique_ptr<ui::window::MainWindow> m_window;
};

/// Programs that leave nothing of the processor.
class Busy {
public:
    explicit Busy(int threads) {
        for (int i = 0; i < threads; ++i) {
            m_threads.emplace_back([this] {
                while (!m_ended) {
                }
            });
        }
    }
    ~Busy() {
        m_ended = true;
        for (auto& thread : m_threads) {
            thread.join();
        }
    }
    Busy(const Busy&) = delete;
    Busy& operator=(const Busy&) = delete;

private:
    std::atomic<bool> m_ended = false;
    std::vector<std::thread> m_threads;
};

} // namespace

int main(int argc, char** argv) {
    std::string project;
    std::string scene;
    std::string inventory;
    int times = 20;
    int busy = 0;
    CLI::App arguments("What the hand waits for when it selects a glacier.");
    arguments.add_option("project", project, "A project, such as the demo's");
    arguments.add_option("--scene", scene, "A scene's manifest (scene.json) to lay outlines over");
    arguments.add_option("--outlines", inventory, "Outlines to lay over it");
    arguments.add_option("--times", times, "How often each is done");
    arguments.add_option("--busy", busy, "Threads that keep processors busy meanwhile");
    CLI11_PARSE(arguments, argc, argv);
    try {
        ui::viewport::setDefaultSurfaceFormat();
        QApplication application(argc, argv);
        ui::window::applyAppearance(application);
        raster::initialiseGdal();
        const Busy others(busy);
        const QTemporaryDir folder;
        if (project.empty()) {
            std::puts("No project is given: skipped.");
        } else {
            // A copy, for what is selected and looked at is stored in it.
            const auto copy = folder.filePath("copy.gpkg").toStdString();
            std::filesystem::copy_file(project, copy);
            startInventory(copy);
            std::printf("%s\n", project.c_str());
            Measuring(copy, times).run();
        }
        if (scene.empty() || inventory.empty()) {
            std::puts("No scene with outlines to lay over it is given: the inventory is skipped.");
        } else {
            const auto file =
                makeProject(QDir(folder.path()), scene, inventory, outlines::LayerKind::Inventory);
            Measuring(file, times).run();
        }
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "selecting: %s\n", error.what());
        return 1;
    }
}
