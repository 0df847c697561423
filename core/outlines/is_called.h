// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"

#include <string>

namespace nunatak::outlines {

/// Whether an outline is called so: by its UUID, name, RGI or GLIMS id.
bool isCalled(const Outline& outline, const std::string& word);

} // namespace nunatak::outlines
