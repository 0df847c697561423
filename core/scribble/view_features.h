// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "base/progress.h"
#include "geo/grid.h"
#include "models/network.h"
#include "models/registry.h"
#include "scene/scene_reader.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace nunatak::scribble {

/// What the last layer of a network sees of a part of a scene: of each pixel as many numbers as the layer has
/// channels, and the model's own logit, which is a weighted sum of these. Never changes once it is read.
struct ViewFeatures {
    geo::Grid grid; ///< a part of prediction::predictionGrid()
    /// Channel after channel, each a bfloat16: two bytes a number, 128 MiB for 1,024² pixels of 64 channels.
    /// A weighted sum of them is wrong by a few thousandths.
    Image<std::uint16_t> values;
    std::vector<float> mean;      ///< of each channel, over the pixels with a result
    std::vector<float> deviation; ///< the same; 0 where all are alike
    Image<float> logit;           ///< ln(p / (1 − p)) of glacier; NaN where the model has no result

    int channels() const { return values.bands(); }
    float value(int channel, std::size_t pixel) const { return fromShort(values.band(channel)[pixel]); }
    bool isKnown(std::size_t pixel) const;
    std::size_t bytes() const;

    static float fromShort(std::uint16_t number);
    /// Rounded to the nearest, ties to even.
    static std::uint16_t toShort(float number);
};

/// Pixels of a view along a side, at most: what is kept is bounded by it.
inline constexpr int mostPixels = 1024;

/// Computes them for a window of the scene's prediction grid (no more than mostPixels a side, within the
/// grid). Tiles overlap by a quarter of a tile on each side, or 32 pixels where that is less, and each pixel
/// is taken from the tile in whose middle it lies; a prediction blends tiles, so that a logit may differ by a
/// little from what it says. The network is `model`'s. Throws Error as a prediction does; Cancelled.
ViewFeatures readViewFeatures(const scene::SceneReader& scene, const models::StoredModel& model,
                              models::Network& network, const geo::PixelWindow& window,
                              const Progress& progress);

/// Why the model can tell nothing of this scene, a sentence; empty: it can.
std::string whyNoFeatures(const scene::SceneReader& scene, const models::Manifest& model);

} // namespace nunatak::scribble
