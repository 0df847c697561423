// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/claim.h"

#include <filesystem>
#include <string>
#include <vector>

namespace nunatak {

/// Renames `made` from `staging` into `folder`, in order, after `leaving` have gone from there. A set of
/// several is written down first, so that finishCommit() can put the rest in place after a crash. Throws
/// Error; then all is as it was.
void commit(const std::filesystem::path& staging, const std::filesystem::path& folder,
            const std::vector<std::string>& made, const std::vector<std::string>& leaving,
            const Claim& claim);

/// Puts in place what is left of a set whose process ended between two renames: each only where the file of
/// before still is.
void finishCommit(const std::filesystem::path& staging, const std::filesystem::path& folder) noexcept;

} // namespace nunatak
