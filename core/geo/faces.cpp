// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/faces.h"

#include "base/error.h"
#include "geo/edge_index.h"
#include "geo/geos_context.h"
#include "geo/inner_point.h"
#include "geo/rings.h"
#include "geo/shape_operations.h"

#include <algorithm>
#include <cmath>

namespace nunatak::geo {

namespace {

[[noreturn]] void throwFailed(GeosContext& context) {
    throw Error("The outline cannot be cut along these lines: " + context.takeMessage() + ".");
}

GeosGeometry lineString(GeosContext& context, std::span<const Point> points, bool closes) {
    const auto count = static_cast<unsigned>(points.size());
    GEOSCoordSequence* sequence = GEOSCoordSeq_create_r(context.get(), count + (closes ? 1 : 0), 2);
    if (sequence == nullptr) {
        throwFailed(context);
    }
    for (unsigned i = 0; i < count + (closes ? 1 : 0); ++i) {
        const Point& point = points[i % count];
        GEOSCoordSeq_setXY_r(context.get(), sequence, i, point.x, point.y);
    }
    auto line = owned(context, GEOSGeom_createLineString_r(context.get(), sequence));
    if (!line) {
        throwFailed(context);
    }
    return line;
}

GeosGeometry collected(GeosContext& context, std::vector<GeosGeometry>& lines) {
    std::vector<GEOSGeometry*> handed;
    handed.reserve(lines.size());
    for (GeosGeometry& line : lines) {
        handed.push_back(line.release());
    }
    auto all = owned(context, GEOSGeom_createCollection_r(context.get(), GEOS_MULTILINESTRING, handed.data(),
                                                          static_cast<unsigned>(handed.size())));
    if (!all) {
        throwFailed(context);
    }
    return all;
}

/// The polygons that noded lines enclose, directed.
std::vector<Polygon> enclosed(GeosContext& context, const GEOSGeometry* lines) {
    const GeosGeometry result = owned(context, GEOSPolygonize_r(context.get(), &lines, 1));
    if (!result) {
        throwFailed(context);
    }
    std::vector<Polygon> polygons = fromGeos(context, result.get());
    for (Polygon& polygon : polygons) {
        if (signedArea(polygon.outer) < 0) {
            std::reverse(polygon.outer.begin(), polygon.outer.end());
        }
        for (Ring& hole : polygon.holes) {
            if (signedArea(hole) > 0) {
                std::reverse(hole.begin(), hole.end());
            }
        }
    }
    return polygons;
}

} // namespace

std::vector<Polygon> facesOf(const MultiPolygon& shape, std::span<const Line> lines) {
    GeosContext& context = GeosContext::ofThisThread();
    std::vector<GeosGeometry> all;
    forEachRing(shape, [&](const Ring& ring, int, int) {
        if (!isFinite(ring)) {
            throw Error("A vertex has coordinates that are no numbers.");
        }
        all.push_back(lineString(context, ring, true));
    });
    for (const Line& line : lines) {
        if (line.size() >= 2 && isFinite(line)) {
            all.push_back(lineString(context, line, false));
        }
    }
    const GeosGeometry loose = collected(context, all);
    const GeosGeometry noded = owned(context, GEOSNode_r(context.get(), loose.get()));
    if (!noded) {
        throwFailed(context);
    }
    std::vector<Polygon> faces = enclosed(context, noded.get());
    const EdgeIndex index(shape);
    std::erase_if(faces, [&](const Polygon& face) {
        return whereIs(innerPoint({face}), shape, index) != Where::Inside;
    });
    // Where a line crosses the outline, rounding moves that by less than a thousandth of a millimetre.
    const double area = planarArea(shape);
    constexpr double noise = 1e-6; // m², and of the whole
    if (std::abs(planarArea(faces) - area) > noise * (1 + 1e-3 * area)) {
        throw Error("The outline cannot be cut along these lines: the pieces are not the whole.");
    }
    return faces;
}

std::vector<Polygon> polygonsOf(std::span<const std::pair<Point, Point>> edges) {
    GeosContext& context = GeosContext::ofThisThread();
    std::vector<GeosGeometry> lines;
    lines.reserve(edges.size());
    for (const auto& [from, to] : edges) {
        const Point both[] = {from, to};
        lines.push_back(lineString(context, both, false));
    }
    const GeosGeometry all = collected(context, lines);
    return enclosed(context, all.get());
}

} // namespace nunatak::geo
