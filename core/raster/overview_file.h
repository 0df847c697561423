// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"

#include <filesystem>
#include <string>

namespace nunatak::raster {

/// True for a raster so large that a coarse view of it is slow to read, without an overview to read it from.
/// Throws Error when it cannot be opened.
bool lacksOverviews(const std::string& raster);

/// Makes overviews (averages) of a raster without touching it: `vrt` becomes a small file that shows the raster,
/// and its overviews lie beside it as `vrt` + ".ovr". Both appear whole or not at all; the folder must exist.
/// Throws Error, Cancelled.
void makeOverviews(const std::string& raster, const std::filesystem::path& vrt, const Progress& progress);

} // namespace nunatak::raster
