// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "raster/raster_reader.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace nunatak::raster {

class BlockStore;
class ReadPlan;

struct CacheLimits {
    /// Decoded pixels that are kept. Two rows of 1024² blocks of six 16-bit bands of a Sentinel-2 tile, which
    /// a sweep with overlapping windows needs at once, are 264 MiB.
    std::size_t bytes = std::size_t(384) << 20;
    int localThreads = 0;   ///< that decode files of this machine; 0: as many as cores
    int remoteThreads = 32; ///< that fetch over the network: as many requests are under way at once
};

struct ReadStatistics {
    std::size_t bytes = 0;     ///< in the cache now, those being read counted
    std::size_t mostBytes = 0; ///< at any time
    std::uint64_t blocksDecoded = 0;
    std::uint64_t bytesDecoded = 0;
    std::uint64_t blocksFound = 0; ///< that were there when they were asked for
};

/// While this is held, windows that will be read are fetched in advance, and blocks that will be read again
/// stay rather than others.
class LookAhead {
public:
    LookAhead() = default;
    LookAhead(std::shared_ptr<BlockStore> store, std::shared_ptr<ReadPlan> plan);
    ~LookAhead();
    LookAhead(LookAhead&&) noexcept = default;
    LookAhead& operator=(LookAhead&& other) noexcept;

    /// This step is read now, those before it are done with. Callable from several threads.
    void reached(std::size_t step) const;

private:
    std::shared_ptr<BlockStore> m_store;
    std::shared_ptr<ReadPlan> m_plan;
};

/// Readers of several files for several threads, which share decoded blocks and the threads that decode them.
/// A thread borrows a reader for a while, and nobody else has it meanwhile.
class ReaderPool {
public:
    explicit ReaderPool(const CacheLimits& limits = {});
    ~ReaderPool();

    /// Runs `work` with a reader of `path` that no other thread uses; a file that changed on the disk is
    /// opened anew. Throws what opening and `work` throw, Cancelled.
    template <typename Result>
    Result with(const std::string& path, const std::function<Result(const RasterReader&)>& work,
                const std::stop_token& stop = {}) {
        auto reader = borrow(path, stop);
        // Handed back only after success: a reader whose file failed is opened anew next time.
        if constexpr (std::is_void_v<Result>) {
            work(*reader);
            giveBack(path, std::move(reader));
        } else {
            Result result = work(*reader);
            giveBack(path, std::move(reader));
            return result;
        }
    }

    /// What will be read: one list of requests per step, in the order of reading. Throws Error when a file
    /// cannot be opened, Cancelled.
    LookAhead lookAhead(const std::vector<std::vector<ReadRequest>>& steps, const std::stop_token& stop = {});

    /// Lets go of decoded pixels that nobody has announced to read, when other work needs the memory.
    void dropUnneeded();

    ReadStatistics statistics() const;

private:
    std::unique_ptr<RasterReader> borrow(const std::string& path, const std::stop_token& stop);
    void giveBack(const std::string& path, std::unique_ptr<RasterReader> reader);

    std::shared_ptr<BlockStore> m_store;
    std::mutex m_mutex;
    std::map<std::string, std::vector<std::unique_ptr<RasterReader>>> m_idle;
};

} // namespace nunatak::raster
