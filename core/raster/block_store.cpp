// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/block_store.h"

#include "base/error.h"
#include "raster/open_datasets.h"
#include "raster/source_dataset.h"

#include <algorithm>

#include <malloc.h>

namespace nunatak::raster {

using State = CachedBlock::State;

namespace {

/// Over a network a request costs the same whether it brings one block or some.
bool isWorthMore(std::span<const CachedBlockPointer> blocks) {
    constexpr std::size_t mostBytes = std::size_t(1) << 20;
    const CachedBlock& first = *blocks.front();
    return first.file->layout.remote && (blocks.size() + 1) * first.bytes <= mostBytes;
}

bool continues(std::span<const CachedBlockPointer> blocks, const BlockKey& key) {
    BlockKey next = blocks.back()->key;
    ++next.column;
    return key == next;
}

} // namespace

BlockStore::BlockStore(const CacheLimits& limits) : m_cache(limits.bytes) {
    initialiseGdal();
    m_local.most =
        std::max(1, limits.localThreads > 0 ? limits.localThreads
                                            : static_cast<int>(std::thread::hardware_concurrency()));
    m_remote.most = std::max(1, limits.remoteThreads);
}

BlockStore::~BlockStore() = default;

SharedFilePointer BlockStore::open(const std::string& path, const std::stop_token& stop) {
    std::unique_lock lock(m_mutex);
    if (const auto found = m_files.find(path); found != m_files.end()) {
        const SharedFilePointer known = found->second;
        lock.unlock(); // a slow disk shall not hold up who reads other files
        const std::string state = withStates(stateOnDisk(path), known->layout.files);
        lock.lock();
        if (known->state == state) {
            return known;
        }
        forget(*known);
    }
    std::shared_ptr<Opening>& shared = m_openings[path];
    if (!shared) {
        shared = std::make_shared<Opening>();
        shared->path = path;
        enqueue(isRemotePath(path) ? m_remote : m_local, {{}, shared});
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
        enqueue(laneOf(*file), {{block}, nullptr});
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
            enqueue(laneOf(*file), {{std::move(block)}, nullptr});
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

void BlockStore::dropUnneeded() {
    {
        const std::lock_guard lock(m_mutex);
        m_cache.dropUnneeded([this](const BlockKey& key) { return nextUse(key); });
    }
    // What many threads took and gave back stays with the process otherwise.
    ::malloc_trim(0);
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
        if (!work.blocks.empty()) {
            readBlocks(work.blocks, datasets, lock);
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
        CachedBlock& block = *next->blocks.front();
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
        if (!begin(block, 0)) {
            return false; // until one of those being read is there
        }
        work = std::move(*next);
        lane.queue.erase(next);
        takeNeighbours(lane, work);
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
        const std::uint64_t distance = std::max<std::uint64_t>(1, plan->distance(candidate->step));
        if (begin(*block, distance)) {
            work.blocks.push_back(std::move(block));
            takeNeighboursAhead(*plan, distance, work);
            return true;
        }
        m_cache.drop(*block);
        plan->putBack(std::move(*candidate));
    }
    return false;
}

void BlockStore::takeNeighbours(Lane& lane, Work& work) {
    for (auto next = lane.queue.begin(); next != lane.queue.end() && isWorthMore(work.blocks);) {
        if (next->opening || next->blocks.front()->state != State::Wanted ||
            !continues(work.blocks, next->blocks.front()->key)) {
            ++next;
            continue;
        }
        if (!begin(*next->blocks.front(), 0)) {
            return;
        }
        work.blocks.push_back(std::move(next->blocks.front()));
        lane.queue.erase(next);
        next = lane.queue.begin();
    }
}

void BlockStore::takeNeighboursAhead(ReadPlan& plan, std::uint64_t distance, Work& work) {
    while (isWorthMore(work.blocks)) {
        auto candidate =
            plan.next([this](const BlockKey& key) { return m_cache.find(key) != nullptr; },
                      [&](const ReadPlan::Candidate& next) { return continues(work.blocks, next.key); });
        if (!candidate) {
            return;
        }
        auto block = m_cache.add(candidate->file, candidate->key);
        if (!begin(*block, distance)) {
            m_cache.drop(*block);
            plan.putBack(std::move(*candidate));
            return;
        }
        work.blocks.push_back(std::move(block));
    }
}

bool BlockStore::begin(CachedBlock& block, std::uint64_t distance) {
    return m_cache.begin(block, distance, [this](const BlockKey& key) { return nextUse(key); });
}

void BlockStore::readBlocks(std::span<const CachedBlockPointer> blocks, OpenDatasets& datasets,
                            std::unique_lock<std::mutex>& lock) {
    const SharedFilePointer file = blocks.front()->file;
    lock.unlock();
    std::vector<BlockKey> keys;
    for (const auto& block : blocks) {
        keys.push_back(block->key);
    }
    std::vector<BlockDataset::Pixels> pixels;
    std::string error;
    try {
        pixels = datasets.get(file).read(file->layout, keys);
    } catch (const std::bad_alloc&) {
        error = "There is not enough memory to read a block of \"" + file->path + "\"; close other programs.";
    } catch (const std::exception& failure) {
        error = failure.what();
        datasets.close(*file);
    }
    lock.lock();
    if (!error.empty() && blocks.size() > 1) {
        // It may be the fault of one of them.
        for (const auto& block : blocks) {
            readBlocks({&block, 1}, datasets, lock);
        }
        return;
    }
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (error.empty()) {
            ++m_statistics.blocksDecoded;
            m_statistics.bytesDecoded += blocks[i]->bytes;
            m_cache.finish(*blocks[i], std::move(pixels[i]));
        } else {
            m_cache.fail(*blocks[i], error);
            forget(*file);
        }
    }
}

void BlockStore::openFile(Opening& opening, OpenDatasets& datasets, std::unique_lock<std::mutex>& lock) {
    auto file = std::make_shared<SharedFile>();
    file->path = opening.path;
    file->id = ++m_lastFile;
    lock.unlock();
    std::string error;
    try {
        datasets.closeOld();
        std::string state = stateOnDisk(file->path);
        SourceDataset dataset(file->path);
        file->layout = dataset.layout();
        file->state = withStates(std::move(state), file->layout.files);
        datasets.keep(file, std::make_unique<BlockDataset>(std::move(dataset).release()));
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
