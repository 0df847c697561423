// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "outlines/outline_set.h"

#include <vector>

namespace nunatak::review {

/// How a glacier agrees with the outlines of a reference on its ground, however those divide the ice.
struct Agreement {
    /// Of the ice of either the share that only one of both has: 0 the same, 1 nothing in common. What of the
    /// reference lies in no glacier of the layer counts for the one that has most of its outline.
    double difference = 0;
    /// The areas of the reference's outlines of which this glacier has the most, together, in squared units
    /// of the coordinates; 0 where all that it touches belongs more to others.
    double theirArea = 0;
    bool touchesAny = false; ///< it has ground in common with the reference
    bool operator==(const Agreement&) const = default;
};

/// For each of `glaciers`, which are of `layer`. What was found to be no glacier is nothing in either. Areas
/// are measured along lines `spacing` units apart (outlines::inCommon()): of a glacier of 0.01 km² along five
/// at 20 m. Throws Cancelled.
std::vector<Agreement> agreementsWith(const outlines::OutlineSet& reference,
                                      const std::vector<outlines::OutlineHandle>& glaciers,
                                      const outlines::OutlineSet& layer, double spacing,
                                      const Progress& progress);

} // namespace nunatak::review
