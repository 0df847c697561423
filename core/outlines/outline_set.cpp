// SPDX-License-Identifier: GPL-3.0-or-later
#include "outlines/outline_set.h"

#include "outlines/sharded_map.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <set>
#include <utility>

namespace nunatak::outlines {

namespace {

/// A square of a grid whose side is a power of two.
struct Cell {
    int level = 0; ///< the exponent
    std::int64_t column = 0;
    std::int64_t row = 0;
    bool operator==(const Cell&) const = default;
};

struct CellHash {
    std::size_t operator()(const Cell& cell) const {
        // Odd constants spread neighbouring cells over the table, and the shift over its lowest bits.
        const std::uint64_t mixed = static_cast<std::uint64_t>(cell.column) * 0x9E3779B97F4A7C15ULL ^
                                    static_cast<std::uint64_t>(cell.row) * 0xC2B2AE3D27D4EB4FULL ^
                                    static_cast<std::uint64_t>(cell.level) * 0x165667B19E3779F9ULL;
        return static_cast<std::size_t>(mixed ^ mixed >> 32);
    }
};

/// A loose grid for each power of two, so that small and large outlines alike are put, removed and found at
/// once: extents of one order of magnitude are in square cells that are at least as large as they, each in
/// the cell of its middle, so that whatever touches an area has its middle within half a cell of it.
class Index {
public:
    void put(const OutlineHandle& outline, const Owner& owner) {
        const Cell cell = cellOf(outline->extent());
        auto& entries = m_cells.at(cell, owner);
        m_cellsOfLevel[cell.level] += entries.empty() ? 1 : 0;
        entries.push_back(outline);
    }

    void remove(const OutlineHandle& outline, const Owner& owner) {
        const Cell cell = cellOf(outline->extent());
        auto& entries = m_cells.at(cell, owner);
        std::erase(entries, outline);
        if (!entries.empty()) {
            return;
        }
        m_cells.erase(cell, owner);
        const auto level = m_cellsOfLevel.find(cell.level);
        if (--level->second == 0) {
            m_cellsOfLevel.erase(level);
        }
    }

    template <typename Take> void visit(const geo::Extent& area, const Take& take) const {
        // Asking for a few cells costs less than a walk over the cells of all levels.
        constexpr double few = 64;
        std::set<int> whole; // levels of which more cells would be asked for than there are
        for (const auto& [level, count] : m_cellsOfLevel) {
            const double size = std::ldexp(1.0, level);
            const geo::Extent reach = area.grown(size / 2);
            const double columns = std::floor(reach.xmax / size) - std::floor(reach.xmin / size) + 1;
            const double rows = std::floor(reach.ymax / size) - std::floor(reach.ymin / size) + 1;
            if (!(columns * rows < std::max(few, static_cast<double>(count)))) {
                whole.insert(level);
                continue;
            }
            const Cell first = cellOf(level, {reach.xmin, reach.ymin});
            const Cell last = cellOf(level, {reach.xmax, reach.ymax});
            for (Cell cell = first; cell.row <= last.row; ++cell.row) {
                for (cell.column = first.column; cell.column <= last.column; ++cell.column) {
                    if (const auto* entries = m_cells.find(cell)) {
                        takeFrom(*entries, area, take);
                    }
                }
            }
        }
        if (!whole.empty()) {
            m_cells.forEach([&](const Cell& cell, const std::vector<OutlineHandle>& entries) {
                if (whole.contains(cell.level)) {
                    takeFrom(entries, area, take);
                }
            });
        }
    }

private:
    static Cell cellOf(const geo::Extent& extent) {
        constexpr double smallest = 1e-6;
        return cellOf(std::ilogb(std::max({extent.width(), extent.height(), smallest})) + 1, extent.center());
    }

