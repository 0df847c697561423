// SPDX-License-Identifier: GPL-3.0-or-later
#include "outlines/outline_set.h"

#include "geo/shape_operations.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <unordered_map>

namespace nunatak::outlines {

namespace {

struct Cell {
    std::int64_t column = 0;
    std::int64_t row = 0;
    bool operator==(const Cell&) const = default;
};

struct CellHash {
    std::size_t operator()(const Cell& cell) const {
        // Two odd constants spread neighbouring cells over the table.
        return static_cast<std::size_t>(static_cast<std::uint64_t>(cell.column) * 0x9E3779B97F4A7C15ULL ^
                                        static_cast<std::uint64_t>(cell.row) * 0xC2B2AE3D27D4EB4FULL);
    }
};

/// Extents of one order of magnitude in square cells that are at least as large as they, each in the cell of
/// its middle: whatever touches an area has its middle within half a cell of it.
struct Level {
    std::unordered_map<Cell, std::vector<OutlineHandle>, CellHash> cells;
    std::size_t entries = 0;
};

/// A loose grid for each power of two, so that small and large outlines alike are put, removed and found at
/// once.
class Index {
public:
    void put(const OutlineHandle& outline) {
        const int key = levelOf(outline->extent());
        Level& level = m_levels[key];
        level.cells[cellOf(key, outline->extent().center())].push_back(outline);
        ++level.entries;
    }

    void remove(const OutlineHandle& outline) {
        const int key = levelOf(outline->extent());
        const auto level = m_levels.find(key);
        const auto cell = level->second.cells.find(cellOf(key, outline->extent().center()));
        std::erase(cell->second, outline);
        if (cell->second.empty()) {
            level->second.cells.erase(cell);
        }
        if (--level->second.entries == 0) {
            m_levels.erase(level);
        }
    }

    template <typename Take> void visit(const geo::Extent& area, const Take& take) const {
        for (const auto& [key, level] : m_levels) {
            const double size = std::ldexp(1.0, key);
            const geo::Extent reach = area.grown(size / 2);
            const double columns = std::floor(reach.xmax / size) - std::floor(reach.xmin / size) + 1;
            const double rows = std::floor(reach.ymax / size) - std::floor(reach.ymin / size) + 1;
            if (!(columns * rows < static_cast<double>(level.cells.size()))) {
                for (const auto& [cell, entries] : level.cells) {
                    takeFrom(entries, area, take);
                }
                continue;
            }
            const Cell first = cellOf(key, {reach.xmin, reach.ymin});
            const Cell last = cellOf(key, {reach.xmax, reach.ymax});
            for (Cell cell = first; cell.row <= last.row; ++cell.row) {
                for (cell.column = first.column; cell.column <= last.column; ++cell.column) {
                    if (const auto found = level.cells.find(cell); found != level.cells.end()) {
                        takeFrom(found->second, area, take);
                    }
                }
            }
        }
    }

private:
    static int levelOf(const geo::Extent& extent) {
        constexpr double smallest = 1e-6;
        return std::ilogb(std::max({extent.width(), extent.height(), smallest})) + 1;
    }

    static Cell cellOf(int key, geo::Point point) {
        const double size = std::ldexp(1.0, key);
        return {static_cast<std::int64_t>(std::floor(point.x / size)),
                static_cast<std::int64_t>(std::floor(point.y / size))};
    }

    template <typename Take>
    static void takeFrom(const std::vector<OutlineHandle>& entries, const geo::Extent& area,
                         const Take& take) {
        for (const OutlineHandle& outline : entries) {
            if (outline->extent().intersects(area)) {
                take(outline);
            }
        }
    }

