// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/export_options.h"
#include "outlines/outline.h"

#include <vector>

namespace nunatak::project {
class Project;
} // namespace nunatak::project

namespace nunatak::tasks {

/// The scenes of a project that these outlines name, as whoever gets the outlines knows images.
std::vector<exchange::SourceImage> imagesOf(const project::Project& project,
                                            const std::vector<outlines::OutlineHandle>& outlines);

} // namespace nunatak::tasks
