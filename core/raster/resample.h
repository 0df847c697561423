// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "raster/pixel_source.h"
#include "raster/target_mapping.h"

#include <span>
#include <stop_token>

namespace nunatak::raster {

/// Fills columns × rows pixels that begin at the mapping's first pixel. Where the target is coarser than the
/// source, overviews are used and all source pixels under a target pixel are averaged. NaN where the source
/// has no data under the middle of a pixel; next to such a place the values that are there are used alone.
/// Throws Cancelled.
Image<float> resample(const PixelSource& source, std::span<const int> bands, const TargetMapping& mapping,
                      int columns, int rows, Resampling resampling, const std::stop_token& stop = {});
/// How the source is thinned out for target pixels that each span `scale` of its pixels.
Reduction reductionFor(const PixelSource& source, int band, geo::Point scale, Resampling resampling);

} // namespace nunatak::raster
