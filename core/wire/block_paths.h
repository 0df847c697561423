// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/cost_surface.h"
#include "wire/path_search.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace nunatak::wire {

/// A surface in blocks of pixels, each as cheap as its cheapest, so that a search of a large view has little
/// to search; and the ways over pixels along ways over blocks. Of a surface that is small enough a block is a
/// pixel.
class BlockPaths {
public:
    using Pixel = PathSearch::Pixel;
    using Path = std::vector<Pixel>;

    /// Blocks of a surface, at most.
    static constexpr std::size_t mostBlocks = 4'200'000;

    /// Of paths that begin at this pixel.
    BlockPaths(std::shared_ptr<const CostSurface> surface, Pixel from);
    /// The same with blocks of so many pixels a side.
    BlockPaths(std::shared_ptr<const CostSurface> surface, Pixel from, int side);

    /// Costs of blocks with a frame, as CostSurface::framed(); worked out when first asked for.
    std::span<const std::uint8_t> framed();
    int columns() const;
    Pixel blockOf(Pixel pixel) const { return {pixel.column / m_side, pixel.row / m_side}; }
    /// The cheapest way over pixels to one of the last block, in these blocks and those beside them. Where
    /// the blocks begin as the last time, the pixels do, too: a hand that moves on pays for what is new.
    const Path& along(const Path& blocks, Pixel to);

private:
    /// The cheapest way within these blocks and those beside them.
    Path within(std::span<const Pixel> blocks, Pixel from, Pixel to) const;

    std::shared_ptr<const CostSurface> m_surface;
    Pixel m_from;
    int m_side;
    std::vector<std::uint8_t> m_framed; ///< of blocks of several pixels
    Path m_blocks;                      ///< of the last time
    Path m_path;
};

} // namespace nunatak::wire
