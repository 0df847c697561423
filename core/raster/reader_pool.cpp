// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/reader_pool.h"

#include "raster/block_store.h"

#include <algorithm>
#include <utility>

namespace nunatak::raster {

namespace {

/// Readers kept for later, per raster: as many as threads are likely to read at once.
constexpr std::size_t keptPerFile = 8;

/// The part of a level that a request is about.
geo::PixelWindow inside(const ReadRequest& request, const SharedFile& file) {
    const auto& layout = file.layout;
    const auto& level = layout.levelOf({0, request.bands.front(), request.overview + 1, 0, 0});
    const auto right =
        std::min<std::int64_t>(level.columns, std::int64_t(request.window.column) + request.window.columns);
    const auto bottom =
        std::min<std::int64_t>(level.rows, std::int64_t(request.window.row) + request.window.rows);
    geo::PixelWindow window;
    window.column = std::max(0, request.window.column);
    window.row = std::max(0, request.window.row);
    window.columns = static_cast<int>(std::max<std::int64_t>(0, right - window.column));
    window.rows = static_cast<int>(std::max<std::int64_t>(0, bottom - window.row));
    return window;
}

} // namespace

LookAhead::LookAhead(std::shared_ptr<BlockStore> store, std::shared_ptr<ReadPlan> plan)
    : m_store(std::move(store)), m_plan(std::move(plan)) {
    m_store->add(m_plan);
}

LookAhead::~LookAhead() {
    if (m_store && m_plan) {
        m_store->remove(m_plan);
    }
}

LookAhead& LookAhead::operator=(LookAhead&& other) noexcept {
    std::swap(m_store, other.m_store);
    std::swap(m_plan, other.m_plan);
    return *this;
}

void LookAhead::reached(std::size_t step) const {
    if (m_plan) {
        m_store->reached(*m_plan, step);
    }
}

ReaderPool::ReaderPool(const CacheLimits& limits) : m_store(std::make_shared<BlockStore>(limits)) {}
ReaderPool::~ReaderPool() = default;

LookAhead ReaderPool::lookAhead(const std::vector<std::vector<ReadRequest>>& steps,
                                const std::stop_token& stop) {
    std::map<std::string, SharedFilePointer> files;
    std::vector<ReadPlan::Part> parts;
    for (std::size_t step = 0; step < steps.size(); ++step) {
        for (const ReadRequest& request : steps[step]) {
            SharedFilePointer& file = files[request.path];
            if (!file) {
                file = m_store->open(request.path, stop);
            }
            file->layout.checkBands(request.bands);
            if (!request.bands.empty()) {
                parts.push_back({step, file, request.bands, request.overview, inside(request, *file)});
            }
        }
    }
    return {m_store, std::make_shared<ReadPlan>(std::move(parts))};
}

void ReaderPool::dropUnneeded() {
    m_store->dropUnneeded();
}

ReadStatistics ReaderPool::statistics() const {
    return m_store->statistics();
}

std::unique_ptr<RasterReader> ReaderPool::borrow(const std::string& path, const std::stop_token& stop) {
    // Outside of the lock: a slow disk shall not hold up readers of other files.
    const SharedFilePointer file = m_store->open(path, stop);
    {
        const std::lock_guard lock(m_mutex);
        auto& idle = m_idle[path];
        // Those of a file that is another one now go.
        std::erase_if(idle, [&](const auto& reader) { return !reader->reads(*file); });
        if (!idle.empty()) {
            auto reader = std::move(idle.back());
            idle.pop_back();
            return reader;
        }
    }
    return std::unique_ptr<RasterReader>(new RasterReader(m_store, file));
}

void ReaderPool::giveBack(const std::string& path, std::unique_ptr<RasterReader> reader) {
    const std::lock_guard lock(m_mutex);
    auto& idle = m_idle[path];
    if (idle.size() < keptPerFile) {
        idle.push_back(std::move(reader));
    }
}

} // namespace nunatak::raster
