// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulate.h"

#include "base/error.h"
#include "exchange/outline_files.h"
#include "raster/raster_writer.h"
#include "scene/simulation_optical.h"
#include "scene/simulation_rings.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <system_error>

namespace nunatak::scene {

using namespace simulation;

namespace {

constexpr double latitude = 46.9; // of the place on the map where the range is put
constexpr double coarseCell = 120;
constexpr double marginMetres =
    3840; // mountains beyond the picture's edge, where rivers leave and shadows come from
constexpr double smallestGlacier = 20000; // m²

void check(const SimulationOptions& options) {
    if (options.columns < 32 || options.rows < 32 || options.columns > 16384 || options.rows > 16384) {
        throw Error("A scene cannot be simulated with " + std::to_string(options.columns) + " × " +
                    std::to_string(options.rows) + " pixels: each side must have 32 to 16384.");
    }
    if (!(options.pixelSize >= 5 && options.pixelSize <= 240)) {
        throw Error("A scene cannot be simulated with pixels of " + std::to_string(options.pixelSize) +
                    " m: choose 5 to 240 m.");
    }
}

/// A UUID in the form of version 4 that depends on the seed alone, so that a scene made again has the same
/// identities.
std::string uuidOf(std::uint64_t seed, std::uint64_t number) {
    const std::uint64_t high = mixed(seed * 2 + 1) ^ mixed(number);
    const std::uint64_t low = mixed(high ^ mixed(number + 0x5151));
    char text[37];
    std::snprintf(text, sizeof text, "%08x-%04x-4%03x-%04x-%012llx", static_cast<unsigned>(high >> 32),
                  static_cast<unsigned>(high >> 16 & 0xFFFF), static_cast<unsigned>(high & 0x0FFF),
                  static_cast<unsigned>(low >> 48 & 0x3FFF) | 0x8000U,
                  static_cast<unsigned long long>(low & 0xFFFFFFFFFFFFULL));
    return text;
}

void writeRaster(const std::filesystem::path& file, const raster::RasterLayout& layout,
                 const Image<float>& pixels) {
    raster::RasterWriter writer(file, layout);
    writer.write(pixels, 0, 0);
    writer.finish();
}

/// The surface as an elevation model has it: a few metres off, to the decimetre.
Image<float> elevationModel(std::uint64_t seed, const Landscape& land) {
    Image<float> model = land.surface;
    forRows(model.rows(), [&](int row) {
        for (int column = 0; column < model.columns(); ++column) {
            const double x = column * land.cell;
            const double y = row * land.cell;
            const auto pixel = static_cast<std::uint64_t>(row) * static_cast<std::uint64_t>(model.columns()) +
                               static_cast<std::uint64_t>(column);
            const double error =
                4 * fractal(seed + 95, x / 1500, y / 1500, 4) + 0.8 * normalAt(seed, 96, pixel);
            model.at(0, row, column) =
                static_cast<float>(std::floor((model.at(0, row, column) + error) * 10 + 0.5) / 10);
        }
    });
    return model;
}

std::vector<outlines::Outline> truthOf(const Landscape& land, const geo::Grid& grid, const Scene& scene,
                                       std::uint64_t seed) {
    std::vector<outlines::Outline> truth;
    auto polygons = outlineParts(land.glacier, land.glaciers, grid);
    for (std::size_t i = 0; i < polygons.size(); ++i) {
        outlines::Outline outline;
        outline.uuid = uuidOf(seed, i + 1);
        outline.name = "Simulated glacier " + std::to_string(i + 1);
        outline.srcDate = scene.date;
        outline.sceneId = scene.id;
        outline.sensor = scene.sensor;
        outline.geometry = {std::move(polygons[i])};
        truth.push_back(std::move(outline));
    }
    return truth;
}

Scene describe(const SimulationOptions& options, const geo::Grid& grid, const std::filesystem::path& folder,
               const Sun& sun) {
    Scene scene;
    scene.id = uuidOf(options.seed, 0);
    scene.name = "Simulated mountains, seed " + std::to_string(options.seed);
    scene.date = options.date;
    scene.sensor = "simulated";
    scene.grid = grid;
    scene.rasters.push_back({"optical",
                             (folder / "optical.tif").string(),
                             {1, 2, 3, 4, 5, 6},
                             {"blue", "green", "red", "nir", "swir1", "swir2"}});
    scene.rasters.push_back({"dem", (folder / "elevation.tif").string(), {1}, {"elevation"}});
    char text[100];
    std::snprintf(text, sizeof text, "Sun azimuth %.1f°, elevation %.1f°.", sun.azimuth(), sun.elevation());
    scene.notes = {"Invented by the simulator with seed " + std::to_string(options.seed) +
                       "; no such place exists. Top-of-atmosphere reflectance.",
                   text};
    return scene;
}

/// The mountains around the picture and which part of them it shows.
struct Setting {
    Landscape land;
    Image<std::uint8_t> shadows;
};

Setting makeSetting(const SimulationOptions& options, const Sun& sun, const Progress& progress) {
    const int factor = std::max(1, static_cast<int>(coarseCell / options.pixelSize + 0.5));
    const int margin = static_cast<int>(std::ceil(marginMetres / options.pixelSize / factor)) * factor;
    const auto whole = [&](int size) { return (size + 2 * margin + factor - 1) / factor * factor; };
    const Relief relief = makeRelief(options.seed, whole(options.rows), whole(options.columns),
                                     options.pixelSize, factor, progress.part(0, 0.2));
    const Ice ice = growIce(options.seed, relief.coarse, relief.coarseCell(), progress.part(0.2, 0.6));
    const Landscape land = makeLandscape(options.seed, relief, ice, progress.part(0.6, 0.9));
    progress.report(0.92, "Casting shadows");
    const auto shadows = castShadows(land.surface, land.cell, sun);
    return {cropped(land, margin, margin, options.rows, options.columns, smallestGlacier),
            cut(shadows, margin, margin, options.rows, options.columns)};
}

} // namespace

Simulation simulate(const SimulationOptions& options, const std::filesystem::path& folder,
                    const Progress& progress) {
    check(options);
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    if (problem || !std::filesystem::is_directory(folder)) {
        throw Error("The folder " + folder.string() + " cannot be made: " +
                    (problem ? problem.message() : std::string("a file of that name exists")) + ".");
    }
    const Sun sun = sunOn(options.date, latitude, options.seed);
    const Setting setting = makeSetting(options, sun, progress.part(0, 0.75));
    const auto& land = setting.land;

    const geo::Grid grid{geo::Crs::fromUserInput("EPSG:32632"),
                         600000,
                         5200020,
                         options.pixelSize,
                         options.columns,
                         options.rows};
    // A scene names its rasters absolutely; scene.json names them relative to itself.
    const Scene scene = describe(options, grid, std::filesystem::absolute(folder), sun);
    writeRaster(folder / "optical.tif",
                {grid, scene.rasters[0].bandNames, raster::PixelType::UInt16, 65535, 0.0001, 0, false, {}},
                opticalOf(options.seed, land, setting.shadows, sun, progress.part(0.75, 0.9)));
    progress.report(0.94, "Writing files");
    writeRaster(folder / "elevation.tif",
                {grid, {"elevation"}, raster::PixelType::Float32, -9999, 1, 0, false, {}},
                elevationModel(options.seed, land));
    Simulation result{folder / "scene.json", folder / "outlines.gpkg", land.glaciers};
    exchange::writeOutlines(truthOf(land, grid, scene, options.seed), grid.crs, result.truth,
                            progress.part(0.96, 0.99));
    // Last, so that whoever finds a scene finds all of it.
    saveScene(scene, result.sceneJson);
    progress.report(1, "Writing files");
    return result;
}

} // namespace nunatak::scene
