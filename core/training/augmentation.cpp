// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/augmentation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace nunatak::training {

namespace {

/// Band by band; what a value becomes is asked only where there is data.
template <typename Change>
void forData(float* values, std::size_t bands, std::size_t pixels, const Change& change) {
    for (std::size_t band = 0; band < bands; ++band) {
        for (float* value = values + band * pixels; value != values + (band + 1) * pixels; ++value) {
            if (*value != 0) {
                *value = change(band, *value);
            }
        }
    }
}

template <typename Draw> std::vector<double> drawnFor(std::size_t bands, const Draw& draw) {
    std::vector<double> numbers(bands);
    std::ranges::generate(numbers, draw);
    return numbers;
}

std::size_t pixelsOf(int tile) {
    return static_cast<std::size_t>(tile) * static_cast<std::size_t>(tile);
}

} // namespace

std::vector<std::uint32_t> wholeCut(int tile) {
    std::vector<std::uint32_t> cut(pixelsOf(tile));
    std::iota(cut.begin(), cut.end(), 0U);
    return cut;
}

std::vector<std::uint32_t> drawnCut(const Augmentation& augmentation, int tile, Dice& dice) {
    const bool rowsFlip = dice.happens(augmentation.flip);
    const bool columnsFlip = dice.happens(augmentation.flip);
    const std::size_t turns = dice.happens(augmentation.turn) ? 1 + dice.below(3) : 0;
    int size = tile;
    int firstRow = 0;
    int firstColumn = 0;
    if (dice.happens(augmentation.crop)) {
        size = std::max(1, static_cast<int>(dice.between(augmentation.smallestCrop, 1) * tile));
        firstRow = static_cast<int>(dice.below(static_cast<std::size_t>(tile - size + 1)));
        firstColumn = static_cast<int>(dice.below(static_cast<std::size_t>(tile - size + 1)));
    }
    std::vector<std::uint32_t> cut;
    cut.reserve(pixelsOf(tile));
    for (int y = 0; y < tile; ++y) {
        for (int x = 0; x < tile; ++x) {
            // The nearest pixel: the one in which this one's middle lies.
            int row = firstRow + (2 * y + 1) * size / (2 * tile);
            int column = firstColumn + (2 * x + 1) * size / (2 * tile);
            for (std::size_t turn = 0; turn < turns; ++turn) {
                const int before = row;
                row = column;
                column = tile - 1 - before;
            }
            row = rowsFlip ? tile - 1 - row : row;
            column = columnsFlip ? tile - 1 - column : column;
            cut.push_back(static_cast<std::uint32_t>(row * tile + column));
        }
    }
    return cut;
}

void changeLight(const Augmentation& augmentation, const std::string& feature, float* values,
                 std::size_t bands, int tile, Dice& dice) {
    if (feature == "dem") {
        return;
    }
    const auto pixels = pixelsOf(tile);
    if (dice.happens(augmentation.gamma)) {
        const auto gammas = drawnFor(
            bands, [&] { return dice.between(augmentation.lowestGamma, augmentation.highestGamma); });
        forData(values, bands, pixels, [&](std::size_t band, float value) {
            // Reflectance of a corrected picture may be a little under 0, where there are no powers.
            return value > 0 ? std::pow(value, static_cast<float>(gammas[band])) : value;
        });
    }
    if (dice.happens(augmentation.shift)) {
        const auto shifts = drawnFor(bands, [&] { return augmentation.shiftDeviation * dice.normal(); });
        forData(values, bands, pixels,
                [&](std::size_t band, float value) { return value + static_cast<float>(shifts[band]); });
    }
    if (dice.happens(augmentation.noise)) {
        forData(values, bands, pixels, [&](std::size_t, float value) {
            return value + static_cast<float>(augmentation.noiseDeviation * dice.normal());
        });
    }
}

void occlude(const Augmentation& augmentation, float* values, std::size_t bands, int tile, Dice& dice) {
    if (!dice.happens(augmentation.occlusion)) {
        return;
    }
    const auto side = [&] { return static_cast<int>(dice.between(0, augmentation.largestOcclusion) * tile); };
    const int rows = side();
    const int columns = side();
    const auto first = [&](int length) {
        return static_cast<int>(dice.below(static_cast<std::size_t>(tile - length + 1)));
    };
    const int firstRow = first(rows);
    const int firstColumn = first(columns);
    for (std::size_t band = 0; band < bands; ++band) {
        for (int row = firstRow; row < firstRow + rows; ++row) {
            std::fill_n(values + band * pixelsOf(tile) + static_cast<std::size_t>(row * tile + firstColumn),
                        columns, 0.0F);
        }
    }
}

} // namespace nunatak::training
