// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/terrain/terrain.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace nunatak::tests {

/// Size and place of an invented terrain; its corner lies where coordinates are as large as in a real UTM
/// zone.
struct SyntheticOptions {
    int cells = 96;
    double posting = 100;
    int drapePerCell = 4;
    double left = 465'000;
    double top = 5'190'000;
    /// Pixels without data on each side of the drape.
    int emptyRim = 0;
};

inline double syntheticHeight(double u, double v) {
    // A ridge with summits, a valley that runs across it, and folds; u and v in 0..1.
    const auto bump = [&](double cu, double cv, double su, double sv, double height) {
        const double du = (u - cu) / su;
        const double dv = (v - cv) / sv;
        return height * std::exp(-du * du - dv * dv);
    };
    double height = 1400 + bump(0.30, 0.35, 0.16, 0.22, 1700) + bump(0.68, 0.30, 0.20, 0.14, 1500) +
                    bump(0.52, 0.72, 0.25, 0.13, 1100) + bump(0.86, 0.80, 0.12, 0.16, 900);
    double amplitude = 190;
    double frequency = 9;
    for (int octave = 0; octave < 4; ++octave) {
        height +=
            amplitude * (1 - 2 * std::abs(std::sin(frequency * u + 1.7 * std::sin(frequency * 0.7 * v))) *
                                 std::abs(std::cos(frequency * v + 1.3 * std::sin(frequency * 0.6 * u))));
        amplitude *= 0.45;
        frequency *= 2.1;
    }
    return height;
}

/// A mountain range with a picture that has meadows, rock and snow, lit from the south-east. No file is read.
inline std::shared_ptr<const ui::terrain::Terrain> syntheticTerrain(const SyntheticOptions& options = {}) {
    auto terrain = std::make_shared<ui::terrain::Terrain>();
    terrain->sceneId = "synthetic";
    terrain->style.composite = {"natural", {"red", "green", "blue"}};
    auto& grid = terrain->heightGrid;
    grid.left = options.left;
    grid.top = options.top;
    grid.pixelSize = options.posting;
    grid.columns = options.cells;
    grid.rows = options.cells;
    terrain->heights = Image<float>(1, options.cells + 1, options.cells + 1);
    for (int row = 0; row <= options.cells; ++row) {
        for (int column = 0; column <= options.cells; ++column) {
            terrain->heights.at(0, row, column) = static_cast<float>(
                syntheticHeight(column / double(options.cells), row / double(options.cells)));
        }
    }
    auto& drape = terrain->drapeGrid;
    drape = grid;
    drape.pixelSize = options.posting / options.drapePerCell;
    drape.columns = drape.rows = options.cells * options.drapePerCell;
    const int size = drape.columns;
    terrain->drape.assign(static_cast<std::size_t>(size) * static_cast<std::size_t>(size) * 4, 0);
    const double step = 1.0 / size;
    for (int row = options.emptyRim; row < size - options.emptyRim; ++row) {
        for (int column = options.emptyRim; column < size - options.emptyRim; ++column) {
            const double u = (column + 0.5) * step;
            const double v = (row + 0.5) * step;
            const double height = syntheticHeight(u, v);
            const double metres = options.cells * options.posting;
            const double du = (syntheticHeight(u + step, v) - height) / (step * metres);
            const double dv = (syntheticHeight(u, v + step) - height) / (step * metres);
            const double light = std::clamp(
                0.45 + 0.55 * (1 - 0.9 * du - 0.7 * dv) / std::sqrt(1 + du * du + dv * dv), 0.15, 1.15);
            const double snow = std::clamp((height - 2150) / 350 - 0.5 * std::hypot(du, dv), 0.0, 1.0);
            const double rock = std::clamp((height - 1500) / 500, 0.0, 1.0);
            const double base[3] = {92 + 48 * rock, 112 + 12 * rock, 74 + 44 * rock};
            const double white[3] = {244, 248, 253};
            auto* pixel =
                terrain->drape.data() + (static_cast<std::size_t>(row) * static_cast<std::size_t>(size) +
                                         static_cast<std::size_t>(column)) *
                                            4;
            for (int c = 0; c < 3; ++c) {
                const double color = (base[c] + (white[c] - base[c]) * snow) * light;
                pixel[c] = static_cast<std::uint8_t>(std::clamp(color, 0.0, 255.0));
            }
            pixel[3] = 255;
        }
    }
    return terrain;
}

} // namespace nunatak::tests
