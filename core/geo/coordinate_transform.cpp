// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "geo/crs.h"
#include "geo/proj_context.h"

#include <cmath>
#include <limits>
#include <sstream>
#include <utility>

namespace nunatak::geo {

namespace {

constexpr int edgePoints = 21;

std::string text(double value) {
    std::ostringstream out;
    out.precision(12);
    out << value;
    return out.str();
}

} // namespace

/// A context of its own, so that the transform may outlive the thread that made it.
struct CoordinateTransform::Handle {
    ProjContext context;
    PjPointer operation;
    std::string from;
    std::string to;

    void transform(std::span<Point> points) const {
        proj_errno_reset(operation.get());
        proj_trans_generic(operation.get(), PJ_FWD, &points.data()->x, sizeof(Point), points.size(),
                           &points.data()->y, sizeof(Point), points.size(), nullptr, 0, 0, nullptr, 0, 0);
    }
};

CoordinateTransform::CoordinateTransform(const Crs& from, const Crs& to) {
    if (from.empty() || to.empty()) {
        throw Error("Coordinates cannot be transformed: one of the two has no coordinate system.");
    }
    if (from == to) {
        return;
    }
    auto handle = std::make_unique<Handle>();
    handle->from = from.name();
    handle->to = to.name();
    PJ_CONTEXT* context = handle->context.get();
    const PjPointer source(proj_create(context, from.wkt().c_str()));
    const PjPointer target(proj_create(context, to.wkt().c_str()));
    PjPointer operation;
    if (source && target) {
        operation.reset(
            proj_create_crs_to_crs_from_pj(context, source.get(), target.get(), nullptr, nullptr));
    }
    if (operation) {
        handle->operation.reset(proj_normalize_for_visualization(context, operation.get()));
    }
    if (!handle->operation) {
        const std::string reason = handle->context.takeMessage();
        throw Error("Coordinates cannot be transformed from " + from.name() + " to " + to.name() +
                    (reason.empty() ? "." : ": " + reason + "."));
    }
    m_transform = std::move(handle);
}

CoordinateTransform::~CoordinateTransform() = default;
CoordinateTransform::CoordinateTransform(CoordinateTransform&&) noexcept = default;
CoordinateTransform& CoordinateTransform::operator=(CoordinateTransform&&) noexcept = default;

Point CoordinateTransform::operator()(Point point) const {
    apply({&point, 1});
    return point;
}

void CoordinateTransform::apply(std::span<Point> points) const {
    if (isIdentity() || points.empty()) {
        return;
    }
    const std::vector<Point> before(points.begin(), points.end());
    m_transform->transform(points);
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (!std::isfinite(points[i].x) || !std::isfinite(points[i].y)) {
            m_transform->context.takeMessage();
            throw Error("The point (" + text(before[i].x) + ", " + text(before[i].y) + ") of " +
                        m_transform->from + " lies outside of what " + m_transform->to + " can express.");
        }
    }
}

void CoordinateTransform::applyOrNan(std::span<Point> points) const {
    if (isIdentity() || points.empty()) {
        return;
    }
    m_transform->transform(points);
    for (Point& point : points) {
        if (!std::isfinite(point.x) || !std::isfinite(point.y)) {
            point = {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
        }
    }
    m_transform->context.takeMessage();
}

MultiPolygon CoordinateTransform::operator()(const MultiPolygon& shape) const {
    MultiPolygon result = shape;
    for (Polygon& polygon : result) {
        apply(polygon.outer);
        for (Ring& hole : polygon.holes) {
            apply(hole);
        }
    }
    return result;
}

Extent CoordinateTransform::operator()(const Extent& extent) const {
    if (isIdentity() || extent.empty()) {
        return extent;
    }
    Extent result;
    const int done = proj_trans_bounds(m_transform->context.get(), m_transform->operation.get(), PJ_FWD,
                                       extent.xmin, extent.ymin, extent.xmax, extent.ymax, &result.xmin,
                                       &result.ymin, &result.xmax, &result.ymax, edgePoints);
    if (!done || !std::isfinite(result.xmin) || !std::isfinite(result.ymin) || !std::isfinite(result.xmax) ||
        !std::isfinite(result.ymax)) {
        m_transform->context.takeMessage();
        throw Error("The extent (" + text(extent.xmin) + ", " + text(extent.ymin) + ", " + text(extent.xmax) +
                    ", " + text(extent.ymax) + ") of " + m_transform->from + " lies outside of what " +
                    m_transform->to + " can express.");
    }
    if (result.xmin > result.xmax) {
        // PROJ's way of saying that it crosses the antimeridian; an Extent can only hold the whole circle
        // then.
        result.xmin = -180;
        result.xmax = 180;
    }
    return result;
}

} // namespace nunatak::geo
