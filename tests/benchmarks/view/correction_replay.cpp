// SPDX-License-Identifier: GPL-3.0-or-later
// A whole correction as a user makes it, played from a recording in the real window: open, fly to the first
// ten of the queue, redraw, brush, split, accept, export. Says for each phase how long it took, and which
// frames and turns of the event loop took more than 50 ms, apart for drawing by OpenGL and everything else.
//
//     correction_replay [--scene scene.json --outlines outlines.gpkg | --project project.gpkg] [--events
//     FILE]
//
// Without arguments it is the program's demo. A project is copied before. Drawing is what the view's painting
// and Qt's putting pictures together took; where a frame took the window's thread more than 50 ms beyond a
// plain frame of the phase, that is told, too.
#include "correction_hand.h"
#include "frame_watch.h"
#include "loop_watch.h"

#include "base/error.h"
#include "base/install_paths.h"
#include "project/inventory.h"
#include "project/project.h"
#include "raster/raster_reader.h"
#include "support/shown_window.h"
#include "tasks/demo_project.h"
#include "ui/viewport/surface_format.h"
#include "ui/window/appearance.h"

#include <CLI/CLI.hpp>

#include <QFile>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>

using namespace nunatak;
using namespace nunatak::tests;

namespace {

constexpr QSize windowSize(1280, 800);
constexpr double tooLong = 50; // ms

/// What a phase said of the event loop.
struct Phase {
    QString name;
    double seconds = 0;
    std::vector<Turn> turns;
    double plainFrame = 0; ///< ms that the thread works for one in which nothing is another
};

class Replay {
public:
    Replay(WatchedApplication& application, std::string file)
        : m_application(application), m_file(std::move(file)) {}

    void run(const QStringList& events) {
        begin(QStringLiteral("open"));
        m_window = shownWindow(m_folder.filePath("settings.ini"), windowSize, m_file);
        waitFor([&] { return m_window->isIdle() && m_window->viewport()->terrain() != nullptr; }, 120000);
        waitFor([&] { return m_window->viewport()->isSharp(); }, 120000);
        CorrectionHand(*m_window, m_file, [this](const QString& name) {
            end();
            begin(name);
        }).play(events);
        end();
        m_window->close();
    }

    void print() const {
        std::printf("%-24s %8s %7s | %26s | %26s | %s\n", "", "seconds", "frames", "frames over 50 ms: clock",
                    "work; turns over 50: clock", "without drawing: clock, work; longest, ms");
        int others = 0;
        for (const Phase& phase : m_phases) {
            const auto count = [&](const auto& is) {
                return static_cast<int>(std::count_if(phase.turns.begin(), phase.turns.end(), is));
            };
            double longest = 0;
            for (const Turn& turn : phase.turns) {
                longest = std::max(longest, turn.others().work);
            }
            const int without = count([](const Turn& turn) { return turn.others().work > tooLong; });
            others += without;
            std::printf("%-24s %8.1f %7d | %26d | %12d; %12d | %d, %d; %.0f\n", qPrintable(phase.name),
                        phase.seconds, count([](const Turn& turn) { return turn.isFrame; }),
                        count([](const Turn& turn) { return turn.isFrame && turn.all.clock > tooLong; }),
                        count([](const Turn& turn) { return turn.isFrame && turn.all.work > tooLong; }),
                        count([](const Turn& turn) { return turn.all.clock > tooLong; }),
                        count([](const Turn& turn) { return turn.others().clock > tooLong; }), without,
                        longest);
        }
        std::printf(
            "\nTurns in which the thread worked more than 50 ms at something other than drawing: %d\n",
            others);
        for (const Phase& phase : m_phases) {
            tell(phase);
        }
    }

private:
    void begin(const QString& name) {
        m_application.takeTurns();
        m_phases.push_back({name, 0, {}, 0});
        m_clock.restart();
    }

    void end() {
        Phase& phase = m_phases.back();
        phase.seconds = static_cast<double>(m_clock.nsecsElapsed()) / 1e9;
        phase.turns = m_application.takeTurns();
        plainFrames(*m_window, 5);
        std::vector<double> plain;
        for (const Turn& turn : m_application.takeTurns()) {
            if (turn.isFrame) {
                plain.push_back(turn.drawing.work);
            }
        }
        phase.plainFrame = shareOf(plain, 0.5);
    }

