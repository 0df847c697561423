// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation/relief.h"

#include "scene/simulation/drainage.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <vector>

namespace nunatak::scene::simulation {

namespace {

/// Rain enough to make the mountains that we want, per time step; only the ratio to the uplift matters.
struct ErosionOptions {
    double strength = 1;      ///< erodibility × time step
    double criticalSlope = 1; ///< rise over run that ground can stand
    int steps = 1;
    double creep = 0; ///< share of its surroundings' mean that a cell takes in each step
};

/// How fast the ground rises, 0..1: a belt across the scene, thicker here and thinner there.
Field upliftOf(std::uint64_t seed, int rows, int columns, double cell) {
    Random random(seed, 11);
    const double angle = random.uniform(0, 180);
    const double nx = sineOfDegrees(angle);
    const double ny = cosineOfDegrees(angle);
    const double offset = random.uniform(-0.15, 0.15);
    // A belt about as wide as a big scene, whatever the scene's size: small scenes are cut out of the
    // mountains.
    const double extent = std::max(20000.0, std::min(rows, columns) * cell);
    const double width = random.uniform(0.30, 0.42) * extent;
    Field uplift(1, rows, columns);
    forRows(rows, [&](int row) {
        for (int column = 0; column < columns; ++column) {
            const double x = (column - columns / 2.0) * cell;
            const double y = (row - rows / 2.0) * cell;
            const double bend = 0.16 * extent * fractal(seed + 21, x / 16000, y / 16000, 3);
            const double across = (x * nx + y * ny + bend) / width + offset;
            const double square = across * across;
            const double belt = 1 / (1 + square * square);
            const double blocks = 1 + 0.55 * fractal(seed + 22, x / 7000, y / 7000, 3);
            uplift.at(0, row, column) = static_cast<float>((0.12 + 0.88 * belt) * blocks);
        }
    });
    return uplift;
}

void erode(Field& ground, const Field& uplift, double cell, const ErosionOptions& options,
           const Progress& progress) {
    std::vector<float>& height = ground.values();
    std::vector<double> area(height.size());
    const int columns = ground.columns();
    for (int step = 0; step < options.steps; ++step) {
        progress.report(static_cast<double>(step) / options.steps, "Raising mountains");
        const Drainage drainage = drainageOf(ground);
        std::fill(area.begin(), area.end(), cell * cell);
        for (auto it = drainage.order.rbegin(); it != drainage.order.rend(); ++it) {
            const int receiver = drainage.receiver[static_cast<std::size_t>(*it)];
            if (receiver != *it) {
                area[static_cast<std::size_t>(receiver)] += area[static_cast<std::size_t>(*it)];
            }
        }
        for (const int pixel : drainage.order) {
            const auto here = static_cast<std::size_t>(pixel);
            const int receiver = drainage.receiver[here];
            if (receiver == pixel) {
                continue; // the edge is the plain that rivers run to
            }
            const bool diagonal =
                pixel / columns != receiver / columns && pixel % columns != receiver % columns;
            const double distance = cell * (diagonal ? 1.4142135623730951 : 1.0);
            const double below = height[static_cast<std::size_t>(receiver)];
            const double raised = height[here] + uplift.values()[here];
            const double power = options.strength * std::sqrt(area[here]) / distance;
            const double worn = (raised + power * below) / (1 + power);
            height[here] = static_cast<float>(std::min(worn, below + options.criticalSlope * distance));
        }
        if (options.creep > 0) {
            // Soil creeps: without it, water on even slopes would carve the eight directions of the grid.
            const Field smooth = blurred(ground, 1, 1);
            for (std::size_t i = 0; i < height.size(); ++i) {
                height[i] = static_cast<float>(mix(height[i], smooth.values()[i], options.creep));
            }
        }
    }
}

/// Ice ages have filled the bottoms of V-shaped valleys and worn their sides: broad ones, most in the
/// mountains' midst, where the ice was thick.
void broadenValleys(Field& ground, double cell) {
    const Field narrow = blurred(ground, std::max(1, static_cast<int>(300 / cell + 0.5)), 2);
    const Field wide = blurred(ground, std::max(1, static_cast<int>(620 / cell + 0.5)), 2);
    const double low = quantile(ground, 0.45);
    const double high = quantile(ground, 0.8);
    for (std::size_t i = 0; i < ground.values().size(); ++i) {
        const double floor = std::max(narrow.values()[i] - 45.0,
                                      wide.values()[i] - 150 + 60 * smoothStep(low, high, wide.values()[i]));
        ground.values()[i] = static_cast<float>(std::max<double>(ground.values()[i], floor));
    }
}

/// How each level of cells is worked on, coarsest first.
struct Level {
    int factor; ///< cells of the finest level per cell, along a side
    int steps;
    double roughness; ///< metres of noise that the level before knew nothing of
    double wavelength;
    double creep;
};
constexpr Level levels[] = {{4, 45, 150, 9000, 0}, {2, 14, 25, 900, 0.05}, {1, 5, 20, 420, 0.2}};

Field startingGround(std::uint64_t seed, int rows, int columns, double cell) {
    Random random(seed, 12);
    const double base = random.uniform(500, 900);
    Field ground(1, rows, columns);
    forRows(rows, [&](int row) {
        for (int column = 0; column < columns; ++column) {
            ground.at(0, row, column) = static_cast<float>(
                base + levels[0].roughness * fractal(seed + 31, column * cell / levels[0].wavelength,
                                                     row * cell / levels[0].wavelength, 6, 0.6));
        }
    });
    return ground;
}

void roughen(Field& ground, std::uint64_t seed, double cell, const Level& level) {
    forRows(ground.rows(), [&](int row) {
        for (int column = 0; column < ground.columns(); ++column) {
            ground.at(0, row, column) +=
                static_cast<float>(level.roughness * fractal(seed, column * cell / level.wavelength,
                                                             row * cell / level.wavelength, 3));
        }
    });
}

} // namespace

Field raiseMountains(std::uint64_t seed, int rows, int columns, double cell, const Progress& progress) {
    Random random(seed, 13);
    const double critical = random.uniform(0.95, 1.15);
    const double strength = random.uniform(0.13, 0.17);
    Field ground;
    Field uplift;
    double begun = 0;
    for (std::size_t i = 0; i < std::size(levels); ++i) {
        const Level& level = levels[i];
        const int levelRows = (rows + level.factor - 1) / level.factor;
        const int levelColumns = (columns + level.factor - 1) / level.factor;
        const double levelCell = cell * level.factor;
        if (i == 0) {
            ground = startingGround(seed, levelRows, levelColumns, levelCell);
            uplift = upliftOf(seed, levelRows, levelColumns, levelCell);
            for (auto& rate : uplift.values()) {
                rate *= 58;
            }
        } else {
            ground = enlarged(ground, 2, levelRows, levelColumns);
            uplift = enlarged(uplift, 2, levelRows, levelColumns);
            roughen(ground, seed + 31 + i, levelCell, level);
        }
        const double done = begun + (i + 1 < std::size(levels) ? 0.25 : 0.5);
        erode(ground, uplift, levelCell, {strength, critical, level.steps, level.creep},
              progress.part(begun, done));
        begun = done;
    }
    broadenValleys(ground, cell);
    progress.report(1, "Raising mountains");
    return ground;
}

double reliefDetail(std::uint64_t seed, double x, double y, double steep) {
    const double share = smoothStep(0.12, 0.9, steep);
    const double warp = 60 * noise(seed + 41, x / 300, y / 300);
    const double crests = ridged(seed + 42, (x + warp) / 330, (y - warp) / 330, 4) - 0.45;
    const double knolls = fractal(seed + 43, x / 260, y / 260, 3);
    return 62 * share * crests + (2 + 8 * share) * knolls;
}

} // namespace nunatak::scene::simulation
