// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/crs.h"

namespace nunatak::geo {

/// Where true north lies in a projected system. Belongs to the thread that made it.
class TrueNorth {
public:
    /// Throws Error when the system has no longitudes and latitudes.
    explicit TrueNorth(const Crs& crs);

    /// Degrees clockwise from the direction in which y grows to true north at `point`: the grid convergence
    /// with its sign turned. 0 at a pole and where the system cannot express it.
    double bearing(Point point) const;

private:
    CoordinateTransform m_toDegrees;
    CoordinateTransform m_fromDegrees;
};

} // namespace nunatak::geo
