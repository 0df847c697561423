// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "comparison/outline_comparison.h"

#include <filesystem>

namespace nunatak::tasks {

/// Reads two files of outlines and compares them by their exact shapes, in the UTM zone or polar
/// stereographic system around the trusted ones. What was found on reading is among the notes. Throws Error,
/// Cancelled.
comparison::OutlineComparison compareFiles(const std::filesystem::path& model,
                                           const std::filesystem::path& expert,
                                           const comparison::OutlineOptions& options,
                                           const Progress& progress);

} // namespace nunatak::tasks
