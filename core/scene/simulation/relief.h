// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "scene/simulation/field.h"

namespace nunatak::scene::simulation {

/// Invented mountains, metres above the sea, on rows × columns cells of `cell` metres: uplift along a belt
/// against rivers (stream power, solved implicitly after Braun and Willett 2013) and slopes that fail above a
/// critical angle. Valleys find their way on coarse cells first, gullies follow on fine ones.
Field raiseMountains(std::uint64_t seed, int rows, int columns, double cell, const Progress& progress);

/// Crests, gullies and knolls smaller than that, at a place in metres where the ground rises by `steep`
/// metres per metre.
double reliefDetail(std::uint64_t seed, double x, double y, double steep);

} // namespace nunatak::scene::simulation
