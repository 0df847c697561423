// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/local_files.h"

#include "scene/file_places.h"

#include <system_error>

namespace nunatak::scene {

namespace fs = std::filesystem;

std::optional<fs::path> localFile(const std::string& raster) {
    std::error_code unknown;
    if (!raster.empty() && fs::exists(raster, unknown)) {
        return raster;
    }
    const auto file = fileWithin(raster, [](const std::string& path) {
        std::error_code ignored;
        return fs::exists(path, ignored);
    });
    return file.empty() ? std::nullopt : std::optional<fs::path>(file);
}

std::vector<fs::path> localFiles(const Scene& scene) {
    std::vector<fs::path> files;
    const auto add = [&](const std::string& raster) {
        if (auto file = localFile(raster)) {
            files.push_back(std::move(*file));
        }
    };
    for (const auto& raster : scene.rasters) {
        add(raster.file);
        add(raster.fillFile);
        for (const auto& tile : raster.tiles) {
            add(tile);
        }
    }
    return files;
}

} // namespace nunatak::scene
