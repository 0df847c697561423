// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline_ref.h"
#include "project/project.h"

#include <string>

namespace nunatak::cli {

/// The outline that is meant, in this layer, or where none is named in what is edited. Throws Error where it
/// is none, or several.
outlines::OutlineRef glacierNamed(const project::Project& project, const std::string& glacier,
                                  const std::string& layer);

} // namespace nunatak::cli
