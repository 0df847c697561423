// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "raster/file_layout.h"

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <stop_token>
#include <string>
#include <unordered_map>

namespace nunatak::raster {

/// A raster as it was when it was opened; any thread may look at it.
struct SharedFile {
    std::uint64_t id = 0;
    std::string path;
    std::string state; ///< changes when the file on the disk does; empty where that cannot be known
    FileLayout layout;
};
using SharedFilePointer = std::shared_ptr<const SharedFile>;

struct BlockKeyHash {
    std::size_t operator()(const BlockKey& key) const;
};

using BlockPixels = std::shared_ptr<const unsigned char[]>;

/// A block that somebody wants or has read.
struct CachedBlock {
    enum class State { Wanted, BeingRead, There, Failed };

    SharedFilePointer file;
    BlockKey key;
    std::size_t bytes = 0;
    State state = State::Wanted;
    BlockPixels pixels;
    std::string error;        ///< of a failed one
    int waiting = 0;          ///< threads that wait for it: it is not let go
    std::stop_token askedFor; ///< of who announced it; a stopped one no longer wants it
    std::uint64_t lastUse = 0;
};
using CachedBlockPointer = std::shared_ptr<CachedBlock>;

/// Decoded blocks up to a number of bytes; those being read count. What is needed soonest stays, of the rest
/// what was used last. Not for several threads at once: BlockStore holds its lock.
class BlockCache {
public:
    static constexpr std::uint64_t never = std::numeric_limits<std::uint64_t>::max();
    /// Steps until a block will be read, never if that is not known.
    using NextUse = std::function<std::uint64_t(const BlockKey&)>;

    explicit BlockCache(std::size_t limit) : m_limit(limit) {}

    CachedBlockPointer find(const BlockKey& key) const;
    /// A wanted block that is not there yet.
    CachedBlockPointer add(SharedFilePointer file, const BlockKey& key);
    /// Counts a block as being read. False when there is no room and none can be made by letting go blocks
    /// that are needed later than in twice `distance` steps.
    bool begin(CachedBlock& block, std::uint64_t distance, const NextUse& nextUse);
    void finish(CachedBlock& block, BlockPixels pixels);
    void fail(CachedBlock& block, std::string error);
    void touch(CachedBlock& block) { block.lastUse = ++m_clock; }
    /// A block that nobody wants any more.
    void drop(const CachedBlock& block);
    /// All blocks that are not known to be needed.
    void dropUnneeded(const NextUse& nextUse);
    /// All blocks of a file; those being read are not kept when they come.
    void dropFile(std::uint64_t file);

    std::size_t limit() const { return m_limit; }
    std::size_t bytes() const { return m_bytes; }
    std::size_t mostBytes() const { return m_mostBytes; }
    int beingRead() const { return m_beingRead; }

private:
    bool makeRoom(std::size_t bytes, std::uint64_t distance, const NextUse& nextUse);

    std::size_t m_limit;
    std::size_t m_bytes = 0;
    std::size_t m_mostBytes = 0;
    int m_beingRead = 0;
    std::uint64_t m_clock = 0;
    std::unordered_map<BlockKey, CachedBlockPointer, BlockKeyHash> m_blocks;
};

} // namespace nunatak::raster
