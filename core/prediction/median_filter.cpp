// SPDX-License-Identifier: GPL-3.0-or-later
#include "prediction/confidence.h"

#include "base/error.h"

#include <algorithm>
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
    Image<std::uint8_t> filtered = classes;
    medianFilterInPlace(filtered, size);
    return filtered;
}

void medianFilterInPlace(Image<std::uint8_t>& classes, int size) {
    if (size < 1 || size > 255) {
        throw Error("The median window needs a side of 1 to 255 pixels, not " + std::to_string(size) + ".");
    }
    if (size == 1 || classes.empty()) {
        return;
    }
    const int rows = classes.rows();
    const int columns = classes.columns();
    const int before = size / 2;           // pixels left of and above the middle
    const int after = size - 1 - before;   // one less for even sizes
    const int rank = size * size / 2;      // of the value taken, counted from 0
    const int needed = size * size - rank; // glacier pixels that make the value of that rank a glacier
    // Rows above the one in work are filtered already; as many as the window reaches back are kept as they
    // were, also where it is mirrored at an edge.
    const int kept = std::min(rows, size + 1);
    Image<std::uint8_t> originals(1, kept, columns);
    int working = 0;
    const auto isGlacier = [&](int row, int column) {
        const int place = mirrored(row, rows);
        const auto value =
            place < working ? originals.at(0, place % kept, column) : classes.at(0, place, column);
        return value == Glacier ? 1 : 0;
    };

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
        std::copy_n(classes.row(0, row), columns, originals.row(0, row % kept));
        working = row + 1;
        int count = 0;
        for (int column = -before; column <= after; ++column) {
            count += columnSum(column);
        }
        for (int column = 0; column < columns; ++column) {
            const std::uint8_t median = count >= needed ? Glacier : Background;
            if (classes.at(0, row, column) != NotPredicted) {
                classes.at(0, row, column) = median;
            }
            count += columnSum(column + after + 1) - columnSum(column - before);
        }
        for (int column = 0; column < columns; ++column) {
            inColumn[static_cast<std::size_t>(column)] +=
                isGlacier(row + after + 1, column) - isGlacier(row - before, column);
        }
    }
}

} // namespace nunatak::prediction
