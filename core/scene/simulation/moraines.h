// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/simulation/field.h"

#include <cstdint>

namespace nunatak::scene::simulation {

/// What is known of where ice comes from: coarse fields along which any point on ice can be followed upwards.
struct FlowLines {
    Field iceShare; ///< 0..1
    Field east;     ///< the direction that ice comes from, a unit vector in columns and rows
    Field south;
    Field walls; ///< 0..1: rock walls beside the ice that drop stones on it
};

/// From a coarse surface of ice and ground.
FlowLines flowLinesOf(const Image<std::uint8_t>& ice, const Field& surface, double cell);

/// What a point on the ice has gathered on its way down.
struct Origin {
    double stones = 0; ///< hundreds of metres of rock wall that it passed, weighted by how they crumble
    double column = 0; ///< where it came from, in cells
    double row = 0;
};

/// Follows the ice at a place (cells from the middle of the first one) up to where it came from. Streaks
/// below the meeting of two walls become medial moraines.
Origin originOf(const FlowLines& flow, std::uint64_t seed, double cell, double column, double row);

} // namespace nunatak::scene::simulation
