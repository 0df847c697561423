// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/demo_project.h"

#include "base/error.h"
#include "exchange/outline_files.h"
#include "project/project.h"
#include "scene/simulate.h"

#include <string>

#include <unistd.h>

namespace nunatak::ui::session {

namespace {

void moveTo(const std::filesystem::path& from, const std::filesystem::path& to) {
    std::error_code failure;
    std::filesystem::rename(from, to, failure);
    if (failure) {
        throw Error("The demo cannot be put into " + to.string() + " (" + failure.message() +
                    "). Free some space, or make the folder writable.");
    }
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

} // namespace

std::filesystem::path demoProject(const std::filesystem::path& folder, const Progress& progress) {
    const auto file = folder / "demo.gpkg";
    if (std::filesystem::exists(file)) {
        return file;
    }
    // What else is in the folder stays; the simulator replaces what it made itself and nothing else.
    const auto simulated = scene::simulate({}, folder, progress.part(0, 0.85));

    // The project gets its name last, so that a demo that is there is whole.
    progress.report(0.9, "writing the project");
    const auto scene = scene::loadScene(folder / simulated.sceneJson.filename());
    const auto making = folder / (".making-" + std::to_string(::getpid()) + ".gpkg");
    const Leftover leftover(making);
    auto project =
        project::Project::create(making, geo::defaultProjectCrs(scene.grid.crs, scene.grid.extent()), &scene);
    auto read = nunatak::exchange::readOutlines(folder / simulated.truth.filename(), project->crs());
    project->importOutlines({"expert", outlines::LayerKind::Expert, project->scene().id, scene.date},
                            std::move(read.outlines));
    project->close();
    project.reset();
    moveTo(making, file);
    return file;
}

} // namespace nunatak::ui::session
