// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"

#include <cstdint>

namespace nunatak::comparison {

/// For each pixel the Euclidean distance in pixels to the nearest seed, from middle to middle, and that
/// seed's label.
struct NearestSeed {
    Image<float> distance;     ///< infinite where there is no seed at all
    Image<std::int32_t> label; ///< 0 where there is no seed at all
};

/// Exact. Seeds are the pixels with a label other than 0. Felzenszwalb & Huttenlocher (2012): lower envelopes
/// of parabolas, columns first, then rows; the time is proportional to the number of pixels.
NearestSeed nearestSeed(const Image<std::int32_t>& seeds);

} // namespace nunatak::comparison
