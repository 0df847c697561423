// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace nunatak::database {

/// Copies a damaged project to be read, with what a session that was cut off left beside it. Where its first
/// bytes do not say what it is they are written anew in the copy, since the rest may be whole; that is what a
/// sentence is returned on. Throws Error.
std::vector<std::string> copyDamaged(const std::filesystem::path& damaged, const std::filesystem::path& copy);

} // namespace nunatak::database
