// SPDX-License-Identifier: GPL-3.0-or-later
// What memory the real window takes for an inventory that is shown (a reference), and for the same that is
// opened for editing and of which the longest outline is edited: selected, a shared vertex dragged, put back
// by undo. Each in a process of its own, which this program starts.
//
//     editing_memory --scene scene.json --outlines inventory.gpkg
#include "frame_watch.h"
#include "measured_layer.h"

#include "base/error.h"
#include "base/install_paths.h"
#include "geo/inner_point.h"
#include "geo/segments.h"
#include "project/project.h"
#include "raster/raster_reader.h"
#include "ui/viewport/surface_format.h"
#include "ui/window/actions.h"
#include "ui/window/appearance.h"

#include <CLI/CLI.hpp>

#include <QFile>
#include <QListWidget>
#include <QProcess>
#include <QSettings>
#include <QTemporaryDir>

#include <cmath>
#include <memory>
#include <string>

using namespace nunatak;
using namespace nunatak::tests;

namespace {

/// MiB as the system counts them for this process: "VmRSS" now, "VmHWM" at most so far.
double memory(const QByteArray& name) {
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly)) {
        throw Error("The system does not say what memory is used.");
    }
    for (const QByteArray& line : file.readAll().split('\n')) {
        if (line.startsWith(name + ':')) {
            return line.mid(name.size() + 1).simplified().split(' ').front().toDouble() / 1024;
        }
    }
    throw Error("The system does not say what memory is used.");
}

/// For the process that asked: a name, resident, at most.
void tell(const char* what) {
    std::printf("%s %.1f %.1f\n", what, memory("VmRSS"), memory("VmHWM"));
    std::fflush(stdout);
}

void edit(ui::window::MainWindow& window, const std::string& file) {
    auto& view = *window.viewport();
    const auto edited =
        editedOf(project::Project::open(file, project::Access::ReadOnly)->outlines("inventory").all());
    const geo::Ring& ring = edited.outline->geometry.front().outer;
    const auto vertex = static_cast<std::size_t>(edited.run[edited.run.size() / 2]);
    view.frame(edited.outline->extent(), false);
    rest(window);
    tell("near");
    QTest::mouseClick(&view, Qt::LeftButton, {},
                      view.project(geo::innerPoint(edited.outline->geometry)).value_or(QPointF()).toPoint());
    rest(window);
    tell("selected");
    const geo::Point place = ring[vertex];
    view.frame(
        geo::Extent{place.x, place.y, place.x, place.y}.grown(20 * geo::distance(place, ring[vertex + 1])),
        false);
    rest(window);
    const QPointF from = view.project(place).value_or(QPointF());
    const QPointF along = view.project(ring[vertex + 1]).value_or(QPointF()) - from;
    const QPointF away = QPointF(along.y(), -along.x()) / std::hypot(along.x(), along.y());
    QTest::mousePress(&view, Qt::LeftButton, {}, from.toPoint());
    QPointF to;
    for (int i = 0; i < 30; ++i) {
        to = from + away * (5 + 1.5 * (i % 5));
        QMouseEvent move(QEvent::MouseMove, to, view.mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(&view, &move);
        QTest::qWait(50);
    }
    const auto steps = [&] { return window.findChild<QListWidget*>(QStringLiteral("history"))->count(); };
    const int before = steps();
    QTest::mouseRelease(&view, Qt::LeftButton, {}, to.toPoint());
    rest(window);
    if (steps() != before + 1) {
        throw Error("The drag made no step.");
    }
    tell("dragged");
    window.actions().undo->trigger();
    rest(window);
    tell("undone");
}

/// In a process of its own.
void measure(const std::string& file, bool isEdited) {
    const QTemporaryDir folder;
    ui::window::MainWindow window(
        installPaths(), std::make_unique<QSettings>(folder.filePath("settings.ini"), QSettings::IniFormat));
    window.resize(1280, 800);
    window.show();
    if (!QTest::qWaitForWindowExposed(&window)) {
        throw Error("The window did not appear.");
    }
    tell("empty");
    window.activateWindow();
    window.openProject(file);
    waitFor([&] { return window.isIdle() && window.viewport()->terrain() != nullptr; }, 60000);
    rest(window);
    tell("opened");
    if (isEdited) {
        edit(window, file);
    }
}

struct Memory {
    std::string when;
    double resident = 0, most = 0;
};

/// What such a process tells.
std::vector<Memory> told(const std::string& file, const QString& mode) {
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(
        QCoreApplication::applicationFilePath(),
        {QStringLiteral("--measure"), mode, QStringLiteral("--project"), QString::fromStdString(file)});
    if (!process.waitForFinished(600000) || process.exitCode() != 0) {
        throw Error("The process that is measured came to no end.");
    }
    std::vector<Memory> all;
    for (const QByteArray& line : process.readAllStandardOutput().split('\n')) {
        const auto words = line.split(' ');
        if (words.size() == 3) {
            all.push_back({words[0].toStdString(), words[1].toDouble(), words[2].toDouble()});
        }
    }
    return all;
}

void compare(const std::string& scene, const std::string& inventory) {
    const QTemporaryDir shownFolder, editedFolder;
    const auto shown =
        told(makeProject(QDir(shownFolder.path()), scene, inventory, outlines::LayerKind::Expert), "shown");
    const auto edited = told(
        makeProject(QDir(editedFolder.path()), scene, inventory, outlines::LayerKind::Inventory), "edited");
    const Memory& base = shown.back();
    std::printf("%-28s %14s %14s\n", "MiB (times what is shown)", "resident", "at most");
    const auto print = [&](const char* kind, const Memory& memory) {
        std::printf("%-12s %-15s %7.0f (%4.2f) %7.0f (%4.2f)\n", kind, memory.when.c_str(), memory.resident,
                    memory.resident / base.resident, memory.most, memory.most / base.most);
    };
    for (const auto& memory : shown) {
        print("shown:", memory);
    }
    for (const auto& memory : edited) {
        print("for editing:", memory);
    }
}

} // namespace

int main(int argc, char** argv) {
    std::string scene, inventory, mode, project;
    CLI::App arguments("What memory an inventory takes that is edited.");
    arguments.add_option("--scene", scene, "A scene's manifest (scene.json) to lay outlines over");
    arguments.add_option("--outlines", inventory, "Outlines to lay over it");
    arguments.add_option("--measure", mode, "shown or edited: what a process that it starts does");
    arguments.add_option("--project", project, "With this");
    CLI11_PARSE(arguments, argc, argv);
    try {
        ui::viewport::setDefaultSurfaceFormat();
        QApplication application(argc, argv);
        ui::window::applyAppearance(application);
        raster::initialiseGdal();
        if (mode.empty()) {
            compare(scene, inventory);
        } else {
            measure(project, mode == "edited");
        }
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "editing_memory: %s\n", error.what());
        return 1;
    }
}
