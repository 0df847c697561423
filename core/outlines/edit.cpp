// SPDX-License-Identifier: GPL-3.0-or-later
#include "outlines/edit.h"

#include "base/error.h"
#include "geo/shape_operations.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

namespace nunatak::outlines {

namespace {

enum class Meeting { None, Crossing, Unclear };

/// The side of a→b on which c lies: 1 left, -1 right, 0 when rounding could have decided (Shewchuk's error
/// bound).
int side(geo::Point a, geo::Point b, geo::Point c) {
    const double left = (a.x - c.x) * (b.y - c.y);
    const double right = (a.y - c.y) * (b.x - c.x);
    constexpr double bound = 3.5 * std::numeric_limits<double>::epsilon();
    if (std::abs(left - right) <= bound * (std::abs(left) + std::abs(right))) {
        return 0;
    }
    return left > right ? 1 : -1;
}

Meeting meet(geo::Point a, geo::Point b, geo::Point c, geo::Point d) {
    if (std::max(a.x, b.x) < std::min(c.x, d.x) || std::max(c.x, d.x) < std::min(a.x, b.x) ||
        std::max(a.y, b.y) < std::min(c.y, d.y) || std::max(c.y, d.y) < std::min(a.y, b.y)) {
        return Meeting::None;
    }
    const int cSide = side(a, b, c);
    const int dSide = side(a, b, d);
    const int aSide = side(c, d, a);
    const int bSide = side(c, d, b);
    if (cSide * dSide > 0 || aSide * bSide > 0) {
        return Meeting::None;
    }
    return cSide * dSide < 0 && aSide * bSide < 0 ? Meeting::Crossing : Meeting::Unclear;
}

/// True when the edges from `corner` to the two others may lie on one another.
bool foldsBack(geo::Point one, geo::Point corner, geo::Point other) {
    return side(one, corner, other) == 0 &&
           (one.x - corner.x) * (other.x - corner.x) + (one.y - corner.y) * (other.y - corner.y) >= 0;
}

/// True when the point lies in the area that the ring gains or loses (even-odd).
bool isSwept(const std::array<geo::Point, 4>& corners, geo::Point point) {
    return geo::contains({{{corners.begin(), corners.end()}, {}}}, point);
}

std::string place(geo::Point point) {
    return std::to_string(std::llround(point.x)) + " " + std::to_string(std::llround(point.y));
}

template <typename Look> void forEachRing(const geo::MultiPolygon& shape, const Look& look) {
    for (std::size_t part = 0; part < shape.size(); ++part) {
        look(shape[part].outer, static_cast<int>(part), 0);
        for (std::size_t hole = 0; hole < shape[part].holes.size(); ++hole) {
            look(shape[part].holes[hole], static_cast<int>(part), static_cast<int>(hole) + 1);
        }
    }
}

/// The two edges that a move changes, held against all others: an outline of 100,000 vertices takes a
/// millisecond where the full check takes a hundred. True when something touches and only the full check can
/// tell.
bool throwIfCrossing(const geo::MultiPolygon& moved, geo::VertexId vertex, geo::Point origin) {
    const geo::Ring& ring = geo::ringOf(moved, vertex.part, vertex.ring);
    const std::size_t count = ring.size();
    const auto at = [&](std::size_t i) { return ring[i % count]; };
    const auto index = static_cast<std::size_t>(vertex.index);
    const std::size_t before = index + count - 1;
    const geo::Point previous = at(before);
    const geo::Point target = at(index);
    const geo::Point next = at(index + 1);
    bool unclear = count < 4 || foldsBack(at(before + count - 1), previous, target) ||
                   foldsBack(previous, target, next) || foldsBack(target, next, at(index + 2));

    forEachRing(moved, [&](const geo::Ring& other, int part, int number) {
        const bool own = part == vertex.part && number == vertex.ring;
        if (!own && !other.empty() && isSwept({previous, origin, next, target}, other.front())) {
            unclear = true;
        }
        for (std::size_t i = 0, j = other.size() - 1; i < other.size(); j = i++) {
            // The edge from vertex j to vertex i; its ends may be the moved edges' own.
            const bool isFirst = own && i == index % count;
            const bool isSecond = own && j == index % count;
            if (isFirst || isSecond) {
                continue;
            }
            for (const geo::Point end : {previous, next}) {
                const bool sharesEnd = own && (other[i] == end || other[j] == end);
                const Meeting meeting = sharesEnd ? Meeting::None : meet(end, target, other[j], other[i]);
                if (meeting == Meeting::Crossing) {
                    throw Error("The vertex cannot be moved to " + place(target) +
                                ": the outline would cross itself near " + place(other[i]) + ".");
                }
                unclear = unclear || meeting == Meeting::Unclear;
            }
        }
    });
    return unclear;
}

} // namespace

geo::MultiPolygon withVertexMoved(const geo::MultiPolygon& shape, geo::VertexId vertex, geo::Point target) {
    const geo::Ring& ring = geo::ringOf(shape, vertex.part, vertex.ring);
    if (vertex.index < 0 || static_cast<std::size_t>(vertex.index) >= ring.size()) {
        throw Error("The outline has no vertex " + std::to_string(vertex.index + 1) +
                    " in this ring; it has " + std::to_string(ring.size()) + ".");
    }
    if (!std::isfinite(target.x) || !std::isfinite(target.y)) {
        throw Error("The vertex cannot be moved to a place without coordinates.");
    }
    const auto index = static_cast<std::size_t>(vertex.index);
    const geo::Point origin = ring[index];
    geo::MultiPolygon moved = shape;
    geo::ringOf(moved, vertex.part, vertex.ring)[index] = target;
    if (throwIfCrossing(moved, vertex, origin)) {
        if (const std::string reason = geo::invalidReason(moved); !reason.empty()) {
            throw Error("The vertex cannot be moved to " + place(target) +
                        ": the outline would not be valid (" + reason + ").");
        }
    }
    return moved;
}

} // namespace nunatak::outlines
