// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "prediction/band_ratio.h"
#include "scene/scene_reader.h"

#include <functional>
#include <string>
#include <vector>

namespace nunatak::prediction {

struct BandRatioMap {
    Image<std::uint8_t> classes; ///< after the median filter
    double threshold = 0;        ///< as given, or Otsu's
};

/// The bands that the ratio needs and the scene has not, as "optical swir1".
std::vector<std::string> missingForBandRatio(const scene::SceneReader& scene,
                                             const BandRatioOptions& options);

/// The band ratio of a whole scene on `grid`, read in strips: a byte a pixel is all that grows with it.
/// Otsu's threshold is found on at most four million pixels, evenly taken. Throws Error naming bands that are
/// missing, or when no pixel has data; Cancelled.
/// @param onStrip is given the bands (blue, numerator, SWIR1) of each strip that is classified, with its
/// first row
BandRatioMap mapBandRatio(const scene::SceneReader& scene, const geo::Grid& grid,
                          const BandRatioOptions& options, const Progress& progress,
                          const std::function<void(int row, const Image<float>& bands)>& onStrip = {});

} // namespace nunatak::prediction
