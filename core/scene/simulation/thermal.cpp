// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation/thermal.h"

#include <algorithm>
#include <cmath>

namespace nunatak::scene::simulation {

namespace {

constexpr double melting = 273.15;
constexpr double lapse = 0.0065; // kelvin per metre

double surfaceTemperature(const Cover& cover, double air, double sun) {
    const double frozen = std::min(melting, air - 1);
    const double cold = std::min(melting - 0.4, frozen + 0.5);
    return cover.snow * cold + cover.ice * frozen + cover.debris * std::max(frozen, air + 1 + 8 * sun) +
           cover.water * std::max(melting + 1, 0.5 * (air + melting + 4)) + cover.forest * (air + 2 * sun) +
           cover.grass * (air + 1 + 7 * sun) + cover.rock() * (air + 1 + 12 * sun);
}

} // namespace

Image<float> temperatureOf(const Place& place, const Patch& patch, const Surfaces& surfaces,
                           const Season& season, const Illumination& light, const Clouds& clouds,
                           const geo::PixelWindow& window, std::uint64_t noiseSeed) {
    const auto& lit = light.window;
    Field temperature(1, lit.rows, lit.columns);
    // The zero line of the air lies a little above the equilibrium line in summer.
    const double zeroHeight = place.ice.equilibriumLine + 550 - 3600 * season.winter();
    forRows(lit.rows, [&](int row) {
        const int patchRow = row + lit.row - patch.window.row;
        for (int column = 0; column < lit.columns; ++column) {
            const int patchColumn = column + lit.column - patch.window.column;
            const double air = melting + lapse * (zeroHeight - patch.surface.at(0, patchRow, patchColumn));
            const double sun = std::clamp(static_cast<double>(light.direct.at(0, row, column)), 0.0, 1.6);
            const double ground = surfaceTemperature(surfaces.at(patchRow, patchColumn).cover, air, sun);
            const double x = (lit.column + column) * patch.cell;
            const double y = (lit.row + row) * patch.cell;
            const double cloudy = std::max(clouds.thick(x, y), 0.6 * clouds.thin(x, y));
            temperature.at(0, row, column) = static_cast<float>(mix(ground, 258.0, cloudy));
        }
    });
    const int radius = static_cast<int>(50 / patch.cell);
    if (radius > 0) {
        temperature = blurred(temperature, radius, 1);
    }
    Image<float> result =
        cut(temperature, window.row - lit.row, window.column - lit.column, window.rows, window.columns);
    forRows(window.rows, [&](int row) {
        for (int column = 0; column < window.columns; ++column) {
            const auto pixel = static_cast<std::uint64_t>(window.row + row) *
                                   static_cast<std::uint64_t>(place.grid.columns) +
                               static_cast<std::uint64_t>(window.column + column);
            result.at(0, row, column) += static_cast<float>(0.12 * normalAt(noiseSeed, 180, pixel));
        }
    });
    return result;
}

} // namespace nunatak::scene::simulation
