// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation/optical.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace nunatak::scene::simulation {

namespace {

// Clear mountain air by band: what of the light comes from the sky, what the air adds and what it lets
// through, and what of the light that leaves the ground around is scattered into a pixel's.
constexpr Spectrum skyShare{0.20, 0.13, 0.09, 0.055, 0.02, 0.015};
constexpr Spectrum haze{0.055, 0.030, 0.016, 0.007, 0.0015, 0.001};
constexpr Spectrum passes{0.84, 0.88, 0.92, 0.95, 0.965, 0.97};
constexpr Spectrum scattered{0.10, 0.075, 0.055, 0.04, 0.015, 0.01};
/// What a slope that turns away from the sky sees of the ground instead, and how bright ground in shade is
/// therefore beside snow in the sun.
constexpr double groundLight = 0.09;

/// The instrument does not see pixel by pixel: each holds a little of its neighbours.
Image<float> blurredLikeSensor(const Image<float>& sharp) {
    Image<float> bands(sharp.bands(), sharp.rows(), sharp.columns());
    constexpr double own = 0.64;
    constexpr double side = 0.075;
    constexpr double corner = 0.015;
    for (int band = 0; band < bands.bands(); ++band) {
        forRows(bands.rows(), [&](int row) {
            const float* lines[3] = {sharp.row(band, std::max(row - 1, 0)), sharp.row(band, row),
                                     sharp.row(band, std::min(row + 1, bands.rows() - 1))};
            float* to = bands.row(band, row);
            for (int column = 0; column < bands.columns(); ++column) {
                const int west = std::max(column - 1, 0);
                const int east = std::min(column + 1, bands.columns() - 1);
                const double sides = static_cast<double>(lines[0][column]) + lines[2][column] +
                                     lines[1][west] + lines[1][east];
                const double corners =
                    static_cast<double>(lines[0][west]) + lines[0][east] + lines[2][west] + lines[2][east];
                to[column] = static_cast<float>(own * lines[1][column] + side * sides + corner * corners);
            }
        });
    }
    return bands;
}

/// Light leaving each pixel of the lit window without what neighbours add: bands of reflectance, then of the
/// surfaces alone.
struct Ground {
    Image<float> leaving;
    Image<float> reflectance;
};

Ground groundOf(const Patch& patch, const Surfaces& surfaces, const Illumination& light) {
    const auto& window = light.window;
    Ground ground{Image<float>(bandCount, window.rows, window.columns),
                  Image<float>(bandCount, window.rows, window.columns)};
    forRows(window.rows, [&](int row) {
        for (int column = 0; column < window.columns; ++column) {
            const Surface surface = surfaces.at(row + window.row - patch.window.row,
                                                column + window.column - patch.window.column);
            for (int band = 0; band < bandCount; ++band) {
                const auto b = static_cast<std::size_t>(band);
                const double lit = light.direct.at(0, row, column) * (1 - skyShare[b]) +
                                   light.sky.at(0, row, column) * skyShare[b];
                ground.leaving.at(band, row, column) = static_cast<float>(surface.reflectance[b] * lit);
                ground.reflectance.at(band, row, column) = static_cast<float>(surface.reflectance[b]);
            }
        }
    });
    return ground;
}

Field bandOf(const Image<float>& bands, int band) {
    Field field(1, bands.rows(), bands.columns());
    std::copy_n(bands.band(band), bands.bandSize(), field.values().begin());
    return field;
}

/// Adds what slopes around reflect onto a pixel and what the air scatters into its light.
Image<float> atTop(const Ground& ground, const Illumination& light, double cell) {
    Image<float> bands(bandCount, ground.leaving.rows(), ground.leaving.columns());
    const int radius = std::max(1, static_cast<int>(adjacencyMetres / cell / 2 + 0.5));
    for (int band = 0; band < bandCount; ++band) {
        const auto b = static_cast<std::size_t>(band);
        const Field around = blurred(bandOf(ground.leaving, band), radius, 2);
        forRows(bands.rows(), [&](int row) {
            for (int column = 0; column < bands.columns(); ++column) {
                const double near = around.at(0, row, column);
                const double hidden = groundLight + (1 - light.sky.at(0, row, column));
                const double leaving = ground.leaving.at(band, row, column) +
                                       ground.reflectance.at(band, row, column) * hidden * near;
                bands.at(band, row, column) =
                    static_cast<float>(haze[b] + passes[b] * mix(leaving, near, scattered[b]));
            }
        });
    }
    return bands;
}

void coverWithClouds(Image<float>& bands, const geo::PixelWindow& window, double cell, const Sun& sun,
                     const Clouds& clouds) {
    // A cloud's tops are uneven: lit from the side they show it.
    forRows(bands.rows(), [&](int row) {
        const double y = (window.row + row) * cell;
        for (int column = 0; column < bands.columns(); ++column) {
            const double x = (window.column + column) * cell;
            const double thin = clouds.thin(x, y);
            const double thick = clouds.thick(x, y);
            if (thin <= 0 && thick <= 0) {
                continue;
            }
            const double towards = clouds.thick(x + 120 * sun.east, y - 120 * sun.north);
            const double relief = 1 + 0.45 * (thick - towards);
            for (int band = 0; band < bandCount; ++band) {
                const auto b = static_cast<std::size_t>(band);
                float& value = bands.at(band, row, column);
                value = static_cast<float>(mix(value, endmembers::thinCloud[b], thin));
                value = static_cast<float>(mix(value, endmembers::thickCloud[b] * relief, thick));
            }
        }
    });
}

} // namespace

