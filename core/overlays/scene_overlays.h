// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "overlays/overlay.h"
#include "scene/scene_reader.h"

#include <memory>
#include <vector>

namespace nunatak::overlays {

/// What a scene has of its own: its flags of cloud and snow, slope and filled voids of its elevation,
/// thermal, radar in decibels, coherence, and each optical band.
std::vector<Overlay> overlaysOfScene(const std::shared_ptr<const scene::SceneReader>& scene);

} // namespace nunatak::overlays
