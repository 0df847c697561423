// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "divides/basins.h"

#include <cstdint>
#include <vector>

namespace nunatak::divides {

/// From where on a basin is a glacier of its own.
struct Thresholds {
    double area = 0.1e6; ///< m²; smaller ones are joined
    double saddle = 100; ///< m that the lowest way to a neighbour must rise above the higher of their outlets
};

/// Which basins are one glacier: its number for each basin, from 0, glaciers in the order of their first
/// basins. `pixelArea` in m².
///
/// Method. As Kienholz, Hock & Arendt (2013, J. Glaciol. 59(217), 925-937), and before them Bolch, Menounos &
/// Wheate (2010, Remote Sens. Environ. 114), what drains across the margin at different places is put
/// together to glaciers. They lead it along a gutter around the ice and join what ends within a distance of
/// one another that grows with the area upstream, with numbers from the Juneau Icefield. Here the saddle
/// decides instead of the distance: going up from the lowest saddle, two are one glacier where it rises by no
/// more than `saddle` above the higher of their two outlets (the dynamics, or persistence, of a watershed:
/// Grimaud 1992, SPIE 1769), so that outlets side by side at one tongue are one at any width of it, as in the
/// gutter, and two tongues from one ridge are two. Then, as their slivers, what is smaller than `area` joins
/// a neighbour, the smallest first: the one over the lowest saddle, where they take the longest divide.
/// A larger area never makes more glaciers, nor does a higher saddle where `area` is 0. Costs the saddles,
/// not the pixels.
std::vector<std::int32_t> mergeBasins(const Basins& basins, const Thresholds& thresholds, double pixelArea);

} // namespace nunatak::divides
