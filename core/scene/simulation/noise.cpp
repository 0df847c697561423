// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation/noise.h"

#include "scene/simulation/numbers.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace nunatak::scene::simulation {

double noise(std::uint64_t seed, double x, double y) {
    static constexpr double diagonal = 0.70710678118654752;
    static constexpr std::array<std::array<double, 2>, 8> directions{{{1, 0},
                                                                      {diagonal, diagonal},
                                                                      {0, 1},
                                                                      {-diagonal, diagonal},
                                                                      {-1, 0},
                                                                      {-diagonal, -diagonal},
                                                                      {0, -1},
                                                                      {diagonal, -diagonal}}};
    const double fx = std::floor(x);
    const double fy = std::floor(y);
    const auto ix = static_cast<std::int64_t>(fx);
    const auto iy = static_cast<std::int64_t>(fy);
    const double u = x - fx;
    const double v = y - fy;
    const auto corner = [&](int dx, int dy) {
        const auto key = static_cast<std::uint64_t>(ix + dx) * 0x8DA6B343ULL ^
                         (static_cast<std::uint64_t>(iy + dy) * 0xD8163841ULL << 20);
        const auto& direction = directions[mixed(seed ^ key) >> 61];
        return direction[0] * (u - dx) + direction[1] * (v - dy);
    };
    const double fadeU = u * u * u * (u * (u * 6 - 15) + 10);
    const double fadeV = v * v * v * (v * (v * 6 - 15) + 10);
    const double top = mix(corner(0, 0), corner(1, 0), fadeU);
    const double bottom = mix(corner(0, 1), corner(1, 1), fadeU);
    return mix(top, bottom, fadeV) * 1.5;
}

double fractal(std::uint64_t seed, double x, double y, int octaves, double gain) {
    double sum = 0;
    double size = 1;
    double total = 0;
    for (int octave = 0; octave < octaves; ++octave) {
        sum += size * noise(seed + static_cast<std::uint64_t>(octave) * 1013, x, y);
        total += size;
        size *= gain;
        // Turned a little with each octave (3-4-5 triangle), or the grid of the noise would show.
        const double turned = (0.8 * x - 0.6 * y) * 2;
        y = (0.6 * x + 0.8 * y) * 2;
        x = turned;
    }
    return sum / total;
}

double ridged(std::uint64_t seed, double x, double y, int octaves) {
    double sum = 0;
    double size = 1;
    double total = 0;
    double weight = 1;
    for (int octave = 0; octave < octaves; ++octave) {
        double crest = 1 - std::fabs(noise(seed + static_cast<std::uint64_t>(octave) * 7919, x, y));
        crest = std::max(0.0, crest) * std::max(0.0, crest) * weight;
        weight = std::clamp(crest * 2, 0.0, 1.0);
        sum += size * crest;
        total += size;
        size *= 0.5;
        const double turned = (0.8 * x - 0.6 * y) * 2;
        y = (0.6 * x + 0.8 * y) * 2;
        x = turned;
    }
    return sum / total;
}

} // namespace nunatak::scene::simulation
