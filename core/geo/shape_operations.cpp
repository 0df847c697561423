// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/shape_operations.h"

#include "base/error.h"
#include "geo/geos_context.h"
#include "geo/ring_nesting.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>
#include <utility>

namespace nunatak::geo {

namespace {

constexpr int quadrantSegments = 8;

double ringArea(const Ring& ring) {
    if (ring.size() < 3) {
        return 0;
    }
    // Relative to the first vertex: coordinates in the millions would eat the digits of a small glacier.
    const Point origin = ring.front();
    double twice = 0;
    for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
        twice += (ring[i].x - origin.x) * (ring[i + 1].y - origin.y) -
                 (ring[i + 1].x - origin.x) * (ring[i].y - origin.y);
    }
    return std::abs(twice) / 2;
}

double distanceToSegment(Point p, Point a, Point b) {
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double squared = dx * dx + dy * dy;
    const double t =
        squared > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / squared, 0.0, 1.0) : 0.0;
    return std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

double distanceToRing(const Ring& ring, Point point) {
    double nearest = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < ring.size(); ++i) {
        nearest = std::min(nearest, distanceToSegment(point, ring[i], ring[(i + 1) % ring.size()]));
    }
    return nearest;
}

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
    for (const Polygon& polygon : shape) {
        area += ringArea(polygon.outer);
        for (const Ring& hole : polygon.holes) {
            area -= ringArea(hole);
        }
    }
    return area;
}

std::string invalidReason(const MultiPolygon& shape) {
    for (const Polygon& polygon : shape) {
        const auto degenerate = [](const Ring& ring) { return ring.size() < 3; };
        if (degenerate(polygon.outer) ||
            std::any_of(polygon.holes.begin(), polygon.holes.end(), degenerate)) {
            return "A ring has fewer than three vertices";
        }
        const auto finite = [](const Ring& ring) {
            return std::all_of(ring.begin(), ring.end(),
                               [](const Point& p) { return std::isfinite(p.x) && std::isfinite(p.y); });
        };
        if (!finite(polygon.outer) || !std::all_of(polygon.holes.begin(), polygon.holes.end(), finite)) {
            return "A vertex has coordinates that are no numbers";
        }
    }
    GeosContext& context = GeosContext::ofThisThread();
    const GeosGeometry geometry = toGeos(context, shape);
    char* reason = nullptr;
    GEOSGeometry* place = nullptr;
    const char valid = GEOSisValidDetail_r(context.get(), geometry.get(), 0, &reason, &place);
    const GeosGeometry point = owned(context, place);
    std::string text = reason != nullptr ? reason : "";
    GEOSFree_r(context.get(), reason);
    if (valid == 1) {
        return {};
    }
    if (text.empty()) {
        return context.takeMessage();
    }
    double x = 0;
    double y = 0;
    if (point && GEOSGeomGetX_r(context.get(), point.get(), &x) == 1 &&
        GEOSGeomGetY_r(context.get(), point.get(), &y) == 1) {
        std::ostringstream where;
        where.precision(12);
        where << text << " at (" << x << ", " << y << ")";
        text = where.str();
    }
    return text;
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
    for (const Polygon& polygon : shape) {
        nearest = std::min(nearest, distanceToRing(polygon.outer, point));
        for (const Ring& hole : polygon.holes) {
            nearest = std::min(nearest, distanceToRing(hole, point));
        }
    }
    return nearest;
}

} // namespace nunatak::geo
