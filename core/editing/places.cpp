// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/places.h"

#include "editing/boundaries.h"
#include "geo/segments.h"

#include <cmath>
#include <utility>

namespace nunatak::editing {

namespace {

std::int64_t cellOf(double coordinate) {
    return static_cast<std::int64_t>(std::floor(coordinate / onLine));
}

} // namespace

std::size_t Places::Hash::operator()(const Cell& cell) const {
    const auto mixed = static_cast<std::uint64_t>(cell.first) * 0x9E3779B97F4A7C15ULL +
                       static_cast<std::uint64_t>(cell.second) * 0xC2B2AE3D27D4EB4FULL;
    return static_cast<std::size_t>(mixed ^ (mixed >> 31));
}

void Places::add(geo::Point point) {
    const Cell cell{cellOf(point.x), cellOf(point.y)};
    const auto [first, end] = m_points.equal_range(cell);
    for (auto known = first; known != end; ++known) {
        if (known->second == point) {
            return;
        }
    }
    m_points.emplace(cell, point);
}

std::optional<geo::Point> Places::find(geo::Point point) const {
    const std::int64_t x = cellOf(point.x), y = cellOf(point.y);
    std::optional<geo::Point> nearest;
    double least = onLine;
    for (std::int64_t i = x - 1; i <= x + 1; ++i) {
        for (std::int64_t k = y - 1; k <= y + 1; ++k) {
            const auto [first, end] = m_points.equal_range({i, k});
            for (auto known = first; known != end; ++known) {
                const double away = geo::distance(point, known->second);
                if (away < least || (away == least && !nearest)) {
                    least = away;
                    nearest = known->second;
                }
            }
        }
    }
    return nearest;
}

void Places::putOnKnown(geo::Ring& ring) {
    geo::Ring kept;
    for (geo::Point point : ring) {
        if (const auto known = find(point)) {
            point = *known;
        } else {
            add(point);
        }
        if (kept.empty() || geo::distance(kept.back(), point) > onLine) {
            kept.push_back(point);
        }
    }
    while (kept.size() > 1 && geo::distance(kept.front(), kept.back()) <= onLine) {
        kept.pop_back();
    }
    ring = std::move(kept);
}

} // namespace nunatak::editing
