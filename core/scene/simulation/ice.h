// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "scene/simulation/field.h"
#include "scene/simulation/shade_side.h"

namespace nunatak::scene::simulation {

/// Ice on a relief.
struct Ice {
    double equilibriumLine = 0; ///< metres above the sea, today's mean
    Field bed;                  ///< the ground, with what the ice has dug out of it
    Field polished;             ///< 0..1: how far thick ice has worn gullies away
    Field maximum;              ///< thickness at the last advance, metres
    Field thickness;            ///< thickness today
};

/// Glaciers grown from the relief: snow gathers above an equilibrium line, ice flows (shallow ice
/// approximation), melts below the line. An ice age carves cirques and troughs (where `carve` says so: a
/// given relief has its own), then after an advance the line rises and the tongues retreat from ground that
/// they have dug out.
Ice growIce(std::uint64_t seed, const Field& ground, double cell, const ShadeSide& shade, bool carve,
            const Progress& progress);

} // namespace nunatak::scene::simulation
