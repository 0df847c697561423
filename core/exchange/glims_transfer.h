// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/export_table.h"

#include <filesystem>
#include <string>

// The layout in which GLIMS takes outlines in: Shapefiles of a session, of glaciers (a point each), of
// segments (polygons of glacier boundaries and of rocks within them) and of images, tied together by glac_id.
namespace nunatak::exchange {

/// The GLIMS id of a place: G, its longitude eastwards and its latitude in thousandths of a degree, such as
/// G010752E46802N.
std::string glimsIdAt(geo::Point degrees);

/// The names of the four files beside `file`: NAME_session.shp, NAME_glaciers.shp, NAME_segments.shp,
/// NAME_images.shp.
std::vector<std::filesystem::path> glimsFiles(const std::filesystem::path& file);

/// Throws Error where an uncertainty is no length, or the regional centre no number.
void throwUnlessForGlims(const GlimsChoice& choice);

/// Writes the four files into `folder`, with names made from that of `file`. What they cannot hold is added
/// to the notes. Throws Error as OutlineWriter does; Cancelled.
void writeGlims(PreparedExport& prepared, const ExportOptions& options, const std::filesystem::path& folder,
                const std::filesystem::path& file, const Progress& progress);

} // namespace nunatak::exchange
