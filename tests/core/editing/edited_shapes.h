// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/edit.h"
#include "geo/rings.h"
#include "geo/shape_operations.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

// What can be said of the outlines of an edit one by one.
namespace nunatak::tests {

inline constexpr double noArea = 1e-3; ///< m²: a metre of line, rounded
inline constexpr double onIt = 1e-5;   ///< so near to a line a point is on it, in m

using Key = std::pair<double, double>; ///< a place
using Edge = std::pair<Key, Key>;

/// The same to the last bit, which == is not for 0 and -0.
inline bool haveSameBits(const geo::MultiPolygon& a, const geo::MultiPolygon& b) {
    const auto bits = [](const geo::MultiPolygon& shape) {
        std::vector<std::uint64_t> all;
        geo::forEachVertex(shape, [&](const geo::VertexId& id, geo::Point point) {
            for (const int number : {id.part, id.ring, id.index}) {
                all.push_back(static_cast<std::uint64_t>(number));
            }
            all.push_back(std::bit_cast<std::uint64_t>(point.x));
            all.push_back(std::bit_cast<std::uint64_t>(point.y));
        });
        return all;
    };
    return bits(a) == bits(b);
}

inline geo::Extent around(const editing::Edit& edit) {
    geo::Extent box;
    for (const auto& change : edit.changes) {
        box.include(change.before->extent());
    }
    return box;
}

inline double areaOf(const editing::Edit& edit, bool isBefore) {
    double area = 0;
    for (const auto& change : edit.changes) {
        const outlines::OutlineHandle& outline = isBefore ? change.before : change.after;
        area += outline ? geo::planarArea(outline->geometry) : 0;
    }
    return area;
}

inline bool has(const geo::MultiPolygon& shape, geo::Point point) {
    return !geo::allRings(shape, [&](const geo::Ring& ring) {
        return std::find(ring.begin(), ring.end(), point) == ring.end();
    });
}

inline std::size_t ringsOf(const outlines::Outline& outline) {
    std::size_t rings = 0;
    geo::forEachRing(outline.geometry, [&](const geo::Ring&, int, int) { ++rings; });
    return rings;
}

/// Of a part with fewer than three vertices nothing is left, and its ground is nobody's.
inline bool losesRing(const editing::Edit& edit) {
    return std::any_of(edit.changes.begin(), edit.changes.end(), [](const auto& change) {
        return change.before && change.after && ringsOf(*change.after) < ringsOf(*change.before);
    });
}

inline Edge edgeAt(const geo::Ring& ring, std::size_t at) {
    const geo::Point a = ring[at];
    const geo::Point b = ring[(at + 1) % ring.size()];
    const Key one(a.x, a.y), other(b.x, b.y);
    return one < other ? Edge(one, other) : Edge(other, one);
}

/// Calls visit(outline, vertex) for each vertex that came.
template <typename Visit> void forEachNew(const editing::Edit& edit, const Visit& visit) {
    std::set<Key> old; // what lay on an edge may still
    for (const auto& change : edit.changes) {
        if (!change.before) {
            continue;
        }
        geo::forEachVertex(change.before->geometry, [&](const geo::VertexId&, geo::Point point) {
            old.insert({point.x, point.y});
        });
    }
    for (const auto& change : edit.changes) {
        if (change.after) {
            geo::forEachVertex(change.after->geometry, [&](const geo::VertexId&, geo::Point point) {
                if (!old.contains({point.x, point.y})) {
                    visit(change.after, point);
                }
            });
        }
    }
}

inline std::string validityOf(const editing::Edit& edit, bool isMadeOfOthers) {
    const auto wasInvalid = [](const auto& change) {
        return change.before && !geo::invalidReason(change.before->geometry).empty();
    };
    const bool wasAny = isMadeOfOthers && std::any_of(edit.changes.begin(), edit.changes.end(), wasInvalid);
    for (const auto& change : edit.changes) {
        const std::string reason = change.after ? geo::invalidReason(change.after->geometry) : "";
        if (!reason.empty() && !wasAny && !wasInvalid(change)) {
            return "not valid: " + reason;
        }
    }
    return {};
}

/// What an outline knows of itself is so, however it was found out.
inline std::string measuresOf(const editing::Edit& edit) {
    for (const auto& change : edit.changes) {
        if (!change.after) {
            continue;
        }
        const geo::MultiPolygon& shape = change.after->geometry;
        const double area = geo::planarArea(shape);
        if (change.after->extent() != geo::extentOf(shape) ||
            change.after->vertices() != geo::vertexCount(shape) ||
            std::abs(change.after->area() - area) > 1e-6 + 1e-12 * area) {
            return "extent, vertices or area of " + change.after->uuid + " are another's";
        }
    }
    return {};
}

} // namespace nunatak::tests
