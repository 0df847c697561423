// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/block_store.h"

#include "base/error.h"
#include "raster/open_datasets.h"

#include <algorithm>

namespace nunatak::raster {

using State = CachedBlock::State;

BlockStore::BlockStore(const CacheLimits& limits) : m_cache(limits.bytes) {
    initialiseGdal();
    m_local.most =
        std::max(1, limits.localThreads > 0 ? limits.localThreads
                                            : static_cast<int>(std::thread::hardware_concurrency()));
    m_remote.most = std::max(1, limits.remoteThreads);
}

BlockStore::~BlockStore() = default;

SharedFilePointer BlockStore::open(const std::string& path, const std::stop_token& stop) {
    const std::string state = stateOnDisk(path);
    std::unique_lock lock(m_mutex);
    if (const auto known = m_files.find(path); known != m_files.end()) {
        if (known->second->state == state) {
            return known->second;
        }
        forget(*SharedFilePointer(known->second));
    }
    std::shared_ptr<Opening>& shared = m_openings[path];
    if (!shared) {
        shared = std::make_shared<Opening>();
        shared->path = path;
        enqueue(isRemotePath(path) ? m_remote : m_local, {nullptr, shared});
    }
    const std::shared_ptr<Opening> opening = shared;
    if (!m_done.wait(lock, stop, [&] { return opening->file || !opening->error.empty(); })) {
        throw Cancelled();
    }
    if (!opening->file) {
        throw Error(opening->error);
    }
    return opening->file;
}

BlockPixels BlockStore::block(const SharedFilePointer& file, const BlockKey& key,
                              const std::stop_token& stop) {
    std::unique_lock lock(m_mutex);
    CachedBlockPointer block = m_cache.find(key);
    if (block && block->state == State::There) {
        ++m_statistics.blocksFound;
        m_cache.touch(*block);
        return block->pixels;
    }
    if (!block) {
        block = m_cache.add(file, key);
        enqueue(laneOf(*file), {block, nullptr});
    }
    ++block->waiting;
    const bool done = m_done.wait(
        lock, stop, [&] { return block->state == State::There || block->state == State::Failed; });
    --block->waiting;
    if (block->waiting == 0 && block->state == State::There) {
        m_local.wake.notify_all(); // it can be let go for others now
        m_remote.wake.notify_all();
    }
    if (!done) {
        if (block->waiting == 0 && block->state == State::Wanted) {
            block->state = State::Failed;
            m_cache.drop(*block);
        }
        throw Cancelled();
    }
    if (block->state == State::Failed) {
        throw Error(block->error);
    }
    return block->pixels;
}

void BlockStore::announce(const SharedFilePointer& file, std::span<const BlockKey> keys,
                          const std::stop_token& stop) {
    const std::lock_guard lock(m_mutex);
    for (const BlockKey& key : keys) {
        CachedBlockPointer block = m_cache.find(key);
        if (!block) {
            block = m_cache.add(file, key);
            block->askedFor = stop;
            enqueue(laneOf(*file), {std::move(block), nullptr});
        } else if (block->state == State::There) {
            m_cache.touch(*block);
        }
    }
}

void BlockStore::add(const std::shared_ptr<ReadPlan>& plan) {
    const std::lock_guard lock(m_mutex);
    m_plans.push_back(plan);
    for (Lane* lane : {&m_local, &m_remote}) {
        if (plan->reads(lane == &m_remote)) {
            addThreads(*lane, static_cast<std::size_t>(lane->most));
            lane->wake.notify_all();
        }
    }
}

void BlockStore::remove(const std::shared_ptr<ReadPlan>& plan) {
    const std::lock_guard lock(m_mutex);
    std::erase(m_plans, plan);
}

void BlockStore::reached(ReadPlan& plan, std::size_t step) {
    const std::lock_guard lock(m_mutex);
    plan.reached(step);
    m_local.wake.notify_all();
    m_remote.wake.notify_all();
}

ReadStatistics BlockStore::statistics() const {
    const std::lock_guard lock(m_mutex);
    ReadStatistics statistics = m_statistics;
    statistics.bytes = m_cache.bytes();
    statistics.mostBytes = m_cache.mostBytes();
    return statistics;
}

void BlockStore::enqueue(Lane& lane, Work work) {
    lane.queue.push_back(std::move(work));
    if (lane.queue.size() > static_cast<std::size_t>(lane.idle)) {
        addThreads(lane, lane.threads.size() + lane.queue.size() - static_cast<std::size_t>(lane.idle));
    }
    lane.wake.notify_all();
}

void BlockStore::addThreads(Lane& lane, std::size_t wanted) {
    while (lane.threads.size() < std::min(wanted, static_cast<std::size_t>(lane.most))) {
        const bool isFirst = lane.threads.empty();
        lane.threads.emplace_back(
            [this, &lane, isFirst](const std::stop_token& end) { serve(lane, isFirst, end); });
    }
}

void BlockStore::serve(Lane& lane, bool isFirst, const std::stop_token& end) {
    OpenDatasets datasets;
    std::unique_lock lock(m_mutex);
    while (!end.stop_requested()) {
        Work work;
        ++lane.idle;
        const bool found = lane.wake.wait(lock, end, [&] { return take(lane, isFirst, work); });
        --lane.idle;
        if (!found || end.stop_requested()) {
            return;
        }
        if (work.block) {
            readBlock(*work.block, datasets, lock);
        } else {
            openFile(*work.opening, datasets, lock);
        }
        m_done.notify_all();
    }
}

bool BlockStore::take(Lane& lane, bool isFirst, Work& work) {
    for (auto next = lane.queue.begin(); next != lane.queue.end();) {
        if (next->opening) {
            work = std::move(*next);
            lane.queue.erase(next);
            return true;
        }
        CachedBlock& block = *next->block;
        if (block.state == State::Wanted && block.waiting == 0 && block.askedFor.stop_requested()) {
            block.state = State::Failed;
            m_cache.drop(block);
        }
        if (block.state != State::Wanted) {
            next = lane.queue.erase(next);
            continue;
        }
        if (block.file->layout.sequential && !isFirst) {
            ++next;
            continue;
        }
        if (!m_cache.begin(block, 0, [this](const BlockKey& key) { return nextUse(key); })) {
            return false; // until one of those being read is there
        }
        work = std::move(*next);
        lane.queue.erase(next);
        return true;
    }
    return takeAhead(lane, isFirst, work);
}

bool BlockStore::takeAhead(Lane& lane, bool isFirst, Work& work) {
    for (const auto& plan : m_plans) {
        if (plan->isFull()) {
            continue;
        }
        auto candidate =
            plan->next([this](const BlockKey& key) { return m_cache.find(key) != nullptr; },
                       [&](const ReadPlan::Candidate& next) {
                           return &laneOf(*next.file) == &lane && (isFirst || !next.file->layout.sequential);
                       });
        if (!candidate) {
            continue;
        }
        auto block = m_cache.add(candidate->file, candidate->key);
        // At least 1: what a read waits for never goes for what is only expected.
        if (m_cache.begin(*block, std::max<std::uint64_t>(1, plan->distance(candidate->step)),
                          [this](const BlockKey& key) { return nextUse(key); })) {
            work.block = std::move(block);
            return true;
        }
        m_cache.drop(*block);
        plan->putBack(std::move(*candidate));
    }
    return false;
}

void BlockStore::readBlock(CachedBlock& block, OpenDatasets& datasets, std::unique_lock<std::mutex>& lock) {
    lock.unlock();
    std::shared_ptr<unsigned char[]> pixels;
    std::string error;
    try {
        pixels = std::make_shared_for_overwrite<unsigned char[]>(block.bytes);
        datasets.get(block.file).readBlock(block.file->layout, block.key, pixels.get());
    } catch (const std::bad_alloc&) {
        error = "There is not enough memory to read a block of \"" + block.file->path +
                "\"; close other programs.";
    } catch (const std::exception& failure) {
        error = failure.what();
        datasets.close(*block.file);
    }
    lock.lock();
    if (error.empty()) {
        ++m_statistics.blocksDecoded;
        m_statistics.bytesDecoded += block.bytes;
        m_cache.finish(block, std::move(pixels));
    } else {
        m_cache.fail(block, std::move(error));
        forget(*block.file);
    }
}

void BlockStore::openFile(Opening& opening, OpenDatasets& datasets, std::unique_lock<std::mutex>& lock) {
    auto file = std::make_shared<SharedFile>();
    file->path = opening.path;
    file->id = ++m_lastFile;
    lock.unlock();
    std::string error;
    try {
        file->state = stateOnDisk(file->path);
        auto dataset = std::make_unique<SourceDataset>(file->path);
        file->layout = dataset->layout();
        datasets.keep(file, std::move(dataset));
    } catch (const std::exception& failure) {
        error = failure.what();
    }
    lock.lock();
    m_openings.erase(opening.path);
    if (error.empty()) {
        m_files[file->path] = file;
        opening.file = std::move(file);
    } else {
        opening.error = std::move(error);
    }
}

void BlockStore::forget(const SharedFile& file) {
    const std::uint64_t id = file.id;
    if (const auto known = m_files.find(file.path); known != m_files.end() && known->second->id == id) {
        m_files.erase(known);
    }
    m_cache.dropFile(id);
}

std::uint64_t BlockStore::nextUse(const BlockKey& key) const {
    std::uint64_t next = BlockCache::never;
    for (const auto& plan : m_plans) {
        next = std::min(next, plan->distance(key));
    }
    return next;
}

} // namespace nunatak::raster
