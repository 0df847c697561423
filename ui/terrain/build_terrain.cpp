// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "terrain/display_stretch.h"
#include "terrain/fill_holes.h"
#include "terrain/terrain.h"

#include "geo/crs.h"

#include <algorithm>
#include <cmath>

namespace nunatak::ui::terrain {

namespace {

constexpr int mostCells = 256;
constexpr int mostDrapePixels = 2048;

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

Image<float> readHeights(const scene::SceneReader& scene, const geo::Grid& heightGrid,
                         const Progress& progress) {
    // A reader gives values at pixel centres: half a cell up and left, the centres are the mesh's vertices.
    auto vertices = heightGrid;
    vertices.left -= heightGrid.pixelSize / 2;
    vertices.top += heightGrid.pixelSize / 2;
    ++vertices.columns;
    ++vertices.rows;
    if (!scene.has("dem", {"elevation"})) {
        return {1, vertices.rows, vertices.columns, 0.0F};
    }
    auto heights = scene.read("dem", {"elevation"}, vertices, progress);
    fillHoles(heights);
    return heights;
}

} // namespace

std::shared_ptr<const Terrain> buildTerrain(const scene::SceneReader& scene, const geo::Crs& projectCrs,
                                            const Composite& composite, const Progress& progress) {
    const auto& described = scene.scene();
    if (described.grid.columns < 1 || described.grid.rows < 1) {
        throw Error("The scene " + described.name + " has no pixels to show.");
    }
    progress.report(0, "Reading elevation");
    const auto base = inProjectCrs(described.grid, projectCrs);
    auto terrain = std::make_shared<Terrain>();
    terrain->sceneId = described.id;
    terrain->composite = composite;
    terrain->heightGrid = coarsened(base, mostCells);
    terrain->drapeGrid = coarsened(base, mostDrapePixels);
    // The picture is on its way while heights are read.
    const auto ahead = scene.lookAhead(
        {{{"dem", {"elevation"}, terrain->heightGrid}},
         {{composite.feature, {composite.bands.begin(), composite.bands.end()}, terrain->drapeGrid}}},
        progress);
    terrain->heights = readHeights(scene, terrain->heightGrid, progress.part(0, 0.3));

    ahead.reached(1);
    progress.report(0.3, "Reading the picture");
    // A band used twice (grey) is read once.
    std::vector<std::string> bands;
    std::array<int, 3> channel{};
    for (std::size_t i = 0; i < composite.bands.size(); ++i) {
        auto found = std::find(bands.begin(), bands.end(), composite.bands[i]);
        if (found == bands.end()) {
            bands.push_back(composite.bands[i]);
            found = bands.end() - 1;
        }
        channel[i] = static_cast<int>(found - bands.begin());
    }
    const auto pixels = scene.read(composite.feature, bands, terrain->drapeGrid, progress.part(0.3, 0.85));
    progress.report(0.85, "Stretching the picture");
    terrain->drape = stretchedPicture(pixels, channel);
    progress.report(1, "Done");
    return terrain;
}

} // namespace nunatak::ui::terrain
