// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/block_paths.h"

#include "wire/zeros.h"

#include <algorithm>
#include <utility>

namespace nunatak::wire {

namespace {

/// Blocks before the first other one from which the pixels are found anew: so far a way may be another one.
constexpr std::size_t again = 32;

int sideFor(const geo::Grid& grid) {
    const auto size = static_cast<std::size_t>(grid.columns) * static_cast<std::size_t>(grid.rows);
    int side = 1;
    while (size / static_cast<std::size_t>(side * side) > BlockPaths::mostBlocks) {
        side *= 2;
    }
    return side;
}

} // namespace

BlockPaths::BlockPaths(std::shared_ptr<const CostSurface> surface, Pixel from)
    : BlockPaths(surface, from, sideFor(surface->grid())) {}

BlockPaths::BlockPaths(std::shared_ptr<const CostSurface> surface, Pixel from, int side)
    : m_surface(std::move(surface)), m_from(from), m_side(side) {}

int BlockPaths::columns() const {
    return (m_surface->grid().columns + m_side - 1) / m_side;
}

std::span<const std::uint8_t> BlockPaths::framed() {
    if (m_side == 1) {
        return m_surface->framed();
    }
    if (m_framed.empty()) {
        const auto& grid = m_surface->grid();
        const auto width = static_cast<std::size_t>(columns()) + 2;
        const int rows = (grid.rows + m_side - 1) / m_side;
        m_framed.assign(width * (static_cast<std::size_t>(rows) + 2), 0);
        for (int row = 0; row < grid.rows; ++row) {
            const std::uint8_t* from = m_surface->framed().data() + m_surface->framedIndex(0, row);
            std::uint8_t* to = m_framed.data() + (static_cast<std::size_t>(row / m_side) + 1) * width + 1;
            for (int column = 0; column < grid.columns; ++column) {
                std::uint8_t& block = to[column / m_side];
                block = block == 0 ? from[column] : std::min(block, from[column]);
            }
        }
    }
    return m_framed;
}

const BlockPaths::Path& BlockPaths::along(const Path& blocks, Pixel to) {
    if (m_side == 1) {
        m_path = blocks;
        return m_path;
    }
    const auto other = std::mismatch(blocks.begin(), blocks.end(), m_blocks.begin(), m_blocks.end()).first;
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
    m_blocks = blocks;
    m_path = std::move(path);
    return m_path;
}

BlockPaths::Path BlockPaths::within(std::span<const Pixel> blocks, Pixel from, Pixel to) const {
    const auto& grid = m_surface->grid();
    Pixel low = blocks.front();
    Pixel high = low;
    for (const Pixel& block : blocks) {
        low = {std::min(low.column, block.column), std::min(low.row, block.row)};
        high = {std::max(high.column, block.column), std::max(high.row, block.row)};
    }
    // In pixels, with the blocks beside.
    const int left = std::max(0, (low.column - 1) * m_side);
    const int top = std::max(0, (low.row - 1) * m_side);
    const int columns = std::min(grid.columns, (high.column + 2) * m_side) - left;
    const int rows = std::min(grid.rows, (high.row + 2) * m_side) - top;
    const auto width = static_cast<std::size_t>(columns) + 2;
    const std::size_t size = width * (static_cast<std::size_t>(rows) + 2);
    const auto open = zeros<std::uint8_t>(size);
    for (const Pixel& block : blocks) {
        const int begin = std::max(left, (block.column - 1) * m_side);
        const int end = std::min(left + columns, (block.column + 2) * m_side);
        const int last = std::min(top + rows, (block.row + 2) * m_side);
        for (int row = std::max(top, (block.row - 1) * m_side); row < last; ++row) {
            std::copy_n(m_surface->framed().data() + m_surface->framedIndex(begin, row), end - begin,
                        open.get() + (static_cast<std::size_t>(row - top) + 1) * width +
                            static_cast<std::size_t>(begin - left) + 1);
        }
    }
    PathSearch search({open.get(), size}, columns, {from.column - left, from.row - top});
    const Pixel end{to.column - left, to.row - top};
    search.grow(size, end);
    auto path = search.pathTo(end);
    for (Pixel& pixel : path) {
        pixel = {pixel.column + left, pixel.row + top};
    }
    return path;
}

} // namespace nunatak::wire
