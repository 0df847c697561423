// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <cmath>

namespace nunatak::geo {

/// On which side of the line from a to b a point lies: 1 left, −1 right, 0 where rounding does not let it be
/// told (Shewchuk 1997, the first of his filters).
inline int sideOf(Point a, Point b, Point point) {
    constexpr double error = 3.3306690738754716e-16;
    const double left = (b.x - a.x) * (point.y - a.y);
    const double right = (b.y - a.y) * (point.x - a.x);
    const double found = left - right;
    if (!(std::abs(found) > error * (std::abs(left) + std::abs(right)))) {
        return 0;
    }
    return found > 0 ? 1 : -1;
}

} // namespace nunatak::geo
