// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation_materials.h"

#include <algorithm>

namespace nunatak::scene::simulation {

namespace {

// Reflectances of the order that spectral libraries give for these surfaces at Landsat's bands.
constexpr Spectrum freshSnow{0.95, 0.94, 0.93, 0.86, 0.13, 0.10};
constexpr Spectrum oldSnow{0.80, 0.79, 0.76, 0.64, 0.07, 0.05};
constexpr Spectrum bareIce{0.57, 0.58, 0.52, 0.37, 0.035, 0.025};
constexpr Spectrum dirtyIce{0.27, 0.28, 0.27, 0.22, 0.07, 0.055};
constexpr Spectrum gneiss{0.15, 0.17, 0.19, 0.22, 0.26, 0.23};
constexpr Spectrum limestone{0.25, 0.29, 0.32, 0.35, 0.37, 0.32};
constexpr Spectrum schist{0.09, 0.10, 0.115, 0.14, 0.165, 0.155};
constexpr Spectrum moraine{0.17, 0.19, 0.21, 0.235, 0.275, 0.25};
constexpr Spectrum meadow{0.05, 0.09, 0.07, 0.38, 0.23, 0.12};
constexpr Spectrum forest{0.03, 0.045, 0.035, 0.24, 0.11, 0.055};
constexpr Spectrum alpineGrass{0.085, 0.115, 0.13, 0.25, 0.28, 0.20};
constexpr Spectrum clearWater{0.075, 0.06, 0.035, 0.015, 0.006, 0.004};
constexpr Spectrum milkyWater{0.17, 0.20, 0.16, 0.07, 0.012, 0.008};

Spectrum blend(const Spectrum& a, const Spectrum& b, double share) {
    Spectrum result{};
    for (std::size_t band = 0; band < result.size(); ++band) {
        result[band] = mix(a[band], b[band], share);
    }
    return result;
}

Spectrum scaled(Spectrum spectrum, double factor) {
    for (auto& value : spectrum) {
        value *= factor;
    }
    return spectrum;
}

} // namespace

Materials::Materials(std::uint64_t seed, const Landscape& land)
    : m_seed(seed), m_land(land), m_slope(gradient(land.surface, land.cell)),
      m_hollow(blurred(land.surface, std::max(1, static_cast<int>(200 / land.cell + 0.5)), 2)) {
    for (std::size_t i = 0; i < m_hollow.values().size(); ++i) {
        m_hollow.values()[i] -= land.surface.values()[i];
    }
    Random random(seed, 71);
    // Late snow in some years, hardly any in others.
    m_snowLine = land.equilibriumLine + random.uniform(80, 420);
    m_firnLine = land.equilibriumLine + random.uniform(-40, 130);
    m_treeLine = land.equilibriumLine - random.uniform(750, 1000);
    m_rockOffset = random.uniform(-0.3, 0.3);
}

Spectrum Materials::rock(double x, double y) const {
    const double kind = fractal(m_seed + 72, x / 5200, y / 5200, 3) + m_rockOffset;
    Spectrum spectrum = blend(schist, gneiss, smoothStep(-0.22, -0.05, kind));
    spectrum = blend(spectrum, limestone, smoothStep(0.10, 0.25, kind));
    const double strata = fractal(m_seed + 73, x / 900, y / 300, 3);
    const double grain = fractal(m_seed + 74, x / 70, y / 70, 2);
    return scaled(spectrum, 1 + 0.22 * strata + 0.16 * grain);
}

double Materials::snowShare(int row, int column, double x, double y, bool onIce) const {
    const double height = m_land.surface.at(0, row, column);
    const double hollow = std::clamp<double>(m_hollow.at(0, row, column), -25, 40);
    const double weather = fractal(m_seed + 75, x / 2600, y / 2600, 4, 0.6);
    const double patches = fractal(m_seed + 76, x / 210, y / 210, 3);
    if (onIce) {
        return smoothStep(-70, 70, height - m_firnLine + 110 * weather + 55 * patches + 1.5 * hollow);
    }
    const int north = std::max(row - 1, 0);
    const int south = std::min(row + 1, m_land.surface.rows() - 1);
    const double northward =
        (m_land.surface.at(0, south, column) - m_land.surface.at(0, north, column)) / (2 * m_land.cell);
    const double clings = 1 - smoothStep(0.7, 1.15, m_slope.at(0, row, column));
    const double above = height - m_snowLine + 190 * weather + 170 * patches + 9 * hollow +
                         200 * std::clamp(northward, -0.7, 0.7);
    return clings * smoothStep(-60, 110, above);
}

Spectrum Materials::land(int row, int column, double x, double y) const {
    const double height = m_land.surface.at(0, row, column);
    const double slope = m_slope.at(0, row, column);
    const double cover = fractal(m_seed + 77, x / 1300, y / 1300, 4);
    Spectrum spectrum = rock(x, y);
    // Slopes of scree are paler than the walls above them.
    spectrum = blend(spectrum, moraine, 0.35 * (1 - smoothStep(0.35, 0.75, slope)));
    const double fine = fractal(m_seed + 78, x / 120, y / 120, 2);
    const double belowTrees = m_treeLine - height + 220 * cover + 60 * fine;
    const double grass = smoothStep(-520, -60, belowTrees) * (1 - smoothStep(0.65, 0.95, slope));
    const double green = smoothStep(-180, 150, belowTrees) * (1 - smoothStep(0.75, 1.05, slope));
    spectrum = blend(spectrum, alpineGrass, grass);
    const double wooded =
        smoothStep(-0.05, 0.12, fractal(m_seed + 79, x / 700, y / 700, 3) + (slope - 0.3) * 0.5);
    spectrum = blend(spectrum, blend(meadow, forest, wooded), green);
    if (m_land.forefield.at(0, row, column) > 0.5F) {
        const double fresh = 1 - smoothStep(0.5, 0.9, slope);
        spectrum = blend(spectrum, blend(moraine, rock(x, y), 0.55), fresh);
    }
    return scaled(spectrum, 1 + 0.08 * fine);
}

Spectrum Materials::ice(int row, int column, double x, double y) const {
    const double below = m_land.equilibriumLine - m_land.surface.at(0, row, column);
    const double streaks = fractal(m_seed + 80, x / 160, y / 160, 3);
    const double regions = fractal(m_seed + 81, x / 1500, y / 1500, 3);
    const double dirt =
        std::clamp(0.15 + 0.75 * smoothStep(0, 650, below) + 0.35 * regions + 0.45 * streaks, 0.0, 1.0);
    Spectrum spectrum = blend(bareIce, dirtyIce, dirt);
    const double debris = m_land.debris.at(0, row, column);
    if (debris > 0) {
        // The rock on the ice is that of the walls around, mixed, wet in places, with cliffs of bare ice in
        // between.
        const double wet = 0.92 + 0.12 * fractal(m_seed + 82, x / 90, y / 90, 2);
        Spectrum stones = scaled(blend(rock(x, y), moraine, 0.35), wet);
        const double cliffs = smoothStep(0.32, 0.6, fractal(m_seed + 83, x / 110, y / 110, 3));
        stones = blend(stones, dirtyIce, 0.06 + 0.6 * cliffs);
        spectrum = blend(spectrum, stones, debris);
    }
    return spectrum;
}

Spectrum Materials::at(int row, int column) const {
    const double x = column * m_land.cell;
    const double y = row * m_land.cell;
    const double depth = m_land.water.at(0, row, column);
    if (depth > 0) {
        const double milk = m_land.forefield.at(0, row, column) > 0.5F
                                ? 0.9
                                : smoothStep(-0.1, 0.35, fractal(m_seed + 84, x / 3000, y / 3000, 2));
        const Spectrum water = blend(clearWater, milkyWater, milk);
        return blend(moraine, water, smoothStep(0, 2.5, depth));
    }
    const bool onIce = m_land.glacier.at(0, row, column) != 0;
    const Spectrum ground = onIce ? ice(row, column, x, y) : land(row, column, x, y);
    const double snow = snowShare(row, column, x, y, onIce);
    if (snow <= 0) {
        return ground;
    }
    const double height = m_land.surface.at(0, row, column);
    const double fresh =
        smoothStep(80, 600, height - m_firnLine + 150 * fractal(m_seed + 85, x / 1800, y / 1800, 3));
    const double bright = 1 + 0.05 * fractal(m_seed + 86, x / 300, y / 300, 3);
    return blend(ground, scaled(blend(oldSnow, freshSnow, fresh), bright), snow);
}

} // namespace nunatak::scene::simulation
