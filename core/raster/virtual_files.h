// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace nunatak::raster {

// Files and folders wherever GDAL reaches: the disk, /vsizip/, /vsitar/, /vsicurl/, /vsis3/ …

bool fileExists(const std::string& path);
bool isFolder(const std::string& path);
/// True for a name in a folder that stands for nothing of the user's: hidden ones (.DS_Store, and ._NAME,
/// which macOS writes beside each NAME on disks that are not its own) and the folder __MACOSX of its zip
/// files.
bool isHidden(const std::string& name);
/// Names in a folder that are not hidden (or in the archive that a /vsizip/ or /vsitar/ path names), sorted;
/// not in folders within it. Empty when there is none or it cannot be listed. Throws Error beyond 100,000
/// names.
std::vector<std::string> namesIn(const std::string& folder);
/// How a raster is called wherever the program is started: an address on the web as /vsicurl/…, the path of a
/// file from the root, also within what GDAL opens (NETCDF:"dem.nc":height, /vsizip/scene.zip/b4.tif). Other
/// text as it is.
std::string fullRasterPath(const std::string& given);
/// A text file as a whole. Throws Error when it is missing, cannot be read to its end, or is larger than
/// `most` bytes (a compressed archive can hold a file that is a thousand times its size).
std::string readText(const std::string& path, std::size_t most);

} // namespace nunatak::raster
