// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"

#include <filesystem>
#include <memory>
#include <string>

namespace nunatak::cli {

/// Project::open(), with what others did to the file said on stderr.
std::unique_ptr<project::Project> openProject(const std::filesystem::path& file,
                                              project::Access access = project::Access::ReadWrite);

/// Says on stderr what is waited for.
void sayWaiting(const std::string& problem);

/// Waits until all is saved and says on stderr what it waits for. Throws as Project::flush().
void save(const project::Project& project);

} // namespace nunatak::cli
