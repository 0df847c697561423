// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/simulation/field.h"

#include <vector>

namespace nunatak::scene::simulation {

/// Where water runs on a surface: every pixel drains to one of its eight neighbours, through hollows by way
/// of their lowest outlet, until it leaves the field at the edge.
struct Drainage {
    std::vector<int> order;    ///< all pixels, each after the one it drains to
    std::vector<int> receiver; ///< the pixel it drains to; itself at the edge
    Field filled;              ///< the surface with hollows filled to their outlets
};

/// Priority-flood (Barnes et al. 2014) from the edges inwards. Hollows may be filled a few centimetres too
/// high.
Drainage drainageOf(const Field& surface);

} // namespace nunatak::scene::simulation
