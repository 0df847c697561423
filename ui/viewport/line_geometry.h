// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/terrain/tile_lines.h"

#include <cstddef>
#include <vector>

#include <osg/Geometry>

namespace nunatak::ui::viewport {

/// Lines on one tile for the line shader; null when there are none.
osg::ref_ptr<osg::Geometry> lineGeometry(const terrain::TileLines& lines);

/// Shows pieces of a geometry made by lineGeometry, or draws nothing of them.
void setPiecesDrawn(osg::Geometry& geometry, std::size_t first, std::size_t count, bool drawn);

/// Pieces that lie in a row.
struct PieceRun {
    std::size_t first = 0;
    std::size_t count = 0;
};
/// A geometry that draws these pieces alone of one made by lineGeometry, from the same arrays; null when
/// there are none.
osg::ref_ptr<osg::Geometry> piecesOf(osg::Geometry& geometry, const std::vector<PieceRun>& runs);

} // namespace nunatak::ui::viewport
