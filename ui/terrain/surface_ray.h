// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/terrain/height_mesh.h"
#include "ui/terrain/vec3.h"

#include <optional>

namespace nunatak::ui::terrain {

/// Where a ray first meets the drawn surface from above; z of origin, direction and result are exaggerated
/// heights (drawn metres). None when it passes beside the mesh, or comes in through its side more than
/// `skirt` true metres below the edge; less than that, it meets the edge.
std::optional<Vec3> intersectSurface(const HeightMesh& terrain, const Vec3& origin, const Vec3& direction,
                                     double exaggeration, double skirt = 1e-3);

} // namespace nunatak::ui::terrain
