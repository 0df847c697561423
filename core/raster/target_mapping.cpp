// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/target_mapping.h"

#include <algorithm>
#include <cmath>

namespace nunatak::raster {

using geo::Point;

namespace {

/// Farther than this from the exact place (in source or target pixels, whichever is larger) a cell is
/// computed point by point: near a pole, or where longitudes jump.
constexpr double tolerance = 0.01;

/// Splits a position into a whole pixel and a rest that rounding noise cannot change. The odd number keeps
/// the step away from the rests that real grids have (0, a half, a third).
std::int64_t wholePixel(double position, double& phase) {
    const double whole = std::floor(position + 0.00137);
    phase = std::round((position - whole) * 1e6) / 1e6;
    return static_cast<std::int64_t>(whole);
}

std::array<double, 6> inverted(const std::array<double, 6>& t) {
    const double determinant = t[1] * t[5] - t[2] * t[4];
    const double a = t[5] / determinant;
    const double b = -t[2] / determinant;
    const double c = -t[4] / determinant;
    const double d = t[1] / determinant;
    return {-t[0] * a - t[3] * b, a, b, -t[0] * c - t[3] * d, c, d};
}

std::int64_t floorDivide(std::int64_t value, std::int64_t by) {
    return value / by - (value % by < 0 ? 1 : 0);
}

} // namespace

TargetMapping::TargetMapping(const geo::Grid& target, const std::array<double, 6>& sourceTransform,
                             const geo::CoordinateTransform* toSource, std::optional<double> wrapFrom)
    : m_columnStep(target.pixelSize), m_rowStep(-target.pixelSize), m_mapToPixel(inverted(sourceTransform)),
      m_wrapFrom(wrapFrom), m_toSource(toSource != nullptr && !toSource->isIdentity() ? toSource : nullptr) {
    m_firstColumn = wholePixel(target.left / target.pixelSize, m_columnPhase);
    m_firstRow = wholePixel(-target.top / target.pixelSize, m_rowPhase);
}

TargetMapping::TargetMapping(const geo::PixelWindow& window, int outColumns, int outRows)
    : m_columnStep(static_cast<double>(window.columns) / outColumns),
      m_rowStep(static_cast<double>(window.rows) / outRows) {
    m_columnPhase = window.column / m_columnStep;
    m_rowPhase = window.row / m_rowStep;
}

void TargetMapping::toSourcePixels(std::vector<Point>& points) const {
    for (Point& point : points) {
        point = {(point.x + m_columnPhase) * m_columnStep, (point.y + m_rowPhase) * m_rowStep};
    }
    if (m_toSource != nullptr) {
        m_toSource->applyOrNan(points);
    }
    const auto& m = m_mapToPixel;
    for (Point& point : points) {
        if (m_wrapFrom) {
            point.x -= 360 * std::floor((point.x - *m_wrapFrom) / 360);
        }
        point = {m[0] + m[1] * point.x + m[2] * point.y, m[3] + m[4] * point.x + m[5] * point.y};
    }
}

Point TargetMapping::scaleOfBlock(std::int64_t blockColumn, std::int64_t blockRow) const {
    const double x = (static_cast<double>(blockColumn) + 0.5) * blockSize;
    const double y = (static_cast<double>(blockRow) + 0.5) * blockSize;
    constexpr double reach = cellSize;
    std::vector<Point> points{{x, y}, {x + reach, y}, {x, y + reach}};
    toSourcePixels(points);
    for (std::size_t i = 1; m_wrapFrom && i < points.size(); ++i) {
        // Across the line where longitudes jump, a step of the target is still a small one.
        const double around = 360 * m_mapToPixel[1];
        points[i].x -= around * std::round((points[i].x - points[0].x) / around);
    }
    const double columns = std::hypot(points[1].x - points[0].x, points[2].x - points[0].x) / reach;
    const double rows = std::hypot(points[1].y - points[0].y, points[2].y - points[0].y) / reach;
    return {std::isfinite(columns) && columns > 0 ? columns : 1, std::isfinite(rows) && rows > 0 ? rows : 1};
}

void TargetMapping::fillCell(const std::array<Point, 5>& support, std::int64_t cellColumn,
                             std::int64_t cellRow, std::int64_t column, std::int64_t row, int columns,
                             int rows, std::vector<Point>& result) const {
    const std::int64_t left = cellColumn * cellSize;
    const std::int64_t top = cellRow * cellSize;
    const std::int64_t firstX = std::max(left, column);
    const std::int64_t lastX = std::min(left + cellSize, column + columns);
    const std::int64_t firstY = std::max(top, row);
    const std::int64_t lastY = std::min(top + cellSize, row + rows);
    const auto& [nw, ne, sw, se, middle] = support;
    const Point guess{(nw.x + ne.x + sw.x + se.x) / 4, (nw.y + ne.y + sw.y + se.y) / 4};
    const double span = std::max(std::abs(se.x - nw.x), std::abs(se.y - nw.y)) / cellSize;
    const double off = std::max(std::abs(guess.x - middle.x), std::abs(guess.y - middle.y));
    const bool smooth = off <= tolerance * std::max(1.0, span); // false for NaN, too
    std::vector<Point> exact;
    for (std::int64_t y = firstY; y < lastY; ++y) {
        for (std::int64_t x = firstX; x < lastX; ++x) {
            Point& point = result[static_cast<std::size_t>((y - row) * columns + (x - column))];
            if (!smooth) {
                exact.push_back({static_cast<double>(x) + 0.5, static_cast<double>(y) + 0.5});
                continue;
            }
            const double u = (static_cast<double>(x - left) + 0.5) / cellSize;
            const double v = (static_cast<double>(y - top) + 0.5) / cellSize;
            point.x = (1 - v) * ((1 - u) * nw.x + u * ne.x) + v * ((1 - u) * sw.x + u * se.x);
            point.y = (1 - v) * ((1 - u) * nw.y + u * ne.y) + v * ((1 - u) * sw.y + u * se.y);
        }
    }
    if (!exact.empty()) {
        toSourcePixels(exact);
        std::size_t next = 0;
        for (std::int64_t y = firstY; y < lastY; ++y) {
            for (std::int64_t x = firstX; x < lastX; ++x) {
                result[static_cast<std::size_t>((y - row) * columns + (x - column))] = exact[next++];
            }
        }
    }
}

std::vector<Point> TargetMapping::positions(std::int64_t column, std::int64_t row, int columns,
                                            int rows) const {
    const std::int64_t firstCellColumn = floorDivide(column, cellSize);
    const std::int64_t firstCellRow = floorDivide(row, cellSize);
    const std::int64_t cellColumns = floorDivide(column + columns - 1, cellSize) - firstCellColumn + 1;
    const std::int64_t cellRows = floorDivide(row + rows - 1, cellSize) - firstCellRow + 1;
    // Corners of the cells, then their middles.
    std::vector<Point> support;
    for (std::int64_t y = 0; y <= cellRows; ++y) {
        for (std::int64_t x = 0; x <= cellColumns; ++x) {
            support.push_back({static_cast<double>((firstCellColumn + x) * cellSize),
                               static_cast<double>((firstCellRow + y) * cellSize)});
        }
    }
    const std::size_t middles = support.size();
    for (std::int64_t y = 0; y < cellRows; ++y) {
        for (std::int64_t x = 0; x < cellColumns; ++x) {
            support.push_back({(static_cast<double>(firstCellColumn + x) + 0.5) * cellSize,
                               (static_cast<double>(firstCellRow + y) + 0.5) * cellSize});
        }
    }
    toSourcePixels(support);
    std::vector<Point> result(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
    for (std::int64_t y = 0; y < cellRows; ++y) {
        for (std::int64_t x = 0; x < cellColumns; ++x) {
            const auto corner = static_cast<std::size_t>(y * (cellColumns + 1) + x);
            const auto below = corner + static_cast<std::size_t>(cellColumns) + 1;
            fillCell({support[corner], support[corner + 1], support[below], support[below + 1],
                      support[middles + static_cast<std::size_t>(y * cellColumns + x)]},
                     firstCellColumn + x, firstCellRow + y, column, row, columns, rows, result);
        }
    }
    return result;
}

} // namespace nunatak::raster
