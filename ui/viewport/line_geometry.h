// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"
#include "terrain/terrain.h"
#include "terrain/vec3.h"

#include <vector>

#include <osg/Geometry>

namespace nunatak::ui {

/// Collects lines for the line shader: four vertices per segment, which the shader spreads to a constant
/// width on the screen.
class LineGeometryBuilder {
public:
    /// `origin` is what becomes local (0, 0). Lines may leave the surface by `tolerance` metres, with fewer
    /// corners.
    LineGeometryBuilder(const terrain::Terrain& terrain, geo::Point origin, double tolerance = 0);

    /// All rings of a shape, laid onto the drawn surface. Rings that lie outside of the terrain add nothing.
    void addShape(const geo::MultiPolygon& shape);
    /// The sides of a ring that begin at `count` vertices from `first` on.
    void addStretch(const geo::Ring& ring, std::size_t first, std::size_t count);
    /// A round dot.
    void addDot(geo::Point map);

    std::size_t indexCount() const { return m_indices->size(); }
    /// Null when nothing was added. The builder is used up.
    osg::ref_ptr<osg::Geometry> take();

private:
    void addRing(const geo::Ring& ring);
    void addLine();
    void addSegment(const osg::Vec3& from, const osg::Vec3& to);
    osg::Vec3 local(const terrain::Vec3& point) const;

    const terrain::Terrain& m_terrain;
    geo::Point m_origin;
    double m_tolerance;
    std::vector<terrain::Vec3> m_line;    ///< what was collected of a line
    std::vector<terrain::Vec3> m_segment; ///< one side of a ring, laid on the surface
    osg::ref_ptr<osg::Vec3Array> m_vertices;
    osg::ref_ptr<osg::Vec3Array> m_others;
    osg::ref_ptr<osg::Vec2Array> m_corners;
    osg::ref_ptr<osg::DrawElementsUInt> m_indices;
};

} // namespace nunatak::ui
