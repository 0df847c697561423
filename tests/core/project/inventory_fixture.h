// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/inventory.h"
#include "project_fixture.h"

#include <memory>
#include <set>
#include <string>

namespace nunatak::tests {

inline scene::Scene sceneOf(const std::string& id, const std::string& date) {
    scene::Scene scene;
    scene.id = id;
    scene.name = "scene of " + date;
    scene.date = date;
    scene.sensor = "sensor of " + id;
    scene.grid = {utm32(), 0, 3000, 30, 100, 100};
    return scene;
}

inline outlines::Outline dated(const std::string& uuid, double x, const std::string& date) {
    outlines::Outline outline = square(uuid, x, 0);
    outline.srcDate = date;
    return outline;
}

inline const outlines::LayerInfo predictedLayer{"predicted", outlines::LayerKind::Predicted, "s2020",
                                                "2020-08-20"};

inline std::set<std::string> uuidsIn(const project::Project& project, const std::string& layer) {
    std::set<std::string> uuids;
    for (const auto& outline : project.outlines(layer).all()) {
        uuids.insert(outline->uuid);
    }
    return uuids;
}

/// A project with scenes of 2020 and 2036, and glaciers a and b predicted on the first.
inline std::unique_ptr<project::Project> predicted(ProjectFolder& folder) {
    auto project = project::Project::create(folder.newFile(), utm32());
    project->addScene(sceneOf("s2020", "2020-08-20"));
    project->addScene(sceneOf("s2036", "2036-07-01"));
    project->importOutlines(predictedLayer, {square("a", 0, 0), square("b", 500, 0)});
    return project;
}

} // namespace nunatak::tests
