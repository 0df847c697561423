// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "ui/terrain/fill_holes.h"
#include "ui/terrain/scene_tiles.h"
#include "ui/terrain/terrain.h"

#include "geo/crs.h"
#include "geo/true_north.h"

#include <algorithm>
#include <cmath>

namespace nunatak::ui::terrain {

namespace {

constexpr int mostCells = 256;

/// The scene's pixels as a grid of the project's system.
geo::Grid inProjectCrs(const geo::Grid& grid, const geo::Crs& projectCrs) {
    if (grid.crs == projectCrs) {
        return grid;
    }
    const geo::CoordinateTransform transform(grid.crs, projectCrs);
    const auto extent = transform(grid.extent());
    // A degree is no length: only the ratio of the extents says how large its pixels are in the project.
    double pixel = grid.pixelSize * grid.crs.metresPerUnit() / projectCrs.metresPerUnit();
    if (grid.crs.isGeographic()) {
        pixel = std::max(extent.width() / grid.columns, extent.height() / grid.rows);
    }
    geo::Grid result;
    result.crs = projectCrs;
    result.pixelSize = pixel;
    result.left = std::floor(extent.xmin / pixel) * pixel;
    result.top = std::ceil(extent.ymax / pixel) * pixel;
    result.columns = static_cast<int>(std::ceil((extent.xmax - result.left) / pixel - 1e-6));
    result.rows = static_cast<int>(std::ceil((result.top - extent.ymin) / pixel - 1e-6));
    return result;
}

/// The same place in pixels that are a whole multiple larger, so that no side has more than `most`.
geo::Grid coarsened(const geo::Grid& grid, int most) {
    const int factor = std::max(1, (std::max(grid.columns, grid.rows) + most - 1) / most);
    auto result = grid;
    result.pixelSize = grid.pixelSize * factor;
    result.columns = (grid.columns + factor - 1) / factor;
    result.rows = (grid.rows + factor - 1) / factor;
    return result;
}

double trueNorthOf(const geo::Grid& grid) {
    try {
        return geo::TrueNorth(grid.crs).bearing(grid.extent().center());
    } catch (const Error&) {
        return 0; // a system of no place on Earth: its own north is all there is
    }
}

} // namespace

std::shared_ptr<const Terrain> buildTerrain(std::shared_ptr<const scene::SceneReader> scene,
                                            const geo::Crs& projectCrs, const DrapeStyle& style,
                                            const Progress& progress) {
    const auto& described = scene->scene();
    if (described.grid.columns < 1 || described.grid.rows < 1) {
        throw Error("The scene " + described.name + " has no pixels to show.");
    }
    progress.report(0, "Reading elevation");
    const auto base = inProjectCrs(described.grid, projectCrs);
    auto terrain = std::make_shared<Terrain>();
    terrain->sceneId = described.id;
    terrain->style = style;
    terrain->feature = style.composite.feature;
    terrain->drapeGrid = base;
    terrain->trueNorth = trueNorthOf(base);
    terrain->heightGrid = coarsened(base, mostCells);
    auto vertices = terrain->heightGrid;
    // A reader gives values at pixel middles: half a cell up and left, these are the mesh's vertices.
    vertices.left -= vertices.pixelSize / 2;
    vertices.top += vertices.pixelSize / 2;
    ++vertices.columns;
    ++vertices.rows;
    terrain->heights = scene->has("dem", {"elevation"})
                           ? scene->read("dem", {"elevation"}, vertices, progress.part(0, 0.3))
                           : Image<float>(1, vertices.rows, vertices.columns, 0.0F);
    fillHoles(terrain->heights);
    progress.report(0.3, "Reading the picture");
    const auto [least, most] =
        std::minmax_element(terrain->heights.values().begin(), terrain->heights.values().end());
    terrain->tiles = std::make_shared<SceneTiles>(std::move(scene), base, style.composite.feature,
                                                  Stretch{*least, *most}, progress.part(0.3, 0.65));
    terrain->root = terrain->tiles->read({}, nullptr, nullptr, progress.part(0.65, 1));
    progress.report(1, "Done");
    return terrain;
}

} // namespace nunatak::ui::terrain
