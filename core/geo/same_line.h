// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

namespace nunatak::geo {

/// True where two shapes have the same lines: what differs are vertices that came or went on them, within a
/// tolerance in units of the coordinates. A walk along what differs. Rings may begin at another vertex, and
/// run the other way where they do.
bool isSameLine(const MultiPolygon& a, const MultiPolygon& b, double tolerance);

} // namespace nunatak::geo
