// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/spatial_reference.h"

namespace nunatak::project {

database::SpatialReference spatialReferenceOf(const geo::Crs& crs) {
    return {.name = crs.name().empty() ? "Project" : crs.name(),
            .organization = crs.epsg() ? "EPSG" : "NONE",
            .code = crs.epsg().value_or(0),
            .definition = crs.wkt1(),
            .wkt = crs.wkt()};
}

} // namespace nunatak::project
