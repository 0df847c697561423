// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "geo/grid.h"

namespace nunatak::ui::terrain {

/// A surface of triangles over a regular grid: each cell is two triangles that share the diagonal from
/// north-west to south-east.
struct HeightMesh {
    geo::Grid heightGrid; ///< vertex (r, c) lies at heightGrid.toMap(c, r)
    Image<float> heights; ///< (heightGrid.rows + 1) × (heightGrid.columns + 1) metres, no NaN

    /// Height of the triangles at a map point; the nearest edge's outside.
    double heightAt(geo::Point map) const;
};

} // namespace nunatak::ui::terrain
