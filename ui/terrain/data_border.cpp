// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terrain/data_border.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace nunatak::ui::terrain {

namespace {

bool hasData(const DataMask& mask, geo::Point map) {
    const auto& grid = mask.grid;
    const auto pixel = grid.toPixel(map);
    // A point on the outer edge belongs to the last pixel; rounding may put it a hair outside.
    const double slack = 1e-6;
    if (pixel.x < -slack || pixel.y < -slack || pixel.x > grid.columns + slack ||
        pixel.y > grid.rows + slack) {
        return false;
    }
    const auto column = std::clamp(static_cast<int>(std::floor(pixel.x)), 0, grid.columns - 1);
    const auto row = std::clamp(static_cast<int>(std::floor(pixel.y)), 0, grid.rows - 1);
    const auto index = static_cast<std::size_t>(row) * static_cast<std::size_t>(grid.columns) +
                       static_cast<std::size_t>(column);
    return mask.data[index] != 0;
}

/// A corner on the scene's own edge belongs to the last pixel, not to the one beyond; in pixels.
constexpr double inwards = 0.01;

struct Corner {
    geo::Point map;
    bool data = false;
};

/// The mesh's vertices with a rim of corners without data along the edges named, each at the place of its
/// neighbour: so the scene's own edge is a border like any other.
class Corners {
public:
    Corners(const HeightMesh& mesh, const DataMask& mask, const TileEdges& edges, const geo::Extent& ground)
        : m_columns(mesh.heightGrid.columns + 1 + edges.west + edges.east),
          m_rows(mesh.heightGrid.rows + 1 + edges.north + edges.south),
          m_corners(static_cast<std::size_t>(m_columns) * static_cast<std::size_t>(m_rows)) {
        for (int row = 0; row < m_rows; ++row) {
            for (int column = 0; column < m_columns; ++column) {
                const int meshColumn = std::clamp(column - edges.west, 0, mesh.heightGrid.columns);
                const int meshRow = std::clamp(row - edges.north, 0, mesh.heightGrid.rows);
                auto& corner = m_corners[index(row, column)];
                corner.map = mesh.heightGrid.toMap(meshColumn, meshRow);
                corner.map.x = std::min(corner.map.x, ground.xmax);
                corner.map.y = std::max(corner.map.y, ground.ymin);
                const bool rim = meshColumn != column - edges.west || meshRow != row - edges.north;
                auto within = corner.map;
                if (meshColumn == mesh.heightGrid.columns && edges.east) {
                    within.x -= inwards * mask.grid.pixelSize;
                }
                if (meshRow == mesh.heightGrid.rows && edges.south) {
                    within.y += inwards * mask.grid.pixelSize;
                }
                corner.data = !rim && hasData(mask, within);
            }
        }
    }
    int columns() const { return m_columns; }
    int rows() const { return m_rows; }
    const Corner& at(int row, int column) const { return m_corners[index(row, column)]; }

private:
    std::size_t index(int row, int column) const {
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(m_columns) +
               static_cast<std::size_t>(column);
    }
    int m_columns;
    int m_rows;
    std::vector<Corner> m_corners;
};

/// Where the data end between a corner that has some and one that has none.
geo::Point crossing(const DataMask& mask, const Corner& a, const Corner& b) {
    auto inside = a.data ? a.map : b.map;
    auto outside = a.data ? b.map : a.map;
    for (int step = 0; step < 12; ++step) {
        const geo::Point middle{(inside.x + outside.x) / 2, (inside.y + outside.y) / 2};
        (hasData(mask, middle) ? inside : outside) = middle;
    }
    return inside;
}

} // namespace

std::vector<BorderPiece> dataBorder(const HeightMesh& mesh, const DataMask& mask, const TileEdges& edges,
                                    const geo::Extent& ground) {
    std::vector<BorderPiece> border;
    if (mask.data.empty()) {
        return border;
    }
    const Corners corners(mesh, mask, edges, ground);
    for (int row = 0; row + 1 < corners.rows(); ++row) {
        for (int column = 0; column + 1 < corners.columns(); ++column) {
            // Counter-clockwise from the south-west, as seen on a map.
            const std::array<const Corner*, 4> cell = {
                &corners.at(row + 1, column), &corners.at(row + 1, column + 1), &corners.at(row, column + 1),
                &corners.at(row, column)};
            // Going round, the border enters the data on one side and leaves it on the next: a piece joins
            // the side where it leaves to the one before where it entered, so that the data lie on its left.
            std::vector<geo::Point> entries;
            std::vector<geo::Point> exits;
            for (std::size_t side = 0; side < 4; ++side) {
                const auto& a = *cell[side];
                const auto& b = *cell[(side + 1) % 4];
                if (a.data != b.data) {
                    (b.data ? entries : exits).push_back(crossing(mask, a, b));
                }
            }
            if (entries.empty()) {
                continue;
            }
            // With four crossings the two corners with data are kept apart: each gets its own piece.
            const bool exitFirst = cell[0]->data;
            for (std::size_t i = 0; i < entries.size(); ++i) {
                const auto& exit = exits[exitFirst ? (i + 1) % exits.size() : i];
                const auto& entry = entries[i];
                if (!(exit == entry)) {
                    border.emplace_back(exit, entry);
                }
            }
        }
    }
    return border;
}

double dataShare(const DataMask& mask) {
    if (mask.data.empty()) {
        return 0;
    }
    const auto count =
        mask.data.size() - static_cast<std::size_t>(std::count(mask.data.begin(), mask.data.end(), 0));
    return static_cast<double>(count) / static_cast<double>(mask.data.size());
}

} // namespace nunatak::ui::terrain