    static void tell(const Phase& phase) {
        std::vector<const Turn*> told;
        for (const Turn& turn : phase.turns) {
            if (turn.others().clock > tooLong || turn.others().work > tooLong / 2 ||
                turn.drawing.work > phase.plainFrame + tooLong) {
                told.push_back(&turn);
            }
        }
        std::sort(told.begin(), told.end(), [](const Turn* a, const Turn* b) {
            return a->others().work + a->drawing.work > b->others().work + b->drawing.work;
        });
        constexpr std::size_t most = 8;
        for (std::size_t i = 0; i < std::min(most, told.size()); ++i) {
            const Turn& turn = *told[i];
            std::printf("  %s: %.0f ms on the clock, worked %.0f, of it drawing %.0f (a plain frame %.0f); "
                        "longest beside it "
                        "%s, %.0f, worked %.0f\n",
                        qPrintable(phase.name), turn.all.clock, turn.all.work, turn.drawing.work,
                        phase.plainFrame, turn.longest.c_str(), turn.longestSpent.clock,
                        turn.longestSpent.work);
        }
    }

    WatchedApplication& m_application;
    QTemporaryDir m_folder;
    std::string m_file;
    std::unique_ptr<ui::window::MainWindow> m_window;
    std::vector<Phase> m_phases;
    QElapsedTimer m_clock;
};

/// A copy with an inventory in it: of the project's expert, else of what was predicted, where it has none.
std::string copyOf(const std::filesystem::path& file, const std::filesystem::path& folder) {
    const auto copy = folder / "correction.gpkg";
    std::filesystem::copy_file(file, copy);
    auto rasters = file;
    rasters.replace_extension(".files");
    if (std::filesystem::exists(rasters)) {
        std::filesystem::copy(rasters, folder / "correction.files", std::filesystem::copy_options::recursive);
    }
    return copy.string();
}

void startInventory(const std::string& file) {
    const auto project = project::Project::open(file);
    if (project->inventories().empty()) {
        std::string from;
        for (const auto& layer : project->layers()) {
            if (layer.kind == outlines::LayerKind::Predicted ||
                (from.empty() && outlines::isReference(layer.kind))) {
                from = layer.name;
            }
        }
        project->take(project::planInventory(*project, {.from = from})());
    }
    project->close();
}

QStringList linesOf(const std::string& file) {
    QFile text(QString::fromStdString(file));
    if (!text.open(QIODevice::ReadOnly | QIODevice::Text)) {
        throw Error("The recording \"" + file + "\" cannot be read.");
    }
    return QString::fromUtf8(text.readAll()).split(QLatin1Char('\n'));
}

} // namespace

int main(int argc, char** argv) {
    std::string scene, outlines, project;
    std::string events = NUNATAK_CORRECTION;
    CLI::App arguments("A whole correction, played and measured.");
    auto* sceneOption =
        arguments.add_option("--scene", scene, "A scene's manifest (scene.json) to lay outlines over");
    auto* outlinesOption =
        arguments.add_option("--outlines", outlines, "Outlines to lay over it")->needs(sceneOption);
    sceneOption->needs(outlinesOption);
    arguments.add_option("--project", project, "A project instead")->excludes(sceneOption);
    arguments.add_option("--events", events, "The recording");
    CLI11_PARSE(arguments, argc, argv);
    try {
        ui::viewport::setDefaultSurfaceFormat();
        WatchedApplication application(argc, argv);
        ui::window::applyAppearance(application);
        raster::initialiseGdal();
        const QTemporaryDir folder;
        const std::filesystem::path place = folder.path().toStdString();
        const std::string file =
            !scene.empty() ? makeProject(QDir(folder.path()), scene, outlines, outlines::LayerKind::Inventory)
            : !project.empty() ? copyOf(project, place)
                               : tasks::demoProject(place, {}).string();
        startInventory(file);
        Replay replay(application, file);
        replay.run(linesOf(events));
        replay.print();
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "correction_replay: %s\n", error.what());
        return 1;
    }
}
