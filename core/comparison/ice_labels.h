// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "base/progress.h"

#include <cstdint>

namespace nunatak::comparison {

// What a pixel of a label image holds besides the number (from 1) of a glacier.
inline constexpr std::int32_t noIce = 0;
inline constexpr std::int32_t notValid = -1;
inline constexpr std::int32_t newIce = -2; ///< model's ice that touches no expert glacier

/// Gives each pixel of model ice to an expert glacier, or marks it as new ice. `expert` and `model` hold
/// noIce, notValid (both at the same places) or a label. Throws Cancelled.
Image<std::int32_t> ownersOfModelIce(const Image<std::int32_t>& expert, const Image<std::int32_t>& model,
                                     const Progress& progress);

/// Pixels of a part of an image; the end is not part of it.
struct PixelBox {
    int firstRow = 0;
    int firstColumn = 0;
    int endRow = 0;
    int endColumn = 0;
    bool empty() const { return endRow <= firstRow; }
    void include(int row, int column);
};

} // namespace nunatak::comparison
