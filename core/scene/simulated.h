// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/scene.h"

namespace nunatak::scene {

/// True for what simulate() makes: no real picture.
inline bool isSimulated(const Scene& scene) {
    return scene.sensor == "simulated";
}

} // namespace nunatak::scene
