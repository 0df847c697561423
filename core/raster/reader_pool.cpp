// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/reader_pool.h"

#include <utility>

namespace nunatak::raster {

namespace {

/// Open files kept for later, per raster: as many as threads are likely to read at once.
constexpr std::size_t keptPerFile = 8;

} // namespace

ReaderPool::ReaderPool() = default;
ReaderPool::~ReaderPool() = default;

std::unique_ptr<RasterReader> ReaderPool::borrow(const std::string& path) {
    {
        const std::lock_guard lock(m_mutex);
        auto idle = m_idle.find(path);
        if (idle != m_idle.end() && !idle->second.empty()) {
            auto reader = std::move(idle->second.back());
            idle->second.pop_back();
            return reader;
        }
    }
    // Opened outside of the lock: a slow disk shall not hold up readers of other files.
    return std::make_unique<RasterReader>(path);
}

void ReaderPool::giveBack(const std::string& path, std::unique_ptr<RasterReader> reader) {
    const std::lock_guard lock(m_mutex);
    auto& idle = m_idle[path];
    if (idle.size() < keptPerFile) {
        idle.push_back(std::move(reader));
    }
}

} // namespace nunatak::raster
