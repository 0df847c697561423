// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation/surfaces.h"

#include <algorithm>
#include <cmath>

namespace nunatak::scene::simulation {

using namespace endmembers;

struct Surfaces::Spot {
    int row = 0;
    int column = 0;
    double x = 0; ///< metres from the picture's upper left corner
    double y = 0;
    double height = 0;
    double slope = 0;
};

double Season::winter() const {
    return 0.5 * (1 - cosineOfDegrees((dayOfYear - 238 + (south ? 182 : 0)) * 360.0 / 365.0));
}

Surfaces::Surfaces(const Place& place, const Season& season, const Patch& patch)
    : m_seed(place.seed), m_weather(season.weather), m_shade(place.shade), m_patch(patch),
      m_slope(gradient(patch.surface, patch.cell)),
      m_hollow(blurred(patch.surface, std::max(1, static_cast<int>(200 / patch.cell + 0.5)), 2)),
      m_equilibriumLine(place.ice.equilibriumLine) {
    for (std::size_t i = 0; i < m_hollow.values().size(); ++i) {
        m_hollow.values()[i] -= patch.surface.values()[i];
    }
    // Late snow in some years, hardly any in others.
    Random year(season.weather, 71);
    m_snowLine = m_equilibriumLine + year.uniform(80, 420) - 1900 * season.winter();
    m_firnLine = m_equilibriumLine + year.uniform(-40, 130) - 1900 * season.winter();
    if (season.snowLine) {
        m_snowLine = *season.snowLine;
        m_firnLine = std::min(m_equilibriumLine + 130, m_snowLine);
    }
    Random region(place.seed, 72);
    m_treeLine = m_equilibriumLine - region.uniform(750, 1300);
    m_rockOffset = region.uniform(-0.3, 0.3);
}

Surfaces::Spot Surfaces::spotAt(int row, int column) const {
    return {row,
            column,
            (m_patch.window.column + column) * m_patch.cell,
            (m_patch.window.row + row) * m_patch.cell,
            m_patch.surface.at(0, row, column),
            m_slope.at(0, row, column)};
}

Spectrum Surfaces::rock(const Spot& spot) const {
    const double kind = fractal(m_seed + 72, spot.x / 5200, spot.y / 5200, 3) + m_rockOffset;
    Spectrum spectrum = blend(schist, gneiss, smoothStep(-0.22, -0.05, kind));
    spectrum = blend(spectrum, limestone, smoothStep(0.10, 0.25, kind));
    const double rust = fractal(m_seed + 87, spot.x / 2700, spot.y / 2700, 3);
    spectrum = blend(spectrum, rustyRock, 0.7 * smoothStep(0.12, 0.3, rust));
    const double strata = fractal(m_seed + 73, spot.x / 900, spot.y / 300, 3);
    const double grain = fractal(m_seed + 74, spot.x / 70, spot.y / 70, 2);
    return scaled(spectrum, 1 + 0.22 * strata + 0.16 * grain);
}

double Surfaces::snowShare(const Spot& spot) const {
    const double hollow = std::clamp<double>(m_hollow.at(0, spot.row, spot.column), -60, 40);
    const double weather = fractal(m_weather + 75, spot.x / 2600, spot.y / 2600, 4, 0.6);
    const double patches = fractal(m_weather + 76, spot.x / 210, spot.y / 210, 3);
    if (m_patch.glacier.at(0, spot.row, spot.column) != 0) {
        return smoothStep(
            -70, 70, spot.height - m_firnLine + 110 * weather + 55 * patches + 1.5 * std::max(hollow, -25.0));
    }
    const double shaded = m_shade.fallOf(m_patch.surface, spot.row, spot.column, m_patch.cell);
    const double clings = 1 - smoothStep(0.65, 1.1, spot.slope);
    const double above = spot.height - m_snowLine + 190 * weather + 170 * patches + 11 * hollow +
                         200 * std::clamp(shaded, -0.7, 0.7);
    return clings * smoothStep(-60, 110, above);
}

Surface Surfaces::land(const Spot& spot) const {
    const double cover = fractal(m_seed + 77, spot.x / 1300, spot.y / 1300, 4);
    const Spectrum stone = rock(spot);
    // Slopes of scree are paler than the walls above them.
    Spectrum spectrum = blend(stone, moraine, 0.35 * (1 - smoothStep(0.35, 0.75, spot.slope)));
    const double fine = fractal(m_seed + 78, spot.x / 120, spot.y / 120, 2);
    const double belowTrees = m_treeLine - spot.height + 220 * cover + 60 * fine;
    double grass = smoothStep(-520, -60, belowTrees) * (1 - smoothStep(0.65, 0.95, spot.slope));
    double green = smoothStep(-180, 150, belowTrees) * (1 - smoothStep(0.75, 1.05, spot.slope));
    const double wooded = smoothStep(
        -0.05, 0.12, fractal(m_seed + 79, spot.x / 700, spot.y / 700, 3) + (spot.slope - 0.3) * 0.5);
    spectrum = blend(spectrum, alpineGrass, grass);
    spectrum = blend(spectrum, blend(meadow, simulation::endmembers::forest, wooded), green);
    const double bare =
        m_patch.forefield.at(0, spot.row, spot.column) * (1 - smoothStep(0.5, 0.9, spot.slope));
    spectrum = blend(spectrum, blend(moraine, stone, 0.55), bare);
    grass *= 1 - bare;
    green *= 1 - bare;
    Surface surface;
    surface.cover.forest = green * wooded;
    surface.cover.grass = green * (1 - wooded) + grass * (1 - green);
    surface.reflectance = scaled(spectrum, 1 + 0.08 * fine);
    return surface;
}

Surface Surfaces::ice(const Spot& spot) const {
    const double below = m_equilibriumLine - spot.height;
    const double bands = m_patch.bands.at(0, spot.row, spot.column);
    const double melt = fractal(m_seed + 80, spot.x / 160, spot.y / 160, 3);
    const double regions = fractal(m_seed + 81, spot.x / 1500, spot.y / 1500, 3);
    const double dirt = std::clamp(
        0.12 + 0.65 * smoothStep(0, 650, below) + 0.3 * regions + 0.25 * melt + 0.6 * bands, 0.0, 1.0);
    Spectrum spectrum = blend(bareIce, dirtyIce, dirt);
    spectrum = blend(spectrum, firn,
                     1 - smoothStep(0, 160, spot.height < m_firnLine ? m_firnLine - spot.height : 0.0));
    Surface surface;
    const double debris = m_patch.debris.at(0, spot.row, spot.column);
    if (debris > 0) {
        // The rock on the ice is that of the walls around, mixed, in stripes along the flow, wet in places,
        // with cliffs of bare ice and ponds between its hummocks.
        const double hummocks = fractal(m_seed + 82, spot.x / 150, spot.y / 150, 3);
        Spectrum stones = scaled(blend(rock(spot), moraine, 0.35), 0.93 + 0.22 * hummocks + 0.22 * bands);
        const double holes = fractal(m_seed + 83, spot.x / 110, spot.y / 110, 3);
        stones = blend(stones, dirtyIce, 0.05 + 0.6 * smoothStep(0.32, 0.6, holes));
        const double pond = smoothStep(0.5, 0.58, -holes) * (1 - smoothStep(0.08, 0.2, spot.slope));
        stones = blend(stones, milkyWater, pond);
        spectrum = blend(spectrum, stones, debris);
        surface.cover.water = debris * pond;
    }
    surface.cover.debris = debris - surface.cover.water;
    surface.cover.ice = 1 - debris;
    surface.reflectance = spectrum;
    return surface;
}

Surface Surfaces::water(const Spot& spot) const {
    const double milk = m_patch.forefield.at(0, spot.row, spot.column) > 0.5F
                            ? 0.9
                            : smoothStep(-0.1, 0.35, fractal(m_seed + 84, spot.x / 3000, spot.y / 3000, 2));
    const double deep = smoothStep(0, 2.5, m_patch.water.at(0, spot.row, spot.column));
    Surface surface;
    surface.cover.water = deep;
    surface.reflectance = blend(moraine, blend(clearWater, milkyWater, milk), deep);
    return surface;
}

Surface Surfaces::at(int row, int column) const {
    const Spot spot = spotAt(row, column);
    if (m_patch.water.at(0, row, column) > 0) {
        return water(spot);
    }
    Surface surface = m_patch.glacier.at(0, row, column) != 0 ? ice(spot) : land(spot);
    const double snow = snowShare(spot);
    if (snow <= 0) {
        return surface;
    }
    const double fresh = smoothStep(
        80, 600, spot.height - m_firnLine + 150 * fractal(m_weather + 85, spot.x / 1800, spot.y / 1800, 3));
    const double bright = 1 + 0.05 * fractal(m_weather + 86, spot.x / 300, spot.y / 300, 3);
    surface.reflectance = blend(surface.reflectance, scaled(blend(oldSnow, freshSnow, fresh), bright), snow);
    Cover& cover = surface.cover;
    for (double* part : {&cover.ice, &cover.debris, &cover.water, &cover.forest, &cover.grass}) {
        *part *= 1 - snow;
    }
    cover.snow = snow;
    return surface;
}

} // namespace nunatak::scene::simulation
