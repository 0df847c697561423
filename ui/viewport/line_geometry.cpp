// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/line_geometry.h"

#include "ui/viewport/shader_programs.h"
#include "ui/viewport/tile_node.h"

namespace nunatak::ui::viewport {

namespace {

/// From its far end a piece runs the other way, so the far pair is swapped.
constexpr GLuint corners[6] = {0, 3, 2, 0, 2, 1};

} // namespace

osg::ref_ptr<osg::Geometry> lineGeometry(const terrain::TileLines& lines) {
    if (lines.vertices.empty()) {
        return nullptr;
    }
    const auto count = static_cast<unsigned>(lines.vertices.size());
    osg::ref_ptr<osg::Vec3Array> places(new osg::Vec3Array(count));
    osg::ref_ptr<osg::Vec3Array> others(new osg::Vec3Array(osg::Array::BIND_PER_VERTEX, count));
    osg::ref_ptr<osg::Vec4Array> ends(new osg::Vec4Array(osg::Array::BIND_PER_VERTEX, count));
    for (unsigned i = 0; i < count; ++i) {
        const auto& vertex = lines.vertices[i];
        (*places)[i].set(vertex.place[0], vertex.place[1], vertex.place[2]);
        (*others)[i].set(vertex.other[0], vertex.other[1], vertex.other[2]);
        (*ends)[i].set(vertex.corner[0], vertex.corner[1], vertex.corner[2], vertex.corner[3]);
    }
    osg::ref_ptr<osg::DrawElementsUInt> indices(new osg::DrawElementsUInt(GL_TRIANGLES, count / 4 * 6));
    for (unsigned i = 0; i < indices->size(); ++i) {
        (*indices)[i] = i / 6 * 4 + corners[i % 6];
    }
    auto geometry = emptyGeometry();
    geometry->setVertexArray(places);
    geometry->setVertexAttribArray(ShaderPrograms::firstAttribute, others);
    geometry->setVertexAttribArray(ShaderPrograms::secondAttribute, ends);
    geometry->addPrimitiveSet(indices);
    geometry->setCullingActive(false); // only what lies on tiles in view is drawn
    return geometry;
}

void setPiecesDrawn(osg::Geometry& geometry, std::size_t first, std::size_t count, bool drawn) {
    // A piece whose six indices are equal has no area: nothing is drawn, and nothing else has to move.
    auto& indices = static_cast<osg::DrawElementsUInt&>(*geometry.getPrimitiveSet(0));
    for (std::size_t i = first * 6; i < (first + count) * 6; ++i) {
        indices[i] = static_cast<GLuint>(i / 6 * 4) + (drawn ? corners[i % 6] : 0);
    }
    indices.dirty();
}

osg::ref_ptr<osg::Geometry> piecesOf(osg::Geometry& geometry, const std::vector<PieceRun>& runs) {
    std::size_t count = 0;
    for (const auto& run : runs) {
        count += run.count;
    }
    if (count == 0) {
        return nullptr;
    }
    osg::ref_ptr<osg::DrawElementsUInt> indices(new osg::DrawElementsUInt(GL_TRIANGLES));
    indices->reserve(static_cast<unsigned>(count * 6));
    for (const auto& run : runs) {
        for (std::size_t i = run.first * 6; i < (run.first + run.count) * 6; ++i) {
            indices->push_back(static_cast<GLuint>(i / 6 * 4) + corners[i % 6]);
        }
    }
    auto pieces = emptyGeometry();
    pieces->setVertexArray(geometry.getVertexArray());
    for (const auto attribute : {ShaderPrograms::firstAttribute, ShaderPrograms::secondAttribute}) {
        pieces->setVertexAttribArray(attribute, geometry.getVertexAttribArray(attribute));
    }
    pieces->addPrimitiveSet(indices);
    pieces->setCullingActive(false);
    return pieces;
}

} // namespace nunatak::ui::viewport
