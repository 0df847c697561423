// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/training.h"

namespace nunatak::training {

/// Metres around a corrected outline within which it also says what is not ice.
inline constexpr double defaultLookedAtDistance = 500;

/// The outlines of one layer as they are now; shared immutable values, so cheap to hand to a job.
struct LayerOutlines {
    outlines::LayerInfo info;
    std::vector<outlines::OutlineSet::Handle> outlines;
    std::vector<outlines::OutlineSet::Handle> deleted{}; ///< without a verdict; that is no statement either
};

/// What a layer teaches: ice inside its outlines, none in their surroundings.
///
/// An expert's layer is complete, so what another layer draws beside it is wrong. Of an inventory only those
/// outlines teach that somebody drew, changed or accepted, and those that were found to be no glaciers: that
/// there is no ice. Its other outlines, and glaciers of other layers of the same scene that are not in it
/// (told apart by uuid and by overlap), are no statement either way, and their ground is left out of what was
/// looked at. Nor are outlines that are marked as doubtful, or that were deleted.
/// @param layers all layers of the project, in `crs`
/// @param from the name of the one to learn from
/// @param distance m around its outlines
/// Throws Error when there is no such layer or nothing is left in it to learn from.
TrainingArea areaFromLayer(std::shared_ptr<const scene::SceneReader> scene, const geo::Crs& crs,
                           const std::vector<LayerOutlines>& layers, const std::string& from,
                           double distance = defaultLookedAtDistance);

} // namespace nunatak::training
