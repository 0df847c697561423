// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/grid.h"

namespace nunatak::topography {

/// The UTM zone as RGI 7 uses it for both hemispheres: its northern system.
geo::Crs utmSystem(int zone);

/// The grid on which RGI 7 measures a glacier (user guide, "Topography attributes"; Maussion et al. 2019): in
/// UTM, pixels of 14 √A + 10 whole metres (A: km²), 10 to 100, laid from the upper left corner of the outline
/// (in that system), with pixels around it for what is smoothed.
geo::Grid glacierGrid(const geo::MultiPolygon& inUtm, const geo::Crs& utm, double areaKm2);

} // namespace nunatak::topography
