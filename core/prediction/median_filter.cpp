// SPDX-License-Identifier: GPL-3.0-or-later
#include "prediction/confidence.h"

#include "base/error.h"

#include <string>
#include <vector>

namespace nunatak::prediction {

namespace {

/// The pixel that stands for one beyond the edge: …, 1, 0 | 0, 1, …, n − 1 | n − 1, n − 2, …
int mirrored(int index, int size) {
    const int period = 2 * size;
    const int place = ((index % period) + period) % period;
    return place < size ? place : period - 1 - place;
}

} // namespace

Image<std::uint8_t> medianFilter(const Image<std::uint8_t>& classes, int size) {
    if (size < 1 || size > 255) {
        throw Error("The median window needs a side of 1 to 255 pixels, not " + std::to_string(size) + ".");
    }
    if (size == 1 || classes.empty()) {
        return classes;
    }
    const int rows = classes.rows();
    const int columns = classes.columns();
    const int before = size / 2;           // pixels left of and above the middle
    const int after = size - 1 - before;   // one less for even sizes
    const int rank = size * size / 2;      // of the value taken, counted from 0
    const int needed = size * size - rank; // glacier pixels that make the value of that rank a glacier
    const auto isGlacier = [&](int row, int column) {
        return classes.at(0, mirrored(row, rows), column) == Glacier ? 1 : 0;
    };

    Image<std::uint8_t> filtered(1, rows, columns);
    // Glacier pixels of the window's rows in each column, moved on row by row.
    std::vector<int> inColumn(static_cast<std::size_t>(columns), 0);
    for (int row = -before; row <= after; ++row) {
        for (int column = 0; column < columns; ++column) {
            inColumn[static_cast<std::size_t>(column)] += isGlacier(row, column);
        }
    }
    const auto columnSum = [&](int column) {
        return inColumn[static_cast<std::size_t>(mirrored(column, columns))];
    };
    for (int row = 0; row < rows; ++row) {
        int count = 0;
        for (int column = -before; column <= after; ++column) {
            count += columnSum(column);
        }
        for (int column = 0; column < columns; ++column) {
            const std::uint8_t old = classes.at(0, row, column);
            const std::uint8_t median = count >= needed ? Glacier : Background;
            filtered.at(0, row, column) = old == NotPredicted ? old : median;
            count += columnSum(column + after + 1) - columnSum(column - before);
        }
        for (int column = 0; column < columns; ++column) {
            inColumn[static_cast<std::size_t>(column)] +=
                isGlacier(row + after + 1, column) - isGlacier(row - before, column);
        }
    }
    return filtered;
}

} // namespace nunatak::prediction
