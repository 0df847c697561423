// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/grid.h"

#include <algorithm>
#include <cmath>

namespace nunatak::geo {

namespace {

/// Part of a pixel that is taken for rounding noise of coordinates in the millions.
constexpr double noise = 1e-6;

int clampedPixel(double position, int count) {
    return static_cast<int>(std::clamp(position, 0.0, static_cast<double>(count)));
}

} // namespace

Grid Grid::window(int column, int row, int windowColumns, int windowRows) const {
    const Point corner = toMap(column, row);
    return {crs, corner.x, corner.y, pixelSize, windowColumns, windowRows};
}

Grid Grid::atPixelSize(double size) const {
    Grid result = *this;
    result.pixelSize = size;
    result.columns = std::max(1, static_cast<int>(std::ceil(columns * pixelSize / size - noise)));
    result.rows = std::max(1, static_cast<int>(std::ceil(rows * pixelSize / size - noise)));
    return result;
}

PixelWindow windowCovering(const Grid& grid, const Extent& extent) {
    if (extent.empty()) {
        return {};
    }
    const Point upperLeft = grid.toPixel({extent.xmin, extent.ymax});
    const Point lowerRight = grid.toPixel({extent.xmax, extent.ymin});
    PixelWindow window;
    window.column = clampedPixel(std::floor(upperLeft.x + noise), grid.columns);
    window.row = clampedPixel(std::floor(upperLeft.y + noise), grid.rows);
    window.columns = clampedPixel(std::ceil(lowerRight.x - noise), grid.columns) - window.column;
    window.rows = clampedPixel(std::ceil(lowerRight.y - noise), grid.rows) - window.row;
    if (window.empty()) {
        return {};
    }
    return window;
}

} // namespace nunatak::geo
