// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "terrain/band_summary.h"
#include "terrain/color_map.h"
#include "terrain/drape_style.h"
#include "terrain/tile_data.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace nunatak::ui::terrain {

/// Paints tiles in one style. What does not depend on the tile is worked out once; thread-safe.
class DrapeBaker {
public:
    /// `elevations`: the scene's lowest and highest ground in metres. `trueNorth`: degrees clockwise from the
    /// grid's north to true north.
    DrapeBaker(std::vector<BandSummary> bands, const DrapeStyle& style, Stretch elevations,
               double trueNorth = 0);

    const DrapeStyle& style() const { return m_style; }
    /// RGBA over the tile's pictureGrid; alpha 0 where the tile has no data. `overlay`: values over the same
    /// grid, NaN for none; may be null.
    std::vector<std::uint8_t> paint(const TileData& tile, const Image<float>* overlay = nullptr) const;
    /// The same ground with the bands of another scene over the same grid.
    std::vector<std::uint8_t> paintOther(const TileData& tile, const Image<std::uint16_t>& bands) const;
    /// What the colours mean.
    std::optional<Legend> legend() const;

private:
    void makeTables();
    int indexOf(const std::string& band) const;
    float value(const Image<std::uint16_t>& bands, int band, std::size_t pixel) const;
    void paintComposite(const Image<std::uint16_t>& bands, std::vector<std::uint8_t>& picture) const;
    void paintIndex(const Image<std::uint16_t>& bands, std::vector<std::uint8_t>& picture) const;
    void paintOverlay(const Image<float>& values, std::vector<std::uint8_t>& picture) const;
    void paintGround(const TileData& tile, std::vector<std::uint8_t>& picture) const;

    std::vector<BandSummary> m_bands;
    DrapeStyle m_style;
    Stretch m_elevations;
    Sun m_gridSun; ///< the style's, from the grid's north
    ColorMap m_colors;
    ColorMap m_overlayColors;
    std::array<int, 3> m_channels{-1, -1, -1};
    std::array<std::vector<std::uint8_t>, 3> m_tables; ///< what each of a band's 65,536 values is shown as
};

/// A small picture of its own, RGBA: bands (as many as names) painted in a style that shows bands.
std::vector<std::uint8_t> paintedBands(const Image<float>& bands, const std::vector<std::string>& names,
                                       const DrapeStyle& style);

/// Pixels of a tile that have data.
std::vector<std::uint8_t> dataPixels(const TileData& tile);

} // namespace nunatak::ui::terrain
