// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#ifndef GEOS_USE_ONLY_R_API
#define GEOS_USE_ONLY_R_API
#endif
#include <geos_c.h>

#include <memory>
#include <string>

namespace nunatak::geo {

/// A GEOS context that keeps its last complaint instead of printing it. One thread at a time.
class GeosContext {
public:
    GeosContext();
    ~GeosContext();
    GeosContext(const GeosContext&) = delete;
    GeosContext& operator=(const GeosContext&) = delete;

    GEOSContextHandle_t get() const { return m_handle; }
    /// What GEOS complained of last; then forgotten.
    std::string takeMessage();

    static GeosContext& ofThisThread();

private:
    static void remember(const char* text, void* self);

    GEOSContextHandle_t m_handle;
    std::string m_message;
};

struct GeosDeleter {
    GEOSContextHandle_t handle = nullptr;
    void operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(handle, geometry); }
};
using GeosGeometry = std::unique_ptr<GEOSGeometry, GeosDeleter>;

GeosGeometry owned(GeosContext& context, GEOSGeometry* geometry);

/// A multipolygon of GEOS; rings with fewer than three vertices have no area and are left out.
/// Throws Error for coordinates that are no finite numbers.
GeosGeometry toGeos(GeosContext& context, const MultiPolygon& shape);
/// All polygons of a geometry, however nested; points and lines in it are left out.
MultiPolygon fromGeos(GeosContext& context, const GEOSGeometry* geometry);

} // namespace nunatak::geo
