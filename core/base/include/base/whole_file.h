// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/claim.h"

#include <filesystem>
#include <string_view>
#include <vector>

namespace nunatak {

/// Writes the pieces one after the other into a temporary file beside `file`, syncs it and renames it, so
/// that the file is there whole or as it was before. Throws Error, also where the claim does not let it take
/// the name.
void writeWholeFile(const std::filesystem::path& file, const std::vector<std::string_view>& pieces,
                    const Claim& claim = inOwnFolder());

/// Asks the disk to keep a file that was written; a full disk or a lost drive shows here at the latest.
/// Throws Error, which names `wanted` where that is given: what the file is to be called.
void syncFile(const std::filesystem::path& file, const std::filesystem::path& wanted = {});

/// Makes the names in a folder lasting, after files in it were written or renamed. Throws Error, as syncFile.
void syncFolder(const std::filesystem::path& folder, const std::filesystem::path& wanted = {});

} // namespace nunatak