    static Cell cellOf(int level, geo::Point point) {
        const double size = std::ldexp(1.0, level);
        return {level, static_cast<std::int64_t>(std::floor(point.x / size)),
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

    ShardedMap<Cell, std::vector<OutlineHandle>, CellHash> m_cells;
    std::map<int, std::size_t> m_cellsOfLevel;
};

bool hasPlace(const geo::Extent& extent) {
    return !extent.empty() && std::isfinite(extent.width()) && std::isfinite(extent.height());
}

/// Outlines in the order in which they came, in blocks, each with the extent of its own.
class Places {
public:
    const OutlineHandle& at(std::size_t place) const {
        return m_blocks[place / Block::size].block->outlines[place % Block::size];
    }

    std::size_t add(const OutlineHandle& outline, const Owner& owner) {
        set(m_end, outline, owner);
        return m_end++;
    }

    /// Null: nothing is there any more.
    void set(std::size_t place, const OutlineHandle& outline, const Owner& owner) {
        m_blocks.resize(std::max(m_blocks.size(), place / Block::size + 1));
        BlockPlace& there = m_blocks[place / Block::size];
        Block& block = ownPart(there.block, owner);
        const OutlineHandle& before = block.outlines[place % Block::size];
        block.count = block.count + (outline ? 1 : 0) - (before ? 1 : 0);
        block.outlines[place % Block::size] = outline;
        block.extents[place % Block::size] =
            outline && hasPlace(outline->extent()) ? outline->extent() : geo::Extent();
        if (block.count == 0) {
            there = {};
            return;
        }
        there.extent = {};
        for (const geo::Extent& extent : block.extents) {
            there.extent.include(extent);
        }
    }

    template <typename Take> void forEach(const Take& take) const {
        for (const BlockPlace& there : m_blocks) {
            if (there.block) {
                for (const OutlineHandle& outline : there.block->outlines) {
                    if (outline) {
                        take(outline);
                    }
                }
            }
        }
    }

    geo::Extent extent() const {
        geo::Extent extent;
        for (const BlockPlace& there : m_blocks) {
            extent.include(there.extent);
        }
        return extent;
    }

private:
    struct Block {
        static constexpr std::size_t size = 64;
        std::array<OutlineHandle, size> outlines; ///< null: removed, or not yet there
        std::array<geo::Extent, size> extents;    ///< side by side: none is looked up to know the whole
        std::size_t count = 0;
        Owner owner;
    };
    struct BlockPlace {
        std::shared_ptr<Block> block; ///< null: all of it was removed
        geo::Extent extent;
    };

    std::vector<BlockPlace> m_blocks;
    std::size_t m_end = 0;
};

} // namespace

/// What neither of two copies changes they share; a change copies the part that it falls into.
struct OutlineSet::Impl {
    ShardedMap<std::string, std::size_t, std::hash<std::string>> placeOf;
    Places places;
    Index index;
    Owner owner = makeOwner();
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
        m_impl->owner = makeOwner();
        m_isShared = false;
    }
    return *m_impl;
}

std::size_t OutlineSet::size() const {
    return m_impl->placeOf.size();
}

OutlineSet::Handle OutlineSet::find(const std::string& uuid) const {
    const std::size_t* place = m_impl->placeOf.find(uuid);
    return place == nullptr ? nullptr : m_impl->places.at(*place);
}

std::vector<OutlineSet::Handle> OutlineSet::all() const {
    std::vector<Handle> outlines;
    outlines.reserve(size());
    m_impl->places.forEach([&](const Handle& outline) { outlines.push_back(outline); });
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
        const double area = outline->area();
        if (!smallest || area < smallestArea) {
            smallest = outline;
            smallestArea = area;
        }
    }
    return smallest;
}

geo::Extent OutlineSet::extent() const {
    return m_impl->places.extent();
}

void OutlineSet::put(Handle outline) {
    Impl& impl = own();
    const std::size_t* place = impl.placeOf.find(outline->uuid);
    if (place != nullptr) {
        if (const Handle& known = impl.places.at(*place); hasPlace(known->extent())) {
            impl.index.remove(known, impl.owner);
        }
        impl.places.set(*place, outline, impl.owner);
    } else {
        impl.placeOf.at(outline->uuid, impl.owner) = impl.places.add(outline, impl.owner);
    }
    if (hasPlace(outline->extent())) {
        impl.index.put(outline, impl.owner);
    }
}

void OutlineSet::remove(const std::string& uuid) {
    Impl& impl = own();
    const std::size_t* found = impl.placeOf.find(uuid);
    if (found == nullptr) {
        return;
    }
    const std::size_t place = *found;
    if (const Handle& known = impl.places.at(place); hasPlace(known->extent())) {
        impl.index.remove(known, impl.owner);
    }
    impl.places.set(place, nullptr, impl.owner);
    impl.placeOf.erase(uuid, impl.owner);
}

} // namespace nunatak::outlines