Illumination illuminationOf(const Place& place, const Patch& patch, const geo::PixelWindow& window,
                            const Sun& sun, const Clouds& clouds) {
    Illumination light{window, sunlit(place, patch, window, sun), Field(1, window.rows, window.columns)};
    forRows(window.rows, [&](int row) {
        const int patchRow = row + window.row - patch.window.row;
        for (int column = 0; column < window.columns; ++column) {
            const int patchColumn = column + window.column - patch.window.column;
            const Facing face = facing(patch.surface, patch.cell, patchRow, patchColumn, sun);
            const double through =
                clouds.transmission((window.column + column) * patch.cell, (window.row + row) * patch.cell,
                                    patch.surface.at(0, patchRow, patchColumn));
            light.direct.at(0, row, column) *=
                static_cast<float>(std::max(0.0, face.cosine) / sun.up * through);
            // Clouds that hide the sun are themselves a bright piece of sky.
            light.sky.at(0, row, column) = static_cast<float>(face.sky * (1 + 0.8 * (1 - through)));
        }
    });
    return light;
}

Image<float> opticalOf(const Place& place, const Patch& patch, const Surfaces& surfaces,
                       const Illumination& light, const Sun& sun, const Clouds& clouds,
                       const geo::PixelWindow& window, std::uint64_t noiseSeed) {
    Image<float> bands = atTop(groundOf(patch, surfaces, light), light, patch.cell);
    if (clouds.any()) {
        coverWithClouds(bands, light.window, patch.cell, sun, clouds);
    }
    bands = cut(blurredLikeSensor(bands), window.row - light.window.row, window.column - light.window.column,
                window.rows, window.columns);
    const auto pixels =
        static_cast<std::uint64_t>(place.grid.rows) * static_cast<std::uint64_t>(place.grid.columns);
    forRows(window.rows, [&](int row) {
        for (int band = 0; band < bandCount; ++band) {
            for (int column = 0; column < window.columns; ++column) {
                float& value = bands.at(band, row, column);
                const auto pixel = static_cast<std::uint64_t>(window.row + row) *
                                       static_cast<std::uint64_t>(place.grid.columns) +
                                   static_cast<std::uint64_t>(window.column + column);
                const double grain =
                    normalAt(noiseSeed, 92, static_cast<std::uint64_t>(band) * pixels + pixel);
                value = static_cast<float>(std::clamp(value + grain * (0.0015 + 0.006 * value), 0.0, 1.6));
            }
        }
    });
    return bands;
}

} // namespace nunatak::scene::simulation
