// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/crs.h"

#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

namespace nunatak::geo {

/// A CoordinateTransform for millions of points, ten times as fast: in squares of 40 km each coordinate is a
/// polynomial through places that were transformed exactly, which is checked at others between them. Within
/// 10⁻¹² degrees (a ten-thousandth of a millimetre) or, to a projected system, a thousandth of a millimetre;
/// where it is not, and from geographic systems, points are transformed one by one. A point's result depends
/// on the point alone, so shared lines stay shared. Belongs to the thread that made it.
class CellTransform {
public:
    /// Throws Error as CoordinateTransform does.
    CellTransform(const Crs& from, const Crs& to);
    ~CellTransform();

    /// Throws Error as CoordinateTransform::apply().
    void apply(std::span<Point> points);
    MultiPolygon operator()(const MultiPolygon& shape);

private:
    struct Cell;

    const Cell& cellAt(std::int64_t column, std::int64_t row);

    CoordinateTransform m_exact;
    double m_side = 0; ///< of a square, in units of the coordinates; 0: all is exact
    double m_tolerance;
    std::unordered_map<std::uint64_t, std::unique_ptr<Cell>> m_cells;
};

} // namespace nunatak::geo
