// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"

#include <cstdint>
#include <optional>
#include <vector>

// Clean ice by a band ratio (Paul et al. 2016, The Cryosphere), the baseline that users compare with. All
// images here have the bands blue, numerator and SWIR1 as reflectance, NaN where there is no data.
namespace nunatak::prediction {

/// What is divided by SWIR1.
enum class RatioBand { Red, Nir };

struct BandRatioOptions {
    RatioBand numerator = RatioBand::Red;
    std::optional<double> threshold; ///< of the ratio; none: Otsu's (1979)
    double minimumBlue = 0.0;        ///< reflectance; darker blue is shadow, not ice
    int medianSize = 3;
};

/// The classes of a whole image: Glacier, Background, and NotPredicted without data. Throws Error unless
/// there are three bands.
Image<std::uint8_t> bandRatio(const Image<float>& bands, const BandRatioOptions& options);

/// The ratio of each pixel, NaN without data.
std::vector<float> bandRatios(const Image<float>& bands);
/// Otsu (1979): the threshold that parts a histogram into the two classes with the largest variance between
/// them. NaN is left out; 0 when there is nothing else.
double otsuThreshold(std::vector<float> values);
/// bandRatio() with a known threshold and without the median filter, for an image that is read in parts.
Image<std::uint8_t> classifyByRatio(const Image<float>& bands, double threshold, double minimumBlue);

} // namespace nunatak::prediction
