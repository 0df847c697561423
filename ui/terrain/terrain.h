// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "geo/grid.h"
#include "scene/scene_reader.h"
#include "ui/terrain/drape_style.h"
#include "ui/terrain/height_mesh.h"
#include "ui/terrain/tile_source.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace nunatak::ui::terrain {

/// Everything the view needs of a scene in the project's CRS: an overview of its ground, and where its tiles
/// come from. Made on a worker, never changed.
struct Terrain : HeightMesh {
    std::string sceneId;
    geo::Grid drapeGrid;  ///< the scene's pixels
    double trueNorth = 0; ///< degrees clockwise from the grid's north to true north, in the scene's middle
    /// RGBA over drapeGrid, row 0 in the north, alpha 0 where the scene has no data; of terrains that come
    /// from no file. Else empty.
    std::vector<std::uint8_t> drape;
    DrapeStyle style;                ///< to begin with
    std::string feature = "optical"; ///< whose bands the tiles have: other ones are of another terrain
    /// What can be seen at first; null: the view reads it.
    std::shared_ptr<const TileData> root;
    std::shared_ptr<const TileSource> tiles; ///< null: tiles are parts of heights and drape
};

/// Looks at a scene for display: its overview of at most 256² cells, its bands' range, its first tile.
/// Throws Error, Cancelled.
std::shared_ptr<const Terrain> buildTerrain(std::shared_ptr<const scene::SceneReader> scene,
                                            const geo::Crs& projectCrs, const DrapeStyle& style,
                                            const Progress& progress);

} // namespace nunatak::ui::terrain
