// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/products/samples.h"

#include <algorithm>
#include <cmath>

namespace nunatak::scene::products {

namespace {

constexpr int windowsPerSide = 5;
constexpr int side = 64;

} // namespace

float Samples::quantile(double share) const {
    const auto place = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1));
    return values.at(place);
}

Samples samplesOf(const raster::RasterReader& reader, const std::vector<int>& bands) {
    const raster::RasterInfo& info = reader.info();
    const int width = std::min(side, info.columns);
    const int height = std::min(side, info.rows);
    Samples samples;
    std::size_t looked = 0;
    for (int r = 0; r < windowsPerSide; ++r) {
        for (int c = 0; c < windowsPerSide; ++c) {
            const auto column = static_cast<int>((info.columns - width) * (c + 0.5) / windowsPerSide);
            const auto row = static_cast<int>((info.rows - height) * (r + 0.5) / windowsPerSide);
            const auto pixels = reader.readWindow(bands, {column, row, width, height}, width, height);
            looked += pixels.values().size();
            std::copy_if(pixels.values().begin(), pixels.values().end(), std::back_inserter(samples.values),
                         [](float value) { return !std::isnan(value); });
        }
    }
    std::sort(samples.values.begin(), samples.values.end());
    samples.missing = 1 - static_cast<double>(samples.values.size()) / static_cast<double>(looked);
    return samples;
}

} // namespace nunatak::scene::products
