// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "raster/gdal_messages.h"

#include <cstddef>
#include <filesystem>

namespace nunatak::exchange {

/// How many features of a vector file that was just written are whole on the disk; 0 where the file itself is
/// not. Some drivers of GDAL say nothing when the disk is full. Of what it can be told by (the lengths that a
/// Shapefile's parts say, the count of a database, the lines of GeoJSON), nothing else is read.
std::size_t featuresIn(const std::filesystem::path& file, const raster::GdalMessages& messages);

} // namespace nunatak::exchange
