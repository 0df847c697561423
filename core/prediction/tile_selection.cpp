// SPDX-License-Identifier: GPL-3.0-or-later
#include "tile_selection.h"

#include "engine/run_journal.h"
#include "geo/rings.h"
#include "geo/shape_operations.h"
#include "prediction/polygonise.h"

#include <algorithm>
#include <cmath>
#include <limits>
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

/// An edge of more steps than that would make every comparison with the region slow.
constexpr std::size_t mostStrips = 5000;
/// Rows that are drawn at once.
constexpr int stripRows = 256;

std::vector<Columns> stretchesOf(const std::int32_t* labels, int columns) {
    std::vector<Columns> stretches;
    for (int column = 0; column < columns; ++column) {
        if (labels[column] == 0) {
            continue;
        }
        if (!stretches.empty() && stretches.back().second == column) {
            ++stretches.back().second;
        } else {
            stretches.emplace_back(column, column + 1);
        }
    }
    return stretches;
}

std::vector<Columns> inBoth(const std::vector<Columns>& a, const std::vector<Columns>& b) {
    std::vector<Columns> both;
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        const int first = std::max(a[i].first, b[j].first);
        const int end = std::min(a[i].second, b[j].second);
        if (first < end) {
            both.emplace_back(first, end);
        }
        (a[i].second < b[j].second ? i : j) += 1;
    }
    return both;
}

/// The pixels of the grid whose middles lie in a shape, or that it touches.
std::vector<std::vector<Columns>> pixelsOf(const geo::MultiPolygon& shape, const geo::Grid& grid,
                                           bool touched) {
    std::vector<std::vector<Columns>> rows(static_cast<std::size_t>(grid.rows));
    std::vector<geo::MultiPolygon> parts; // so that drawing a strip passes by those that lie elsewhere
    for (const auto& polygon : shape) {
        parts.push_back({polygon});
    }
    const auto around = geo::windowCovering(grid, geo::extentOf(shape));
    for (int first = around.row; first < around.row + around.rows; first += stripRows) {
        const int count = std::min(stripRows, around.row + around.rows - first);
        const auto strip = grid.window(around.column, first, around.columns, count);
        const auto labels = touched ? touchedPixels(parts, strip) : rasterise(parts, strip);
        for (int row = 0; row < count; ++row) {
            auto& stretches = rows[static_cast<std::size_t>(first + row)];
            stretches = stretchesOf(labels.row(0, row), around.columns);
            for (auto& [begin, end] : stretches) {
                begin += around.column;
                end += around.column;
            }
        }
    }
    return rows;
}

bool isEmpty(const std::vector<std::vector<Columns>>& rows) {
    return std::all_of(rows.begin(), rows.end(), [](const auto& row) { return row.empty(); });
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
    return transform(
        geo::withRings(shape, [&](const geo::Ring& ring) { return densified(ring, longestEdge); }));
}

TileSelection::TileSelection(const geo::Grid& grid, const engine::TilingOptions& tiling)
    : m_grid(grid), m_tile(tiling.tile), m_own(static_cast<std::size_t>(grid.rows), {{0, grid.columns}}) {
    const auto windows = engine::tileWindows(grid.columns, grid.rows, tiling);
    for (const auto& window : windows) {
        m_all.insert({window.row, window.column});
    }
    m_wanted = m_all;
}

geo::MultiPolygon TileSelection::onGrid(const geo::MultiPolygon& shape, const geo::Crs& shapeCrs) const {
    const geo::CoordinateTransform transform(shapeCrs, m_grid.crs);
    const double metres = pixelsBetweenVertices * m_grid.pixelSize * m_grid.crs.metresPerUnit();
    auto here = transformedDensely(shape, transform, metres / metresPerUnitOf(shapeCrs));
    if (!geo::invalidReason(here).empty()) {
        here = geo::madeValid(here);
    }
    return geo::intersection(here, shapeOf(m_grid.extent()));
}

void TileSelection::restrictTo(const geo::MultiPolygon& shape, const geo::Crs& shapeCrs) {
    const auto here = onGrid(shape, shapeCrs);
    auto pixels = pixelsOf(here, m_grid, false);
    if (isEmpty(pixels)) {
        pixels = pixelsOf(here, m_grid, true);
    }
    for (std::size_t row = 0; row < m_own.size(); ++row) {
        m_own[row] = inBoth(m_own[row], pixels[row]);
    }
    m_shape = m_restricted ? geo::intersection(m_shape, here) : here;
    m_restricted = true;
    chooseTiles();
}

void TileSelection::setMargin(int pixels) {
    m_margin = pixels;
    chooseTiles();
}

void TileSelection::chooseTiles() {
    m_wanted = m_all;
    if (m_restricted) {
        std::erase_if(m_wanted, [this](const std::pair<int, int>& tile) { return !touchesOwn(tile); });
    }
}

bool TileSelection::touchesOwn(const std::pair<int, int>& tile) const {
    const int first = std::max(0, tile.first - m_margin);
    const int end = std::min(m_grid.rows, tile.first + m_tile + m_margin);
    const int left = tile.second - m_margin;
    const int right = tile.second + m_tile + m_margin;
    for (int row = first; row < end; ++row) {
        const auto& own = ownColumnsInRow(row);
        const auto next = std::upper_bound(
            own.begin(), own.end(), left, [](int column, const Columns& one) { return column < one.second; });
        if (next != own.end() && next->first < right) {
            return true;
        }
    }
    return false;
}

Columns TileSelection::columns() const {
    int first = m_grid.columns;
    int end = 0;
    for (const auto& place : m_wanted) {
        first = std::min(first, std::max(0, place.second));
        end = std::max(end, std::min(m_grid.columns, place.second + m_tile));
    }
    return {first, end};
}

std::vector<Columns> TileSelection::columnsInRow(int row) const {
    std::vector<Columns> columns;
    const auto first = m_wanted.upper_bound({row - m_tile, std::numeric_limits<int>::max()});
    const auto end = m_wanted.upper_bound({row, std::numeric_limits<int>::max()});
    for (auto place = first; place != end; ++place) {
        columns.emplace_back(std::max(0, place->second), std::min(m_grid.columns, place->second + m_tile));
    }
    std::sort(columns.begin(), columns.end());
    std::vector<Columns> joined;
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
        // Rows that are alike become one strip, which leaves few shapes to unite.
        std::vector<geo::MultiPolygon> strips;
        for (int row = 0; row < m_grid.rows;) {
            int end = row + 1;
            while (end < m_grid.rows && ownColumnsInRow(end) == ownColumnsInRow(row)) {
                ++end;
            }
            for (const auto& [left, right] : ownColumnsInRow(row)) {
                const geo::Point upperLeft = m_grid.toMap(left, row);
                const geo::Point lowerRight = m_grid.toMap(right, end);
                strips.push_back(shapeOf({upperLeft.x, lowerRight.y, lowerRight.x, upperLeft.y}));
            }
            row = end;
        }
        covered = strips.size() > mostStrips ? m_shape : geo::unionOf(strips);
    }
    return transformedDensely(covered, geo::CoordinateTransform(m_grid.crs, crs),
                              pixelsBetweenVertices * m_grid.pixelSize);
}

} // namespace nunatak::prediction
