// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/scene.h"

#include "base/error.h"
#include "raster/raster_reader.h"

#include <algorithm>

namespace nunatak::scene {

bool Scene::hasBand(const std::string& feature, const std::string& band) const {
    return std::any_of(rasters.begin(), rasters.end(), [&](const SceneRaster& raster) {
        return raster.feature == feature &&
               std::find(raster.bandNames.begin(), raster.bandNames.end(), band) != raster.bandNames.end();
    });
}

std::vector<std::string> Scene::bands(const std::string& feature) const {
    std::vector<std::string> names;
    for (const SceneRaster& raster : rasters) {
        if (raster.feature == feature) {
            names.insert(names.end(), raster.bandNames.begin(), raster.bandNames.end());
        }
    }
    return names;
}

namespace {

void throwAnother(const Scene& scene, const std::string& file, const std::string& difference) {
    throw Error("\"" + file + "\" is another raster than the scene \"" + scene.name +
                "\" was made of: it has " + difference + "; put the old file back or make the scene again.");
}

} // namespace

void checkFiles(const Scene& scene) {
    for (const SceneRaster& raster : scene.rasters) {
        const raster::RasterReader reader(raster.file);
        const raster::RasterInfo& info = reader.info();
        const auto bands = static_cast<int>(info.bands.size());
        const bool sameSize =
            raster.columns == 0 || (raster.columns == info.columns && raster.rows == info.rows);
        if (!sameSize) {
            throwAnother(scene, raster.file,
                         std::to_string(info.columns) + " by " + std::to_string(info.rows) +
                             " pixels instead of " + std::to_string(raster.columns) + " by " +
                             std::to_string(raster.rows));
        }
        const int needed =
            raster.bands.empty() ? 0 : *std::max_element(raster.bands.begin(), raster.bands.end());
        if (bands < needed || (raster.fileBands != 0 && bands != raster.fileBands)) {
            throwAnother(scene, raster.file,
                         std::to_string(bands) + " bands instead of " +
                             std::to_string(std::max(needed, raster.fileBands)));
        }
        for (const std::string& tile : raster.tiles) {
            const raster::RasterReader opened(tile);
        }
        if (!raster.fillFile.empty()) {
            const raster::RasterReader opened(raster.fillFile);
        }
    }
}

} // namespace nunatak::scene
