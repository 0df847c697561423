// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "raster/raster_reader.h"

#include <vector>

namespace nunatak::scene::products {

/// Pixels of some small windows spread over a raster, whatever its size: enough to tell in what unit it is,
/// and never more than a hundred thousand of each band.
struct Samples {
    std::vector<float> values; ///< those that are there, sorted
    double missing = 0;        ///< share of the pixels looked at that have none

    bool empty() const { return values.empty(); }
    /// The value below which this share of them lies.
    float quantile(double share) const;
};

/// Throws Error when the raster cannot be read.
Samples samplesOf(const raster::RasterReader& reader, const std::vector<int>& bands);

} // namespace nunatak::scene::products
