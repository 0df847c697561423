// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "divides/surface.h"

#include <functional>

namespace nunatak::tests {

/// A surface of ice whose height is that of a function of column and row, with a rim of lower ground of two
/// pixels around it.
inline divides::Surface surfaceOf(int columns, int rows, const std::function<double(int, int)>& height,
                                  const std::function<bool(int, int)>& isIce = {}) {
    constexpr int rim = 2;
    divides::Surface surface{Image<float>(1, rows, columns), Image<std::uint8_t>(1, rows, columns)};
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            surface.heights.at(0, row, column) = static_cast<float>(height(column, row));
            const bool isInside = column >= rim && row >= rim && column < columns - rim && row < rows - rim;
            surface.ground.at(0, row, column) =
                isInside && (!isIce || isIce(column, row)) ? divides::Ice : divides::Beside;
        }
    }
    return surface;
}

} // namespace nunatak::tests
