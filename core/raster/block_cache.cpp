// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/block_cache.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace nunatak::raster {

std::size_t BlockKeyHash::operator()(const BlockKey& key) const {
    std::uint64_t hash = key.file;
    for (const int part : {key.plane, key.level, key.column, key.row}) {
        hash = (hash ^ static_cast<std::uint32_t>(part)) * 0x9E3779B97F4A7C15ULL;
        hash ^= hash >> 29;
    }
    return static_cast<std::size_t>(hash);
}

CachedBlockPointer BlockCache::find(const BlockKey& key) const {
    const auto found = m_blocks.find(key);
    return found != m_blocks.end() ? found->second : nullptr;
}

CachedBlockPointer BlockCache::add(SharedFilePointer file, const BlockKey& key) {
    auto block = std::make_shared<CachedBlock>();
    block->bytes = file->layout.bytesOf(key);
    block->file = std::move(file);
    block->key = key;
    m_blocks[key] = block;
    return block;
}

bool BlockCache::begin(CachedBlock& block, std::uint64_t distance, const NextUse& nextUse) {
    // A block larger than the whole cache comes alone, when nothing is being read or waits to be taken.
    if (!makeRoom(block.bytes, distance, nextUse) && (distance > 0 || m_bytes > 0)) {
        return false;
    }
    block.state = CachedBlock::State::BeingRead;
    ++m_beingRead;
    m_bytes += block.bytes;
    m_mostBytes = std::max(m_mostBytes, m_bytes);
    return true;
}

void BlockCache::finish(CachedBlock& block, BlockPixels pixels) {
    block.state = CachedBlock::State::There;
    block.pixels = std::move(pixels);
    --m_beingRead;
    touch(block);
    if (find(block.key).get() != &block) { // its file was dropped meanwhile
        m_bytes -= block.bytes;
    }
}

void BlockCache::fail(CachedBlock& block, std::string error) {
    block.state = CachedBlock::State::Failed;
    block.error = std::move(error);
    --m_beingRead;
    m_bytes -= block.bytes;
    drop(block);
}

void BlockCache::drop(const CachedBlock& block) {
    if (const auto found = m_blocks.find(block.key);
        found != m_blocks.end() && found->second.get() == &block) {
        m_blocks.erase(found);
    }
}

void BlockCache::dropUnneeded(const NextUse& nextUse) {
    std::erase_if(m_blocks, [&](const auto& entry) {
        const CachedBlock& block = *entry.second;
        const bool unneeded =
            block.state == CachedBlock::State::There && block.waiting == 0 && nextUse(block.key) == never;
        m_bytes -= unneeded ? block.bytes : 0;
        return unneeded;
    });
}

void BlockCache::dropFile(std::uint64_t file) {
    std::erase_if(m_blocks, [&](const auto& entry) {
        if (entry.first.file != file) {
            return false;
        }
        if (entry.second->state == CachedBlock::State::There) {
            m_bytes -= entry.second->bytes;
        }
        return true;
    });
}

bool BlockCache::makeRoom(std::size_t bytes, std::uint64_t distance, const NextUse& nextUse) {
    if (m_bytes + bytes <= m_limit) {
        return true;
    }
    struct Candidate {
        std::uint64_t nextUse;
        std::uint64_t lastUse;
        CachedBlock* block;
    };
    std::vector<Candidate> candidates;
    for (const auto& [key, block] : m_blocks) {
        if (block->state == CachedBlock::State::There && block->waiting == 0) {
            const std::uint64_t next = nextUse(key);
            // What is read now goes before everything. What is only expected waits for a place that nothing
            // needs twice as soon: letting a block go too early costs decoding it again.
            if (distance == 0 || next / 2 > distance) {
                candidates.push_back({next, block->lastUse, block.get()});
            }
        }
    }
    std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
        return a.nextUse != b.nextUse ? a.nextUse > b.nextUse : a.lastUse < b.lastUse;
    });
    for (const Candidate& candidate : candidates) {
        // Some more than needed, so that not every block costs a look at all of them; less of what will be
        // read again.
        const std::size_t more = m_limit / (candidate.nextUse == never ? 16 : 64);
        const bool enough = m_bytes + bytes <= m_limit;
        if (m_bytes + bytes + more <= m_limit || (enough && candidate.block->bytes > more)) {
            break;
        }
        m_bytes -= candidate.block->bytes;
        m_blocks.erase(BlockKey(candidate.block->key));
    }
    return m_bytes + bytes <= m_limit;
}

} // namespace nunatak::raster
