// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terrain/fill_holes.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace nunatak::ui::terrain {

namespace {

struct Cell {
    int row;
    int column;
};

/// Mean of the up to eight known neighbours, NaN when none is known.
float neighbourMean(const Image<float>& heights, Cell cell) {
    float sum = 0;
    int known = 0;
    for (int row = std::max(0, cell.row - 1); row <= std::min(heights.rows() - 1, cell.row + 1); ++row) {
        for (int column = std::max(0, cell.column - 1);
             column <= std::min(heights.columns() - 1, cell.column + 1); ++column) {
            if (const float value = heights.at(0, row, column); std::isfinite(value)) {
                sum += value;
                ++known;
            }
        }
    }
    return known > 0 ? sum / static_cast<float>(known) : std::nanf("");
}

} // namespace

void fillHoles(Image<float>& heights) {
    std::vector<Cell> unknown;
    for (int row = 0; row < heights.rows(); ++row) {
        for (int column = 0; column < heights.columns(); ++column) {
            if (!std::isfinite(heights.at(0, row, column))) {
                heights.at(0, row, column) = std::nanf("");
                unknown.push_back({row, column});
            }
        }
    }
    if (unknown.size() == heights.bandSize()) {
        std::fill(heights.values().begin(), heights.values().end(), 0.0F);
        return;
    }
    // One ring of the holes at a time, from values of the ring before, so that no direction is preferred.
    std::vector<Cell> next;
    std::vector<std::pair<Cell, float>> ring;
    while (!unknown.empty()) {
        next.clear();
        ring.clear();
        for (const auto& cell : unknown) {
            if (const float mean = neighbourMean(heights, cell); std::isfinite(mean)) {
                ring.emplace_back(cell, mean);
            } else {
                next.push_back(cell);
            }
        }
        for (const auto& [cell, value] : ring) {
            heights.at(0, cell.row, cell.column) = value;
        }
        unknown.swap(next);
    }
}

} // namespace nunatak::ui::terrain
