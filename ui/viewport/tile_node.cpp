// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/tile_node.h"

#include <algorithm>
#include <cmath>

namespace nunatak::ui::viewport {

namespace {

constexpr unsigned drapeUnit = 0;
constexpr unsigned fadeUnit = 2; // 1 is the preview's
constexpr unsigned otherUnit = 3;

osg::Vec3 local(const terrain::Vec3& point, geo::Point origin) {
    return {static_cast<float>(point.x - origin.x), static_cast<float>(point.y - origin.y),
            static_cast<float>(point.z)};
}

/// The vertices along the four sides, each from one corner to the next, in the order of the skirts.
template <typename Visit> void visitSides(int rows, int columns, Visit visit) {
    for (int c = 0; c <= columns; ++c) {
        visit(0, c);
    }
    for (int c = 0; c <= columns; ++c) {
        visit(rows, c);
    }
    for (int r = 0; r <= rows; ++r) {
        visit(r, 0);
    }
    for (int r = 0; r <= rows; ++r) {
        visit(r, columns);
    }
}

osg::ref_ptr<osg::DrawElementsUShort> triangles(int rows, int columns, const terrain::TileEdges& edges) {
    osg::ref_ptr<osg::DrawElementsUShort> indices(new osg::DrawElementsUShort(GL_TRIANGLES));
    const auto at = [&](int row, int column) { return static_cast<GLushort>(row * (columns + 1) + column); };
    for (int r = 0; r < rows; ++r) {
        for (int c = 0; c < columns; ++c) {
            for (const auto index :
                 {at(r, c), at(r + 1, c), at(r + 1, c + 1), at(r, c), at(r + 1, c + 1), at(r, c + 1)}) {
                indices->push_back(index);
            }
        }
    }
    // Skirts hang from sides that have a neighbour and face outwards; the scene's own edge has walls.
    auto skirt = static_cast<GLushort>((rows + 1) * (columns + 1));
    const auto side = [&](int count, bool drawn, bool turned, const auto& top) {
        for (int i = 0; i < count && drawn; ++i) {
            const auto a = top(i);
            const auto b = top(i + 1);
            const auto lowA = static_cast<GLushort>(skirt + i);
            const auto lowB = static_cast<GLushort>(skirt + i + 1);
            if (turned) {
                for (const auto index : {a, lowA, lowB, a, lowB, b}) {
                    indices->push_back(index);
                }
            } else {
                for (const auto index : {a, b, lowB, a, lowB, lowA}) {
                    indices->push_back(index);
                }
            }
        }
        skirt = static_cast<GLushort>(skirt + count + 1);
    };
    side(columns, !edges.north, false, [&](int i) { return at(0, i); });
    side(columns, !edges.south, true, [&](int i) { return at(rows, i); });
    side(rows, !edges.west, true, [&](int i) { return at(i, 0); });
    side(rows, !edges.east, false, [&](int i) { return at(i, columns); });
    return indices;
}

osg::ref_ptr<osg::Geometry> groundOf(const terrain::TileData& tile, geo::Point origin, double floor,
                                     TileIndices& indices) {
    const auto& grid = tile.mesh.heightGrid;
    osg::ref_ptr<osg::Vec3Array> vertices(new osg::Vec3Array);
    osg::ref_ptr<osg::FloatArray> coarse(new osg::FloatArray(osg::Array::BIND_PER_VERTEX));
    const auto add = [&](int row, int column, float lower) {
        const auto map = grid.toMap(column, row);
        const auto lowered = [&](float height) {
            return std::max(height - lower, std::min(height, static_cast<float>(floor)));
        };
        vertices->push_back(local({map.x, map.y, lowered(tile.mesh.heights.at(0, row, column))}, origin));
        coarse->push_back(lowered(tile.coarse.heights.at(0, row, column)));
    };
    for (int r = 0; r <= grid.rows; ++r) {
        for (int c = 0; c <= grid.columns; ++c) {
            add(r, c, 0);
        }
    }
    // Deep enough for a neighbour that is drawn two levels coarser.
    const auto depth = static_cast<float>(std::max(6 * tile.error, 0.5 * grid.pixelSize));
    visitSides(grid.rows, grid.columns, [&](int r, int c) { add(r, c, depth); });
    auto geometry = emptyGeometry();
    geometry->setVertexArray(vertices);
    geometry->setVertexAttribArray(ShaderPrograms::firstAttribute, coarse);
    geometry->addPrimitiveSet(indices.of(grid.rows, grid.columns, tile.edges));
    geometry->setCullingActive(false); // only tiles in view are chosen
    return geometry;
}

osg::ref_ptr<osg::Geometry> wallsOf(const terrain::TileData& tile, geo::Point origin) {
    if (tile.walls.empty()) {
        return nullptr;
    }
    osg::ref_ptr<osg::Vec3Array> vertices(new osg::Vec3Array);
    osg::ref_ptr<osg::Vec4Array> walls(new osg::Vec4Array(osg::Array::BIND_PER_VERTEX));
    osg::ref_ptr<osg::DrawElementsUInt> indices(new osg::DrawElementsUInt(GL_TRIANGLES));
    for (const auto& line : tile.walls) {
        const auto& from = line.front().place;
        const auto& to = line.back().place;
        const double size = std::max(std::hypot(to.x - from.x, to.y - from.y), 1e-9);
        // The data lie on the left, so the right is outside.
        const auto outX = static_cast<float>((to.y - from.y) / size);
        const auto outY = static_cast<float>(-(to.x - from.x) / size);
        for (std::size_t i = 0; i < line.size(); ++i) {
            const auto top = static_cast<GLuint>(vertices->size());
            const auto coarse = static_cast<float>(line[i].coarse);
            vertices->push_back(local(line[i].place, origin));
            walls->push_back({outX, outY, 1, coarse});
            vertices->push_back(local(line[i].place, origin));
            walls->push_back({outX, outY, 0, coarse});
            if (i > 0) {
                for (const GLuint index : {top - 2, top - 1, top + 1, top - 2, top + 1, top}) {
                    indices->push_back(index);
                }
            }
        }
    }
    auto geometry = emptyGeometry();
    geometry->setVertexArray(vertices);
    geometry->setVertexAttribArray(ShaderPrograms::firstAttribute, walls);
    geometry->addPrimitiveSet(indices);
    geometry->setCullingActive(false);
    return geometry;
}

} // namespace

osg::ref_ptr<osg::Geometry> emptyGeometry() {
    osg::ref_ptr<osg::Geometry> geometry(new osg::Geometry);
    geometry->setUseDisplayList(false);
    geometry->setUseVertexBufferObjects(true);
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

osg::ref_ptr<osg::DrawElementsUShort> TileIndices::of(int rows, int columns,
                                                      const terrain::TileEdges& edges) {
    const int sides =
        (edges.west ? 1 : 0) + (edges.east ? 2 : 0) + (edges.north ? 4 : 0) + (edges.south ? 8 : 0);
    auto& made = m_made[{rows, columns, sides}];
    if (!made) {
        made = triangles(rows, columns, edges);
        // Shared by many geometries, so in a buffer of its own.
        made->setElementBufferObject(new osg::ElementBufferObject);
    }
    return made;
}

TilePicture placedPicture(const terrain::TileData& tile, geo::Point origin) {
    const auto extent = tile.pictureGrid.extent();
    TilePicture picture;
    picture.origin = {static_cast<float>(extent.xmin - origin.x), static_cast<float>(extent.ymax - origin.y)};
    picture.scale = {static_cast<float>(1 / extent.width()), static_cast<float>(-1 / extent.height())};
    return picture;
}

TilePicture makePicture(const terrain::TileData& tile,
                        std::shared_ptr<const std::vector<std::uint8_t>> pixels, geo::Point origin) {
    const auto& grid = tile.pictureGrid;
    osg::ref_ptr<osg::Image> image(new osg::Image);
    // OSG takes a pointer to non-const, but only reads; the pixels live as long as the picture.
    auto* data = const_cast<unsigned char*>(pixels->data());
    image->setImage(grid.columns, grid.rows, 1, GL_RGBA8, GL_RGBA, GL_UNSIGNED_BYTE, data,
                    osg::Image::NO_DELETE);
    osg::ref_ptr<osg::Texture2D> texture(new osg::Texture2D(image));
    texture->setResizeNonPowerOfTwoHint(false);
    texture->setUnRefImageDataAfterApply(false); // a new context must be able to load it again
    texture->setWrap(osg::Texture::WRAP_S, osg::Texture::CLAMP_TO_EDGE);
    texture->setWrap(osg::Texture::WRAP_T, osg::Texture::CLAMP_TO_EDGE);
    texture->setFilter(osg::Texture::MAG_FILTER, osg::Texture::LINEAR);
    texture->setUseHardwareMipMapGeneration(true);
    texture->setFilter(osg::Texture::MIN_FILTER, osg::Texture::LINEAR_MIPMAP_NEAREST);
    auto picture = placedPicture(tile, origin);
    picture.texture = texture;
    picture.pixels = std::move(pixels);
    return picture;
}

TileNode::TileNode(const terrain::TileData& tile, geo::Point origin, double floor, TileIndices& indices)
    : m_ground(groundOf(tile, origin, floor, indices)), m_walls(wallsOf(tile, origin)),
      m_morphState(new osg::StateSet), m_morph(new osg::Uniform("morph", 0.0F)) {
    m_morphState->addUniform(m_morph);
    auto* state = m_ground->getOrCreateStateSet();
    state->addUniform(m_morph);
    if (!tile.complete) {
        state->setDefine("NUNATAK_HOLES");
    }
    if (m_walls) {
        m_walls->getOrCreateStateSet()->addUniform(m_morph);
    }
}

void TileNode::setPicture(const TilePicture& picture, const TilePicture* fadesFrom) {
    auto* state = m_ground->getStateSet();
    if (m_shown != picture.texture.get()) {
        m_shown = picture.texture.get();
        state->setTextureAttributeAndModes(drapeUnit, picture.texture);
        state->getOrCreateUniform("drapeOrigin", osg::Uniform::FLOAT_VEC2)->set(picture.origin);
        state->getOrCreateUniform("drapeScale", osg::Uniform::FLOAT_VEC2)->set(picture.scale);
    }
    auto* from = fadesFrom != nullptr ? fadesFrom->texture.get() : nullptr;
    if (m_fadesFrom == from) {
        return;
    }
    m_fadesFrom = from;
    if (from == nullptr) {
        state->removeDefine("NUNATAK_FADE");
        state->removeTextureAttribute(fadeUnit, osg::StateAttribute::TEXTURE);
        return;
    }
    state->setDefine("NUNATAK_FADE");
    state->setTextureAttributeAndModes(fadeUnit, fadesFrom->texture);
    state->getOrCreateUniform("coarseOrigin", osg::Uniform::FLOAT_VEC2)->set(fadesFrom->origin);
    state->getOrCreateUniform("coarseScale", osg::Uniform::FLOAT_VEC2)->set(fadesFrom->scale);
}

void TileNode::setOther(osg::Texture2D* texture) {
    if (m_other == texture) {
        return;
    }
    m_other = texture;
    auto* state = m_ground->getStateSet();
    if (texture == nullptr) {
        state->removeDefine("NUNATAK_OTHER");
        state->removeTextureAttribute(otherUnit, osg::StateAttribute::TEXTURE);
        return;
    }
    state->setDefine("NUNATAK_OTHER");
    state->setTextureAttributeAndModes(otherUnit, texture);
}

void TileNode::setMorph(double morph) {
    m_morph->set(static_cast<float>(morph));
}

} // namespace nunatak::ui::viewport
