// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"
#include "outlines/outline_ref.h"

#include <algorithm>
#include <vector>

namespace nunatak::ui::tools {

/// What the hand works on.
struct Selection {
    std::vector<outlines::OutlineRef> outlines; ///< each once, in the order in which they were chosen
    std::vector<geo::VertexId> vertices;        ///< of the outline, while it is the only one

    bool empty() const { return outlines.empty(); }
    bool contains(const outlines::OutlineRef& ref) const {
        return std::find(outlines.begin(), outlines.end(), ref) != outlines.end();
    }
    /// The outline that is selected alone; null: none or several.
    const outlines::OutlineRef* only() const { return outlines.size() == 1 ? &outlines.front() : nullptr; }
    bool operator==(const Selection&) const = default;
};

} // namespace nunatak::ui::tools
