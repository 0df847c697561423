// SPDX-License-Identifier: GPL-3.0-or-later
#include "divides/neighbourhood.h"
#include "divides/surface.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

namespace nunatak::divides {

namespace {

/// The mean of the heights around a pixel, the nearer ones counting more; none where there is none.
std::optional<float> meanAround(const Image<float>& heights, const Neighbourhood& hood, Pixel pixel) {
    float sum = 0;
    float weights = 0;
    hood.forEach(pixel, [&](Pixel next, std::size_t k) {
        const float height = heights.values()[next];
        if (!std::isnan(height)) {
            sum += height * around[k].perDistance;
            weights += around[k].perDistance;
        }
    });
    return weights > 0 ? std::optional(sum / weights) : std::nullopt;
}

bool isNeeded(const Surface& surface, const Neighbourhood& hood, Pixel pixel) {
    bool isNear = surface.ground.values()[pixel] != Beside;
    if (!isNear) {
        hood.forEach(pixel, [&](Pixel next, std::size_t) {
            isNear = isNear || surface.ground.values()[next] != Beside;
        });
    }
    return isNear;
}

} // namespace

Voids fillVoids(Surface& surface, const Progress& progress) {
    constexpr int sweeps = 50;
    Image<float>& heights = surface.heights;
    const Neighbourhood hood(heights.columns(), heights.rows());
    Voids voids;
    std::vector<Pixel> waiting;
    for (int row = 0; row < heights.rows(); ++row) {
        progress.throwIfStopped();
        for (int column = 0; column < heights.columns(); ++column) {
            const auto pixel = static_cast<Pixel>(&heights.at(0, row, column) - heights.values().data());
            const bool isTouched = surface.ground.values()[pixel] != Beside;
            voids.pixels += isTouched ? 1 : 0;
            if (std::isnan(heights.values()[pixel]) && isNeeded(surface, hood, pixel)) {
                waiting.push_back(pixel);
            }
        }
    }
    std::vector<Pixel> filled;
    std::vector<std::pair<Pixel, float>> layer;
    do {
        progress.throwIfStopped();
        layer.clear();
        for (const Pixel pixel : waiting) {
            if (const auto mean = meanAround(heights, hood, pixel)) {
                layer.emplace_back(pixel, *mean);
            }
        }
        for (const auto& [pixel, height] : layer) {
            heights.values()[pixel] = height;
            filled.push_back(pixel);
        }
        std::erase_if(waiting, [&](Pixel pixel) { return !std::isnan(heights.values()[pixel]); });
    } while (!layer.empty() && !waiting.empty());
    for (int sweep = 0; sweep < sweeps; ++sweep) {
        progress.throwIfStopped();
        for (const Pixel pixel : filled) {
            heights.values()[pixel] = *meanAround(heights, hood, pixel);
        }
    }
    const auto touched = [&](const std::vector<Pixel>& pixels) {
        return static_cast<std::size_t>(std::count_if(pixels.begin(), pixels.end(), [&](Pixel pixel) {
            return surface.ground.values()[pixel] != Beside;
        }));
    };
    voids.filled = touched(filled);
    voids.left = touched(waiting);
    return voids;
}

} // namespace nunatak::divides
