// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"

#include <cstddef>
#include <vector>

namespace nunatak::outlines {

/// Ground that an outline of one list has in common with one of another, by their places in both.
struct CommonGround {
    std::size_t one = 0;
    std::size_t other = 0;
    double area = 0; ///< squared units of the coordinates
};

/// What two whole layers have in common, all pairs at once.
struct LayersInCommon {
    std::vector<double> ones; ///< the outlines' own areas, measured in the same way
    std::vector<double> others;
    std::vector<CommonGround> common; ///< of each pair that has any, in no order
};

/// Measured along horizontal lines `spacing` apart, the same ones whatever is asked for, so what is equal has
/// all in common, and a few outlines give what they give among all. In one walk along the vertices of each,
/// two threads for large ones; shapes need not be valid, but their rings sound. Each list has outlines that
/// may overlap.
LayersInCommon inCommon(const std::vector<OutlineHandle>& ones, const std::vector<OutlineHandle>& others,
                        double spacing);

} // namespace nunatak::outlines
