// SPDX-License-Identifier: GPL-3.0-or-later
#include "picture_project.h"

#include "base/error.h"
#include "editing/snap.h"
#include "geo/shape_operations.h"
#include "outlines/outline.h"
#include "project/inventory.h"
#include "project/project.h"
#include "scene/scene.h"
#include "tasks/boundaries_task.h"
#include "ui/session/demo_project.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace nunatak::tests {

namespace {

/// From north to south through the middle of an extent, as uneven as a divide is.
geo::Ring divideOf(const geo::Extent& extent) {
    constexpr int vertices = 120;
    geo::Ring line;
    for (int i = 0; i <= vertices; ++i) {
        const double down = double(i) / vertices;
        const double bend = 0.05 * std::sin(2 * std::numbers::pi * down) + 0.012 * std::sin(37 * down);
        line.push_back(
            {extent.center().x + bend * extent.width(), extent.ymax + 10 - down * (extent.height() + 20)});
    }
    return line;
}

/// The ground on one side of a line that runs from north to south.
geo::MultiPolygon sideOf(geo::Ring line, double far) {
    line.push_back({far, line.back().y});
    line.push_back({far, line.front().y});
    return {{line, {}}};
}

} // namespace

PictureProject makePictureProject(const std::filesystem::path& folder) {
    const auto demo = ui::session::demoProject(folder, {});
    const auto original = project::Project::open(demo, project::Access::ReadOnly);
    std::vector<outlines::Outline> glaciers;
    for (const auto& glacier : original->outlines("expert").all()) {
        glaciers.push_back(*glacier);
    }
    const auto largest = std::max_element(glaciers.begin(), glaciers.end(), [](const auto& a, const auto& b) {
        return geo::planarArea(a.geometry) < geo::planarArea(b.geometry);
    });
    if (largest == glaciers.end()) {
        throw Error("The demo has no outlines.");
    }

    PictureProject made;
    made.complex = largest->geometry;
    const auto extent = geo::extentOf(made.complex);
    const auto divide = divideOf(extent);
    made.dividesMiddle = *std::max_element(divide.begin(), divide.end(), [&](auto a, auto b) {
        const auto depth = [&](geo::Point place) {
            return geo::contains(made.complex, place) ? geo::distanceToBoundary(made.complex, place) : 0;
        };
        return depth(a) < depth(b);
    });
    auto east = *largest;
    east.uuid = outlines::makeUuid();
    east.name = "East Glacier";
    east.geometry = geo::intersection(made.complex, sideOf(divide, extent.xmax + 1000));
    largest->name = "West Glacier";
    largest->geometry = geo::intersection(made.complex, sideOf(divide, extent.xmin - 1000));
    made.west = largest->uuid;
    made.east = east.uuid;
    glaciers.push_back(std::move(east));

    made.file = (folder / "pictures.gpkg").string();
    const auto scene = scene::loadScene(demo.parent_path() / "scene.json");
    const auto project = project::Project::create(made.file, original->crs(), &scene);
    project->importOutlines({"expert", outlines::LayerKind::Expert, project->scene().id, scene.date},
                            std::move(glaciers));
    project->take(project::planInventory(*project, {.from = "expert"})());
    // GEOS works out the ends of the divide twice.
    const auto inventory = project->inventories().front().name;
    const auto together = editing::snap(tasks::snapOf(*project, inventory, 1), {});
    if (!together.edit.empty()) {
        project->commit(together.edit);
    }
    project->close();
    return made;
}

} // namespace nunatak::tests
