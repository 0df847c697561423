// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tasks/learning_task.h"

#include <string>

namespace nunatak::tasks {

/// How much there is to learn from.
struct WhatTeaches {
    std::size_t glaciers = 0;    ///< reviewed ones
    std::size_t notGlaciers = 0; ///< found to be none
    std::size_t regions = 0;     ///< reviewed whole
    std::size_t strokes = 0;     ///< of ice and of no ice
    double ground = 0;           ///< m² of which something is said, on the ellipsoid
    bool operator==(const WhatTeaches&) const = default;
};

/// The same that learn() would learn from; costs the joining of all reviewed shapes. Throws Error where
/// nothing is left to learn from.
WhatTeaches whatTeaches(const LearningTask& task);

/// "12 reviewed glaciers, 2 found to be none, 1 region reviewed whole and 5 strokes".
std::string wordsOf(const WhatTeaches& what);

} // namespace nunatak::tasks
