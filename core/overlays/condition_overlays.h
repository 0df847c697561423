// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "overlays/overlay.h"
#include "scene/scene_reader.h"

#include <memory>
#include <vector>

namespace nunatak::overlays {

/// Where a scene has snow or ice, where terrain keeps the sun away, and what its product flags as cloud: ids
/// condition:snow, condition:cast_shadow and condition:cloud. The scene is looked through once, when the
/// first of them is prepared; preparing throws Error that says why a condition is unknown.
std::vector<Overlay> overlaysOfConditions(const std::shared_ptr<const scene::SceneReader>& scene);

} // namespace nunatak::overlays
