// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace nunatak::raster {

/// Looks through the names in a tar or zip file on disk, without unpacking anything.
/// Throws Error when it is cut off or no archive, when a name leads out of the folder it would be unpacked
/// into (a file that does that was made to do harm), or when it holds more than 100,000 files.
void checkArchive(const std::string& path);

} // namespace nunatak::raster
