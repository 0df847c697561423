// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "raster/block_cache.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <unordered_map>
#include <vector>

namespace nunatak::raster {

/// Windows that will be read one step after the other, seen as blocks. Not for several threads at once.
class ReadPlan {
public:
    struct Part {
        std::size_t step = 0;
        SharedFilePointer file;
        std::vector<int> bands;
        int overview = -1;
        geo::PixelWindow window; ///< inside the level
    };
    struct Candidate {
        SharedFilePointer file;
        BlockKey key;
        std::size_t step = 0;
    };

    /// Steps never decrease.
    explicit ReadPlan(std::vector<Part> parts);

    /// Steps before this one are done with.
    void reached(std::size_t step);
    /// Steps until the block is needed, BlockCache::never if it is not or too far ahead to tell.
    std::uint64_t distance(const BlockKey& key) const;
    std::uint64_t distance(std::size_t step) const { return step - m_position; }
    /// The next block ahead that `fits`, taken off the list; those that are `there` are taken off, too.
    std::optional<Candidate> next(const std::function<bool(const BlockKey&)>& there,
                                  const std::function<bool(const Candidate&)>& fits);
    /// The cache is full of what is needed sooner.
    void putBack(Candidate candidate);
    /// True when it has files of that kind.
    bool reads(bool remote) const;
    /// Since putBack() no step was reached.
    bool isFull() const { return m_isFull; }

private:
    void look();
    std::vector<BlockKey> blocksOf(const Part& part) const;

    std::vector<Part> m_parts;
    std::size_t m_first = 0;    ///< part that begins at the position or after it
    std::size_t m_seen = 0;     ///< parts whose blocks are in m_uses
    std::size_t m_position = 0; ///< step
    std::size_t m_useCount = 0;
    bool m_isFull = false;
    std::unordered_map<BlockKey, std::deque<std::size_t>, BlockKeyHash> m_uses;
    std::deque<Candidate> m_ahead;
};

} // namespace nunatak::raster
