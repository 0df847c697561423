// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "ui/terrain/band_summary.h"
#include "ui/terrain/tile_data.h"

#include <memory>
#include <vector>

namespace nunatak::ui::terrain {

/// Where the tiles of a terrain come from. Callable from several threads.
class TileSource {
public:
    virtual ~TileSource() = default;

    const TilePyramid& pyramid() const { return m_pyramid; }
    /// What TileData::bands holds; empty when tiles come with a picture.
    const std::vector<BandSummary>& bands() const { return m_bands; }
    /// Lowest and highest ground of the scene, metres.
    Stretch elevations() const { return m_elevations; }
    /// Reads one tile. `parent` is null for the root; `pictureOwner` the tile whose picture it shows, when
    /// not its own. Throws Error, Cancelled.
    std::shared_ptr<const TileData> read(const TileId& id, const TileData* parent,
                                         const TileData* pictureOwner, const Progress& progress) const;

    /// Pixels of bands() on any grid of the terrain's system, as TileData::bands; empty when tiles come with
    /// a picture. Throws Error, Cancelled.
    virtual Image<std::uint16_t> readBands(const geo::Grid& /*grid*/, const Progress& /*progress*/) const {
        return {};
    }

protected:
    /// Metres at pixel middles, NaN where unknown.
    virtual Image<float> readHeights(const geo::Grid& samples, const Progress& progress) const = 0;
    /// Fills `bands` or `givenPicture` over the tile's pictureGrid.
    virtual void readPicture(TileData& tile, const Progress& progress) const = 0;

    TilePyramid m_pyramid;
    std::vector<BandSummary> m_bands;
    Stretch m_elevations;
};

struct Terrain;
/// Tiles that are parts of a terrain's own arrays.
std::shared_ptr<const TileSource> tilesOfArrays(std::shared_ptr<const Terrain> terrain);

} // namespace nunatak::ui::terrain
