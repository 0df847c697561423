// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <string>

// Files of the disk within the paths that GDAL understands.
namespace nunatak::scene {

/// GDAL's own names (/vsizip/…, NETCDF:…) are no paths of the file system.
bool isVirtual(const std::string& path);

/// The part of a path that `isFile` takes for a file of the disk, the longest first; empty: none.
std::string fileWithin(const std::string& path, const std::function<bool(const std::string&)>& isFile);

/// The file of the disk that a virtual path names, there or not, by the rules of GDAL: behind "/vsizip/", in
/// braces or up to the first name with an ending; in quotes behind "NETCDF:". Empty where it names none, such
/// as a remote one.
std::string namedWithin(const std::string& path);

/// The path with one file of the disk in it replaced by another; as it was where that is not in it.
std::string withFile(const std::string& path, const std::string& file, const std::string& replacement);

/// A path of GDAL with the file in it by its whole path, where it is named as seen from the working folder:
/// "/vsizip/data/a.zip/b.tif", NETCDF:"a.nc":albedo. As it was where there is no such file.
std::string withAbsoluteFile(const std::string& path);

/// The file that lies under `folder` as `path` lies under some folder above it, with as many of its folders
/// as possible; empty: there is none.
std::string sameUnder(const std::filesystem::path& folder, const std::string& path);

} // namespace nunatak::scene
