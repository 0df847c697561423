// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/raster_views.h"

#include "raster/raster_view.h"
#include "scene/stored_values.h"

#include <algorithm>
#include <sstream>

namespace nunatak::scene {

namespace {

raster::ViewRules rulesOf(const SceneRaster& raster) {
    raster::ViewRules rules;
    rules.noData = raster.noData;
    if (isReadAsPower(raster)) {
        rules.power = raster.conversion == Conversion::Decibels ? raster::PowerScale::Decibels
                                                                : raster::PowerScale::Amplitude;
        rules.scale = raster.scale;
        rules.offset = raster.offset;
    }
    return rules;
}

/// All that makes one view differ from another: bands of one file may be stored in several ways.
std::string keyOf(const SceneRaster& raster) {
    const raster::ViewRules rules = rulesOf(raster);
    std::ostringstream key;
    key.precision(17);
    key << static_cast<int>(rules.power) << " " << rules.scale << " " << rules.offset << " ";
    if (rules.noData) {
        key << *rules.noData;
    }
    key << "\n" << raster.file;
    for (const std::string& tile : raster.tiles) {
        key << "\n" << tile;
    }
    return key.str();
}

} // namespace

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
    const raster::ViewRules rules = rulesOf(raster);
    if (!rules.noData && rules.power == raster::PowerScale::Linear && raster.tiles.empty()) {
        return raster.file;
    }
    const std::string key = keyOf(raster);
    {
        const std::lock_guard lock(m_mutex);
        if (const auto found = m_views.find(key); found != m_views.end()) {
            return found->second;
        }
    }
    // Opened outside of the lock: two threads may do it twice, and come to the same.
    std::vector<raster::RasterInfo> files{infoOf(raster.file)};
    for (const std::string& tile : raster.tiles) {
        files.push_back(infoOf(tile));
    }
    const auto& bands = files.front().bands;
    const bool declared = rules.power == raster::PowerScale::Linear && raster.tiles.empty() &&
                          std::all_of(bands.begin(), bands.end(), [&](const raster::BandInfo& band) {
                              return band.noData == raster.noData;
                          });
    std::string view = declared ? raster.file : raster::viewOf(files, rules);
    const std::lock_guard lock(m_mutex);
    return m_views.emplace(key, std::move(view)).first->second;
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
