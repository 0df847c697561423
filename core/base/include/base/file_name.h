// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>

namespace nunatak {

/// Bytes: 255, as the usual file systems have it, less 8 for what lies beside it while it is written
/// (SQLite's -journal, a Shapefile's endings).
inline constexpr std::size_t longestFileName = 255 - 8;

/// Throws Error where a file system could not take the name of the file and those of the files beside it.
void throwIfNameTooLong(const std::filesystem::path& file);

} // namespace nunatak
