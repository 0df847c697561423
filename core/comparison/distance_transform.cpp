// SPDX-License-Identifier: GPL-3.0-or-later
#include "distance_transform.h"

#include <cmath>
#include <limits>
#include <vector>

namespace nunatak::comparison {

namespace {

constexpr int none = std::numeric_limits<int>::max();

/// Distance in rows to the nearest seed of the same column, and its label: a sweep down and a sweep up.
struct ColumnDistances {
    Image<int> rows;
    Image<std::int32_t> labels;
};

ColumnDistances columnDistances(const Image<std::int32_t>& seeds) {
    ColumnDistances nearest{Image<int>(1, seeds.rows(), seeds.columns(), none), seeds};
    for (int row = 0; row < seeds.rows(); ++row) {
        for (int column = 0; column < seeds.columns(); ++column) {
            if (seeds.at(0, row, column) != 0) {
                nearest.rows.at(0, row, column) = 0;
            } else if (row > 0 && nearest.rows.at(0, row - 1, column) != none) {
                nearest.rows.at(0, row, column) = nearest.rows.at(0, row - 1, column) + 1;
                nearest.labels.at(0, row, column) = nearest.labels.at(0, row - 1, column);
            }
        }
    }
    for (int row = seeds.rows() - 2; row >= 0; --row) {
        for (int column = 0; column < seeds.columns(); ++column) {
            const int below = nearest.rows.at(0, row + 1, column);
            if (below != none && below + 1 < nearest.rows.at(0, row, column)) {
                nearest.rows.at(0, row, column) = below + 1;
                nearest.labels.at(0, row, column) = nearest.labels.at(0, row + 1, column);
            }
        }
    }
    return nearest;
}

std::int64_t squared(std::int64_t value) {
    return value * value;
}

} // namespace

NearestSeed nearestSeed(const Image<std::int32_t>& seeds) {
    const auto columns = columnDistances(seeds);
    NearestSeed result{Image<float>(1, seeds.rows(), seeds.columns(), std::numeric_limits<float>::infinity()),
                       Image<std::int32_t>(1, seeds.rows(), seeds.columns())};
    // The parabolas of the lower envelope in one row: where each has its foot, and from where on it is the
    // lowest.
    std::vector<int> foot(static_cast<std::size_t>(seeds.columns()));
    std::vector<double> from(static_cast<std::size_t>(seeds.columns()));
    for (int row = 0; row < seeds.rows(); ++row) {
        const int* distance = columns.rows.row(0, row);
        const auto height = [distance](int column) { return squared(distance[column]); };
        std::size_t count = 0;
        for (int column = 0; column < seeds.columns(); ++column) {
            if (distance[column] == none) {
                continue;
            }
            double start = -std::numeric_limits<double>::infinity();
            while (count > 0) {
                const int last = foot[count - 1];
                start = static_cast<double>(height(column) + squared(column) - height(last) - squared(last)) /
                        (2.0 * (column - last));
                if (start > from[count - 1]) {
                    break;
                }
                --count;
                start = -std::numeric_limits<double>::infinity();
            }
            foot[count] = column;
            from[count] = start;
            ++count;
        }
        std::size_t lowest = 0;
        for (int column = 0; column < seeds.columns() && count > 0; ++column) {
            while (lowest + 1 < count && from[lowest + 1] <= column) {
                ++lowest;
            }
            const int at = foot[lowest];
            result.distance.at(0, row, column) =
                static_cast<float>(std::sqrt(static_cast<double>(squared(column - at) + height(at))));
            result.label.at(0, row, column) = columns.labels.at(0, row, at);
        }
    }
    return result;
}

} // namespace nunatak::comparison
