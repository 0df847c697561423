// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"

#include <array>
#include <cstdint>
#include <vector>

namespace nunatak::ui::terrain {

/// The values between which a band is spread over black to white.
struct Stretch {
    float low = 0;
    float high = 1;
};

/// 2nd and 98th percentile of the values that are there (a sample of at most about 200,000); 0 to 1 when none
/// are.
Stretch percentileStretch(const float* values, std::size_t count);

/// Values at evenly spaced shares of the same sample, from the least to the largest; empty when there are
/// none.
std::vector<float> quantilesOf(const float* values, std::size_t count);

/// The exponent that brings the median brightness of a picture to a middle grey where most of it would be
/// dark, as rock beside sunlit snow; 1 where it is bright enough. `quantiles` and `stretches` of its three
/// bands.
double brighteningExponent(const std::array<const std::vector<float>*, 3>& quantiles,
                           const std::array<Stretch, 3>& stretches);

} // namespace nunatak::ui::terrain
