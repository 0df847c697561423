// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "geo/grid.h"
#include "scribble/stroke.h"

#include <vector>

namespace nunatak::scribble {

/// How near strokes are, for each pixel: 1 under one, one half `reach` pixels away, 1 / (1 + (d / reach)²).
/// Empty where reach is 0. Distances by a chamfer of 3 and 4 (Borgefors 1986, Computer Vision, Graphics, and
/// Image Processing 34, 344-371), right within 8 %.
Image<float> nearnessOf(const geo::Grid& grid, const std::vector<StrokePixels>& strokes, double reach);

} // namespace nunatak::scribble
