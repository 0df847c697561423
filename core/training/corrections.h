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

/// How a layer's outlines are read.
struct CorrectionOptions {
    double distance = defaultLookedAtDistance; ///< m around reviewed outlines that somebody looked at, too
    /// The layer has every glacier of its surroundings: what else is ice there for another layer or for a
    /// model is wrong.
    bool complete = false;
    /// Ground that was reviewed whole, in the layers' system: there the layer is complete.
    std::vector<geo::MultiPolygon> regions{};
};

/// What a layer teaches: ice inside its outlines, none in their surroundings, as far as an expert has looked.
///
/// Of an inventory only those outlines teach that somebody drew, changed or accepted, and the ground of those
/// that were found to be no glaciers, where none of its outlines lies now. All else is no statement either
/// way: what is not reviewed, marked as doubtful or was deleted, glaciers of other layers of the same scene
/// that are not in it (told apart by uuid and by overlap), and what lies beyond these. Where a reviewed
/// outline differs from what a model or another's layer had there (by uuid, else the same ground), the
/// difference is what was changed.
/// @param layers all layers of the project, in `crs`
/// @param from the name of the one to learn from
/// Throws Error when there is no such layer or nothing is left in it to learn from.
TrainingArea areaFromLayer(std::shared_ptr<const scene::SceneReader> scene, const geo::Crs& crs,
                           const std::vector<LayerOutlines>& layers, const std::string& from,
                           const CorrectionOptions& options = {});

} // namespace nunatak::training
