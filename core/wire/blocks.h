// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/step_costs.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace nunatak::wire {

/// What pixels cost and how they look, row by row with a frame of one pixel whose cost is 0: nothing goes
/// there.
struct Framed {
    std::span<const std::uint8_t> costs;
    std::span<const Look> looks;
    int columns = 0; ///< without the frame
    int rows = 0;

    std::size_t index(int column, int row) const {
        return (static_cast<std::size_t>(row) + 1) * (static_cast<std::size_t>(columns) + 2) +
               static_cast<std::size_t>(column) + 1;
    }
};

/// Of a line that begins at this pixel; edges within two pixels of it are near.
StepCosts stepCostsFrom(const Framed& framed, int column, int row);

/// A surface in square blocks of pixels, each as its cheapest pixel, so that a search of a large view has
/// little to search.
class Blocks {
public:
    /// Blocks of a surface, at most.
    static constexpr std::size_t most = 4'200'000;

    /// Of as many pixels a side as it takes to stay below `most`: 1, 2, 4, …
    explicit Blocks(const Framed& pixels) : Blocks(pixels, sideFor(pixels)) {}
    Blocks(const Framed& pixels, int side);

    int side() const { return m_side; }
    /// Of blocks of one pixel it is the pixels themselves.
    Framed framed() const { return m_side == 1 ? m_pixels : Framed{m_costs, m_looks, m_columns, m_rows}; }

private:
    static int sideFor(const Framed& pixels);

    Framed m_pixels; ///< outlive this
    int m_side;
    int m_columns;
    int m_rows;
    std::vector<std::uint8_t> m_costs;
    std::vector<Look> m_looks;
};

} // namespace nunatak::wire
