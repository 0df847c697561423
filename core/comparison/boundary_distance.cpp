// SPDX-License-Identifier: GPL-3.0-or-later
#include "boundary_distance.h"

#include "distance_transform.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace nunatak::comparison {

namespace {

/// The boundary pixels of one glacier in one label image.
struct Boundary {
    Image<std::int32_t> all; ///< 1 where a valid neighbour is not of the glacier
    std::vector<std::pair<int, int>>
        margin; ///< those with a neighbour that is no ice: row, column in the box
};

Boundary boundaryOf(const Image<std::int32_t>& labels, std::int32_t glacier, const PixelBox& box) {
    constexpr std::array<std::pair<int, int>, 4> neighbours{{{-1, 0}, {1, 0}, {0, -1}, {0, 1}}};
    Boundary boundary{Image<std::int32_t>(1, box.endRow - box.firstRow, box.endColumn - box.firstColumn), {}};
    for (int row = box.firstRow; row < box.endRow; ++row) {
        for (int column = box.firstColumn; column < box.endColumn; ++column) {
            if (labels.at(0, row, column) != glacier) {
                continue;
            }
            bool onBoundary = false;
            bool onMargin = false;
            for (const auto& [down, right] : neighbours) {
                const int r = row + down;
                const int c = column + right;
                if (r < 0 || r >= labels.rows() || c < 0 || c >= labels.columns()) {
                    continue;
                }
                const std::int32_t label = labels.at(0, r, c);
                onBoundary |= label != glacier && label != notValid;
                onMargin |= label == noIce;
            }
            if (onBoundary) {
                boundary.all.at(0, row - box.firstRow, column - box.firstColumn) = 1;
            }
            if (onMargin) {
                boundary.margin.emplace_back(row - box.firstRow, column - box.firstColumn);
            }
        }
    }
    return boundary;
}

struct OneWay {
    double mean = std::numeric_limits<double>::quiet_NaN();
    double max = std::numeric_limits<double>::quiet_NaN();
};

OneWay distances(const Boundary& from, const Boundary& to) {
    if (from.margin.empty()) {
        return {};
    }
    const auto nearest = nearestSeed(to.all);
    double sum = 0;
    double largest = 0;
    for (const auto& [row, column] : from.margin) {
        const auto distance = static_cast<double>(nearest.distance.at(0, row, column));
        sum += distance;
        largest = std::max(largest, distance);
    }
    if (!std::isfinite(sum)) {
        return {}; // the other has no boundary: it fills all that is valid
    }
    return {sum / static_cast<double>(from.margin.size()), largest};
}

} // namespace

BoundaryDistance boundaryDistance(const Image<std::int32_t>& a, const Image<std::int32_t>& b,
                                  std::int32_t glacier, const PixelBox& box) {
    const auto boundaryA = boundaryOf(a, glacier, box);
    const auto boundaryB = boundaryOf(b, glacier, box);
    const auto there = distances(boundaryA, boundaryB);
    const auto back = distances(boundaryB, boundaryA);
    if (std::isnan(there.mean)) {
        return {back.mean, back.max};
    }
    if (std::isnan(back.mean)) {
        return {there.mean, there.max};
    }
    return {(there.mean + back.mean) / 2, std::max(there.max, back.max)};
}

} // namespace nunatak::comparison
