// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/pixel_areas.h"

#include "base/error.h"
#include "geo/shape_operations.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nunatak::geo {

namespace {

constexpr int blockSize = 64;

} // namespace

PixelAreas::PixelAreas(Grid grid)
    : m_grid(std::move(grid)), m_blockColumns((m_grid.columns + blockSize - 1) / blockSize),
      m_areas(static_cast<std::size_t>(m_blockColumns) *
                  static_cast<std::size_t>((m_grid.rows + blockSize - 1) / blockSize),
              std::numeric_limits<double>::quiet_NaN()) {}

double PixelAreas::at(int row, int column) {
    const int blockRow = row / blockSize;
    const int blockColumn = column / blockSize;
    double& area = m_areas.at(static_cast<std::size_t>(blockRow) * static_cast<std::size_t>(m_blockColumns) +
                              static_cast<std::size_t>(blockColumn));
    if (std::isnan(area)) {
        area = measured(blockRow, blockColumn);
    }
    return area;
}

double PixelAreas::sideAt(int row, int column) {
    return std::sqrt(at(row, column));
}

double PixelAreas::measured(int blockRow, int blockColumn) const {
    const int left = blockColumn * blockSize;
    const int top = blockRow * blockSize;
    const int right = std::min(left + blockSize, m_grid.columns);
    const int bottom = std::min(top + blockSize, m_grid.rows);
    const Ring ring{m_grid.toMap(left, top), m_grid.toMap(left, bottom), m_grid.toMap(right, bottom),
                    m_grid.toMap(right, top)};
    try {
        return geodesicArea({{ring, {}}}, m_grid.crs) / (double(right - left) * (bottom - top));
    } catch (const Error&) {
        const double side = m_grid.pixelSize * m_grid.crs.metresPerUnit();
        return side * side; // beyond what the projection can express, where no glacier is measured
    }
}

} // namespace nunatak::geo
