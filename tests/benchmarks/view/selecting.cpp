// SPDX-License-Identifier: GPL-3.0-or-later
// What the hand waits for when it selects: from a click to the frame that shows the highlight and to the
// inspector that is filled, and from R (next to review) to the first frame in which the camera has moved.
// Drives the real window with real events, on a project and, where they are given, on an inventory laid over
// a scene. Beside each a plain frame of the same view, in the same run.
#include "frame_watch.h"
#include "measured.h"

#include "base/error.h"
#include "geo/inner_point.h"
#include "project/project.h"
#include "raster/raster_reader.h"
#include "support/shown_window.h"
#include "ui/layers/inspector_panel.h"
#include "ui/viewport/surface_format.h"
#include "ui/window/appearance.h"

#include <CLI/CLI.hpp>

#include <QApplication>
#include <QTemporaryDir>

#include <algorithm>
#include <atomic>
#include <cstdio>
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

struct Place {
    QString uuid;
    geo::Point inside;
    geo::Extent extent;
    std::size_t vertices = 0;
};

std::vector<Place> placesIn(const std::string& file) {
    const auto project = project::Project::open(file, project::Access::ReadOnly);
    const auto inventories = project->inventories();
    const auto layer = inventories.empty() ? project->layers().front() : inventories.front();
    std::vector<Place> places;
    for (const auto& outline : project->outlines(layer.name).all()) {
        places.push_back({QString::fromStdString(outline->uuid), geo::innerPoint(outline->geometry),
                          outline->extent(), outline->vertices()});
    }
    std::shuffle(places.begin(), places.end(), std::mt19937(7));
    return places;
}

class Measuring {
public:
    Measuring(const std::string& file, int times) : m_places(placesIn(file)), m_times(times) {
        m_window = shownWindow(m_folder.filePath("settings.ini"), windowSize, file);
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
        shown.wait();
        if (inspector().value("UUID") != place.uuid) {
            return false;
        }
        shown.addTo(clicks.highlight);
        filled.addTo(clicks.facts);
        clicks.handling.milliseconds.push_back(handling);
        rest(*m_window);
        return true;
    }

    void clicks(const std::vector<Place>& places, double pixels) {
        const Times frame = plainFrames(*m_window, m_times);
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
                watch.addTo(frame);
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
        const Times frame = plainFrames(*m_window, m_times);
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
    }

    void next() {
        QTest::keyClick(&view(), Qt::Key_R); // measures first what needs an eye
        rest(*m_window);
        view().frame(view().terrain()->heightGrid.extent(), false);
        rest(*m_window);
        const Times frame = plainFrames(*m_window, m_times);
        Times moved;
        Times handling;
        for (int i = 0; i < m_times; ++i) {
            const auto before = view().camera();
            Watch watch(*m_window, view(), [&] { return !(view().camera() == before); });
            const double started = worked();
            QTest::keyClick(&view(), Qt::Key_R);
            handling.milliseconds.push_back(worked() - started);
            watch.addTo(moved);
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
