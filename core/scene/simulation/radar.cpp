// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation/radar.h"

#include "scene/simulation/sunlight.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace nunatak::scene::simulation {

namespace {

constexpr double incidence = 39; // degrees, the middle of Sentinel-1's swath
/// Azimuth from the ground to the satellite, which looks to its right.
constexpr std::array<double, 2> azimuths{258, 102};

Sun towardsSatellite(std::size_t orbit) {
    const double level = sineOfDegrees(incidence);
    return {level * sineOfDegrees(azimuths[orbit]), level * cosineOfDegrees(azimuths[orbit]),
            cosineOfDegrees(incidence)};
}

/// Linear power at 39° on flat ground.
double flatPower(const Cover& cover, Polarisation polarisation, double dry) {
    const bool co = polarisation == Polarisation::Co;
    const double snow = co ? mix(0.013, 0.16, dry) : mix(0.0016, 0.03, dry);
    return cover.snow * snow + cover.ice * (co ? 0.063 : 0.0063) + cover.debris * (co ? 0.105 : 0.018) +
           cover.water * (co ? 0.007 : 0.0008) + cover.forest * (co ? 0.17 : 0.048) +
           cover.grass * (co ? 0.085 : 0.016) + cover.rock() * (co ? 0.126 : 0.02);
}

/// How the power changes with the angle at which the ground is met.
double byIncidence(double cosine) {
    static const double flat =
        std::sqrt(cosineOfDegrees(incidence)) * cosineOfDegrees(incidence) / sineOfDegrees(incidence);
    if (cosine <= 0.05) {
        return 0; // in the radar's shadow
    }
    const double sine = std::max(0.12, std::sqrt(std::max(0.0, 1 - cosine * cosine)));
    return cosine * std::sqrt(cosine) / sine / flat;
}

/// A mean of squares of normal numbers: the power of so many looks, mean 1.
double speckle(std::uint64_t seed, std::uint64_t stream, std::uint64_t pixel) {
    constexpr int looks = 12;
    double sum = 0;
    for (int i = 0; i < 2 * looks; ++i) {
        const double value = normalAt(seed, stream + static_cast<std::uint64_t>(i) * 131, pixel);
        sum += value * value;
    }
    return sum / (2 * looks);
}

std::uint64_t pixelNumber(const Place& place, int row, int column) {
    return static_cast<std::uint64_t>(row) * static_cast<std::uint64_t>(place.grid.columns) +
           static_cast<std::uint64_t>(column);
}

/// Dry snow, high up where it does not melt even in summer.
double dryness(const Place& place, double height) {
    return smoothStep(350, 700, height - place.ice.equilibriumLine);
}

} // namespace

Image<float> backscatterOf(const Place& place, const Patch& patch, const Surfaces& surfaces,
                           Polarisation polarisation, const geo::PixelWindow& window,
                           std::uint64_t noiseSeed) {
    Image<float> bands(2, window.rows, window.columns);
    const std::array<Sun, 2> satellites{towardsSatellite(0), towardsSatellite(1)};
    constexpr double noiseFloor = 0.0006;
    forRows(window.rows, [&](int row) {
        const int patchRow = row + window.row - patch.window.row;
        for (int column = 0; column < window.columns; ++column) {
            const int patchColumn = column + window.column - patch.window.column;
            const Cover cover = surfaces.at(patchRow, patchColumn).cover;
            const double power =
                flatPower(cover, polarisation, dryness(place, patch.surface.at(0, patchRow, patchColumn)));
            for (std::size_t orbit = 0; orbit < 2; ++orbit) {
                const double cosine =
                    facing(patch.surface, patch.cell, patchRow, patchColumn, satellites[orbit]).cosine;
                const std::uint64_t stream = 140 + 10 * orbit + (polarisation == Polarisation::Co ? 0 : 5);
                const double looked =
                    (power * byIncidence(cosine) + noiseFloor) *
                    speckle(noiseSeed, stream, pixelNumber(place, window.row + row, window.column + column));
                bands.at(static_cast<int>(orbit), row, column) = static_cast<float>(looked);
            }
        }
    });
    return bands;
}

Image<float> coherenceOf(const Place& place, const Patch& patch, const Surfaces& surfaces,
                         const geo::PixelWindow& window, std::uint64_t noiseSeed) {
    Image<float> bands(2, window.rows, window.columns);
    const std::array<Sun, 2> satellites{towardsSatellite(0), towardsSatellite(1)};
    forRows(window.rows, [&](int row) {
        const int patchRow = row + window.row - patch.window.row;
        for (int column = 0; column < window.columns; ++column) {
            const int patchColumn = column + window.column - patch.window.column;
            const Cover cover = surfaces.at(patchRow, patchColumn).cover;
            // Thick ice moves fast; at the edges and the end, where it is thin, it hardly does.
            const double moving = smoothStep(8, 70, patch.thickness.at(0, patchRow, patchColumn));
            const double ice = mix(0.42, 0.12, moving);
            const double debris = mix(0.68, 0.22, moving);
            const double snow = patch.glacier.at(0, patchRow, patchColumn) != 0 ? 0.16 : 0.34;
            const double quiet = cover.snow * snow + cover.ice * ice + cover.debris * debris +
                                 cover.water * 0.06 + cover.forest * 0.25 + cover.grass * 0.55 +
                                 cover.rock() * 0.86;
            for (std::size_t orbit = 0; orbit < 2; ++orbit) {
                const double cosine =
                    facing(patch.surface, patch.cell, patchRow, patchColumn, satellites[orbit]).cosine;
                const double seen = smoothStep(0.05, 0.3, cosine) * (1 - 0.6 * smoothStep(0.97, 1, cosine));
                const double coherence = 0.08 + (quiet - 0.06) * seen;
                const double grain = normalAt(noiseSeed, 170 + orbit,
                                              pixelNumber(place, window.row + row, window.column + column));
                bands.at(static_cast<int>(orbit), row, column) = static_cast<float>(
                    std::clamp(coherence + 0.09 * (1 - coherence * coherence) * grain, 0.0, 1.0));
            }
        }
    });
    return bands;
}

} // namespace nunatak::scene::simulation
