// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

// Files that take the place of none.
namespace nunatak::database {

/// Throws Error where something of that name is there, or its folder is missing or cannot be written.
void throwUnlessFree(const std::filesystem::path& file);

/// Gives a project its name, never in the place of another file. Throws Error.
void publish(const std::filesystem::path& made, const std::filesystem::path& target);

} // namespace nunatak::database
