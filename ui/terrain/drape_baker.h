// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/terrain/band_summary.h"
#include "ui/terrain/color_map.h"
#include "ui/terrain/drape_style.h"
#include "ui/terrain/ground_shading.h"
#include "ui/terrain/tile_data.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace nunatak::ui::terrain {

/// Level ground of a hillshade: grey, so that what faces the sun can be brighter.
inline constexpr std::uint8_t hillshadeGrey = 185;

/// A style worked out for a scene: all that painting a tile needs beside the tile.
struct PaintRules {
    DrapeKind kind = DrapeKind::Composite;
    std::array<int, 3> channels{-1, -1, -1}; ///< bands of a composite or an index; negative: none
    /// What each of 65,536 stored values of the channels is shown as, of composites.
    std::array<std::vector<std::uint8_t>, 3> tables;
    std::array<Stretch, 3> stored; ///< of the channels, see BandSummary
    Stretch range;                 ///< values of the colour map's ends
    ColorMap colors;
    bool usesGround = false; ///< relief takes part
    float shading = 0;       ///< 0 unlit … 1
    float trueNorth = 0;     ///< degrees clockwise from the grid's north
    std::vector<GroundLight> lights;
    float contourInterval = 0; ///< metres; 0: none
    OverlayStyle overlay;
    ColorMap overlayColors;
};

/// Paints tiles in one style. What does not depend on the tile is worked out once; thread-safe.
class DrapeBaker {
public:
    /// `elevations`: the scene's lowest and highest ground in metres. `trueNorth`: degrees clockwise from the
    /// grid's north to true north.
    DrapeBaker(std::vector<BandSummary> bands, const DrapeStyle& style, Stretch elevations,
               double trueNorth = 0);

    const DrapeStyle& style() const { return m_style; }
    /// For a painter that is no part of this library and shall paint the same.
    PaintRules rules() const;
    /// RGBA over the tile's pictureGrid; alpha 0 where the tile has no data. `overlay`: values over the same
    /// grid, NaN for none; may be null.
    std::vector<std::uint8_t> paint(const TileData& tile, const Image<float>* overlay = nullptr) const;
    /// The same ground with the bands of another scene over the same grid.
    std::vector<std::uint8_t> paintOther(const TileData& tile, const Image<std::uint16_t>& bands) const;
    /// What the colours mean.
    std::optional<Legend> legend() const;

private:
    void makeTables();
    bool usesGround() const;
    float shading() const;
    Stretch range() const;
    int indexOf(const std::string& band) const;
    float value(const Image<std::uint16_t>& bands, int band, std::size_t pixel) const;
    void paintComposite(const Image<std::uint16_t>& bands, std::vector<std::uint8_t>& picture) const;
    void paintIndex(const Image<std::uint16_t>& bands, std::vector<std::uint8_t>& picture) const;
    void paintOverlay(const Image<float>& values, std::vector<std::uint8_t>& picture) const;
    void paintGround(const TileData& tile, std::vector<std::uint8_t>& picture) const;

    std::vector<BandSummary> m_bands;
    DrapeStyle m_style;
    Stretch m_elevations;
    double m_trueNorth; ///< degrees clockwise from the grid's north
    Sun m_gridSun;      ///< the style's, from the grid's north
    ColorMap m_colors;
    ColorMap m_overlayColors;
    std::array<int, 3> m_channels{-1, -1, -1};
    std::array<std::vector<std::uint8_t>, 3> m_tables; ///< what each of a band's 65,536 values is shown as
};

/// A small picture of its own, RGBA: bands (as many as names) painted in a style that shows bands.
std::vector<std::uint8_t> paintedBands(const Image<float>& bands, const std::vector<std::string>& names,
                                       const DrapeStyle& style);

/// 1 for the pixels of a tile that have data, else 0.
std::vector<std::uint8_t> dataPixels(const TileData& tile);
/// The same of bands: those that have data in every band.
std::vector<std::uint8_t> dataPixels(const Image<std::uint16_t>& bands);

} // namespace nunatak::ui::terrain
