// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/terrain/tile_lines.h"

#include <osg/Geometry>

namespace nunatak::ui::viewport {

/// Lines on one tile for the line shader; null when there are none.
osg::ref_ptr<osg::Geometry> lineGeometry(const terrain::TileLines& lines);

/// Shows pieces of a geometry made by lineGeometry, or draws nothing of them.
void setPiecesDrawn(osg::Geometry& geometry, std::size_t first, std::size_t count, bool drawn);

/// A geometry that draws these pieces alone of one made by lineGeometry, from the same arrays.
osg::ref_ptr<osg::Geometry> piecesOf(osg::Geometry& geometry, std::size_t first, std::size_t count);

} // namespace nunatak::ui::viewport
