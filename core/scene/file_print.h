// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace nunatak::scene {

/// By which a file is known again whatever it is called: its size and a hash of its beginning and end, for
/// rasters are large. Empty where it cannot be read, or is a folder. Not meant against malice.
std::string filePrint(const std::filesystem::path& file);

/// Prints of files by the paths that they had.
using FilePrints = std::map<std::string, std::string>;

/// The file of that print anywhere under a folder (the first 20,000 entries are looked at); empty: none.
std::string fileOfPrint(const std::filesystem::path& folder, const std::string& print);

} // namespace nunatak::scene
