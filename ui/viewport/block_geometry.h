// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "terrain/terrain.h"

#include <vector>

#include <osg/Geometry>

namespace nunatak::ui {

/// The terrain's mesh in square patches, each with bounds of its own, so that what is out of sight is not
/// drawn. Both triangles of a cell share the diagonal from north-west to south-east, as Terrain::heightAt
/// says.
std::vector<osg::ref_ptr<osg::Geometry>> surfacePatches(const terrain::Terrain& terrain, geo::Point origin);

/// Walls from the border of the data down to the foot; null when there is no border.
osg::ref_ptr<osg::Geometry> plinthWalls(const terrain::Terrain& terrain, geo::Point origin);

/// A rectangle around (0, 0).
osg::ref_ptr<osg::Geometry> groundQuad(const osg::Vec2& half);

/// Ready for vertex buffer objects, never a display list.
osg::ref_ptr<osg::Geometry> emptyGeometry();

} // namespace nunatak::ui
