// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/crs.h"

#include <QString>

#include <vector>

namespace nunatak::ui::figure {

/// A meridian or parallel through a part of a map.
struct GraticuleLine {
    bool meridian = false;
    double degrees = 0;
    QString label;                  ///< "86° 50′ E"
    std::vector<geo::Point> points; ///< in the map's system, from south to north or from west to east
};

/// The distance of the lines, in degrees: a round number of degrees, minutes or seconds that gives about
/// `lines` of them across so many degrees.
double graticuleStep(double degrees, int lines);

/// Meridians and parallels at round degrees through `extent` (in `crs`), about `lines` across its longer
/// side. None where the system has no degrees. A pole or the 180th meridian inside is not foreseen.
std::vector<GraticuleLine> graticule(const geo::Crs& crs, const geo::Extent& extent, int lines);

} // namespace nunatak::ui::figure
