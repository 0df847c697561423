// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "editing/finding.h"
#include "geo/crs.h"
#include "outlines/outline.h"

#include <set>
#include <string>
#include <vector>

namespace nunatak::editing {

/// Outlines to look at. A value: any thread may carry the check out.
struct CheckRequest {
    std::string layer;
    std::vector<outlines::OutlineHandle> outlines;
    geo::Crs crs;
    bool mayOverlap = false;  ///< as those of side layers
    double smallest = 10'000; ///< m²; the inventories' 0.01 km²
    double tolerance = 5;     ///< in units of the project CRS: so near to one another lines are nearly one
    /// UUIDs of outlines that became others: only what names one of them is looked for, and costs what lies
    /// near them. Empty: all.
    std::set<std::string> only{};
    /// Gaps are looked for, which takes most of the time: lines are brought together to see where they are.
    bool seeksGaps = true;
};

/// What is wrong with the outlines: each by itself first, then between two; in the order of their ground, so
/// that who goes from one to the next stays near. Gaps are what snap() would close. What is no glacier is not
/// looked at. What rounding of coordinates makes (boundaries.h: onLine) is no overlap. Throws Cancelled,
/// and Error as throwUnlessTolerance() of snap.h.
std::vector<Finding> check(const CheckRequest& request, const Progress& progress);

} // namespace nunatak::editing
