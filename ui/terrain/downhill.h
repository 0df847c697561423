// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"
#include "ui/terrain/height_mesh.h"

#include <optional>

namespace nunatak::ui::terrain {

/// Where the ground within an outline falls to as a whole, degrees clockwise from grid north: the aspect of
/// the plane that lies best through its heights, so of a valley glacier the way to its tongue. None where it
/// falls by less than half a degree, or the outline is too small to tell.
std::optional<double> downhillDirection(const HeightMesh& ground, const geo::MultiPolygon& outline);

} // namespace nunatak::ui::terrain
