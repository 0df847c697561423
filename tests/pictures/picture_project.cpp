// SPDX-License-Identifier: GPL-3.0-or-later
#include "picture_project.h"

#include "base/error.h"
#include "editing/snap.h"
#include "geo/segments.h"
#include "geo/shape_operations.h"
#include "outlines/outline.h"
#include "project/inventory.h"
#include "project/project.h"
#include "scene/scene.h"
#include "tasks/boundaries_task.h"
#include "tasks/demo_project.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

namespace nunatak::tests {

namespace {

constexpr double farther = 80; // metres
constexpr double apart = 2.5;

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

/// Two halves of a glacier: what lies west of a divide and what lies east.
std::pair<outlines::Outline, outlines::Outline> divided(const outlines::Outline& glacier,
                                                        const geo::Ring& divide, const char* westName,
                                                        const char* eastName) {
    const auto extent = geo::extentOf(glacier.geometry);
    constexpr double beyond = 1000;
    auto west = glacier;
    west.name = westName;
    west.geometry = geo::intersection(glacier.geometry, sideOf(divide, extent.xmin - beyond));
    auto east = glacier;
    east.uuid = outlines::makeUuid();
    east.name = eastName;
    east.geometry = geo::intersection(glacier.geometry, sideOf(divide, extent.xmax + beyond));
    return {std::move(west), std::move(east)};
}

/// The glacier of those after the first two that has another one nearest, with that one as its second part.
std::string makeTwin(std::vector<outlines::Outline>& glaciers, geo::Point& middleOfSecond) {
    constexpr std::size_t least = 4;
    if (glaciers.size() < least) {
        throw Error("The demo has too few outlines.");
    }
    const auto middle = [&](std::size_t k) { return geo::extentOf(glaciers[k].geometry).center(); };
    std::pair<std::size_t, std::size_t> nearest{2, 3};
    for (std::size_t a = 2; a < glaciers.size(); ++a) {
        for (std::size_t b = a + 1; b < glaciers.size(); ++b) {
            if (geo::distance(middle(a), middle(b)) <
                geo::distance(middle(nearest.first), middle(nearest.second))) {
                nearest = {a, b};
            }
        }
    }
    auto& twin = glaciers[nearest.first];
    const auto& second = glaciers[nearest.second].geometry;
    middleOfSecond = geo::extentOf(second).center();
    twin.name = "Twin Glacier";
    twin.geometry.insert(twin.geometry.end(), second.begin(), second.end());
    std::string uuid = twin.uuid;
    glaciers.erase(glaciers.begin() + static_cast<std::ptrdiff_t>(nearest.second));
    return uuid;
}

void moveEast(geo::MultiPolygon& shape, double metres) {
    for (auto& part : shape) {
        for (auto& vertex : part.outer) {
            vertex.x += metres;
        }
        for (auto& hole : part.holes) {
            for (auto& vertex : hole) {
                vertex.x += metres;
            }
        }
    }
}

} // namespace

PictureProject makePictureProject(const std::filesystem::path& folder) {
    const auto demo = tasks::demoProject(folder, {});
    const auto original = project::Project::open(demo, project::Access::ReadOnly);
    std::vector<outlines::Outline> glaciers;
    for (const auto& glacier : original->outlines("expert").all()) {
        glaciers.push_back(*glacier);
    }
    constexpr std::size_t least = 2;
    if (glaciers.size() < least) {
        throw Error("The demo has too few outlines.");
    }
    std::sort(glaciers.begin(), glaciers.end(), [](const auto& a, const auto& b) {
        return geo::planarArea(a.geometry) > geo::planarArea(b.geometry);
    });

    PictureProject made;
    made.twin = makeTwin(glaciers, made.twinsSecond);
    made.complex = glaciers[0].geometry;
    // As it was when the ice reached farther.
    auto earlier = glaciers[0];
    earlier.uuid = outlines::makeUuid();
    earlier.srcDate = "2003-08-11";
    earlier.geometry = geo::buffered(made.complex, farther);

    const auto divide = divideOf(geo::extentOf(made.complex));
    made.dividesMiddle = *std::max_element(divide.begin(), divide.end(), [&](auto a, auto b) {
        const auto depth = [&](geo::Point place) {
            return geo::contains(made.complex, place) ? geo::distanceToBoundary(made.complex, place) : 0;
        };
        return depth(a) < depth(b);
    });
    auto [west, east] = divided(glaciers[0], divide, "West Glacier", "East Glacier");
    made.west = west.uuid;
    made.east = east.uuid;
    // Two that nearly share a line, as in inventories of others.
    auto [upper, lower] =
        divided(glaciers[1], divideOf(geo::extentOf(glaciers[1].geometry)), "Upper Glacier", "Lower Glacier");
    moveEast(lower.geometry, apart);
    glaciers[0] = std::move(west);
    glaciers[1] = std::move(upper);
    glaciers.push_back(std::move(east));
    glaciers.push_back(std::move(lower));

    made.file = (folder / "pictures.gpkg").string();
    const auto scene = scene::loadScene(demo.parent_path() / "scene.json");
    const auto project = project::Project::create(made.file, original->crs(), &scene);
    project->importOutlines({"expert", outlines::LayerKind::Expert, project->scene().id, scene.date},
                            std::move(glaciers));
    project->importOutlines({"earlier", outlines::LayerKind::Expert, project->scene().id, earlier.srcDate},
                            {earlier});
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
