// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "geo/crs.h"
#include "outlines/outline.h"

#include <filesystem>
#include <string>
#include <vector>

namespace nunatak::exchange {

/// Polygons of a vector file (Shapefile, GeoPackage, GeoJSON, anything OGR reads), transformed into `target`.
/// rgi_id / glac_id, glac_name / Name, src_date / BgnDate are understood; all other fields are kept as
/// attributes. Repaired shapes and skipped features are counted.
struct ReadOutlines {
    std::vector<outlines::Outline> outlines;
    int repaired = 0; ///< invalid shapes made valid
    int skipped = 0;  ///< features that are no polygon
};
/// Throws Error: no such file, no polygons in it, no coordinate system (the message says how to give it one).
ReadOutlines readOutlines(const std::filesystem::path& file, const geo::Crs& target,
                          const Progress& progress = {});

/// Writes outlines by the extension: .shp (with RGI 7 attribute names), .gpkg or .geojson (EPSG:4326). The
/// file appears whole or not at all, an existing one is replaced. Every polygon is valid; those with no area
/// are refused. Throws Error: unknown extension, folder not writable, disk full.
void writeOutlines(const std::vector<outlines::Outline>& outlines, const geo::Crs& crs,
                   const std::filesystem::path& file, const Progress& progress = {});

} // namespace nunatak::exchange
