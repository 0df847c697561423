// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"
#include "scene/file_print.h"

#include <functional>
#include <string>

namespace nunatak::project {

/// What the rasters of a scene (by id) are known by wherever they are, as the project's file has it. Waits
/// until all is saved; what is returned reads, on any thread.
std::function<scene::FilePrints()> planPrints(const Project& project, const std::string& scene);

} // namespace nunatak::project
