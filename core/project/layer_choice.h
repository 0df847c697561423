// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline_set.h"

#include <optional>
#include <string>
#include <vector>

// Which layer is meant: what the window and the command line both ask.
namespace nunatak::project {

class Project;

/// A layer by its name or title. "inventory", and "corrected" as it was called before, mean the only
/// inventory where no layer is called that. Throws Error that names the inventories where there are several,
/// or the layers where none is meant.
std::string layerNamed(const Project& project, const std::string& name);

/// The same, none where no layer is meant.
std::optional<std::string> layerIfNamed(const Project& project, const std::string& name);

/// Where no layer is named: the only inventory, or `otherwise` where there is none. Throws Error that names
/// the inventories where there are several.
std::string inventoryOr(const Project& project, const std::string& otherwise);

/// What of a layer is handed in: all of it, but of an inventory not what was found to be no glacier.
std::vector<outlines::OutlineHandle> outlinesToHandIn(const Project& project, const std::string& layer);

} // namespace nunatak::project
