// SPDX-License-Identifier: GPL-3.0-or-later
#include "topography/glacier_grid.h"

#include "base/error.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace nunatak::topography {

namespace {

constexpr double leastPixel = 10; // m
constexpr double mostPixel = 100;
constexpr int border = 30; ///< pixels: what smoothing reaches at 10 m

} // namespace

geo::Crs utmSystem(int zone) {
    constexpr int north = 32600; // EPSG
    return geo::Crs::fromUserInput("EPSG:" + std::to_string(north + zone));
}

geo::Grid glacierGrid(const geo::MultiPolygon& inUtm, const geo::Crs& utm, double areaKm2) {
    const double pixel =
        std::clamp(std::nearbyint(14 * std::sqrt(areaKm2) + leastPixel), leastPixel, mostPixel);
    const geo::Extent extent = geo::extentOf(inUtm);
    if (extent.empty() || !(extent.width() / pixel < 30'000) || !(extent.height() / pixel < 30'000)) {
        throw Error("An outline of this extent cannot be measured on one grid.");
    }
    const auto across = [&](double length) {
        return static_cast<int>(std::ceil(length / pixel)) + 2 * border;
    };
    return {utm,   extent.xmin - border * pixel, extent.ymax + border * pixel,
            pixel, across(extent.width()),       across(extent.height())};
}

} // namespace nunatak::topography
