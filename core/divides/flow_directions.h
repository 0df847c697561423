// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "divides/surface.h"

namespace nunatak::divides {

/// Where a pixel of ice drains: 0 to 7, a neighbour (around, neighbourhood.h), or one of these.
enum Flow : std::uint8_t {
    Leaves = 8,   ///< its way down leads off the ice
    Pit = 9,      ///< nothing around it is lower
    NoFlow = 255, ///< no ice, or no height
};

/// The way down of each pixel of ice, to one of its eight neighbours.
///
/// Method. The way of steepest descent is that of the steepest of the eight triangles around the pixel
/// (Tarboton 1997, Water Resources Research 33(2)), which lies between two neighbours. Of these the one is
/// taken with which the path down from the top stays nearest to where the surface leads (D8-LTD, least
/// transversal deviation, all of the path counting: Orlandini, Moretti, Franchini, Aldighieri & Testa 2003,
/// Water Resources Research 39(6); where paths meet the longest goes on). Plain D8, which forgets where it
/// came from, leads smooth ice along the grid's eight directions, and divides on it end hundreds of metres
/// beside where they belong.
/// A flat drains by the shortest way to where it is left (as a queue of pixels in the order of their heights
/// does it, Barnes, Lehman & Mulla 2014), so that two ways out of it share it along the middle; one that
/// nothing leaves, to one pit.
/// Throws Cancelled.
Image<std::uint8_t> flowDirections(const Surface& surface, const Progress& progress = {});

} // namespace nunatak::divides
