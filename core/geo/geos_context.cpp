// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/geos_context.h"

#include "base/error.h"

#include <cmath>
#include <utility>
#include <vector>

namespace nunatak::geo {

namespace {

[[noreturn]] void throwGeos(GeosContext& context) {
    throw Error("The polygon cannot be worked with: " + context.takeMessage() + ".");
}

GeosGeometry toGeos(GeosContext& context, const Ring& ring) {
    const auto count = static_cast<unsigned>(ring.size());
    GEOSCoordSequence* sequence = GEOSCoordSeq_create_r(context.get(), count + 1, 2);
    if (sequence == nullptr) {
        throwGeos(context);
    }
    for (unsigned i = 0; i <= count; ++i) {
        const Point& point = ring[i % count];
        if (!std::isfinite(point.x) || !std::isfinite(point.y)) {
            GEOSCoordSeq_destroy_r(context.get(), sequence);
            throw Error("The polygon has a vertex whose coordinates are no numbers; it must be drawn again.");
        }
        GEOSCoordSeq_setXY_r(context.get(), sequence, i, point.x, point.y);
    }
    auto result = owned(context, GEOSGeom_createLinearRing_r(context.get(), sequence));
    if (!result) {
        throwGeos(context);
    }
    return result;
}

GeosGeometry toGeos(GeosContext& context, const Polygon& polygon) {
    GeosGeometry outer = toGeos(context, polygon.outer);
    std::vector<GeosGeometry> holes;
    for (const Ring& hole : polygon.holes) {
        if (hole.size() >= 3) {
            holes.push_back(toGeos(context, hole));
        }
    }
    std::vector<GEOSGeometry*> handed;
    for (GeosGeometry& hole : holes) {
        handed.push_back(hole.release());
    }
    // GEOS owns the rings from here on, even if it fails.
    auto result = owned(context, GEOSGeom_createPolygon_r(context.get(), outer.release(), handed.data(),
                                                          static_cast<unsigned>(handed.size())));
    if (!result) {
        throwGeos(context);
    }
    return result;
}

Ring ringFromGeos(GeosContext& context, const GEOSGeometry* ring) {
    const GEOSCoordSequence* sequence = GEOSGeom_getCoordSeq_r(context.get(), ring);
    unsigned count = 0;
    GEOSCoordSeq_getSize_r(context.get(), sequence, &count);
    Ring result;
    result.reserve(count);
    for (unsigned i = 0; i + 1 < count; ++i) {
        Point point;
        GEOSCoordSeq_getXY_r(context.get(), sequence, i, &point.x, &point.y);
        result.push_back(point);
    }
    return result;
}

void collect(GeosContext& context, const GEOSGeometry* geometry, MultiPolygon& result) {
    const int type = GEOSGeomTypeId_r(context.get(), geometry);
    if (type == GEOS_POLYGON) {
        if (GEOSisEmpty_r(context.get(), geometry) == 0) {
            Polygon polygon;
            polygon.outer = ringFromGeos(context, GEOSGetExteriorRing_r(context.get(), geometry));
            const int holes = GEOSGetNumInteriorRings_r(context.get(), geometry);
            for (int i = 0; i < holes; ++i) {
                polygon.holes.push_back(
                    ringFromGeos(context, GEOSGetInteriorRingN_r(context.get(), geometry, i)));
            }
            result.push_back(std::move(polygon));
        }
    } else if (type == GEOS_MULTIPOLYGON || type == GEOS_GEOMETRYCOLLECTION) {
        const int parts = GEOSGetNumGeometries_r(context.get(), geometry);
        for (int i = 0; i < parts; ++i) {
            collect(context, GEOSGetGeometryN_r(context.get(), geometry, i), result);
        }
    }
}

} // namespace

GeosContext::GeosContext() : m_handle(GEOS_init_r()) {
    GEOSContext_setErrorMessageHandler_r(m_handle, &GeosContext::remember, this);
    GEOSContext_setNoticeMessageHandler_r(
        m_handle, [](const char*, void*) {}, nullptr);
}

GeosContext::~GeosContext() {
    GEOS_finish_r(m_handle);
}

std::string GeosContext::takeMessage() {
    std::string message = std::exchange(m_message, {});
    while (!message.empty() && (message.back() == '.' || message.back() == '\n')) {
        message.pop_back();
    }
    return message.empty() ? "GEOS gives no reason" : message;
}

GeosContext& GeosContext::ofThisThread() {
    thread_local GeosContext context;
    return context;
}

void GeosContext::remember(const char* text, void* self) {
    static_cast<GeosContext*>(self)->m_message = text;
}

GeosGeometry owned(GeosContext& context, GEOSGeometry* geometry) {
    return GeosGeometry(geometry, GeosDeleter{context.get()});
}

GeosGeometry toGeos(GeosContext& context, const MultiPolygon& shape) {
    std::vector<GeosGeometry> parts;
    for (const Polygon& polygon : shape) {
        if (polygon.outer.size() >= 3) {
            parts.push_back(toGeos(context, polygon));
        }
    }
    std::vector<GEOSGeometry*> handed;
    for (GeosGeometry& part : parts) {
        handed.push_back(part.release());
    }
    auto result = owned(context, GEOSGeom_createCollection_r(context.get(), GEOS_MULTIPOLYGON, handed.data(),
                                                             static_cast<unsigned>(handed.size())));
    if (!result) {
        throwGeos(context);
    }
    return result;
}

MultiPolygon fromGeos(GeosContext& context, const GEOSGeometry* geometry) {
    MultiPolygon result;
    collect(context, geometry, result);
    return result;
}

} // namespace nunatak::geo
