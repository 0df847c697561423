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

/// RGBA bytes of three bands, each with its own stretch, and all brightened by one curve where most of the
/// picture would be dark (rock beside sunlit snow). A pixel that lacks a band is 0, 0, 0, 0: with colours
/// that are zero where alpha is, a filtered texel divided by its alpha is the mean of the pixels that exist,
/// so no edge turns dark.
std::vector<std::uint8_t> stretchedPicture(const Image<float>& bands, const std::array<int, 3>& channels);

} // namespace nunatak::ui::terrain
