// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"

#include <cstdint>

namespace nunatak::prediction {

/// Shannon confidence 1 − H₂(p) of glacier against background, p clipped to [1e-6, 1 − 1e-6] without
/// renormalisation (Maslov et al. 2025; golden group c). NaN stays NaN.
Image<float> shannonConfidence(const Image<float>& probability);
/// The same of one probability.
double shannonConfidence(double probability);

/// A class of each pixel.
enum Class : std::uint8_t { Background = 0, Glacier = 1, NotPredicted = 255 };

/// Glacier where probability > threshold; a tie is background; NaN is NotPredicted.
Image<std::uint8_t> classify(const Image<float>& probability, double threshold);

/// Median of a size × size window, edges mirrored with the edge pixel repeated (numpy "symmetric"); even
/// sizes take rank size²/2 and reach one further to the upper left (golden group d). NotPredicted pixels stay
/// and are no glacier to their neighbours.
Image<std::uint8_t> medianFilter(const Image<std::uint8_t>& classes, int size);
/// The same in place: needs `size` rows of memory beside the image.
void medianFilterInPlace(Image<std::uint8_t>& classes, int size);

} // namespace nunatak::prediction
