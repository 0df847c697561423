// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/sensor_band_names.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <utility>

namespace nunatak::scene {

namespace {

constexpr std::array<const char*, 6> names{"blue", "green", "red", "nir", "swir1", "swir2"};

/// SR_B2, B02, b2, B2_10m → B2.
std::string bandNumber(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::toupper(c); });
    if (text.starts_with("SR_")) {
        text = text.substr(3);
    }
    if (const auto underscore = text.find('_'); underscore != std::string::npos) {
        text.resize(underscore);
    }
    if (text.size() == 3 && text.starts_with("B0")) {
        text = "B" + text.substr(2);
    }
    return text;
}

} // namespace

SensorBands sensorBandsOf(const raster::RasterInfo& info) {
    std::map<std::string, int> places;
    for (std::size_t i = 0; i < info.bands.size(); ++i) {
        places.emplace(bandNumber(info.bands[i].description), static_cast<int>(i) + 1);
    }
    // The most telling first: a full Sentinel-2 image has all the numbers of the others.
    const std::array<std::pair<const char*, std::array<const char*, 6>>, 3> sensors{
        {{"Sentinel-2", {"B2", "B3", "B4", "B8", "B11", "B12"}},
         {"Landsat 8 and 9", {"B2", "B3", "B4", "B5", "B6", "B7"}},
         {"Landsat 4 to 7", {"B1", "B2", "B3", "B4", "B5", "B7"}}}};
    for (const auto& [sensor, bands] : sensors) {
        // TM's thermal band is called B6 as well, but then B1 is there.
        const bool thematicMapper = std::string(sensor) == "Landsat 8 and 9" && places.contains("B1") &&
                                    !places.contains("B10") && !places.contains("B9") &&
                                    !places.contains("B8");
        SensorBands found{sensor, {}, {}};
        for (std::size_t i = 0; i < bands.size(); ++i) {
            if (const auto place = places.find(bands.at(i)); place != places.end()) {
                found.bands.push_back(place->second);
                found.names.emplace_back(names.at(i));
            }
        }
        if (found.bands.size() == bands.size() && !thematicMapper) {
            return found;
        }
    }
    return {};
}

} // namespace nunatak::scene
