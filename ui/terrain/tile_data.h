// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "ui/terrain/height_mesh.h"
#include "ui/terrain/tile_id.h"
#include "ui/terrain/tile_pyramid.h"
#include "ui/terrain/vec3.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace nunatak::ui::terrain {

/// A point of the drawn surface: where it is when the tile is drawn as itself, and how high when it is drawn
/// as its parent.
struct MorphPoint {
    Vec3 place;        ///< project coordinates, true height
    double coarse = 0; ///< height on the parent's surface
};

/// A line along the ground's border; the data lie on its left.
using MorphLine = std::vector<MorphPoint>;

/// What is read of one tile, as plain arrays. Made on a worker, never changed.
struct TileData {
    TileId id;
    TileEdges edges;
    geo::Extent ground; ///< of the scene's on this tile; the mesh may reach a part of a cell beyond it
    HeightMesh mesh;    ///< what is drawn
    HeightMesh coarse;  ///< the parent's surface at the same vertices
    /// Elevation in metres around the tile, finer than the mesh: pixel middles are the places, see
    /// TilePyramid::sampleGrid. Kept only by tiles with a picture.
    Image<float> relief;
    geo::Grid reliefGrid;
    /// Pixels as 16 bits, band by band: 0 where there are no data, else 1..65535 over SceneBands' range. Or
    /// none, when the source gives a picture.
    Image<std::uint16_t> bands;
    std::vector<std::uint8_t> givenPicture; ///< RGBA, from sources without bands
    geo::Grid pictureGrid;                  ///< of `bands` and pictures, with the gutter
    double error = 0;                       ///< metres by which elevation leaves the mesh, at most
    double roughness = 0;                   ///< the same, as the root of the mean square
    float lowest = 0;
    float highest = 0;
    bool complete = true;         ///< every pixel has data and no cell reaches beyond the scene
    std::vector<MorphLine> walls; ///< where the block's side walls stand

    /// Has pixels of its own, rather than an ancestor's.
    bool hasPicture() const { return !bands.empty() || !givenPicture.empty(); }
    /// Height of the drawn surface; `morph` 0: as itself, 1: as its parent.
    double heightAt(geo::Point map, double morph) const {
        const double own = mesh.heightAt(map);
        return morph > 0 ? own + morph * (coarse.heightAt(map) - own) : own;
    }
    std::size_t bytes() const;
};

} // namespace nunatak::ui::terrain
