// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>

namespace nunatak::editing {

/// Points that are known, found again by what rounding made of them: what lies within onLine (boundaries.h)
/// of one is the same place. Two computations of one place differ in their last digits, and lines that end so
/// near to one another would be two for ever.
class Places {
public:
    void add(geo::Point point);
    /// The known point in this place: itself, else the nearest.
    std::optional<geo::Point> find(geo::Point point) const;
    /// What was computed beside a known vertex, whosever it is, becomes that vertex, and all others are known
    /// from here on. Of vertices of the ring in one place one stays.
    void putOnKnown(geo::Ring& ring);

private:
    using Cell = std::pair<std::int64_t, std::int64_t>;
    struct Hash {
        std::size_t operator()(const Cell& cell) const;
    };
    std::unordered_multimap<Cell, geo::Point, Hash> m_points;
};

} // namespace nunatak::editing
