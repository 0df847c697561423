// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <vector>

namespace nunatak::ui::viewport {

/// What is drawn on the ground for a moment, while a hand is doing something.
struct Marks {
    enum class Look {
        Pale,    ///< dashed, and steps back behind the others
        Plain,   ///< white
        New,     ///< white and broad: what comes of the line in the hand
        Held,    ///< what the hand is drawn to
        Refused, ///< red: what cannot be
        Ice,     ///< blue: a stroke along ice
        NoIce,   ///< orange: one along what is none
    };
    struct Line {
        std::vector<geo::Point> points; ///< project CRS
        bool isClosed = false;
        Look look = Look::Plain;
        bool operator==(const Line&) const = default;
    };
    std::vector<Line> lines;
    std::vector<geo::Point> dots;
    bool operator==(const Marks&) const = default;
};

} // namespace nunatak::ui::viewport
