// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"

#include <span>
#include <string>

namespace nunatak::editing {

/// Outlines that are not in a layer any more are in it again as they were last, each with all that was said
/// of it, bit by bit where nobody has its ground by now; elsewhere it ends at the others' lines, and a
/// verdict that was given on it is outdated. Throws Refused where others have all of one's ground, or lines
/// lie too near to each other, and Error where one is there already.
Edit bringBack(Draft draft, const std::string& layer, std::span<const outlines::OutlineHandle> gone);

} // namespace nunatak::editing
