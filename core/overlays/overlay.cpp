// SPDX-License-Identifier: GPL-3.0-or-later
#include "overlays/overlay.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace nunatak::overlays {

namespace {

constexpr int mostPixels = 256; ///< along the longer side of the coarse look
constexpr double tail = 0.02;   ///< of the values lies outside of the range at each end

double quantile(std::vector<float>& values, double share) {
    const auto place =
        static_cast<std::ptrdiff_t>(std::lround(share * static_cast<double>(values.size() - 1)));
    std::nth_element(values.begin(), values.begin() + place, values.end());
    return static_cast<double>(values[static_cast<std::size_t>(place)]);
}

/// Such as a change of elevation, where gain and loss are to be told apart; not an elevation near the sea.
bool liesAroundZero(const Range& range) {
    constexpr double shorter = 0.2; // of the longer side
    return range.low < 0 && range.high > 0 && -range.low > shorter * range.high &&
           range.high > shorter * -range.low;
}

} // namespace

Range rangeOf(const Overlay& overlay, const geo::Extent& extent, const geo::Crs& crs,
              const Progress& progress) {
    if (overlay.quantity == Quantity::Share) {
        return {0, 1};
    }
    if (overlay.quantity == Quantity::Flag) {
        return {0, 1.45}; // the last colours of a map are those of snow
    }
    if (overlay.quantity == Quantity::Picture) {
        return {0, 255};
    }
    const double pixel = std::max(extent.width(), extent.height()) / mostPixels;
    const geo::Grid grid{crs,
                         extent.xmin,
                         extent.ymax,
                         pixel,
                         std::max(1, static_cast<int>(extent.width() / pixel)),
                         std::max(1, static_cast<int>(extent.height() / pixel))};
    auto values = overlay.read(grid, progress).values();
    std::erase_if(values, [](float value) { return !std::isfinite(value); });
    if (values.empty()) {
        return {0, 1};
    }
    Range range{quantile(values, tail), quantile(values, 1 - tail)};
    if (overlay.quantity == Quantity::Signed || liesAroundZero(range)) {
        const double most = std::max(std::abs(range.low), std::abs(range.high));
        range = {-most, most};
    }
    if (range.high <= range.low) {
        const double width = std::max(1e-6, std::abs(range.low) * 1e-3);
        range = {range.low - width, range.high + width};
    }
    return range;
}

} // namespace nunatak::overlays
