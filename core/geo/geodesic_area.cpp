// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "geo/paths.h"
#include "geo/proj_context.h"
#include "geo/rings.h"
#include "geo/shape_operations.h"

#include <geodesic.h>

#include <cmath>
#include <optional>

namespace nunatak::geo {

namespace {

/// From the coordinates of one system to its own ellipsoid. Making one costs milliseconds, a glacier's area
/// microseconds: a thread keeps the last.
struct GeodesicMeasure {
    std::string wkt;
    PjPointer toDegrees; // null: coordinates are degrees already
    geod_geodesic ellipsoid{};
};

GeodesicMeasure makeMeasure(const Crs& crs) {
    ProjContext& context = ProjContext::ofThisThread();
    const auto fail = [&]() -> Error {
        const std::string reason = context.takeMessage();
        return Error("Areas cannot be measured in " +
                     (crs.empty() ? "an unknown coordinate system" : crs.name()) +
                     (reason.empty() ? "." : ": " + reason + "."));
    };
    GeodesicMeasure measure;
    measure.wkt = crs.wkt();
    const PjPointer system(crs.empty() ? nullptr : proj_create(context.get(), crs.wkt().c_str()));
    const PjPointer geodetic(system ? proj_crs_get_geodetic_crs(context.get(), system.get()) : nullptr);
    const PjPointer ellipsoid(geodetic ? proj_get_ellipsoid(context.get(), geodetic.get()) : nullptr);
    double semiMajor = 0;
    double inverseFlattening = 0;
    if (!ellipsoid || !proj_ellipsoid_get_parameters(context.get(), ellipsoid.get(), &semiMajor, nullptr,
                                                     nullptr, &inverseFlattening)) {
        throw fail();
    }
    geod_init(&measure.ellipsoid, semiMajor, inverseFlattening > 0 ? 1 / inverseFlattening : 0);
    if (!crs.isGeographic()) {
        const PjPointer operation(
            proj_create_crs_to_crs_from_pj(context.get(), system.get(), geodetic.get(), nullptr, nullptr));
        if (operation) {
            measure.toDegrees.reset(proj_normalize_for_visualization(context.get(), operation.get()));
        }
        if (!measure.toDegrees) {
            throw fail();
        }
    }
    return measure;
}

const GeodesicMeasure& measureOf(const Crs& crs) {
    ProjContext::ofThisThread(); // made first, so that it outlives the operation kept below
    thread_local std::optional<GeodesicMeasure> last;
    if (!last || last->wkt != crs.wkt()) {
        last = makeMeasure(crs);
    }
    return *last;
}

/// The area that the points enclose, in m², or the length of the line through them, in m.
double measured(const GeodesicMeasure& measure, const Crs& crs, Ring ring, bool isLine) {
    if (ring.size() < (isLine ? 2U : 3U)) {
        return 0;
    }
    if (measure.toDegrees) {
        proj_trans_generic(measure.toDegrees.get(), PJ_FWD, &ring.data()->x, sizeof(Point), ring.size(),
                           &ring.data()->y, sizeof(Point), ring.size(), nullptr, 0, 0, nullptr, 0, 0);
    }
    const double unit = measure.toDegrees ? 1 : crs.metresPerUnit();
    geod_polygon polygon;
    geod_polygon_init(&polygon, isLine ? 1 : 0);
    for (const Point& point : ring) {
        const double latitude = point.y * unit;
        const double longitude = point.x * unit;
        if (!std::isfinite(longitude) || !(std::abs(latitude) <= 90)) {
            throw Error("An outline cannot be measured: it reaches outside of what " + crs.name() +
                        " can express.");
        }
        geod_polygon_addpoint(&measure.ellipsoid, &polygon, latitude, longitude);
    }
    double area = 0;
    double length = 0;
    geod_polygon_compute(&measure.ellipsoid, &polygon, 0, 1, isLine ? nullptr : &area, &length);
    return isLine ? length : std::abs(area);
}

} // namespace

double geodesicArea(const MultiPolygon& shape, const Crs& crs) {
    const GeodesicMeasure& measure = measureOf(crs);
    double area = 0;
    forEachRing(shape, [&](const Ring& ring, int part, int number) {
        if (!isPath(shape[static_cast<std::size_t>(part)])) {
            area += (number == 0 ? 1 : -1) * measured(measure, crs, ring, false);
        }
    });
    return area;
}

double geodesicLength(const MultiPolygon& shape, const Crs& crs) {
    const GeodesicMeasure& measure = measureOf(crs);
    double length = 0;
    for (const Ring& line : linesOf(shape)) {
        length += measured(measure, crs, line, true);
    }
    return length;
}

} // namespace nunatak::geo
