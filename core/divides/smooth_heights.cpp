// SPDX-License-Identifier: GPL-3.0-or-later
#include "divides/smooth_heights.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace nunatak::divides {

namespace {

constexpr double mostRepeats = 8;

double repeats(std::size_t same, std::size_t all) {
    const double share = all > 0 ? static_cast<double>(same) / static_cast<double>(all) : 0;
    return std::min(mostRepeats, 1 / std::max(1 - share, 1 / mostRepeats));
}

/// Half of a normal curve, from its middle.
std::vector<float> weightsOf(double deviation) {
    std::vector<float> weights;
    for (int i = 0; i <= static_cast<int>(std::ceil(2.5 * deviation)); ++i) {
        weights.push_back(static_cast<float>(std::exp(-0.5 * i * i / (deviation * deviation))));
    }
    return weights;
}

/// `at(i)` is one of `count` values in a row, or in a column.
template <typename At> float meanAt(const At& at, int i, int count, const std::vector<float>& weights) {
    const int reach = static_cast<int>(weights.size()) - 1;
    float sum = 0;
    float total = 0;
    for (int k = std::max(0, i - reach); k <= std::min(count - 1, i + reach); ++k) {
        const float value = at(k);
        const float weight = std::isnan(value) ? 0 : weights[static_cast<std::size_t>(std::abs(k - i))];
        sum += weight > 0 ? weight * value : 0;
        total += weight;
    }
    return std::isnan(at(i)) ? at(i) : sum / total;
}

} // namespace

Repeats repeatsOf(const Image<float>& heights) {
    std::size_t same[2] = {0, 0};
    std::size_t all[2] = {0, 0};
    for (int row = 0; row + 1 < heights.rows(); ++row) {
        for (int column = 0; column + 1 < heights.columns(); ++column) {
            const float here = heights.at(0, row, column);
            const float beside[2] = {heights.at(0, row, column + 1), heights.at(0, row + 1, column)};
            for (int i = 0; i < 2; ++i) {
                const bool counts = !std::isnan(here) && !std::isnan(beside[i]);
                all[i] += counts ? 1 : 0;
                same[i] += counts && here == beside[i] ? 1 : 0;
            }
        }
    }
    return {repeats(same[0], all[0]), repeats(same[1], all[1])};
}

void smoothHeights(Image<float>& heights, const Repeats& repeats, const Progress& progress) {
    const int rows = heights.rows();
    const int columns = heights.columns();
    const auto along = weightsOf(repeats.alongRows);
    const auto across = weightsOf(repeats.alongColumns);
    std::vector<float> line(static_cast<std::size_t>(columns));
    for (int row = 0; row < rows; ++row) {
        progress.throwIfStopped();
        const float* values = heights.row(0, row);
        for (int column = 0; column < columns; ++column) {
            line[static_cast<std::size_t>(column)] =
                meanAt([&](int k) { return values[k]; }, column, columns, along);
        }
        std::copy(line.begin(), line.end(), heights.row(0, row));
    }
    // Rows that are still needed as they were are kept.
    const int reach = static_cast<int>(across.size()) - 1;
    std::vector<std::vector<float>> kept(static_cast<std::size_t>(2 * reach + 1));
    const auto keep = [&](int row) {
        if (row < rows) {
            kept[static_cast<std::size_t>(row) % kept.size()].assign(heights.row(0, row),
                                                                     heights.row(0, row) + columns);
        }
    };
    for (int row = 0; row < reach; ++row) {
        keep(row);
    }
    for (int row = 0; row < rows; ++row) {
        progress.throwIfStopped();
        keep(row + reach);
        for (int column = 0; column < columns; ++column) {
            heights.at(0, row, column) = meanAt(
                [&](int k) {
                    return kept[static_cast<std::size_t>(k) % kept.size()][static_cast<std::size_t>(column)];
                },
                row, rows, across);
        }
    }
}

} // namespace nunatak::divides
