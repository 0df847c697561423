// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

// Shapes made of shapes by the overlay (overlay.h): what was a vertex stays one bit by bit, and lines that
// both have in common stay in common. Shapes are valid, and may be empty. All throw Refused where lines lie
// too near to each other.
namespace nunatak::editing {

/// What of a shape is not of the other one.
geo::MultiPolygon without(const geo::MultiPolygon& shape, const geo::MultiPolygon& other);
/// What is of both.
geo::MultiPolygon inCommon(const geo::MultiPolygon& shape, const geo::MultiPolygon& other);
/// What is of either.
geo::MultiPolygon added(const geo::MultiPolygon& shape, const geo::MultiPolygon& other);

} // namespace nunatak::editing
