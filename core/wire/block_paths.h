// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/blocks.h"
#include "wire/cost_surface.h"
#include "wire/path_search.h"

#include <memory>
#include <span>
#include <vector>

namespace nunatak::wire {

/// The ways over pixels along ways over blocks. Of a surface that is small enough a block is a pixel.
class BlockPaths {
public:
    using Pixel = PathSearch::Pixel;
    using Path = std::vector<Pixel>;

    /// Of paths that begin at this pixel.
    BlockPaths(std::shared_ptr<const CostSurface> surface, Pixel from);
    /// The same in other blocks of the surface.
    BlockPaths(std::shared_ptr<const CostSurface> surface, std::shared_ptr<const Blocks> blocks, Pixel from);

    /// Over blocks, from that of the beginning.
    PathSearch search() const { return {m_blocks->framed(), blockOf(m_from), m_stepCosts}; }
    Pixel blockOf(Pixel pixel) const {
        return {pixel.column / m_blocks->side(), pixel.row / m_blocks->side()};
    }
    /// The cheapest way over pixels to one of the last block, in these blocks and those beside them. Where
    /// the blocks begin as the last time, the pixels do, too: a hand that moves on pays for what is new.
    const Path& along(const Path& blocks, Pixel to);

private:
    /// The cheapest way within these blocks and those beside them.
    Path within(std::span<const Pixel> blocks, Pixel from, Pixel to) const;

    std::shared_ptr<const CostSurface> m_surface;
    std::shared_ptr<const Blocks> m_blocks;
    Pixel m_from;
    StepCosts m_stepCosts;
    Path m_blockPath; ///< of the last time
    Path m_path;
};

} // namespace nunatak::wire
