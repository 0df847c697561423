// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/terrain/height_mesh.h"
#include "ui/terrain/vec3.h"

#include <vector>

namespace nunatak::ui::terrain {

/// A straight line on the map laid onto the drawn surface: its corners wherever it crosses an edge of the
/// mesh's triangles, so that between them it lies in one triangle's plane. The part outside the terrain is
/// left out. Heights are true ones; appended to `points` (nothing, or at least two).
void appendDraped(const HeightMesh& terrain, geo::Point from, geo::Point to, std::vector<Vec3>& points);

} // namespace nunatak::ui::terrain
