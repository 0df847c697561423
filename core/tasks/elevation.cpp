// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/elevation.h"

#include "base/error.h"
#include "base/printable.h"
#include "project/project.h"
#include "raster/reader_pool.h"
#include "scene/products/elevation.h"
#include "scene/raster_views.h"
#include "scene/scene_reader.h"
#include "scene/slope.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <memory>

namespace nunatak::tasks {

namespace {

constexpr double plainPixel = 10; ///< m, where there is no elevation model

/// Two digits of a length in metres.
double rounded(double metres) {
    const double unit = std::pow(10, std::floor(std::log10(metres)) - 1);
    return std::round(metres / unit) * unit;
}

/// Pixels of an elevation model in the project's coordinates: its own where it can be.
geo::Grid postingOf(const raster::RasterInfo& info, const geo::Crs& crs, const geo::Extent& around) {
    geo::Grid there{crs, around.xmin, around.ymax, plainPixel, 1, 1};
    there.columns = std::max(1, static_cast<int>(std::ceil(around.width() / plainPixel)));
    there.rows = std::max(1, static_cast<int>(std::ceil(around.height() / plainPixel)));
    const geo::Grid own = scene::slopeGrid(info, there);
    if (own.crs == crs && info.crs == crs) {
        return own;
    }
    // Rounded, so that it stays the same where an outline at the margin of a layer is edited.
    return {crs, 0, 0, rounded(own.pixelSize * own.crs.metresPerUnit()) / crs.metresPerUnit(), 0, 0};
}

divides::Elevation ofFile(const std::string& file, const geo::Crs& crs, const geo::Extent& around,
                          raster::Resampling resampling) {
    raster::initialiseGdal();
    const auto reader = std::make_shared<raster::RasterReader>(file);
    if (!reader->info().isGeoreferenced()) {
        throw Error(printableName(file) + " does not say where it lies, so no heights can be read from it.");
    }
    const double metres = scene::products::metresPerHeight(reader->info());
    return {postingOf(reader->info(), crs, around),
            [reader, metres, resampling](const geo::Grid& grid, const std::stop_token& stop) {
                constexpr std::array<int, 1> bands{1};
                auto heights = reader->readOnGrid(bands, grid, resampling, stop);
                for (float& height : heights.values()) {
                    height *= static_cast<float>(metres);
                }
                return heights;
            }};
}

/// A file and its state: GDAL's own paths have neither size nor time.
std::string stateOf(const std::string& file) {
    std::error_code none;
    const auto size = std::filesystem::file_size(file, none);
    if (none) {
        return file;
    }
    const auto time = std::filesystem::last_write_time(file, none).time_since_epoch().count();
    return file + " " + std::to_string(size) + " " + std::to_string(time);
}

bool hasElevation(const scene::Scene& scene) {
    return scene.hasBand("dem", "elevation");
}

divides::Elevation ofScene(const scene::Scene& scene, const geo::Crs& crs, const geo::Extent& around) {
    const auto raster = std::find_if(scene.rasters.begin(), scene.rasters.end(), [](const auto& each) {
        return each.feature == "dem" &&
               std::find(each.bandNames.begin(), each.bandNames.end(), "elevation") != each.bandNames.end();
    });
    const auto pool = std::make_shared<raster::ReaderPool>();
    const auto posting = scene::RasterViews(pool).with<geo::Grid>(
        *raster, [&](const raster::RasterReader& reader) { return postingOf(reader.info(), crs, around); });
    return {posting, [pool, scene](const geo::Grid& grid, const std::stop_token& stop) {
                const scene::SceneReader reader(scene, pool);
                return reader.read("dem", {"elevation"}, grid, Progress({}, stop));
            }};
}

} // namespace

PlannedElevation planElevation(const project::Project& project, const ElevationChoice& choice,
                               const geo::Extent& around) {
    const geo::Crs crs = project.crs();
    if (!choice.file.empty()) {
        return {[choice, crs, around] { return ofFile(choice.file, crs, around, choice.resampling); },
                std::filesystem::path(choice.file).stem().string(),
                std::to_string(static_cast<int>(choice.resampling)) + " " + stateOf(choice.file)};
    }
    const std::string own = project.layer(choice.layer).sceneId;
    const scene::Scene* chosen = nullptr;
    for (const scene::Scene& scene : project.scenes()) {
        if (hasElevation(scene) && (chosen == nullptr || chosen->id != own)) {
            chosen = &scene;
        }
    }
    if (chosen == nullptr) {
        return {};
    }
    const auto raster = std::find_if(chosen->rasters.begin(), chosen->rasters.end(),
                                     [](const auto& each) { return each.feature == "dem"; });
    return {[scene = *chosen, crs, around] { return ofScene(scene, crs, around); },
            std::filesystem::path(raster->file).stem().string(), chosen->id + " " + stateOf(raster->file)};
}

std::string elevationSourceOf(const std::string& name) {
    std::string small = name;
    std::transform(small.begin(), small.end(), small.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    struct Source {
        const char* part; ///< of a file's name
        const char* source;
    };
    // Names of OGGM (RGI-TOPO), which RGI 7 uses; parts of names as the providers' files have them.
    constexpr std::array<Source, 12> sources{{{"copernicus_dsm_cog_10", "COPDEM30"},
                                              {"copernicus_dsm_10", "COPDEM30"},
                                              {"copernicus_dsm_cog_30", "COPDEM90"},
                                              {"copernicus_dsm_30", "COPDEM90"},
                                              {"glo-30", "COPDEM30"},
                                              {"glo30", "COPDEM30"},
                                              {"glo-90", "COPDEM90"},
                                              {"glo90", "COPDEM90"},
                                              {"nasadem", "NASADEM"},
                                              {"arcticdem", "ARCTICDEM"},
                                              {"astgtm", "ASTER"},
                                              {"srtm", "SRTM"}}};
    for (const auto& [part, source] : sources) {
        if (small.find(part) != std::string::npos) {
            return source;
        }
    }
    return name;
}

} // namespace nunatak::tasks
