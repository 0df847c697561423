// SPDX-License-Identifier: GPL-3.0-or-later
#include "test_time_augmentation.h"

#include <algorithm>
#include <cstddef>

namespace nunatak::prediction {

namespace {

/// Calls visit(position in the turned tile, position in the tile as it is) for each pixel.
template <typename Visit> void eachPixel(const Orientation& orientation, int size, Visit visit) {
    const auto count = static_cast<std::size_t>(size);
    for (int row = 0; row < size; ++row) {
        for (int column = 0; column < size; ++column) {
            int fromRow = orientation.transposed ? column : row;
            int fromColumn = orientation.transposed ? row : column;
            fromRow = orientation.rowsFlipped ? size - 1 - fromRow : fromRow;
            fromColumn = orientation.columnsFlipped ? size - 1 - fromColumn : fromColumn;
            visit(static_cast<std::size_t>(row) * count + static_cast<std::size_t>(column),
                  static_cast<std::size_t>(fromRow) * count + static_cast<std::size_t>(fromColumn));
        }
    }
}

} // namespace

void Orientation::apply(const float* source, float* target, int size) const {
    if (*this == Orientation()) {
        std::copy_n(source, static_cast<std::size_t>(size) * static_cast<std::size_t>(size), target);
        return;
    }
    eachPixel(*this, size, [=](std::size_t turned, std::size_t plain) { target[turned] = source[plain]; });
}

void Orientation::undo(const float* source, float* target, int size) const {
    if (*this == Orientation()) {
        std::copy_n(source, static_cast<std::size_t>(size) * static_cast<std::size_t>(size), target);
        return;
    }
    eachPixel(*this, size, [=](std::size_t turned, std::size_t plain) { target[plain] = source[turned]; });
}

} // namespace nunatak::prediction
