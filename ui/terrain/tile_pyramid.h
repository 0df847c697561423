// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/grid.h"
#include "ui/terrain/tile_id.h"

namespace nunatak::ui::terrain {

/// Which edges of a tile lie on the scene's own edge.
struct TileEdges {
    bool west = false;
    bool east = false;
    bool north = false;
    bool south = false;
};

/// Where the tiles of a scene lie. A tile is square and has 32² cells of ground; down to `pictureLevels() -
/// 1` it has 256² pixels of its own picture, of which the finest are as large as the scene's. Finer tiles
/// refine the ground alone and show a part of their ancestor's picture.
class TilePyramid {
public:
    static constexpr int cells = 32;   ///< of ground, along one side
    static constexpr int pixels = 256; ///< of the picture, along one side
    static constexpr int gutter = 1;   ///< pixels beyond each side, for a seamless filter
    static constexpr int samplesPerCell =
        4; ///< of elevation, for shading and to measure what a mesh leaves out

    TilePyramid() = default;
    /// `base` is the scene's grid of pixels in the project's system. Cells get no smaller than `finestCell`.
    TilePyramid(const geo::Grid& base, double finestCell);

    const geo::Grid& base() const { return m_base; }
    int finestLevel() const { return m_finest; }
    int pictureLevels() const { return m_pictureLevels; }
    /// Within the levels and touching the scene.
    bool exists(const TileId& tile) const;
    /// Metres along one side.
    double size(int level) const;
    double pixelSize(int level) const { return size(level) / pixels; }
    geo::Extent extent(const TileId& tile) const;
    TileEdges edges(const TileId& tile) const;
    /// The cells of ground that touch the scene.
    geo::Grid meshGrid(const TileId& tile) const;
    /// Pixels whose middles are the places where elevation is sampled: four to a cell, and one beyond each
    /// side.
    geo::Grid sampleGrid(const TileId& tile) const;
    /// Pixels of the tile's picture with its gutter.
    geo::Grid pictureGrid(const TileId& tile) const;
    /// The tile whose picture this one shows: itself or an ancestor.
    TileId pictureTile(const TileId& tile) const;

private:
    geo::Grid m_base;
    double m_rootSize = 0;
    int m_pictureLevels = 1;
    int m_finest = 0;
};

} // namespace nunatak::ui::terrain
