// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"
#include "ui/terrain/height_mesh.h"
#include "ui/terrain/tile_pyramid.h"

#include <cstdint>

#include <utility>
#include <vector>

namespace nunatak::ui::terrain {

/// One straight piece of the border of what the scene shows; the data lie on its left.
using BorderPiece = std::pair<geo::Point, geo::Point>;

/// Which pixels of a grid have data.
struct DataMask {
    geo::Grid grid;
    std::vector<std::uint8_t> data; ///< row by row; 0: none
};

/// The border between pixels with and without data, to the accuracy of a pixel along the mesh's lines
/// (marching squares), and on the edges named the edge of `ground` itself where data reach it: where the
/// block's side walls stand. The mesh may reach a part of a cell beyond `ground`.
std::vector<BorderPiece> dataBorder(const HeightMesh& mesh, const DataMask& mask, const TileEdges& edges,
                                    const geo::Extent& ground);

/// Share of the pixels that have data, 0..1.
double dataShare(const DataMask& mask);

} // namespace nunatak::ui::terrain
