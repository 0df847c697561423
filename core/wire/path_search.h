// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/blocks.h"
#include "wire/zeros.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace nunatak::wire {

/// The cheapest paths from one pixel to all others, found from the near ones to the far ones as far as they
/// are asked for. Dijkstra's search with buckets for the few distances that the frontier
/// can have (Dial 1969, Communications of the ACM 12, 632-633), which goes on where it stopped: the live wire
/// of Mortensen and Barrett (1995, SIGGRAPH, 191-198), on the fly (Falcão, Udupa and Miyazawa 2000, IEEE
/// Transactions on Medical Imaging 19, 55-62).
///
/// One thread grows; others may ask isReached() and pathTo() meanwhile: what is reached never changes.
class PathSearch {
public:
    struct Pixel {
        int column = 0;
        int row = 0;
        bool operator==(const Pixel&) const = default;
    };

    /// Costs from StepCosts::cheapest to edgeless; what is framed outlives this, and `from` lies within it.
    PathSearch(const Framed& framed, Pixel from, StepCosts stepCosts);
    PathSearch(const Framed& framed, Pixel from)
        : PathSearch(framed, from, stepCostsFrom(framed, from.column, from.row)) {}

    /// Goes on by so many pixels, or until `wanted` is reached. False: there is nothing left.
    bool grow(std::size_t pixels, Pixel wanted = {-1, -1});
    bool isReached(Pixel pixel) const;
    /// From the beginning to a pixel that is reached, each beside the next.
    std::vector<Pixel> pathTo(Pixel pixel) const;
    /// What it costs: for each step what StepCosts says of the pixel that it leaves, five times to a side,
    /// seven times across a corner.
    std::uint32_t costTo(Pixel pixel) const;
    std::size_t reached() const { return m_reached; }

private:
    std::size_t indexOf(Pixel pixel) const { return m_framed.index(pixel.column, pixel.row); }

    Framed m_framed;
    Pixel m_from;
    StepCosts m_stepCosts;
    Zeros<std::uint32_t> m_costs; ///< so far, + 1; 0: not seen
    Zeros<std::uint8_t> m_steps;  ///< that led here, with the mark of what is reached
    std::vector<std::vector<std::uint32_t>> m_buckets;
    std::uint32_t m_now = 0; ///< the cost of what is reached next, at least
    std::size_t m_waiting = 0;
    std::size_t m_reached = 0;
};

} // namespace nunatak::wire
