// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"

#include <filesystem>
#include <string>

namespace nunatak::raster {

/// Makes overviews (averages of pixels that are there, 2, 4, 8 … times coarser) of a raster without touching
/// it: `vrt` becomes a small file in GDAL's virtual format that shows `raster` (a path or such a view as
/// text), and its overviews lie beside it as `vrt` + ".ovr". Both appear whole or not at all; the folder must
/// exist. Blocks for as long as all pixels take to read. Throws Error when the raster cannot be read, the
/// files cannot be written or would leave little room on their disk, Cancelled.
void makeOverviews(const std::string& raster, const std::filesystem::path& vrt, const Progress& progress);

/// A number of 64 bits (hexadecimal) that tells texts apart, for the names of files.
std::string digestOf(const std::string& text);

} // namespace nunatak::raster
