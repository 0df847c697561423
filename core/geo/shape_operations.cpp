// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/shape_operations.h"

#include "base/error.h"
#include "geo/geos_context.h"
#include "geo/invalidity.h"
#include "geo/paths.h"
#include "geo/plainly_valid.h"
#include "geo/ring_nesting.h"
#include "geo/rings.h"
#include "geo/segments.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>
#include <utility>

namespace nunatak::geo {

namespace {

constexpr int quadrantSegments = 8;

[[noreturn]] void throwFailed(GeosContext& context, const char* what) {
    throw Error(std::string("The ") + what + " of the outlines cannot be computed: " + context.takeMessage() +
                ".");
}

using Binary = GEOSGeometry* (*)(GEOSContextHandle_t, const GEOSGeometry*, const GEOSGeometry*);

MultiPolygon combined(const MultiPolygon& a, const MultiPolygon& b, Binary operation, const char* name) {
    GeosContext& context = GeosContext::ofThisThread();
    GeosGeometry first = toGeos(context, a);
    GeosGeometry second = toGeos(context, b);
    GeosGeometry result = owned(context, operation(context.get(), first.get(), second.get()));
    if (!result) {
        // Outlines that cross themselves are drawn by hand and come in files: repaired ones can be combined.
        first = toGeos(context, madeValid(a));
        second = toGeos(context, madeValid(b));
        result = owned(context, operation(context.get(), first.get(), second.get()));
    }
    if (!result) {
        throwFailed(context, name);
    }
    return fromGeos(context, result.get());
}

} // namespace

double planarArea(const MultiPolygon& shape) {
    double area = 0;
    forEachRing(shape, [&](const Ring& ring, int part, int number) {
        if (!isPath(shape[static_cast<std::size_t>(part)])) {
            area += (number == 0 ? 1 : -1) * std::abs(signedArea(ring));
        }
    });
    return area;
}

std::optional<Invalidity> invalidityOf(const MultiPolygon& shape) {
    if (!allRings(shape, [](const Ring& ring) { return ring.size() >= 3; })) {
        return Invalidity{"A ring has fewer than three vertices", std::nullopt};
    }
    if (!allRings(shape, [](const Ring& ring) { return isFinite(ring); })) {
        return Invalidity{"A vertex has coordinates that are no numbers", std::nullopt};
    }
    if (isPlainlyValid(shape)) {
        return std::nullopt;
    }
    GeosContext& context = GeosContext::ofThisThread();
    const GeosGeometry geometry = toGeos(context, shape);
    char* reason = nullptr;
    GEOSGeometry* place = nullptr;
    const char valid = GEOSisValidDetail_r(context.get(), geometry.get(), 0, &reason, &place);
    const GeosGeometry point = owned(context, place);
    Invalidity found{reason != nullptr ? reason : "", std::nullopt};
    GEOSFree_r(context.get(), reason);
    if (valid == 1) {
        return std::nullopt;
    }
    if (found.reason.empty()) {
        found.reason = context.takeMessage();
        return found;
    }
    double x = 0;
    double y = 0;
    if (point && GEOSGeomGetX_r(context.get(), point.get(), &x) == 1 &&
        GEOSGeomGetY_r(context.get(), point.get(), &y) == 1) {
        found.place = Point{x, y};
    }
    return found;
}

std::string invalidReason(const MultiPolygon& shape) {
    const auto found = invalidityOf(shape);
    if (!found || !found->place) {
        return found ? found->reason : std::string();
    }
    std::ostringstream where;
    where.precision(12);
    where << found->reason << " at (" << found->place->x << ", " << found->place->y << ")";
    return where.str();
}

MultiPolygon madeValid(const MultiPolygon& shape) {
    return areaWithin(ringsOf(shape));
}

MultiPolygon intersection(const MultiPolygon& a, const MultiPolygon& b) {
    return combined(a, b, GEOSIntersection_r, "intersection");
}

MultiPolygon unionOf(const MultiPolygon& a, const MultiPolygon& b) {
    return combined(a, b, GEOSUnion_r, "union");
}

MultiPolygon unionOf(std::span<const MultiPolygon> shapes) {
    GeosContext& context = GeosContext::ofThisThread();
    const auto joined = [&](const auto& prepared) {
        MultiPolygon all;
        for (const MultiPolygon& shape : shapes) {
            const MultiPolygon& ready = prepared(shape);
            all.insert(all.end(), ready.begin(), ready.end());
        }
        const GeosGeometry collection = toGeos(context, all);
        return owned(context, GEOSUnaryUnion_r(context.get(), collection.get()));
    };
    GeosGeometry result = joined([](const MultiPolygon& shape) -> const MultiPolygon& { return shape; });
    if (!result) {
        // Each by itself: a glacier within another one's outline is no hole.
        result = joined([](const MultiPolygon& shape) { return madeValid(shape); });
    }
    if (!result) {
        throwFailed(context, "union");
    }
    return fromGeos(context, result.get());
}

MultiPolygon difference(const MultiPolygon& a, const MultiPolygon& b) {
    return combined(a, b, GEOSDifference_r, "difference");
}

MultiPolygon buffered(const MultiPolygon& shape, double distance) {
    GeosContext& context = GeosContext::ofThisThread();
    const GeosGeometry geometry = toGeos(context, shape);
    const GeosGeometry result =
        owned(context, GEOSBuffer_r(context.get(), geometry.get(), distance, quadrantSegments));
    if (!result) {
        throwFailed(context, "buffer");
    }
    return fromGeos(context, result.get());
}

bool intersects(const MultiPolygon& a, const MultiPolygon& b) {
    if (!extentOf(a).intersects(extentOf(b))) {
        return false;
    }
    GeosContext& context = GeosContext::ofThisThread();
    const GeosGeometry first = toGeos(context, a);
    const GeosGeometry second = toGeos(context, b);
    const char answer = GEOSIntersects_r(context.get(), first.get(), second.get());
    if (answer == 2) {
        throwFailed(context, "overlap");
    }
    return answer == 1;
}

double distanceToBoundary(const MultiPolygon& shape, Point point) {
    double nearest = std::numeric_limits<double>::infinity();
    forEachRing(shape, [&](const Ring& ring, int, int) {
        nearest = std::min(nearest, nearestOnRing(ring, point).distance);
    });
    return nearest;
}

} // namespace nunatak::geo
