// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation_relief.h"

#include "scene/simulation_drainage.h"

#include <algorithm>
#include <cmath>

namespace nunatak::scene::simulation {

namespace {

/// Rain enough to make the mountains that we want, per time step; only the ratio to the uplift matters.
struct ErosionOptions {
    double strength = 1;      ///< erodibility × time step
    double criticalSlope = 1; ///< rise over run that ground can stand
    int steps = 1;
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
    }
}

/// Ice has filled the bottoms of V-shaped valleys and worn their sides: U-shaped ones.
Field withGlacialValleys(const Field& ground, double cell) {
    const int radius = std::max(1, static_cast<int>(300 / cell + 0.5));
    const Field smooth = blurred(ground, radius, 2);
    Field result = ground;
    for (std::size_t i = 0; i < result.values().size(); ++i) {
        const double floor = smooth.values()[i] - 45.0;
        result.values()[i] = static_cast<float>(std::max<double>(result.values()[i], floor));
    }
    return result;
}

/// Ridges, gullies and knolls smaller than a coarse cell, most on steep ground.
Field detailOf(std::uint64_t seed, const Field& smooth, double cell) {
    const Field slope = gradient(smooth, cell);
    Field detail(1, smooth.rows(), smooth.columns());
    forRows(smooth.rows(), [&](int row) {
        for (int column = 0; column < smooth.columns(); ++column) {
            const double x = column * cell;
            const double y = row * cell;
            const double steep = slope.at(0, row, column);
            const double warp = 60 * noise(seed + 41, x / 300, y / 300);
            const double crests = ridged(seed + 42, (x + warp) / 420, (y - warp) / 420, 4) - 0.45;
            const double knolls = fractal(seed + 43, x / 260, y / 260, 3);
            const double share = smoothStep(0.12, 0.9, steep);
            detail.at(0, row, column) = static_cast<float>(90 * share * crests + (2.5 + 9 * share) * knolls);
        }
    });
    return detail;
}

} // namespace

Relief makeRelief(std::uint64_t seed, int rows, int columns, double cell, int factor,
                  const Progress& progress) {
    Relief relief;
    relief.factor = factor;
    relief.cell = cell;
    const int coarseRows = rows / factor;
    const int coarseColumns = columns / factor;
    const double coarseCell = cell * factor;

    // Valleys form on a grid twice as coarse first: there they find their way in a quarter of the time.
    Random random(seed, 12);
    const double base = random.uniform(500, 900);
    const int firstRows = (coarseRows + 1) / 2;
    const int firstColumns = (coarseColumns + 1) / 2;
    Field ground(1, firstRows, firstColumns);
    forRows(firstRows, [&](int row) {
        for (int column = 0; column < firstColumns; ++column) {
            const double x = column * coarseCell * 2;
            const double y = row * coarseCell * 2;
            ground.at(0, row, column) =
                static_cast<float>(base + 150 * fractal(seed + 31, x / 9000, y / 9000, 6, 0.6));
        }
    });
    Field uplift = upliftOf(seed, firstRows, firstColumns, coarseCell * 2);
    for (auto& rate : uplift.values()) {
        rate *= 58;
    }
    const double critical = random.uniform(0.95, 1.15);
    const double strength = random.uniform(0.13, 0.17);
    erode(ground, uplift, coarseCell * 2, {strength, critical, 45}, progress.part(0, 0.35));
    ground = enlarged(ground, 2, coarseRows, coarseColumns);
    forRows(coarseRows, [&](int row) {
        for (int column = 0; column < coarseColumns; ++column) {
            const double x = column * coarseCell;
            const double y = row * coarseCell;
            ground.at(0, row, column) += static_cast<float>(25 * fractal(seed + 32, x / 900, y / 900, 3));
        }
    });
    uplift = enlarged(uplift, 2, coarseRows, coarseColumns);
    erode(ground, uplift, coarseCell, {strength, critical, 14}, progress.part(0.35, 0.8));

    relief.coarse = withGlacialValleys(ground, coarseCell);
    relief.detail = detailOf(seed, enlarged(relief.coarse, factor, rows, columns), cell);
    progress.report(1, "Raising mountains");
    return relief;
}

} // namespace nunatak::scene::simulation
