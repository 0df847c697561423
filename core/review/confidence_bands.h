// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "geo/crs.h"
#include "outlines/outline_set.h"

#include <filesystem>
#include <optional>
#include <vector>

namespace nunatak::review {

/// How unsure a model is of an outline: the ground on which its confidence is low, in the outline and beside
/// it.
struct ConfidenceBand {
    double width = 0;       ///< m on the ground: area of that ground per metre of the outline's lines
    double unsureShare = 0; ///< of the outline's own pixels, 0 to 1
    bool isCalibrated = false;
    bool operator==(const ConfidenceBand&) const = default;
};

/// A confidence raster of ours and outlines that came of it. A value: any thread may carry it out.
struct ConfidenceRequest {
    std::filesystem::path raster;
    geo::Crs crs;                                  ///< of the outlines
    std::vector<outlines::OutlineHandle> outlines; ///< to measure
    outlines::OutlineSet ice;                      ///< all of the layer: on them no band of others goes on
    /// Of a calibrated confidence: what is under it is low. Where the prediction's flags (quality….tif) lie
    /// beside the raster they say so, for the threshold that it was made with.
    double threshold = 0.95;
    /// Of one that is not calibrated the numbers mean nothing, only their order does: what is low is the
    /// least sure part of all that the raster holds.
    double leastSure = 0.05;
};

/// How far beside an outline its band reaches: pixels, stepped by their edges through low confidence.
inline constexpr int bandReach = 10;

/// For each of the outlines; none where no middle of a pixel with a confidence lies in it. One pass over the
/// blocks of the raster near the outlines, on two threads, for one outline as for thousands; pixels count by
/// their middles. Throws Error when the raster cannot be read or is none of ours; Cancelled.
std::vector<std::optional<ConfidenceBand>> confidenceBands(const ConfidenceRequest& request,
                                                           const Progress& progress);

/// What counts as low in a raster: the threshold where it is calibrated, else so much that `leastSure` of its
/// pixels are under it (of an even sample of 64 of its blocks where it is larger). Throws as above.
double lowConfidenceBelow(const std::filesystem::path& raster, double threshold, double leastSure,
                          const Progress& progress);

} // namespace nunatak::review
