// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/inner_point.h"

#include "base/error.h"
#include "geo/antimeridian.h"
#include "geo/geos_context.h"

#include <cmath>
#include <optional>

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

} // namespace

Point innerPoint(const MultiPolygon& shape) {
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

Point innerPointInDegrees(const MultiPolygon& shape, const CoordinateTransform& toDegrees) {
    const auto degrees = inDegrees(shape, toDegrees);
    Point point = degrees ? innerPoint(*degrees) : toDegrees(innerPoint(shape));
    point.x -= 360 * std::floor((point.x + 180) / 360);
    return point;
}

} // namespace nunatak::geo
