// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace nunatak::exchange {

/// A vector file, by itself or within what a user named.
struct VectorFile {
    std::string path;  ///< as GDAL opens it
    std::string shown; ///< its place within an archive or a folder; empty where it is what the user named
};

/// The vector files that a path means: the file itself, those in a zip or tar file (as providers deliver
/// them, also with archives in it) or in a folder, or what GDAL makes of it (/vsizip/…, https://…). What
/// begins with a dot or lies in __MACOSX is no file of the user. Where the same data lie there in several
/// formats, one is taken and a note says so. Throws Error: nothing there, an archive that is damaged or holds
/// no vector file.
std::vector<VectorFile> vectorFilesIn(const std::filesystem::path& given, std::vector<std::string>& notes);

} // namespace nunatak::exchange
