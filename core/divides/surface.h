// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "base/progress.h"

#include <cstddef>
#include <cstdint>

namespace nunatak::divides {

/// What a pixel is to an outline.
enum Ground : std::uint8_t {
    Beside,  ///< the outline does not touch it
    Touched, ///< the outline touches it, its middle lies outside
    Ice      ///< its middle lies inside
};

/// Heights, and where the ice is: one band each, of the same size, row 0 in the north. Heights are needed
/// under the ice and a pixel around it.
struct Surface {
    Image<float> heights;       ///< m; NaN: void
    Image<std::uint8_t> ground; ///< Ground
};

/// What fillVoids() did, in pixels that the outline touches.
struct Voids {
    std::size_t pixels = 0; ///< that the outline touches
    std::size_t filled = 0;
    std::size_t left = 0; ///< without a height to begin from
};

/// Gives voids on and around the ice heights from those around them: from the rim inwards the mean of what is
/// known already, then smoothed until it hangs between the rims (relaxation of Laplace's equation). Throws
/// Cancelled.
Voids fillVoids(Surface& surface, const Progress& progress = {});

} // namespace nunatak::divides
