// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/corrections.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What an expert says of ground besides outlines, in side layers of their own: regions that were reviewed
// whole, strokes of ice and of no ice.
namespace nunatak::tasks {

inline constexpr const char* reviewedGround = "reviewed_ground";

/// What lies in side layers of a kind and was drawn on a scene (an id), or on no particular one; without what
/// is doubtful.
std::vector<outlines::OutlineHandle> drawnOn(const std::vector<training::LayerOutlines>& layers,
                                             std::string_view term, const std::string& scene);

/// Regions that were reviewed whole on a scene (an id), or on no particular one.
std::vector<geo::MultiPolygon> reviewedRegions(const std::vector<training::LayerOutlines>& layers,
                                               const std::string& scene);

/// What the strokes of a scene teach: ground along each, as wide as it says or else `width` metres, where no
/// outline of `beside` says it. A stroke says more than the surroundings of outlines, so that its ground goes
/// out of what was looked at there. Says nothing of single glaciers, so nothing of it is held out. None where
/// nobody drew any.
std::optional<training::TrainingArea> areaFromStrokes(training::TrainingArea& beside,
                                                      const std::vector<training::LayerOutlines>& layers,
                                                      const std::string& scene, double width);

} // namespace nunatak::tasks
