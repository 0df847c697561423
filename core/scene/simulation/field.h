// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "scene/simulation/noise.h"
#include "scene/simulation/numbers.h"

#include <algorithm>
#include <functional>

namespace nunatak::scene::simulation {

/// One band on a square grid, row 0 in the north.
using Field = Image<float>;

/// Calls work for every row, on all cores; the rows must not depend on each other.
void forRows(int rows, const std::function<void(int row)>& work);

/// Mean over a square of 2 radius + 1 pixels, edges repeated; `passes` times (three come close to a
/// Gaussian).
Field blurred(const Field& field, int radius, int passes);
/// At `factor` times as many pixels, by cubic convolution (Catmull-Rom), pixel areas aligned.
Field enlarged(const Field& field, int factor, int rows, int columns);
/// A window of that, which begins at an enlarged row and column and may reach beyond the field.
Field enlargedPart(const Field& field, int factor, int firstRow, int firstColumn, int rows, int columns);
/// Bilinear between the middles of pixels, at a column and row counted from the first one's middle; edges
/// repeated.
double sampled(const Field& field, double column, double row);
/// At 1 / factor as many pixels, means of blocks (rows and columns rounded up).
Field reduced(const Field& field, int factor);
/// The value below which `share` of all pixels lie.
double quantile(const Field& field, double share);
/// Length of the gradient (central differences), metres per metre.
Field gradient(const Field& field, double cell);

/// A rectangle of an image.
template <typename T> Image<T> cut(const Image<T>& whole, int row, int column, int rows, int columns) {
    Image<T> part(whole.bands(), rows, columns);
    for (int band = 0; band < whole.bands(); ++band) {
        for (int y = 0; y < rows; ++y) {
            std::copy_n(whole.row(band, row + y) + column, columns, part.row(band, y));
        }
    }
    return part;
}

} // namespace nunatak::scene::simulation
