// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/cost_surface.h"

#include <algorithm>
#include <cmath>

namespace nunatak::wire {

namespace {

constexpr double half = 0.5;
/// How much of an edge counts of what is not beside one half, however near it comes.
constexpr double besideCrossing = 0.5;
constexpr int stripRows = 64;

} // namespace

CostSurface costOfProbability(const geo::Grid& grid, const Image<float>& probability,
                              const Progress& progress) {
    CostSurface surface(grid, Along::Probability);
    constexpr double range = CostSurface::dearest - CostSurface::cheapest;
    const auto at = [&](int row, int column) {
        return row >= 0 && column >= 0 && row < grid.rows && column < grid.columns
                   ? probability.at(0, row, column)
                   : std::nanf("");
    };
    for (int row = 0; row < grid.rows; ++row) {
        if (row % stripRows == 0) {
            progress.throwIfStopped();
        }
        std::uint8_t* costs = surface.m_costs.data() + surface.framed().index(0, row);
        std::uint16_t* values = surface.m_values.row(0, row);
        for (int column = 0; column < grid.columns; ++column) {
            const float here = probability.at(0, row, column);
            if (std::isnan(here)) {
                costs[column] = CostSurface::dearest;
                continue;
            }
            const bool isIce = here >= half;
            bool isBeside = false;
            for (const float other :
                 {at(row, column - 1), at(row, column + 1), at(row - 1, column), at(row + 1, column)}) {
                isBeside = isBeside || (!std::isnan(other) && (other >= half) != isIce);
            }
            const double near = 1 - 2 * std::abs(std::clamp(static_cast<double>(here), 0.0, 1.0) - half);
            // Of the two pixels beside the crossing the one that it is nearer to.
            const double quality = isBeside ? 0.8 + 0.2 * near : besideCrossing * near * near;
            costs[column] = static_cast<std::uint8_t>(std::lround(CostSurface::dearest - range * quality));
            values[column] = static_cast<std::uint16_t>(
                1 + std::lround(std::clamp(static_cast<double>(here), 0.0, 1.0) * 65534));
            surface.m_hasEdges = surface.m_hasEdges || isBeside;
        }
    }
    surface.makeBlocks();
    return surface;
}

} // namespace nunatak::wire
