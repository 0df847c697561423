// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

// What quality.tif says of each pixel; docs/prediction.md tells users.
namespace nunatak::prediction {

/// First band: bits that add up; 0 where there is nothing to say.
namespace quality {
inline constexpr std::uint8_t noData = 1;        ///< a required feature has no data: no result
inline constexpr std::uint8_t notComputed = 2;   ///< outside of what was asked for: no result
inline constexpr std::uint8_t gapFilled = 4;     ///< predicted over a narrow gap in the optical bands
inline constexpr std::uint8_t lowConfidence = 8; ///< confidence under the threshold
inline constexpr std::uint8_t uncalibrated = 16; ///< confidence is not calibrated
inline constexpr std::uint8_t shadow = 32;       ///< of a band ratio: too dark in blue to be called ice
} // namespace quality

/// Second band: a bit for each optional feature that is missing at the pixel, in whole or in one of its
/// bands.
inline std::uint8_t missingFeatureBit(const std::string& feature) {
    if (feature == "optical") {
        return 1;
    }
    if (feature == "dem") {
        return 2;
    }
    if (feature == "co_pol_sar") {
        return 4;
    }
    if (feature == "cross_pol_sar") {
        return 8;
    }
    if (feature == "in_sar") {
        return 16;
    }
    return feature == "thermal" ? 32 : 64;
}

} // namespace nunatak::prediction
