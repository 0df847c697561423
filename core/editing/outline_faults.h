// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/finding.h"
#include "outlines/outline.h"

#include <string>
#include <vector>

namespace nunatak::editing {

/// What makes an outline not valid, each place of it; nothing where it is valid.
std::vector<Finding> faultsOf(const std::string& layer, const outlines::SharedOutline& outline);

} // namespace nunatak::editing
