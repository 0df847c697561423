// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/crs.h"

namespace nunatak::geo {

/// A north-up raster grid with square pixels. (left, top) is the outer corner of pixel (0, 0).
struct Grid {
    Crs crs;
    double left = 0;
    double top = 0;
    double pixelSize = 0; ///< units of the crs
    int columns = 0;
    int rows = 0;

    Extent extent() const { return {left, top - pixelSize * rows, left + pixelSize * columns, top}; }
    /// Map coordinates of a pixel position; (0, 0) is the outer corner, (0.5, 0.5) the middle of the first
    /// pixel.
    Point toMap(double column, double row) const {
        return {left + column * pixelSize, top - row * pixelSize};
    }
    /// The inverse of toMap.
    Point toPixel(Point map) const { return {(map.x - left) / pixelSize, (top - map.y) / pixelSize}; }
    /// A part of this grid (may reach beyond it).
    Grid window(int column, int row, int windowColumns, int windowRows) const;
    /// The same place at another pixel size, from the same upper left corner, rounded up to whole pixels.
    Grid atPixelSize(double size) const;
    bool operator==(const Grid&) const = default;
};

/// The smallest part of `grid` that covers `extent`, clipped to the grid; columns or rows are 0 when they
/// miss it. Returned as column, row, columns, rows.
struct PixelWindow {
    int column = 0;
    int row = 0;
    int columns = 0;
    int rows = 0;
    bool empty() const { return columns <= 0 || rows <= 0; }
};
PixelWindow windowCovering(const Grid& grid, const Extent& extent);

} // namespace nunatak::geo
