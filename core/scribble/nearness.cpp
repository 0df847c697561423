// SPDX-License-Identifier: GPL-3.0-or-later
#include "scribble/nearness.h"

#include <algorithm>

namespace nunatak::scribble {

namespace {

constexpr float straight = 1.0F;
constexpr float diagonal = 4.0F / 3.0F;

} // namespace

Image<float> nearnessOf(const geo::Grid& grid, const std::vector<StrokePixels>& strokes, double reach) {
    if (!(reach > 0)) {
        return {};
    }
    const auto far = static_cast<float>(2 * (grid.rows + grid.columns));
    Image<float> away(1, grid.rows, grid.columns, far);
    for (const auto& stroke : strokes) {
        for (const auto pixel : stroke.pixels) {
            away.values()[pixel] = 0;
        }
    }
    const auto look = [&](int row, int column, int rowStep, int columnStep, float length) {
        const int otherRow = row + rowStep;
        const int otherColumn = column + columnStep;
        if (otherRow >= 0 && otherRow < grid.rows && otherColumn >= 0 && otherColumn < grid.columns) {
            auto& here = away.at(0, row, column);
            here = std::min(here, away.at(0, otherRow, otherColumn) + length);
        }
    };
    for (int row = 0; row < grid.rows; ++row) {
        for (int column = 0; column < grid.columns; ++column) {
            look(row, column, 0, -1, straight);
            look(row, column, -1, 0, straight);
            look(row, column, -1, -1, diagonal);
            look(row, column, -1, 1, diagonal);
        }
    }
    for (int row = grid.rows; row-- > 0;) {
        for (int column = grid.columns; column-- > 0;) {
            look(row, column, 0, 1, straight);
            look(row, column, 1, 0, straight);
            look(row, column, 1, 1, diagonal);
            look(row, column, 1, -1, diagonal);
        }
    }
    const auto half = static_cast<float>(reach);
    for (float& value : away.values()) {
        value = 1 / (1 + (value / half) * (value / half));
    }
    return away;
}

} // namespace nunatak::scribble
