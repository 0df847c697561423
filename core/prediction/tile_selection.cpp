// SPDX-License-Identifier: GPL-3.0-or-later
#include "tile_selection.h"

#include "engine/run_journal.h"
#include "geo/shape_operations.h"
#include "prediction/polygonise.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace nunatak::prediction {

namespace {

/// Vertices this many pixels apart keep a straight edge straight in any map projection, to far below a pixel.
constexpr double pixelsBetweenVertices = 32;

geo::Ring densified(const geo::Ring& ring, double longestEdge) {
    geo::Ring dense;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const geo::Point from = ring[i];
        const geo::Point to = ring[(i + 1) % ring.size()];
        const double length = std::hypot(to.x - from.x, to.y - from.y);
        // Bounded, so that an absurd length (an infinite coordinate) fails in the transform and not in
        // memory.
        const int pieces = static_cast<int>(std::clamp(std::ceil(length / longestEdge), 1.0, 10000.0));
        for (int piece = 0; piece < pieces; ++piece) {
            const double share = static_cast<double>(piece) / pieces;
            dense.push_back({from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share});
        }
    }
    return dense;
}

/// About, where the unit is a degree; it only decides how dense vertices lie.
double metresPerUnitOf(const geo::Crs& crs) {
    return crs.isGeographic() ? 111000 : crs.metresPerUnit();
}

} // namespace

geo::MultiPolygon shapeOf(const geo::Extent& extent) {
    geo::Polygon polygon;
    polygon.outer = {{extent.xmin, extent.ymin},
                     {extent.xmax, extent.ymin},
                     {extent.xmax, extent.ymax},
                     {extent.xmin, extent.ymax}};
    return {polygon};
}

geo::MultiPolygon transformedDensely(const geo::MultiPolygon& shape,
                                     const geo::CoordinateTransform& transform, double longestEdge) {
    if (transform.isIdentity()) {
        return shape;
    }
    geo::MultiPolygon dense;
    for (const auto& polygon : shape) {
        geo::Polygon part;
        part.outer = densified(polygon.outer, longestEdge);
        for (const auto& hole : polygon.holes) {
            part.holes.push_back(densified(hole, longestEdge));
        }
        dense.push_back(std::move(part));
    }
    return transform(dense);
}

TileSelection::TileSelection(const geo::Grid& grid, const engine::TilingOptions& tiling)
    : m_grid(grid), m_tile(tiling.tile) {
    const auto windows = engine::tileWindows(grid.columns, grid.rows, tiling);
    m_firstColumn = windows.front().column;
    m_firstRow = windows.front().row;
    m_step = m_tile;
    for (const auto& window : windows) {
        m_step = std::gcd(m_step, std::gcd(window.column - m_firstColumn, window.row - m_firstRow));
        m_endColumn = std::max(m_endColumn, window.column + window.columns);
        m_endRow = std::max(m_endRow, window.row + window.rows);
        m_wanted.insert({window.row, window.column});
    }
}

void TileSelection::restrictTo(const geo::MultiPolygon& shape, const geo::Crs& shapeCrs) {
    const geo::CoordinateTransform transform(shapeCrs, m_grid.crs);
    const double metres = pixelsBetweenVertices * m_grid.pixelSize * m_grid.crs.metresPerUnit();
    auto onGrid = transformedDensely(shape, transform, metres / metresPerUnitOf(shapeCrs));
    if (!geo::invalidReason(onGrid).empty()) {
        onGrid = geo::madeValid(onGrid);
    }
    // The shape as cells that no tile's edge cuts: a tile touches the shape where one of its cells does.
    const int columns = (m_endColumn - m_firstColumn) / m_step;
    const int rows = (m_endRow - m_firstRow) / m_step;
    const geo::Point corner = m_grid.toMap(m_firstColumn, m_firstRow);
    const geo::Grid cells{m_grid.crs, corner.x, corner.y, m_grid.pixelSize * m_step, columns, rows};
    const auto touched = touchedPixels({geo::intersection(onGrid, shapeOf(m_grid.extent()))}, cells);
    const int cellsInTile = m_tile / m_step;
    std::erase_if(m_wanted, [&](const std::pair<int, int>& place) {
        const int firstCellRow = (place.first - m_firstRow) / m_step;
        const int firstCellColumn = (place.second - m_firstColumn) / m_step;
        for (int row = firstCellRow; row < firstCellRow + cellsInTile; ++row) {
            const auto* cell = touched.row(0, row) + firstCellColumn;
            if (std::any_of(cell, cell + cellsInTile, [](std::int32_t label) { return label != 0; })) {
                return false;
            }
        }
        return true;
    });
    m_restricted = true;
}

std::pair<int, int> TileSelection::columns() const {
    int first = m_grid.columns;
    int end = 0;
    for (const auto& place : m_wanted) {
        first = std::min(first, std::max(0, place.second));
        end = std::max(end, std::min(m_grid.columns, place.second + m_tile));
    }
    return {first, end};
}

std::vector<std::pair<int, int>> TileSelection::columnsInRow(int row) const {
    std::vector<std::pair<int, int>> columns;
    const auto first = m_wanted.upper_bound({row - m_tile, std::numeric_limits<int>::max()});
    const auto end = m_wanted.upper_bound({row, std::numeric_limits<int>::max()});
    for (auto place = first; place != end; ++place) {
        columns.emplace_back(std::max(0, place->second), std::min(m_grid.columns, place->second + m_tile));
    }
    std::sort(columns.begin(), columns.end());
    std::vector<std::pair<int, int>> joined;
    for (const auto& stretch : columns) {
        if (!joined.empty() && stretch.first <= joined.back().second) {
            joined.back().second = std::max(joined.back().second, stretch.second);
        } else {
            joined.push_back(stretch);
        }
    }
    return joined;
}

std::string TileSelection::fingerprint() const {
    if (!m_restricted) {
        return "all";
    }
    std::string text;
    for (const auto& [row, column] : m_wanted) {
        text += std::to_string(row) + " " + std::to_string(column) + " ";
    }
    return std::to_string(m_wanted.size()) + "-" + std::to_string(engine::checksum(text));
}

geo::MultiPolygon TileSelection::region(const geo::Crs& crs) const {
    geo::MultiPolygon covered;
    if (!m_restricted) {
        covered = shapeOf(m_grid.extent());
    } else {
        // Tiles of one row that overlap or meet become one strip, which leaves few shapes to unite.
        std::vector<geo::MultiPolygon> strips;
        for (auto place = m_wanted.begin(); place != m_wanted.end();) {
            const int row = place->first;
            const int column = place->second;
            int end = column + m_tile;
            for (++place; place != m_wanted.end() && place->first == row && place->second <= end; ++place) {
                end = place->second + m_tile;
            }
            const geo::Point upperLeft = m_grid.toMap(std::max(0, column), std::max(0, row));
            const geo::Point lowerRight =
                m_grid.toMap(std::min(m_grid.columns, end), std::min(m_grid.rows, row + m_tile));
            strips.push_back(shapeOf({upperLeft.x, lowerRight.y, lowerRight.x, upperLeft.y}));
        }
        covered = geo::unionOf(strips);
    }
    return transformedDensely(covered, geo::CoordinateTransform(m_grid.crs, crs),
                              pixelsBetweenVertices * m_grid.pixelSize);
}

} // namespace nunatak::prediction
