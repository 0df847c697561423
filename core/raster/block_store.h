// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "raster/block_cache.h"
#include "raster/read_plan.h"
#include "raster/reader_pool.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace nunatak::raster {

class OpenDatasets;

/// Decoded blocks of all rasters, read by threads that have their own GDAL datasets; each block is decoded
/// once as long as it fits. Callable from several threads.
class BlockStore {
public:
    explicit BlockStore(const CacheLimits& limits);
    /// Waits for the blocks being read.
    ~BlockStore();
    BlockStore(const BlockStore&) = delete;
    BlockStore& operator=(const BlockStore&) = delete;

    /// What the raster is; opened when it is not known or has changed on the disk. Throws Error, Cancelled.
    SharedFilePointer open(const std::string& path, const std::stop_token& stop);
    /// Stored numbers of a block. Throws Error when it cannot be read, Cancelled at once when stopped.
    BlockPixels block(const SharedFilePointer& file, const BlockKey& key, const std::stop_token& stop);
    /// These will be asked for right away, in this order.
    void announce(const SharedFilePointer& file, std::span<const BlockKey> keys, const std::stop_token& stop);
    /// These may be read ahead as long as the plan is there and no read waits.
    void add(const std::shared_ptr<ReadPlan>& plan);
    void remove(const std::shared_ptr<ReadPlan>& plan);
    void reached(ReadPlan& plan, std::size_t step);

    /// Lets go of blocks that no plan holds.
    void dropUnneeded();

    std::size_t announcedBytes() const { return m_cache.limit() / 4; }
    ReadStatistics statistics() const;

private:
    struct Opening {
        std::string path;
        SharedFilePointer file; ///< when it went well
        std::string error;      ///< when it did not
    };
    /// Something a thread shall do: read blocks side by side or open a file.
    struct Work {
        std::vector<CachedBlockPointer> blocks;
        std::shared_ptr<Opening> opening;
    };
    /// Threads for files of one kind: as many as there are cores, or as many as requests should be under way.
    struct Lane {
        int most = 1;
        int idle = 0;
        std::deque<Work> queue;
        std::condition_variable_any wake;
        std::vector<std::jthread> threads;
    };

    Lane& laneOf(const SharedFile& file) { return file.layout.remote ? m_remote : m_local; }
    void enqueue(Lane& lane, Work work);
    void addThreads(Lane& lane, std::size_t wanted);
    void serve(Lane& lane, bool isFirst, const std::stop_token& end);
    bool take(Lane& lane, bool isFirst, Work& work);
    bool takeAhead(Lane& lane, bool isFirst, Work& work);
    void takeNeighbours(Lane& lane, Work& work);
    void takeNeighboursAhead(ReadPlan& plan, std::uint64_t distance, Work& work);
    bool begin(CachedBlock& block, std::uint64_t distance);
    void readBlocks(std::span<const CachedBlockPointer> blocks, OpenDatasets& datasets,
                    std::unique_lock<std::mutex>& lock);
    void openFile(Opening& opening, OpenDatasets& datasets, std::unique_lock<std::mutex>& lock);
    void forget(const SharedFile& file);
    std::uint64_t nextUse(const BlockKey& key) const;

    mutable std::mutex m_mutex;
    std::condition_variable_any m_done; ///< a block or a file is there, or failed
    BlockCache m_cache;
    ReadStatistics m_statistics;
    std::uint64_t m_lastFile = 0;
    std::map<std::string, SharedFilePointer> m_files;
    std::map<std::string, std::shared_ptr<Opening>> m_openings;
    std::vector<std::shared_ptr<ReadPlan>> m_plans;
    Lane m_local;
    Lane m_remote; // lanes last: their threads end before anything else goes
};

} // namespace nunatak::raster
