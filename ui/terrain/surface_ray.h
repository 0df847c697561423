// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "terrain/terrain.h"
#include "terrain/vec3.h"

#include <optional>

namespace nunatak::ui::terrain {

/// Where a ray first meets the drawn surface from above; z of origin, direction and result are exaggerated
/// heights (drawn metres). None when it passes beside the terrain, or enters the block through a side wall.
std::optional<Vec3> intersectSurface(const Terrain& terrain, const Vec3& origin, const Vec3& direction,
                                     double exaggeration);

} // namespace nunatak::ui::terrain
