// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"

#include <cstdint>
#include <optional>

namespace nunatak::prediction {

struct BandRatioOptions {
    std::optional<double> threshold; ///< of red / SWIR1; none: Otsu's (1979) on the ratio
    double minimumBlue = 0.0;        ///< reflectance; darker blue is shadow, not ice
    int medianSize = 3;
};

/// Clean ice by red / SWIR1 (Paul et al. 2016), the baseline that users compare with.
/// Bands: blue, red, swir1 as reflectance; NaN pixels are NotPredicted.
Image<std::uint8_t> bandRatio(const Image<float>& blueRedSwir1, const BandRatioOptions& options);

} // namespace nunatak::prediction
