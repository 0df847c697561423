// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"

#include <optional>
#include <string>

namespace nunatak::outlines {

/// One outline before and after; both ends of an edit, so undo is the same thing the other way round.
struct OutlineChange {
    std::string layer;
    OutlineHandle before; ///< null: the outline is new
    OutlineHandle after;  ///< null: the outline is removed
    /// Nobody looked at its line: it changes along with the one in the hand, or is parted, joined, tidied.
    bool isAlong = false;
};

/// One layer before and after: made, described anew or removed. Outlines are named one by one.
struct LayerChange {
    std::optional<LayerInfo> before; ///< none: the layer is new
    std::optional<LayerInfo> after;  ///< none: the layer is removed
    int place = -1;                  ///< of one that is removed, or put back: where it stands; -1: last
};

} // namespace nunatak::outlines
