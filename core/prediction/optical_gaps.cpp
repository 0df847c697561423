// SPDX-License-Identifier: GPL-3.0-or-later
#include "prediction/optical_gaps.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

namespace nunatak::prediction {

namespace {

/// Keeps a distance that is meant to be equal from failing by its last bit.
constexpr double noise = 1e-6;

/// Squared distances along one line to what `f` says (Felzenszwalb and Huttenlocher 2012).
void transformLine(const std::vector<double>& f, std::vector<double>& distance, std::vector<int>& vertex,
                   std::vector<double>& boundary) {
    const int n = static_cast<int>(f.size());
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const auto at = [](auto& values, int i) -> auto& {
        return values[static_cast<std::size_t>(i)];
    };
    int last = -1;
    for (int q = 0; q < n; ++q) {
        if (at(f, q) == infinity) {
            continue;
        }
        double where = -infinity;
        while (last >= 0) {
            const int p = at(vertex, last);
            where = ((at(f, q) + static_cast<double>(q) * q) - (at(f, p) + static_cast<double>(p) * p)) /
                    (2.0 * (q - p));
            if (where > at(boundary, last)) {
                break;
            }
            --last;
        }
        ++last;
        at(vertex, last) = q;
        at(boundary, last) = last == 0 ? -infinity : where;
    }
    if (last < 0) {
        std::fill(distance.begin(), distance.end(), infinity);
        return;
    }
    int k = 0;
    for (int q = 0; q < n; ++q) {
        while (k < last && at(boundary, k + 1) < q) {
            ++k;
        }
        const double step = q - at(vertex, k);
        at(distance, q) = step * step + at(f, at(vertex, k));
    }
}

/// Squared distance of each point to the nearest one that is 0 in `field` (infinity elsewhere), in place.
void squaredDistances(Image<double>& field) {
    const auto longest = static_cast<std::size_t>(std::max(field.rows(), field.columns()));
    std::vector<int> vertex(longest);
    std::vector<double> boundary(longest);
    std::vector<double> line(static_cast<std::size_t>(field.rows()));
    std::vector<double> distance(line.size());
    for (int column = 0; column < field.columns(); ++column) {
        for (int row = 0; row < field.rows(); ++row) {
            line[static_cast<std::size_t>(row)] = field.at(0, row, column);
        }
        transformLine(line, distance, vertex, boundary);
        for (int row = 0; row < field.rows(); ++row) {
            field.at(0, row, column) = distance[static_cast<std::size_t>(row)];
        }
    }
    line.resize(static_cast<std::size_t>(field.columns()));
    distance.resize(line.size());
    for (int row = 0; row < field.rows(); ++row) {
        std::copy_n(field.row(0, row), field.columns(), line.begin());
        transformLine(line, distance, vertex, boundary);
        std::copy(distance.begin(), distance.end(), field.row(0, row));
    }
}

} // namespace

int gapReach(double pixelSizeMetres) {
    return static_cast<int>(std::ceil(narrowGap / 2 * (1 + std::numbers::sqrt2) / pixelSizeMetres)) + 1;
}

Image<std::uint8_t> widePixels(const Image<std::uint8_t>& gaps, double pixelSizeMetres) {
    Image<std::uint8_t> wide(1, gaps.rows(), gaps.columns());
    // On a lattice of half pixels, so that the middles of even and odd widths both are points of it and the
    // distance to a pixel's square is that to a point. Grown by the reach, where edge pixels go on.
    const int reach = gapReach(pixelSizeMetres);
    const int rows = gaps.rows() + 2 * reach;
    const int columns = gaps.columns() + 2 * reach;
    constexpr double infinity = std::numeric_limits<double>::infinity();
    Image<double> field(1, 2 * rows + 1, 2 * columns + 1, infinity);
    for (int row = 0; row < rows; ++row) {
        const auto* pixels = gaps.row(0, std::clamp(row - reach, 0, gaps.rows() - 1));
        for (int column = 0; column < columns; ++column) {
            if (pixels[std::clamp(column - reach, 0, gaps.columns() - 1)] != 0) {
                continue;
            }
            for (int i = 0; i < 3; ++i) {
                std::fill_n(field.row(0, 2 * row + i) + 2 * column, 3, 0.0);
            }
        }
    }
    squaredDistances(field);
    const double radius = narrowGap / pixelSizeMetres; // half of the width, in half pixels
    const double limit = radius * radius * (1 + noise);
    for (double& value : field.values()) {
        value = value > limit ? 0 : infinity;
    }
    squaredDistances(field);
    // √2: as far as the corner of a square in which the disc lies, so that right angles stay whole.
    const double near = 2 * radius * radius * (1 + noise);
    for (int row = 0; row < gaps.rows(); ++row) {
        for (int column = 0; column < gaps.columns(); ++column) {
            const bool isNear = field.at(0, 2 * (row + reach) + 1, 2 * (column + reach) + 1) <= near;
            wide.at(0, row, column) = gaps.at(0, row, column) != 0 && isNear ? 1 : 0;
        }
    }
    return wide;
}

} // namespace nunatak::prediction
