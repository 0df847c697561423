// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/ground_before.h"

#include "base/error.h"
#include "editing/boundaries.h"
#include "editing/common_ground.h"
#include "geo/invalidity.h"
#include "geo/rings.h"
#include "geo/segments.h"
#include "geo/shape_operations.h"

#include <algorithm>
#include <utility>

namespace nunatak::editing {

namespace {

using outlines::OutlineHandle;

geo::MultiPolygon inBoth(const geo::MultiPolygon& one, const geo::MultiPolygon& other) {
    return geo::extentOf(one).intersects(geo::extentOf(other)) ? notable(geo::intersection(one, other))
                                                               : geo::MultiPolygon();
}

geo::MultiPolygon newGround(const GroundOf& of) {
    geo::MultiPolygon ground = of.after->geometry;
    for (const OutlineHandle& origin : of.before) {
        if (origin == of.after || ground.empty()) {
            return {};
        }
        ground = notable(geo::difference(ground, origin->geometry));
    }
    return ground;
}

/// What lies in two parts of an outline.
double twiceIn(const OutlineHandle& outline) {
    double sum = 0;
    std::vector<geo::MultiPolygon> parts;
    for (const geo::Polygon& part : outline->geometry) {
        parts.push_back({part});
        if (geo::invalidityOf(parts.back())) {
            parts.back() = geo::madeValid(parts.back());
        }
        sum += geo::planarArea(parts.back());
    }
    return parts.size() > 1 ? sum - geo::planarArea(geo::unionOf(parts)) : 0;
}

double lengthOf(const geo::MultiPolygon& shape) {
    double length = 0;
    geo::forEachRing(shape, [&](const geo::Ring& ring, int, int) { length += geo::ringLength(ring); });
    return length;
}

} // namespace

bool haveOldGroundInCommon(const GroundOf& one, const GroundOf& other) {
    try {
        const bool wereOver = std::any_of(one.before.begin(), one.before.end(), [&](const auto& mine) {
            return std::any_of(other.before.begin(), other.before.end(), [&](const auto& theirs) {
                return !inBoth(mine->geometry, theirs->geometry).empty();
            });
        });
        return wereOver && inBoth(newGround(one), other.after->geometry).empty() &&
               inBoth(newGround(other), one.after->geometry).empty();
    } catch (const Error&) {
        return false; // nobody can say what of shapes that are so wrong is whose
    }
}

std::optional<geo::Point> groundOfTwoPieces(const GroundOf& one, const GroundOf& other) {
    const geo::MultiPolygon now = inBoth(one.after->geometry, other.after->geometry);
    if (now.empty()) {
        return std::nullopt;
    }
    double then = 0;
    for (const OutlineHandle& mine : one.before) {
        for (const OutlineHandle& theirs : other.before) {
            then +=
                mine == theirs ? twiceIn(mine) : geo::planarArea(inBoth(mine->geometry, theirs->geometry));
        }
    }
    const double rounding = onLine * (1 + lengthOf(one.after->geometry) + lengthOf(other.after->geometry));
    return geo::planarArea(now) > then + rounding ? std::optional(largestOf(now).outer.front())
                                                  : std::nullopt;
}

} // namespace nunatak::editing
