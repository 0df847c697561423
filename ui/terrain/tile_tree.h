// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/terrain/tile_data.h"
#include "ui/terrain/tile_view.h"

#include <functional>
#include <map>
#include <set>
#include <vector>

namespace nunatak::ui::terrain {

/// How coarse a picture may be, in pixels.
struct Fineness {
    double pixel = 1.0;  ///< a pixel of a tile's picture is shown at most this large
    double error = 1.0;  ///< the ground is drawn this far from where it is (root mean square over a tile)
    int mostTiles = 600; ///< and no more than about so many tiles are drawn
};

/// A tile to be drawn.
struct DrawnTile {
    TileId id;
    double morph = 0; ///< 0: as itself; 1: as its parent
};

/// A tile to be read.
struct WantedTile {
    TileId id;
    double urgency = 0; ///< by how much the picture lacks it: screen-space error over what is allowed
};

struct TileChoice {
    std::vector<DrawnTile> drawn;    ///< covers all that is in view, no place twice
    std::vector<WantedTile> wanted;  ///< not there yet
    std::vector<WantedTile> unready; ///< there, and to be made ready
    std::set<TileId> used;           ///< what must stay in memory
    bool settled = true;             ///< nothing is missing and nothing moves
    bool moving = false;             ///< the next frame will look different even if nothing arrives
};

/// What a tile's ground fills, as it is drawn.
Box boxOf(const TileData& tile, double exaggeration);

/// Which tiles of a quadtree are drawn: the coarsest whose screen-space error is small enough, as far as they
/// are there. When a tile gives way to its children these start on its own surface and rise to theirs, and
/// the other way round.
class TileTree {
public:
    /// What there is of a tile; null: nothing yet.
    using Find = std::function<const TileData*(const TileId&)>;
    /// Whether a tile can be drawn at once. Asked only for tiles that are there.
    using Ready = std::function<bool(const TileId&)>;

    /// Everything drawn until now is forgotten.
    void reset(const TilePyramid& pyramid);
    /// One of this tile's children cannot be read: it is drawn as it is.
    void giveUpBelow(const TileId& tile) { m_barren.insert(tile); }
    /// `seconds` since the last choice; infinite: what moves has arrived.
    TileChoice choose(const TileView& view, const Fineness& fineness, double seconds, const Find& find,
                      const Ready& ready);

private:
    struct Pass;
    bool hasSplitDescendant(const TileId& tile) const;
    void merge(const TileId& tile);
    void visit(Pass& pass, const TileId& tile, double morph, bool mustMerge);
    double need(const Pass& pass, const TileData& tile) const;

    TilePyramid m_pyramid;
    std::set<TileId> m_barren;
    std::map<TileId, double> m_split; ///< tiles drawn as their children, and how far these have risen, 0..1
};

} // namespace nunatak::ui::terrain
