// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"

#include <filesystem>

namespace nunatak::tasks {

/// The demo project in `folder`: a simulated scene of 1024 × 1024 pixels, the outlines an expert would draw,
/// and an inventory of them that somebody has gone through but for the last few glaciers, which are as a band
/// ratio draws them: a short queue. Made when it is not there yet, else as it was left. Returns the project's
/// file. Throws Error when the folder cannot be written; Cancelled.
std::filesystem::path demoProject(const std::filesystem::path& folder, const Progress& progress);

} // namespace nunatak::tasks
