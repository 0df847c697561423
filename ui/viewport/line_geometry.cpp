// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewport/line_geometry.h"

#include "terrain/draped_line.h"
#include "terrain/simplified_line.h"
#include "viewport/block_geometry.h"
#include "viewport/shader_programs.h"

namespace nunatak::ui {

LineGeometryBuilder::LineGeometryBuilder(const terrain::Terrain& terrain, geo::Point origin, double tolerance)
    : m_terrain(terrain), m_origin(origin), m_tolerance(tolerance), m_vertices(new osg::Vec3Array),
      m_others(new osg::Vec3Array(osg::Array::BIND_PER_VERTEX)),
      m_corners(new osg::Vec2Array(osg::Array::BIND_PER_VERTEX)),
      m_indices(new osg::DrawElementsUInt(GL_TRIANGLES)) {}

osg::Vec3 LineGeometryBuilder::local(const terrain::Vec3& point) const {
    return {static_cast<float>(point.x - m_origin.x), static_cast<float>(point.y - m_origin.y),
            static_cast<float>(point.z)};
}

void LineGeometryBuilder::addShape(const geo::MultiPolygon& shape) {
    for (const auto& polygon : shape) {
        addRing(polygon.outer);
        for (const auto& hole : polygon.holes) {
            addRing(hole);
        }
    }
}

void LineGeometryBuilder::addRing(const geo::Ring& ring) {
    addStretch(ring, 0, ring.size());
}

void LineGeometryBuilder::addStretch(const geo::Ring& ring, std::size_t first, std::size_t count) {
    for (std::size_t i = first; i < first + count; ++i) {
        m_segment.clear();
        terrain::appendDraped(m_terrain, ring[i], ring[(i + 1) % ring.size()], m_segment);
        if (m_segment.empty()) {
            continue;
        }
        // Where a ring leaves the terrain and comes back, a line ends and another begins.
        const bool continues = !m_line.empty() && length(m_segment.front() - m_line.back()) < 1e-3;
        if (!continues) {
            addLine();
        }
        m_line.insert(m_line.end(), m_segment.begin() + (continues ? 1 : 0), m_segment.end());
    }
    addLine();
}

void LineGeometryBuilder::addLine() {
    const auto line = terrain::simplified(m_line, m_tolerance);
    for (std::size_t i = 1; i < line.size(); ++i) {
        addSegment(local(line[i - 1]), local(line[i]));
    }
    m_line.clear();
}

void LineGeometryBuilder::addDot(geo::Point map) {
    const auto place = local({map.x, map.y, m_terrain.heightAt(map)});
    addSegment(place, place);
}

void LineGeometryBuilder::addSegment(const osg::Vec3& from, const osg::Vec3& to) {
    const auto first = static_cast<GLuint>(m_vertices->size());
    for (const float across : {-1.0F, 1.0F}) {
        m_vertices->push_back(from);
        m_others->push_back(to);
        m_corners->push_back({-1.0F, across});
    }
    for (const float across : {-1.0F, 1.0F}) {
        m_vertices->push_back(to);
        m_others->push_back(from);
        m_corners->push_back({1.0F, across});
    }
    // From its far end the segment runs the other way, so the far pair is swapped.
    for (const GLuint corner : {0U, 3U, 2U, 0U, 2U, 1U}) {
        m_indices->push_back(first + corner);
    }
}

osg::ref_ptr<osg::Geometry> LineGeometryBuilder::take() {
    if (m_indices->empty()) {
        return nullptr;
    }
    auto geometry = emptyGeometry();
    geometry->setVertexArray(m_vertices);
    geometry->setVertexAttribArray(ShaderPrograms::firstAttribute, m_others);
    geometry->setVertexAttribArray(ShaderPrograms::secondAttribute, m_corners);
    geometry->addPrimitiveSet(m_indices);
    return geometry;
}

} // namespace nunatak::ui
