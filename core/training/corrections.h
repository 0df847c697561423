// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/training.h"

namespace nunatak::training {

/// Metres around a corrected outline within which it also says what is not ice.
inline constexpr double defaultLookedAtDistance = 500;

/// What an expert's corrections teach: ice inside the corrected outlines, none in their surroundings.
/// Glaciers of other layers that nobody corrected (told apart by uuid) are no statement either way, so their
/// ground is left out of what was looked at.
/// @param corrected, others outlines in `crs`
/// @param distance m around the corrected outlines
/// Throws Error when there are no corrected outlines.
TrainingArea areaFromCorrections(std::shared_ptr<const scene::SceneReader> scene, const geo::Crs& crs,
                                 const std::vector<outlines::OutlineSet::Handle>& corrected,
                                 const std::vector<outlines::OutlineSet::Handle>& others, double distance);

} // namespace nunatak::training
