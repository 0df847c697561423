// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/blocks.h"

#include <algorithm>

namespace nunatak::wire {

StepCosts stepCostsFrom(const Framed& framed, int column, int row) {
    constexpr int reach = 2;
    auto best = static_cast<std::uint8_t>(StepCosts::edgeless);
    for (int y = std::max(0, row - reach); y <= std::min(framed.rows - 1, row + reach); ++y) {
        for (int x = std::max(0, column - reach); x <= std::min(framed.columns - 1, column + reach); ++x) {
            best = std::min(best, framed.costs[framed.index(x, y)]);
        }
    }
    return {framed.looks[framed.index(column, row)], best};
}

int Blocks::sideFor(const Framed& pixels) {
    const auto size = static_cast<std::size_t>(pixels.columns) * static_cast<std::size_t>(pixels.rows);
    int side = 1;
    while (size / static_cast<std::size_t>(side * side) > most) {
        side *= 2;
    }
    return side;
}

Blocks::Blocks(const Framed& pixels, int side)
    : m_pixels(pixels), m_side(side), m_columns((pixels.columns + side - 1) / side),
      m_rows((pixels.rows + side - 1) / side) {
    if (side == 1) {
        return;
    }
    const auto width = static_cast<std::size_t>(m_columns) + 2;
    m_costs.assign(width * (static_cast<std::size_t>(m_rows) + 2), 0);
    m_looks.assign(m_costs.size(), 0);
    for (int row = 0; row < pixels.rows; ++row) {
        const std::size_t from = pixels.index(0, row);
        const std::size_t to = (static_cast<std::size_t>(row / side) + 1) * width + 1;
        for (int column = 0; column < pixels.columns; ++column) {
            const auto cost = pixels.costs[from + static_cast<std::size_t>(column)];
            const std::size_t block = to + static_cast<std::size_t>(column / side);
            if (m_costs[block] == 0 || cost < m_costs[block]) {
                m_costs[block] = cost;
                m_looks[block] = pixels.looks[from + static_cast<std::size_t>(column)];
            }
        }
    }
}

} // namespace nunatak::wire