    std::map<int, Level> m_levels;
};

bool hasPlace(const geo::Extent& extent) {
    return !extent.empty() && std::isfinite(extent.width()) && std::isfinite(extent.height());
}

} // namespace

struct OutlineSet::Impl {
    struct Entry {
        Handle outline;
        std::uint64_t place = 0; ///< grows with each outline that is new
    };
    std::map<std::string, Entry> byUuid;
    std::uint64_t nextPlace = 0;
    Index index;
};

OutlineSet::OutlineSet() : m_impl(std::make_shared<Impl>()) {}
OutlineSet::~OutlineSet() = default;
OutlineSet::OutlineSet(const OutlineSet& other) : m_impl(other.m_impl), m_isShared(true) {
    other.m_isShared = true;
}
OutlineSet::OutlineSet(OutlineSet&&) noexcept = default;
OutlineSet& OutlineSet::operator=(const OutlineSet& other) {
    if (this != &other) {
        m_impl = other.m_impl;
        m_isShared = other.m_isShared = true;
    }
    return *this;
}
OutlineSet& OutlineSet::operator=(OutlineSet&&) noexcept = default;

OutlineSet::Impl& OutlineSet::own() {
    // Whether the copies are gone by now cannot be told from here without waiting for their threads.
    if (m_isShared) {
        m_impl = std::make_shared<Impl>(*m_impl);
        m_isShared = false;
    }
    return *m_impl;
}

std::size_t OutlineSet::size() const {
    return m_impl->byUuid.size();
}

OutlineSet::Handle OutlineSet::find(const std::string& uuid) const {
    const auto found = m_impl->byUuid.find(uuid);
    return found == m_impl->byUuid.end() ? nullptr : found->second.outline;
}

std::vector<OutlineSet::Handle> OutlineSet::all() const {
    std::vector<const Impl::Entry*> entries;
    entries.reserve(size());
    for (const auto& [uuid, entry] : m_impl->byUuid) {
        entries.push_back(&entry);
    }
    std::sort(entries.begin(), entries.end(),
              [](const Impl::Entry* a, const Impl::Entry* b) { return a->place < b->place; });
    std::vector<Handle> outlines;
    outlines.reserve(entries.size());
    for (const Impl::Entry* entry : entries) {
        outlines.push_back(entry->outline);
    }
    return outlines;
}

std::vector<OutlineSet::Handle> OutlineSet::in(const geo::Extent& extent) const {
    std::vector<Handle> outlines;
    if (!extent.empty()) {
        m_impl->index.visit(extent, [&](const Handle& outline) { outlines.push_back(outline); });
    }
    std::sort(outlines.begin(), outlines.end(),
              [](const Handle& a, const Handle& b) { return a->uuid < b->uuid; });
    return outlines;
}

OutlineSet::Handle OutlineSet::at(geo::Point point) const {
    Handle smallest;
    double smallestArea = 0;
    for (const Handle& outline : in({point.x, point.y, point.x, point.y})) {
        if (!geo::contains(outline->geometry, point)) {
            continue;
        }
        const double area = geo::planarArea(outline->geometry);
        if (!smallest || area < smallestArea) {
            smallest = outline;
            smallestArea = area;
        }
    }
    return smallest;
}

geo::Extent OutlineSet::extent() const {
    geo::Extent extent;
    for (const auto& [uuid, entry] : m_impl->byUuid) {
        if (hasPlace(entry.outline->extent())) {
            extent.include(entry.outline->extent());
        }
    }
    return extent;
}

void OutlineSet::put(Handle outline) {
    Impl& impl = own();
    const auto [place, isNew] = impl.byUuid.try_emplace(outline->uuid);
    Handle& known = place->second.outline;
    if (isNew) {
        place->second.place = impl.nextPlace++;
    }
    if (!isNew && hasPlace(known->extent())) {
        impl.index.remove(known);
    }
    if (hasPlace(outline->extent())) {
        impl.index.put(outline);
    }
    known = std::move(outline);
}

void OutlineSet::remove(const std::string& uuid) {
    Impl& impl = own();
    const auto found = impl.byUuid.find(uuid);
    if (found == impl.byUuid.end()) {
        return;
    }
    if (hasPlace(found->second.outline->extent())) {
        impl.index.remove(found->second.outline);
    }
    impl.byUuid.erase(found);
}

} // namespace nunatak::outlines
