// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/block_paths.h"

#include "wire/zeros.h"

#include <algorithm>
#include <utility>

namespace nunatak::wire {

namespace {

/// Blocks before the first other one from which the pixels are found anew: so far a way may be another one.
constexpr std::size_t again = 32;

} // namespace

BlockPaths::BlockPaths(std::shared_ptr<const CostSurface> surface, Pixel from)
    : BlockPaths(surface, surface->blocks(), from) {}

BlockPaths::BlockPaths(std::shared_ptr<const CostSurface> surface, std::shared_ptr<const Blocks> blocks,
                       Pixel from)
    : m_surface(std::move(surface)), m_blocks(std::move(blocks)), m_from(from),
      m_stepCosts(stepCostsFrom(m_surface->framed(), from.column, from.row)) {}

const BlockPaths::Path& BlockPaths::along(const Path& blocks, Pixel to) {
    if (m_blocks->side() == 1) {
        m_path = blocks;
        return m_path;
    }
    const auto other =
        std::mismatch(blocks.begin(), blocks.end(), m_blockPath.begin(), m_blockPath.end()).first;
    const auto same = static_cast<std::size_t>(other - blocks.begin());
    std::size_t begin = same > 2 * again ? same - again : 0;
    // The last pixel of the old way in the block from which it is found anew.
    const auto kept = begin > 0
                          ? std::find_if(m_path.rbegin(), m_path.rend(),
                                         [&](const Pixel& pixel) { return blockOf(pixel) == blocks[begin]; })
                          : m_path.rend();
    Path path(m_path.begin(), kept.base());
    begin = path.empty() ? 0 : begin;
    const Pixel from = path.empty() ? m_from : path.back();
    const auto rest = within(std::span(blocks).subspan(begin), from, to);
    path.insert(path.end(), rest.begin() + (path.empty() ? 0 : 1), rest.end());
    m_blockPath = blocks;
    m_path = std::move(path);
    return m_path;
}

BlockPaths::Path BlockPaths::within(std::span<const Pixel> blocks, Pixel from, Pixel to) const {
    const Framed pixels = m_surface->framed();
    const int side = m_blocks->side();
    Pixel low = blocks.front();
    Pixel high = low;
    for (const Pixel& block : blocks) {
        low = {std::min(low.column, block.column), std::min(low.row, block.row)};
        high = {std::max(high.column, block.column), std::max(high.row, block.row)};
    }
    // In pixels, with the blocks beside.
    const int left = std::max(0, (low.column - 1) * side);
    const int top = std::max(0, (low.row - 1) * side);
    const int columns = std::min(pixels.columns, (high.column + 2) * side) - left;
    const int rows = std::min(pixels.rows, (high.row + 2) * side) - top;
    const auto width = static_cast<std::size_t>(columns) + 2;
    const std::size_t size = width * (static_cast<std::size_t>(rows) + 2);
    const auto costs = zeros<std::uint8_t>(size);
    const auto looks = zeros<Look>(size);
    for (const Pixel& block : blocks) {
        const int begin = std::max(left, (block.column - 1) * side);
        const int end = std::min(left + columns, (block.column + 2) * side);
        const int last = std::min(top + rows, (block.row + 2) * side);
        for (int row = std::max(top, (block.row - 1) * side); row < last; ++row) {
            const std::size_t there = pixels.index(begin, row);
            const std::size_t here = (static_cast<std::size_t>(row - top) + 1) * width +
                                     static_cast<std::size_t>(begin - left) + 1;
            std::copy_n(pixels.costs.data() + there, end - begin, costs.get() + here);
            std::copy_n(pixels.looks.data() + there, end - begin, looks.get() + here);
        }
    }
    PathSearch search({{costs.get(), size}, {looks.get(), size}, columns, rows},
                      {from.column - left, from.row - top}, m_stepCosts);
    const Pixel end{to.column - left, to.row - top};
    search.grow(size, end);
    auto path = search.pathTo(end);
    for (Pixel& pixel : path) {
        pixel = {pixel.column + left, pixel.row + top};
    }
    return path;
}

} // namespace nunatak::wire
