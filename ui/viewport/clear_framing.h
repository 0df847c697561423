// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"
#include "ui/viewport/map_camera.h"

#include <span>
#include <vector>

// Flights that end where nothing lies over what they are to.
namespace nunatak::ui::viewport {

class Viewport;

/// Flies so that these places fill what of the view no widget lies over, tilted no more than `mostTilt`
/// degrees from straight down. What lies beyond the scene would be sky and does not count where there is
/// more.
void frameClear(Viewport& view, std::span<const geo::Point> places, double mostTilt = 90);
void frameClear(Viewport& view, const geo::Extent& extent, double mostTilt = 90);

/// Vertices of a shape that lie within an extent, so many that they say where its lines go: what a flight is
/// to.
void addPlaces(const geo::MultiPolygon& shape, const geo::Extent& within, std::vector<geo::Point>& places);

/// Whether a camera (heights as they are drawn) sees the scene to its corners; the view's terrain is there.
bool seesWholeScene(const Viewport& view, const MapCamera& camera);

/// Property of a widget in the view that stands there for a moment, so that nothing has to keep clear of it.
inline constexpr const char* passing = "passing";
/// Property of a widget that stands there while the view does not show the whole scene, if it is true: what
/// counts is whether it will at the end of a flight.
inline constexpr const char* besidePart = "besidePart";

} // namespace nunatak::ui::viewport
