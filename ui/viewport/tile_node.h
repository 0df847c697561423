// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/terrain/tile_data.h"
#include "ui/viewport/shader_painter.h"
#include "ui/viewport/shader_programs.h"

#include <map>
#include <memory>
#include <tuple>
#include <vector>

#include <osg/Geometry>
#include <osg/Texture2D>
#include <osg/Uniform>

namespace nunatak::ui::viewport {

/// Triangles of tiles that have equally many cells and skirts on the same sides: made once.
class TileIndices {
public:
    osg::ref_ptr<osg::DrawElementsUShort> of(int rows, int columns, const terrain::TileEdges& edges);

private:
    std::map<std::tuple<int, int, int>, osg::ref_ptr<osg::DrawElementsUShort>> m_made;
};

/// The picture of a tile as a texture, and where it lies.
struct TilePicture {
    osg::ref_ptr<osg::Texture2D> texture;
    osg::Vec2 origin; ///< its north-west corner, local metres
    osg::Vec2 scale;  ///< 1 / its size; the second is negative, rows run southwards
    std::shared_ptr<const std::vector<std::uint8_t>> pixels; ///< what the texture was made of, or
    PaintSources sources;                                    ///< what it was painted of by OpenGL
    std::uint64_t style = 0; ///< number of the style it is painted in by OpenGL
};

/// Where the picture of a tile lies, without a texture. `origin` is what becomes local (0, 0).
TilePicture placedPicture(const terrain::TileData& tile, geo::Point origin);
/// With a texture of these pixels.
TilePicture makePicture(const terrain::TileData& tile,
                        std::shared_ptr<const std::vector<std::uint8_t>> pixels, geo::Point origin);

/// What OpenGL has of one tile: its ground with skirts, its part of the block's side walls. Heights are true
/// ones; the shader moves each vertex between the tile's surface and its parent's.
class TileNode {
public:
    /// Skirts reach no lower than `floor`, a true height.
    TileNode(const terrain::TileData& tile, geo::Point origin, double floor, TileIndices& indices);

    osg::Geometry* ground() const { return m_ground.get(); }
    osg::Geometry* walls() const { return m_walls.get(); } ///< null: none
    /// State of everything that lies on this tile: its morph.
    osg::StateSet* morphState() const { return m_morphState.get(); }

    /// Its own picture or an ancestor's; `fadesFrom` is its parent's, shown as far as the tile is morphed.
    void setPicture(const TilePicture& picture, const TilePicture* fadesFrom);
    /// The picture of the scene compared with, over the same place as its own; null: none.
    void setOther(osg::Texture2D* texture);
    void setMorph(double morph);

private:
    osg::ref_ptr<osg::Geometry> m_ground;
    osg::ref_ptr<osg::Geometry> m_walls;
    osg::ref_ptr<osg::StateSet> m_morphState;
    osg::ref_ptr<osg::Uniform> m_morph;
    osg::Texture2D* m_shown = nullptr;
    osg::Texture2D* m_fadesFrom = nullptr;
    osg::Texture2D* m_other = nullptr;
};

/// Ready for vertex buffer objects, never a display list.
osg::ref_ptr<osg::Geometry> emptyGeometry();
/// A rectangle around (0, 0).
osg::ref_ptr<osg::Geometry> groundQuad(const osg::Vec2& half);

} // namespace nunatak::ui::viewport
