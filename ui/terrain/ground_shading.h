// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/terrain/drape_style.h"
#include "ui/terrain/tile_data.h"

#include <array>
#include <cstdint>
#include <vector>

namespace nunatak::ui::terrain {

/// The ground at one pixel.
struct GroundPlace {
    float height = 0;    ///< metres
    float eastwards = 0; ///< rise in metres per metre
    float northwards = 0;
    float light = 1; ///< 0 dark, 1 as bright as level ground

    float steepness() const; ///< rise per metre in the steepest direction
    float slope() const;     ///< degrees
};

/// A light from infinitely far away, as a direction of length 1.
struct GroundLight {
    float east, north, up;
};
/// Diffuse light from the sky keeps slopes in shadow readable.
inline constexpr float ambientLight = 0.25F;
/// The lights of a sun whose azimuth is from the grid's north; the first is the sun.
std::vector<GroundLight> groundLights(const Sun& sun, bool multidirectional);
/// What level ground would get of them, not to be divided by less.
float lightOnLevelGround(const std::vector<GroundLight>& lights);
/// Height, eastward and northward rise at each sample of a tile's relief, one after another; light is 1.
std::vector<GroundPlace> groundSamples(const TileData& tile);
/// Metres on the ground of a pixel of a tile's picture: distances on the map over the projection's point
/// scale.
double groundMetresPerPixel(const TileData& tile);

/// Slope and light at the pixels of a tile, from the elevation sampled around it. Light is Lambert's law,
/// scaled so that level ground is white; multidirectional: the mean of six suns around the horizon, weighted
/// by how steeply the ground faces each (after Mark 1992).
class GroundShading {
public:
    GroundShading(const TileData& tile, const Sun& sun, bool multidirectional);

    GroundPlace at(int column, int row) const;
    /// How much a contour line covers this pixel, 0..1; one in five is drawn wider.
    float contour(const GroundPlace& place, float interval) const;

private:
    float lightOf(float eastwards, float northwards) const;

    const TileData& m_tile;
    std::vector<GroundLight> m_lights;
    float m_level = 1; ///< light on level ground
    std::vector<GroundPlace> m_samples;
    int m_columns = 0;
    int m_rows = 0;
    float m_pixelMetres = 1; ///< on the ground
};

/// The direction a slope faces as a hue of constant lightness, fading to grey where the ground is level.
/// `trueNorth`: degrees clockwise from the grid's north.
std::array<std::uint8_t, 3> aspectColor(const GroundPlace& place, double trueNorth);

} // namespace nunatak::ui::terrain
