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

/// What became of outlines that were written.
struct WrittenOutlines {
    std::size_t count = 0;
    /// A sentence for all that is not in the file as it was in the outlines: names and texts cut, values of
    /// another type, identifiers and measures left out.
    std::vector<std::string> notes;
};

/// Writes outlines by the extension: .shp, .gpkg or .geojson (EPSG:4326, cut at the 180th meridian), with the
/// names of RGI 7 and then every attribute in its own type. Areas are geodesic. The file appears whole or not
/// at all, an existing one is replaced. Every polygon is valid; those with no area are refused. Throws Error:
/// unknown extension, folder not writable, disk full, more columns than the format has.
WrittenOutlines writeOutlines(const std::vector<outlines::Outline>& outlines, const geo::Crs& crs,
                              const std::filesystem::path& file, const Progress& progress = {});

} // namespace nunatak::exchange
