// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"

#include <cstdint>

namespace nunatak::prediction {

/// Gaps of this width (metres) are predicted all the same: the stripes of Landsat 7 since its scan line
/// corrector failed in 2003 are up to 14 pixels of 30 m wide.
inline constexpr double narrowGap = 450;

/// How far around a pixel (in pixels) widePixels() looks to tell whether its gap is wide.
int gapReach(double pixelSizeMetres);

/// 1 where a gap (1 in `gaps`) is wider than narrowGap: where a disc of more than that diameter fits into the
/// gap, and in the corners such a disc leaves. Beyond the image its edge pixels go on.
Image<std::uint8_t> widePixels(const Image<std::uint8_t>& gaps, double pixelSizeMetres);

} // namespace nunatak::prediction
