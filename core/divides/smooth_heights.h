// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "base/progress.h"

namespace nunatak::divides {

/// How many pixels of a row, and of a column, say the same in a row on average, 1 to 8: about 1 where each
/// pixel was measured, 3 where a model of 30 m was copied to pixels of 10 m.
struct Repeats {
    double alongRows = 1;
    double alongColumns = 1;
};
Repeats repeatsOf(const Image<float>& heights);

/// The mean around each pixel, weighted by a normal curve with a standard deviation as wide as heights
/// repeat: the stairs of a copied model, and crevasses and noise of a pixel, lead water wherever the grid
/// goes. Divides stay where they are, since both sides count alike. NaN stays NaN and counts nothing. Throws
/// Cancelled.
void smoothHeights(Image<float>& heights, const Repeats& repeats, const Progress& progress = {});

} // namespace nunatak::divides
