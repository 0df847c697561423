// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/spatial_reference.h"

#include "base/error.h"

#include <memory>

#include <proj.h>

namespace nunatak::project {

namespace {

/// GeoPackage's `definition` is WKT 1; PROJ writes it in the dialect that GDAL and QGIS read.
std::string wkt1Of(const geo::Crs& crs) {
    const std::unique_ptr<PJ_CONTEXT, decltype(&proj_context_destroy)> context(proj_context_create(),
                                                                               proj_context_destroy);
    proj_log_level(context.get(), PJ_LOG_NONE);
    const std::unique_ptr<PJ, decltype(&proj_destroy)> system(proj_create(context.get(), crs.wkt().c_str()),
                                                              proj_destroy);
    if (system) {
        if (const char* text = proj_as_wkt(context.get(), system.get(), PJ_WKT1_GDAL, nullptr)) {
            return text;
        }
    }
    throw Error("The coordinate system " + crs.name() +
                " cannot be written into a GeoPackage. Choose another one, such as the UTM zone.");
}

} // namespace

database::SpatialReference spatialReferenceOf(const geo::Crs& crs) {
    return {.name = crs.name().empty() ? "Project" : crs.name(),
            .organization = crs.epsg() ? "EPSG" : "NONE",
            .code = crs.epsg().value_or(0),
            .definition = wkt1Of(crs),
            .wkt = crs.wkt()};
}

} // namespace nunatak::project
