// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/raster_views.h"

#include "raster/raster_view.h"

#include <algorithm>

namespace nunatak::scene {

std::string RasterViews::withFile(std::string message, const std::string& opened, const std::string& file) {
    if (opened == file) {
        return message;
    }
    for (auto at = message.find(opened); at != std::string::npos;
         at = message.find(opened, at + file.size())) {
        message.replace(at, opened.size(), file);
    }
    return message;
}

raster::RasterInfo RasterViews::infoOf(const std::string& file) const {
    return m_pool->with<raster::RasterInfo>(file,
                                            [](const raster::RasterReader& reader) { return reader.info(); });
}

OpenedRaster RasterViews::opened(const SceneRaster& raster) const {
    OpenedRaster opened{path(raster), {raster.file}};
    opened.files.insert(opened.files.end(), raster.tiles.begin(), raster.tiles.end());
    return opened;
}

OpenedRaster RasterViews::openedValidity(const SceneRaster& raster) const {
    return {validityPath(raster), {raster.fillFile}};
}

std::string RasterViews::path(const SceneRaster& raster) const {
    if (!raster.noData && raster.tiles.empty()) {
        return raster.file;
    }
    {
        const std::lock_guard lock(m_mutex);
        if (const auto found = m_views.find(raster.file); found != m_views.end()) {
            return found->second;
        }
    }
    // Opened outside of the lock: two threads may do it twice, and come to the same.
    std::vector<raster::RasterInfo> files{infoOf(raster.file)};
    for (const std::string& tile : raster.tiles) {
        files.push_back(infoOf(tile));
    }
    const auto& bands = files.front().bands;
    const bool declared =
        raster.tiles.empty() && std::all_of(bands.begin(), bands.end(), [&](const raster::BandInfo& band) {
            return band.noData == raster.noData;
        });
    std::string view = declared ? raster.file : raster::viewOf(files, {raster.noData, std::nullopt});
    const std::lock_guard lock(m_mutex);
    return m_views.emplace(raster.file, std::move(view)).first->second;
}

std::string RasterViews::validityPath(const SceneRaster& raster) const {
    const std::string key = "fill " + raster.fillFile;
    {
        const std::lock_guard lock(m_mutex);
        if (const auto found = m_views.find(key); found != m_views.end()) {
            return found->second;
        }
    }
    std::string view = raster::viewOf({infoOf(raster.fillFile)}, {std::nullopt, raster.fillValue});
    const std::lock_guard lock(m_mutex);
    return m_views.emplace(key, std::move(view)).first->second;
}

} // namespace nunatak::scene
