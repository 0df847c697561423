// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/demo_project.h"

#include "base/error.h"
#include "exchange/outline_files.h"
#include "geo/shape_operations.h"
#include "outlines/ground.h"
#include "prediction/class_map.h"
#include "project/inventory.h"
#include "project/outline_import.h"
#include "project/project.h"
#include "project/step_tools.h"
#include "scene/scene_reader.h"
#include "scene/simulate.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <unistd.h>

namespace nunatak::tasks {

namespace {

void moveTo(const std::filesystem::path& from, const std::filesystem::path& to) {
    std::error_code failure;
    std::filesystem::rename(from, to, failure);
    if (failure) {
        throw Error("The demo cannot be put into " + to.string() + " (" + failure.message() +
                    "). Free some space, or make the folder writable.");
    }
}

/// So many glaciers are left to be looked at.
constexpr std::size_t leftOver = 12;

struct Redrawn {
    outlines::OutlineHandle glacier;
    geo::MultiPolygon shape;
    double difference = 0; ///< of the ground of either the share that only one of both has
};

/// Glaciers that a band ratio draws otherwise than the expert, but as one glacier and on nobody else's
/// ground; those that differ most first.
std::vector<Redrawn> redrawn(const std::vector<outlines::OutlineHandle>& glaciers,
                             const std::vector<outlines::Outline>& clean) {
    constexpr double smallest = 2e5;    // m²: one sees something of it
    constexpr double leastShare = 0.05; // less is no work for anybody
    constexpr double mostShare = 0.5;
    outlines::OutlineSet expert;
    for (const auto& glacier : glaciers) {
        expert.put(glacier);
    }
    std::set<std::string> taken;
    std::vector<Redrawn> found;
    for (const outlines::Outline& one : clean) {
        const auto piece = outlines::share(one);
        const auto glacier = piece->area() < smallest ? nullptr : outlines::sameGroundIn(expert, *piece);
        const auto near = glacier ? expert.in(piece->extent()) : std::vector<outlines::OutlineHandle>();
        const bool isAlone = std::all_of(near.begin(), near.end(), [&](const auto& other) {
            return other->uuid == glacier->uuid || outlines::commonArea(*piece, *other) < 1;
        });
        if (!glacier || !isAlone || !taken.insert(glacier->uuid).second) {
            continue;
        }
        const double common = outlines::commonArea(*piece, *glacier);
        const double difference = 1 - common / (piece->area() + glacier->area() - common);
        if (difference > leastShare && difference < mostShare) {
            found.push_back({glacier, piece->geometry, difference});
        }
    }
    std::sort(found.begin(), found.end(),
              [](const auto& a, const auto& b) { return a.difference > b.difference; });
    found.resize(std::min(found.size(), leftOver));
    return found;
}

/// A file that goes unless it was given another name.
class Leftover {
public:
    explicit Leftover(std::filesystem::path file) : m_file(std::move(file)) {}
    ~Leftover() {
        std::error_code ignored;
        std::filesystem::remove(m_file, ignored);
    }
    Leftover(const Leftover&) = delete;
    Leftover& operator=(const Leftover&) = delete;

private:
    std::filesystem::path m_file;
};

/// An inventory of the expert's outlines, all of which are accepted but for some that wait as a band ratio
/// draws them.
void addInventory(project::Project& project, const std::filesystem::path& folder, const Progress& progress) {
    project.take(project::planInventory(project, {.from = "expert"})());
    const std::string inventory = project.inventories().front().name;
    const auto rasters = prediction::standaloneBandRatioFiles(folder);
    const Leftover ratio(rasters.ratio);
    const Leftover quality(rasters.quality);
    const Leftover classes(rasters.outlines);
    const scene::SceneReader reader(project.scene(), std::make_shared<raster::ReaderPool>());
    constexpr double smallest = 1e4; // m², as in the inventories
    const auto clean = prediction::predictByBandRatio(reader, {}, smallest, prediction::OutlineForm::Smoothed,
                                                      project.crs(), rasters, progress)
                           .glaciers;
    const auto glaciers = project.outlines(inventory).all();
    const auto waiting = redrawn(glaciers, clean);
    std::vector<outlines::OutlineChange> changes;
    for (const auto& glacier : glaciers) {
        const auto drawn = std::find_if(waiting.begin(), waiting.end(),
                                        [&](const auto& one) { return one.glacier->uuid == glacier->uuid; });
        std::vector<outlines::Outline> now{*glacier};
        if (drawn == waiting.end()) {
            project::acceptAll(now, "expert");
        } else {
            now.front().geometry = drawn->shape;
            now.front().origin = outlines::Origin::Machine;
        }
        changes.push_back({inventory, glacier, outlines::share(std::move(now.front()))});
    }
    project.take({"Go through the first glaciers", project::tools::importing, {}, std::move(changes), {}});
}

} // namespace

std::filesystem::path demoProject(const std::filesystem::path& folder, const Progress& progress) {
    const auto file = folder / "demo.gpkg";
    if (std::filesystem::exists(file)) {
        return file;
    }
    // What else is in the folder stays; the simulator replaces what it made itself and nothing else.
    const auto simulated = scene::simulate({}, folder, progress.part(0, 0.8));

    // The project gets its name last, so that a demo that is there is whole.
    progress.report(0.8, "Writing the project");
    const auto scene = scene::loadScene(folder / simulated.sceneJson.filename());
    const auto making = folder / (".making-" + std::to_string(::getpid()) + ".gpkg");
    const Leftover leftover(making);
    auto project =
        project::Project::create(making, geo::defaultProjectCrs(scene.grid.crs, scene.grid.extent()), &scene);
    auto read = nunatak::exchange::readOutlines(folder / simulated.truth.filename(), project->crs());
    project->importOutlines({"expert", outlines::LayerKind::Expert, project->scene().id, scene.date},
                            std::move(read.outlines));
    addInventory(*project, folder, progress.part(0.85, 1));
    project->close();
    project.reset();
    moveTo(making, file);
    return file;
}

} // namespace nunatak::tasks
