// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "geo/crs.h"
#include "geo/polygon.h"

#include <cstdint>
#include <filesystem>
#include <optional>

namespace nunatak::prediction {

/// How sure a model is of what lies in an outline.
struct OutlineConfidence {
    double mean = 0;     ///< 0 to 1
    double lowShare = 0; ///< of the pixels, those under the threshold asked for
    std::int64_t pixels = 0;
    bool isCalibrated = false;
};

/// From a confidence raster of ours, over the pixels whose middle lies in `shape` (in `crs`); none where it
/// has no pixel there. Throws Error when the raster cannot be read; Cancelled.
std::optional<OutlineConfidence> confidenceWithin(const std::filesystem::path& raster,
                                                  const geo::MultiPolygon& shape, const geo::Crs& crs,
                                                  double threshold, const Progress& progress);

} // namespace nunatak::prediction
