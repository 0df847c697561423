// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "tasks/prediction_rasters.h"

#include <filesystem>
#include <string>
#include <vector>

// A copy of a project with what lies beside it, as the window and the command line both make it.
namespace nunatak::tasks {

enum class TakeRasters { Yes, No, WhereLittle };

/// Copies a project, also of one that somebody edits meanwhile: what is saved when it ends. With the rasters
/// of its predictions, or, where they are much (littleRoom), without. Returns a sentence on each thing that
/// the copy has and has not. Throws Error as project::copyFile(), and where the rasters find no room; then
/// there is no copy.
std::vector<std::string> copyProject(const std::filesystem::path& file, const std::filesystem::path& target,
                                     TakeRasters rasters, const Progress& progress);

} // namespace nunatak::tasks
