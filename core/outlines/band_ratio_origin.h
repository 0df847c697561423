// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace nunatak::outlines {

/// What outlines of the band ratio have in place of a model's fingerprint begins so. Their threshold is one
/// of a ratio, not a probability.
inline constexpr std::string_view bandRatioPrefix = "band-ratio-";

inline bool isOfBandRatio(std::string_view modelFingerprint) {
    return modelFingerprint.starts_with(bandRatioPrefix);
}

} // namespace nunatak::outlines
