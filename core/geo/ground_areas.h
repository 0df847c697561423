// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/crs.h"
#include "geo/polygon.h"

namespace nunatak::geo {

/// Areas on the ground of what is drawn in a projected system around one place, many times a second: the
/// projection's areal scale is looked up at nine places once, a quadratic through them is then integrated
/// over each shape exactly. Within 1 part in 10,000 of geodesicArea() for shapes of up to 300 km. Shapes
/// measured by the same one can be subtracted from each other. Never changes; for any thread.
class GroundAreas {
public:
    /// `around` in the system's coordinates holds most of what will be measured. Costs some tenths of a
    /// millisecond. Where the system has no place on the Earth, areas are those of the plane.
    GroundAreas(const Crs& crs, const Extent& around);

    /// m², holes subtracted. Takes one walk along the vertices.
    double of(const MultiPolygon& shape) const;

private:
    double ofRing(const Ring& ring) const;

    Point m_middle;
    double m_half = 1; ///< of the square looked at: places are measured in it, from the middle
    // Square metres per squared unit of the coordinates: m_scale + m_x x + m_y y + m_xx x² + m_xy xy + m_yy
    // y².
    double m_scale = 1;
    double m_x = 0;
    double m_y = 0;
    double m_xx = 0;
    double m_xy = 0;
    double m_yy = 0;
};

} // namespace nunatak::geo
