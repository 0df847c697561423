// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "class_boundaries.h"

#include <vector>

namespace nunatak::prediction {

/// A boundary arc without the stairs of its pixels, in pixels from the raster's outer corner; both ends too,
/// unless it is closed. It lies within half a pixel of the arc, and the arc of it; the middles of all pixels
/// stay on their sides; as much area comes to one side as to the other (to rounding). Arcs of one raster do
/// not meet but at the junctions where they end. What becomes of a stretch follows from the arc within some
/// hundred pixels of it and from its place on the raster.
/// An arc beside what was not predicted, or beside the raster's edge, stays as it is: that is no margin of
/// ice, and what is predicted next door shall meet it.
/// Method: gates and smoothing as in ArcGates; then vertices are left out where the line through the rest
/// passes within a seventh of a pixel (Douglas and Peucker 1973, Cartographica 10) and keeps all of the
/// above; then the area of each piece between fixed vertices is set right by moving those between them.
std::vector<geo::Point> smoothedArc(const BoundaryArc& arc);

} // namespace nunatak::prediction
