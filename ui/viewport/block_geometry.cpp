// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewport/block_geometry.h"

#include "terrain/data_border.h"
#include "terrain/draped_line.h"
#include "viewport/shader_programs.h"

#include <algorithm>
#include <cmath>

namespace nunatak::ui {

namespace {

constexpr int patchCells = 64;

osg::Vec3 local(const terrain::Vec3& point, geo::Point origin) {
    return {static_cast<float>(point.x - origin.x), static_cast<float>(point.y - origin.y),
            static_cast<float>(point.z)};
}

osg::ref_ptr<osg::Geometry> patch(const terrain::Terrain& terrain, geo::Point origin, int row, int column) {
    const auto& grid = terrain.heightGrid;
    const int rows = std::min(patchCells, grid.rows - row);
    const int columns = std::min(patchCells, grid.columns - column);
    osg::ref_ptr<osg::Vec3Array> vertices(new osg::Vec3Array);
    vertices->reserve(static_cast<std::size_t>((rows + 1) * (columns + 1)));
    for (int r = row; r <= row + rows; ++r) {
        for (int c = column; c <= column + columns; ++c) {
            const auto map = grid.toMap(c, r);
            vertices->push_back(local({map.x, map.y, terrain.heights.at(0, r, c)}, origin));
        }
    }
    osg::ref_ptr<osg::DrawElementsUShort> triangles(new osg::DrawElementsUShort(GL_TRIANGLES));
    triangles->reserve(static_cast<std::size_t>(rows * columns * 6));
    for (int r = 0; r < rows; ++r) {
        for (int c = 0; c < columns; ++c) {
            const auto northWest = static_cast<GLushort>(r * (columns + 1) + c);
            const auto northEast = static_cast<GLushort>(northWest + 1);
            const auto southWest = static_cast<GLushort>(northWest + columns + 1);
            const auto southEast = static_cast<GLushort>(southWest + 1);
            for (const auto index : {northWest, southWest, southEast, northWest, southEast, northEast}) {
                triangles->push_back(index);
            }
        }
    }
    auto geometry = emptyGeometry();
    geometry->setVertexArray(vertices);
    geometry->addPrimitiveSet(triangles);
    return geometry;
}

} // namespace

osg::ref_ptr<osg::Geometry> emptyGeometry() {
    osg::ref_ptr<osg::Geometry> geometry(new osg::Geometry);
    geometry->setUseDisplayList(false);
    geometry->setUseVertexBufferObjects(true);
    return geometry;
}

std::vector<osg::ref_ptr<osg::Geometry>> surfacePatches(const terrain::Terrain& terrain, geo::Point origin) {
    std::vector<osg::ref_ptr<osg::Geometry>> patches;
    for (int row = 0; row < terrain.heightGrid.rows; row += patchCells) {
        for (int column = 0; column < terrain.heightGrid.columns; column += patchCells) {
            patches.push_back(patch(terrain, origin, row, column));
        }
    }
    return patches;
}

osg::ref_ptr<osg::Geometry> plinthWalls(const terrain::Terrain& terrain, geo::Point origin) {
    osg::ref_ptr<osg::Vec3Array> vertices(new osg::Vec3Array);
    osg::ref_ptr<osg::Vec3Array> walls(new osg::Vec3Array(osg::Array::BIND_PER_VERTEX));
    osg::ref_ptr<osg::DrawElementsUInt> triangles(new osg::DrawElementsUInt(GL_TRIANGLES));
    std::vector<terrain::Vec3> line;
    for (const auto& [from, to] : terrain::dataBorder(terrain)) {
        line.clear();
        terrain::appendDraped(terrain, from, to, line);
        const double size = std::hypot(to.x - from.x, to.y - from.y);
        // The data lie on the left, so the right is outside.
        const osg::Vec2 outward(static_cast<float>((to.y - from.y) / size),
                                static_cast<float>(-(to.x - from.x) / size));
        for (std::size_t i = 0; i < line.size(); ++i) {
            const auto top = static_cast<GLuint>(vertices->size());
            vertices->push_back(local(line[i], origin));
            walls->push_back(osg::Vec3(outward, 1));
            vertices->push_back(local(line[i], origin));
            walls->push_back(osg::Vec3(outward, 0));
            if (i > 0) {
                for (const GLuint index : {top - 2, top - 1, top + 1, top - 2, top + 1, top}) {
                    triangles->push_back(index);
                }
            }
        }
    }
    if (triangles->empty()) {
        return nullptr;
    }
    auto geometry = emptyGeometry();
    geometry->setVertexArray(vertices);
    geometry->setVertexAttribArray(ShaderPrograms::firstAttribute, walls);
    geometry->addPrimitiveSet(triangles);
    return geometry;
}

osg::ref_ptr<osg::Geometry> groundQuad(const osg::Vec2& half) {
    osg::ref_ptr<osg::Vec3Array> vertices(new osg::Vec3Array);
    for (const auto& corner : {osg::Vec2(-1, -1), osg::Vec2(1, -1), osg::Vec2(-1, 1), osg::Vec2(1, 1)}) {
        vertices->push_back({corner.x() * half.x(), corner.y() * half.y(), 0});
    }
    auto geometry = emptyGeometry();
    geometry->setVertexArray(vertices);
    geometry->addPrimitiveSet(new osg::DrawArrays(GL_TRIANGLE_STRIP, 0, 4));
    return geometry;
}

} // namespace nunatak::ui
