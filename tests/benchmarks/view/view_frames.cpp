// SPDX-License-Identifier: GPL-3.0-or-later
// How fluid the view is: opens the real window on a scene with an inventory of outlines laid over it, flies
// for a while, stops, flies again while a prediction runs, and flies over one plain mesh of the same scene.
// The inventory is moved and scaled to the scene, wherever it lies.
#include "inventory_project.h"
#include "plain_view.h"
#include "scripted_flight.h"

#include "base/error.h"
#include "base/install_paths.h"
#include "raster/raster_reader.h"
#include "scene/scene_reader.h"
#include "ui/viewport/surface_format.h"
#include "ui/viewport/viewport.h"
#include "ui/window/actions.h"
#include "ui/window/appearance.h"
#include "ui/window/main_window.h"

#include <CLI/CLI.hpp>

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QOpenGLContext>
#include <QOpenGLFunctions>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>
#include <QtTest>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

using namespace nunatak;
using namespace nunatak::tests;

namespace {

constexpr QSize windowSize(1280, 800);

double megabytes(const char* what) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(what)) {
            return std::stod(line.substr(line.find_first_of("0123456789"))) / 1024;
        }
    }
    return 0;
}

/// What all processors have worked for this program, in seconds.
double worked() {
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

struct FrameTimes {
    std::vector<double> milliseconds;
    double seconds = 0;
    double work = 0; ///< seconds of all processors, reading included

    double percentile(double share) const {
        auto sorted = milliseconds;
        std::sort(sorted.begin(), sorted.end());
        return sorted.empty() ? 0 : sorted[static_cast<std::size_t>(share * double(sorted.size() - 1))];
    }
    double perSecond() const { return seconds > 0 ? double(milliseconds.size()) / seconds : 0; }
    void print(const char* what) const {
        std::printf(
            "%-34s %5zu frames, %5.1f a second; median %4.0f ms, 90 %% %4.0f, 99 %% %4.0f, longest %4.0f\n",
            what, milliseconds.size(), perSecond(), percentile(0.5), percentile(0.9), percentile(0.99),
            percentile(1));
        std::printf("%-34s", "  medians of its tenths, ms");
        double passed = 0;
        std::vector<FrameTimes> tenths(10);
        for (const double frame : milliseconds) {
            passed += frame / 1e3;
            tenths[std::min<std::size_t>(9, static_cast<std::size_t>(10 * passed / seconds))]
                .milliseconds.push_back(frame);
        }
        for (const auto& tenth : tenths) {
            std::printf(" %4.0f", tenth.percentile(0.5));
        }
        std::printf("; work for a frame %.0f ms\n",
                    1e3 * work / std::max<double>(1, double(milliseconds.size())));
        std::fflush(stdout);
    }
};

/// Sets cameras of the flight as fast as frames come.
template <typename SetCamera>
FrameTimes fly(QOpenGLWidget& view, const ScriptedFlight& flight, double seconds,
               const SetCamera& setCamera) {
    FrameTimes times;
    QElapsedTimer clock;
    double last = -1;
    const double before = worked();
    const auto now = [&] { return static_cast<double>(clock.nsecsElapsed()) / 1e9; };
    const auto connection = QObject::connect(&view, &QOpenGLWidget::frameSwapped, &view, [&] {
        if (last >= 0) {
            times.milliseconds.push_back((now() - last) * 1e3);
        }
        last = now();
        QMetaObject::invokeMethod(
            &view, [&] { setCamera(flight.at(now() / seconds)); }, Qt::QueuedConnection);
    });
    clock.start();
    setCamera(flight.at(0));
    // A loop that sleeps until something happens, as the program's own: QTest's looks every 10 ms.
    QEventLoop loop;
    QTimer::singleShot(static_cast<int>(seconds * 1e3), &loop, &QEventLoop::quit);
    loop.exec();
    times.seconds = now();
    times.work = worked() - before;
    QObject::disconnect(connection);
    QCoreApplication::sendPostedEvents(&view); // what was queued refers to this function's values
    return times;
}

void waitUntilSharp(ui::viewport::Viewport& view, const char* what) {
    QElapsedTimer clock;
    clock.start();
    const bool sharp = QTest::qWaitFor([&] { return view.isSharp(); }, 60000);
    std::printf("%-34s %5.2f s\n", what, sharp ? static_cast<double>(clock.elapsed()) / 1e3 : -1);
    std::fflush(stdout);
}

/// How long a change of the picture takes until all that is in view shows it.
void measureStyles(ui::viewport::Viewport& view) {
    const auto first = view.drapeStyle();
    auto other = first;
    other.composite = {"infrared", {"nir", "red", "green"}};
    for (const auto& [what, style] : {std::pair{"another composite", other}, std::pair{"and back", first}}) {
        QElapsedTimer clock;
        clock.start();
        view.setDrapeStyle(style);
        const bool sharp = QTest::qWaitFor([&] { return view.isSharp(); }, 60000);
        std::printf("%-34s %5.2f s\n", what, sharp ? static_cast<double>(clock.elapsed()) / 1e3 : -1);
    }
}

struct Options {
    std::string scene;
    std::string inventory;
    double seconds = 30;
    bool predicts = true;
    bool isCompared = true;
    QString pictures; ///< folder; empty: none
    QString keep;     ///< folder of the project; empty: one that goes
};

/// Draws nothing: what a frame costs before anything of ours is in it.
class EmptyView : public QOpenGLWidget {
protected:
    void paintGL() override {
        auto* gl = context()->functions();
        gl->glClearColor(0.5F, 0.5F, 0.5F, 1);
        gl->glClear(GL_COLOR_BUFFER_BIT);
    }
};

void measureEmpty(const QSize& size, const ScriptedFlight& flight, double seconds) {
    EmptyView empty;
    empty.resize(size);
    empty.show();
    if (!QTest::qWaitForWindowExposed(&empty)) {
        throw Error("The empty view did not appear.");
    }
    fly(empty, flight, seconds, [&](const ui::viewport::MapCamera&) {
        empty.update();
    }).print("nothing drawn");
}

/// What the window shows when it is sharp, at places of the flight; to be looked at.
void savePictures(ui::window::MainWindow& window, const ScriptedFlight& flight, const QString& folder) {
    for (const double share : {0.0, 0.12, 0.28, 0.46, 0.6, 0.72, 0.82}) {
        window.viewport()->restoreCamera(flight.at(share).toText());
        waitFor([&] { return window.viewport()->isSharp(); }, 60000);
        window.grab().save(QString("%1/flight-%2.png").arg(folder).arg(std::lround(100 * share)));
    }
}

void measure(const Options& options) {
    raster::initialiseGdal();
    const QTemporaryDir folder;
    const auto project = makeProject(QDir(options.keep.isEmpty() ? folder.path() : options.keep),
                                     options.scene, options.inventory, outlines::LayerKind::Expert);
    ui::window::MainWindow window(
        installPaths(), std::make_unique<QSettings>(folder.filePath("settings.ini"), QSettings::IniFormat));
    window.resize(windowSize);
    window.show();
    if (!QTest::qWaitForWindowExposed(&window)) {
        throw Error("The window did not appear.");
    }
    auto& view = *window.viewport();
    QElapsedTimer clock;
    clock.start();
    double first = -1;
    const auto watch = QObject::connect(&view, &QOpenGLWidget::frameSwapped, [&] {
        if (first < 0 && view.terrain() != nullptr) {
            first = static_cast<double>(clock.elapsed()) / 1e3;
        }
    });
    window.openProject(project);
    if (!QTest::qWaitFor([&] { return first >= 0; }, 60000)) {
        throw Error("The project did not open.");
    }
    QObject::disconnect(watch);
    std::printf("view of %d × %d pixels\n", view.width(), view.height());
    std::printf("%-34s %5.2f s\n", "first picture after opening", first);
    waitUntilSharp(view, "sharp after the first picture");
    waitFor([&] { return window.isIdle() && view.isSharp(); }, 60000);

    const auto terrain = view.terrain();
    const ScriptedFlight flight(terrain->heightGrid.extent(),
                                [&](geo::Point map) { return terrain->heightAt(map); });
    const auto setCamera = [&](const ui::viewport::MapCamera& camera) {
        view.restoreCamera(camera.toText());
    };
    const auto frames = fly(view, flight, options.seconds, setCamera);
    frames.print("flight");
    waitUntilSharp(view, "sharp after it");
    // Also where it is close to the ground, from far away: nothing of it is there yet.
    setCamera(flight.at(0.46));
    waitUntilSharp(view, "sharp after a jump to the ground");
    measureStyles(view);
    std::printf("%-34s %5.0f MiB, at most %.0f; tiles %.0f\n", "resident", megabytes("VmRSS"),
                megabytes("VmHWM"), static_cast<double>(view.tileBytes()) / (1 << 20));

    if (!options.pictures.isEmpty()) {
        savePictures(window, flight, options.pictures);
    }
    if (options.predicts) {
        window.action("predict")->trigger();
        QTest::qWait(3000);
        if (window.isIdle()) {
            throw Error("No prediction runs.");
        }
        fly(view, flight, options.seconds, setCamera).print("flight while predicting");
        waitUntilSharp(view, "sharp after it");
        std::printf("%-34s %5.0f MiB, at most %.0f\n", "resident", megabytes("VmRSS"), megabytes("VmHWM"));
        window.actions().cancel->trigger();
        waitFor([&] { return window.isIdle(); }, 60000);
    }
    if (!options.isCompared) {
        return;
    }
    const auto size = view.size();
    window.hide();
    measureEmpty(size, flight, options.seconds / 6);
    const auto scene = scene::loadScene(options.scene);
    PlainView plain(scene::SceneReader(scene, std::make_shared<raster::ReaderPool>()),
                    {"red", "green", "blue"});
    plain.resize(size);
    plain.show();
    if (!QTest::qWaitForWindowExposed(&plain)) {
        throw Error("The plain view did not appear.");
    }
    const auto plainFrames = fly(plain, flight, options.seconds / 2,
                                 [&](const ui::viewport::MapCamera& camera) { plain.show(camera); });
    plainFrames.print("one mesh of 1000², one texture");
    std::printf("%-34s %5.1f\n", "frames for each of the plain ones",
                frames.perSecond() / plainFrames.perSecond());
}

} // namespace

int main(int argc, char** argv) {
    Options options;
    std::string pictures;
    CLI::App arguments("How fluid the view is with a whole satellite tile and an inventory of outlines.");
    arguments.add_option("scene", options.scene, "The scene's manifest (scene.json)")->required();
    arguments.add_option("outlines", options.inventory, "Outlines to lay over it")->required();
    arguments.add_option("--seconds", options.seconds, "How long a flight takes");
    arguments.add_flag("!--no-prediction", options.predicts, "Without the flight while a prediction runs");
    arguments.add_flag("!--no-plain", options.isCompared, "Without the plain mesh");
    arguments.add_option("--pictures", pictures, "Folder for pictures of the window");
    std::string keep;
    arguments.add_option("--keep", keep, "Folder in which the project is made, or found again");
    CLI11_PARSE(arguments, argc, argv);
    options.keep = QString::fromStdString(keep);
    options.pictures = QString::fromStdString(pictures);
    try {
        ui::viewport::setDefaultSurfaceFormat();
        QApplication application(argc, argv);
        ui::window::applyAppearance(application);
        measure(options);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "view_frames: %s\n", error.what());
        return 1;
    }
}
