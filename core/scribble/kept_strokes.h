// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/edit.h"
#include "scribble/stroke.h"

#include <string>
#include <vector>

namespace nunatak::scribble {

/// Where strokes are kept that somebody accepted: the side layers of their kinds.
struct StrokeLayers {
    std::string ice;
    std::string noIce;
};

/// The strokes as new lines of these layers, from which a model learns. Each says how broad it is (`width`,
/// metres); a dab becomes a line as long as half of that.
std::vector<outlines::OutlineChange> keptStrokes(const std::vector<Stroke>& strokes,
                                                 const StrokeLayers& layers, double width);

} // namespace nunatak::scribble
