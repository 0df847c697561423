// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"

#include <string>

namespace nunatak::outlines {

/// One outline before and after; both ends of an edit, so undo is the same thing the other way round.
struct OutlineChange {
    std::string layer;
    OutlineHandle before; ///< null: the outline is new
    OutlineHandle after;  ///< null: the outline is removed
};

} // namespace nunatak::outlines
