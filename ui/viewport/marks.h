// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <vector>

namespace nunatak::ui::viewport {

/// What is drawn on the ground for a moment, while a hand is doing something.
struct Marks {
    struct Line {
        std::vector<geo::Point> points; ///< project CRS
        bool isClosed = false;
        bool isPale = false; ///< dashed, and steps back behind the others
        bool operator==(const Line&) const = default;
    };
    std::vector<Line> lines;
    std::vector<geo::Point> dots;
    bool operator==(const Marks&) const = default;
};

} // namespace nunatak::ui::viewport
