// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "outlines/outline_set.h"
#include "prediction/band_ratio.h"
#include "prediction/outline_form.h"
#include "scene/scene_reader.h"

#include <functional>
#include <string>
#include <vector>

namespace nunatak::prediction {

/// Debris on one glacier. Areas in m², of the pixels whose middle lies in its outline.
struct DebrisCover {
    std::string uuid; ///< the glacier's
    double cleanArea = 0;
    double debrisArea = 0;
    double undecidedArea = 0; ///< in shadow, without data, or where the model is unsure
    double share = 0;         ///< debris of what is decided; NaN when nothing is
    geo::MultiPolygon debris; ///< in the crs of the outlines
};

struct DebrisOptions {
    BandRatioOptions ratio; ///< minimumBlue: darker is shadow and stays undecided
    double minimumArea = 0; ///< m²; smaller pieces of debris are not outlined (they count all the same)
    /// Confidence of a window of `grid`, NaN where unknown; with it, pixels under `confidenceThreshold` stay
    /// undecided.
    std::function<Image<float>(const geo::Grid& window)> confidence;
    double confidenceThreshold = 0.95;
    OutlineForm outlineForm = OutlineForm::Smoothed; ///< of the debris
};

/// Splits the ice inside outlines into clean ice and debris by the band ratio, on the scene's grid.
/// Throws Error naming bands that are missing; Cancelled.
std::vector<DebrisCover> debrisCover(const std::vector<outlines::OutlineSet::Handle>& glaciers,
                                     const geo::Crs& crs, const scene::SceneReader& scene,
                                     const DebrisOptions& options, const Progress& progress);

} // namespace nunatak::prediction
