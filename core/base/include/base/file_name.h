// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace nunatak {

/// Throws Error where a file system could not take the name of the file and those of the files beside it.
void throwIfNameTooLong(const std::filesystem::path& file);

} // namespace nunatak
