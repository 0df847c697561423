// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

namespace nunatak {

/// Writes the pieces one after the other into a temporary file beside `file`, syncs it and renames it, so
/// that the file is there whole or as it was before. Throws Error, also in the place of a project.
void writeWholeFile(const std::filesystem::path& file, const std::vector<std::string_view>& pieces);

/// Makes the names in a folder lasting, after files in it were written or renamed. Throws Error.
void syncFolder(const std::filesystem::path& folder);

} // namespace nunatak
