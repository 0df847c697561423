// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/crs.h"
#include "geo/grid.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace nunatak::raster {

/// From pixels of a target to pixels of a source raster.
///
/// Target pixels are counted from the origin of the coordinates, not from the corner of the grid asked for,
/// and every decision (support points, scale) is taken per block of that count: a window of a grid gives bit
/// by bit what the whole grid gives there.
class TargetMapping {
public:
    static constexpr int blockSize = 256; ///< target pixels that share a scale; multiple of cellSize
    static constexpr int cellSize = 16;   ///< target pixels between exactly transformed points

    /// `toSource` null: the target's coordinates are the source's. `sourceWraps`: longitudes are the same
    /// modulo 360.
    TargetMapping(const geo::Grid& target, const std::array<double, 6>& sourceTransform,
                  const geo::CoordinateTransform* toSource, std::optional<double> wrapFrom);
    /// A part of the source, stretched: no map coordinates are involved.
    TargetMapping(const geo::PixelWindow& window, int outColumns, int outRows);

    std::int64_t firstColumn() const { return m_firstColumn; }
    std::int64_t firstRow() const { return m_firstRow; }

    /// Source pixels that one target pixel spans along the source's columns and rows, in the middle of a
    /// block.
    geo::Point scaleOfBlock(std::int64_t blockColumn, std::int64_t blockRow) const;
    /// Source positions (in pixels, 0 = outer corner) of the middles of target pixels, row by row; NaN where
    /// there is none.
    std::vector<geo::Point> positions(std::int64_t column, std::int64_t row, int columns, int rows) const;

private:
    void toSourcePixels(std::vector<geo::Point>& countedFromOrigin) const;
    void fillCell(const std::array<geo::Point, 5>& support, std::int64_t cellColumn, std::int64_t cellRow,
                  std::int64_t column, std::int64_t row, int columns, int rows,
                  std::vector<geo::Point>& result) const;

    std::int64_t m_firstColumn = 0;
    std::int64_t m_firstRow = 0;
    double m_columnPhase = 0; ///< map x = (column + phase) × step
    double m_rowPhase = 0;
    double m_columnStep = 1;
    double m_rowStep = 1;
    std::array<double, 6> m_mapToPixel{0, 1, 0, 0, 0, 1};
    std::optional<double> m_wrapFrom;
    const geo::CoordinateTransform* m_toSource = nullptr;
};

} // namespace nunatak::raster
