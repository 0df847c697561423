// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "editing/layer_lines.h"
#include "geo/polygon.h"
#include "outlines/outline.h"

#include <cstddef>
#include <string>
#include <vector>

namespace nunatak::editing {

/// What would be worse than before where outlines changed.
struct SnapProblem {
    std::vector<std::size_t> outlines; ///< one, or two between which it is
    geo::Point place;
    geo::Extent extent;
    std::string why; ///< a short sentence
};

/// Looks at all outlines that changed (null: did not), each by itself and beside its neighbours: rings keep
/// their direction, parts and holes stay, nothing becomes invalid, nothing overlaps that did not.
std::vector<SnapProblem> problemsOf(const LayerLines& before,
                                    const std::vector<outlines::OutlineHandle>& after, double tolerance,
                                    bool mayOverlap, const Progress& progress);

} // namespace nunatak::editing
