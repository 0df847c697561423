// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/inner_point.h"

#include "base/error.h"
#include "geo/antimeridian.h"
#include "geo/geos_context.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

namespace nunatak::geo {

namespace {

/// None for a shape around a pole.
std::optional<MultiPolygon> inDegrees(const MultiPolygon& shape, const CoordinateTransform& toDegrees) {
    try {
        return unwrapped(toDegrees(shape));
    } catch (const Error&) {
        return std::nullopt;
    }
}

/// Of a line from west to east what lies in a shape.
struct Stretch {
    Point middle;
    double width = 0;
};

/// Halfway between the two vertices next to the middle of its height, so that none lies on it.
double levelThrough(const Polygon& part) {
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const Point& point : part.outer) {
        low = std::min(low, point.y);
        high = std::max(high, point.y);
    }
    const double middle = (low + high) / 2;
    const auto look = [&](const Ring& ring) {
        for (const Point& point : ring) {
            if (point.y <= middle) {
                low = std::max(low, point.y);
            } else {
                high = std::min(high, point.y);
            }
        }
    };
    look(part.outer);
    std::for_each(part.holes.begin(), part.holes.end(), look);
    return (low + high) / 2;
}

/// The widest stretch within a part at that level. `crossings` is memory to use.
Stretch widestThrough(const Polygon& part, std::vector<double>& crossings) {
    const double level = levelThrough(part);
    crossings.clear();
    const auto cross = [&](const Ring& ring) {
        for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
            const Point& a = ring[j];
            const Point& b = ring[i];
            if ((a.y > level) != (b.y > level)) {
                crossings.push_back(a.x == b.x ? a.x : a.x + (level - a.y) / ((b.y - a.y) / (b.x - a.x)));
            }
        }
    };
    cross(part.outer);
    std::for_each(part.holes.begin(), part.holes.end(), cross);
    std::sort(crossings.begin(), crossings.end());
    Stretch widest;
    for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
        const double width = crossings[i + 1] - crossings[i];
        if (width > widest.width) {
            widest = {{(crossings[i] + crossings[i + 1]) / 2, level}, width};
        }
    }
    return widest;
}

/// Of what encloses no ground, too.
Point pointOnSurface(const MultiPolygon& shape) {
    GeosContext& context = GeosContext::ofThisThread();
    const GeosGeometry geometry = toGeos(context, shape);
    const GeosGeometry point = owned(context, GEOSPointOnSurface_r(context.get(), geometry.get()));
    Point found;
    if (!point || GEOSGeomGetX_r(context.get(), point.get(), &found.x) != 1 ||
        GEOSGeomGetY_r(context.get(), point.get(), &found.y) != 1) {
        const std::string reason = context.takeMessage();
        throw Error("No point can be found within an outline" + (reason.empty() ? "." : ": " + reason + "."));
    }
    return found;
}

} // namespace

Point innerPoint(const MultiPolygon& shape) {
    Stretch widest;
    std::vector<double> crossings;
    for (const Polygon& part : shape) {
        const Stretch stretch = widestThrough(part, crossings);
        if (stretch.width > widest.width) {
            widest = stretch;
        }
    }
    return widest.width > 0 ? widest.middle : pointOnSurface(shape);
}

Point innerPointInDegrees(const MultiPolygon& shape, const CoordinateTransform& toDegrees) {
    const auto degrees = inDegrees(shape, toDegrees);
    Point point = degrees ? innerPoint(*degrees) : toDegrees(innerPoint(shape));
    point.x -= 360 * std::floor((point.x + 180) / 360);
    return point;
}

} // namespace nunatak::geo
