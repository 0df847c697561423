// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparison/scene_benchmark.h"

#include "base/error.h"
#include "geo/crs.h"
#include "prediction/confidence.h"
#include "prediction/location.h"
#include "prediction/polygonise.h"
#include "raster/raster_reader.h"

#include <algorithm>
#include <cmath>

namespace nunatak::comparison {

namespace {

namespace fs = std::filesystem;

constexpr int stripRows = 512;
constexpr int blockPixels = 64; ///< side of a block of validated pixels

void addIfKnown(const fs::path& folder, std::vector<KnownScene>& found) {
    std::error_code ignored;
    if (!fs::is_regular_file(folder / "scene.json", ignored)) {
        return;
    }
    for (const char* name : {"outlines.gpkg", "outlines.shp", "outlines.geojson"}) {
        if (fs::is_regular_file(folder / name, ignored)) {
            found.push_back({folder / "scene.json", folder / name});
            return;
        }
    }
}

} // namespace

std::vector<KnownScene> knownScenes(const fs::path& folder) {
    std::vector<KnownScene> found;
    std::error_code problem;
    addIfKnown(folder, found);
    for (const auto& entry : fs::directory_iterator(folder, problem)) {
        if (entry.is_directory()) {
            addIfKnown(entry.path(), found);
        }
    }
    if (found.empty()) {
        throw Error("There are no scenes to evaluate in " + folder.string() +
                    ": each needs a folder with scene.json and outlines.gpkg (or .shp, .geojson).");
    }
    std::ranges::sort(found, {}, &KnownScene::manifest);
    return found;
}

PixelAgreement agreement(const prediction::ScenePrediction& prediction,
                         const std::vector<outlines::Outline>& truth, const geo::Crs& crs,
                         const Progress& progress, prediction::ValidationGround* ground) {
    const raster::RasterReader reader(prediction.probability.string());
    const geo::Grid grid = reader.info().northUpGrid().value(); // our own file
    const geo::CoordinateTransform toGrid(crs, grid.crs);
    std::vector<geo::MultiPolygon> shapes;
    for (const auto& outline : truth) {
        shapes.push_back(toGrid(outline.geometry));
    }
    PixelAgreement pixels;
    const int blocksAcross = (grid.columns + blockPixels - 1) / blockPixels;
    if (ground != nullptr) {
        ground->blocks = prediction::blocksOf(grid, blockPixels);
    }
    const std::vector<int> band{1};
    for (int row = 0; row < grid.rows; row += stripRows) {
        progress.report(static_cast<double>(row) / grid.rows, "Comparing with the known outlines");
        const int rows = std::min(stripRows, grid.rows - row);
        const auto probability = reader.readWindow(band, {0, row, grid.columns, rows}, grid.columns, rows);
        const auto ice = prediction::rasterise(shapes, grid.window(0, row, grid.columns, rows));
        for (std::size_t i = 0; i < ice.values().size(); ++i) {
            if (const float p = probability.values()[i]; !std::isnan(p)) {
                const bool isIce = static_cast<double>(p) > prediction.threshold;
                const bool isTrue = ice.values()[i] > 0;
                pixels.add(isIce, isTrue);
                if (ground != nullptr) {
                    const auto place = static_cast<int>(i);
                    const int block = (row + place / grid.columns) / blockPixels * blocksAcross +
                                      place % grid.columns / blockPixels;
                    ground->blocks[static_cast<std::size_t>(block)].pixels.add(
                        prediction::shannonConfidence(static_cast<double>(p)), isIce == isTrue);
                }
            }
        }
    }
    return pixels;
}

void addScene(BenchmarkTable& table, const scene::Scene& scene, const PixelAgreement& pixels) {
    const auto& grid = scene.grid;
    const geo::CoordinateTransform toDegrees(grid.crs, geo::Crs::fromUserInput("EPSG:4326"));
    const auto middle = toDegrees(grid.extent().center());
    std::vector<std::string> ignored;
    table.add("regions", prediction::regionAt(middle.y, middle.x, ignored), pixels);
    table.add("sensors", scene.sensor.empty() ? "unknown" : scene.sensor, pixels);
    table.add("years", scene.date.size() >= 4 ? scene.date.substr(0, 4) : "unknown", pixels);
    table.add("scenes", scene.name, pixels);
}

} // namespace nunatak::comparison
