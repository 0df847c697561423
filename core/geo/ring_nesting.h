// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <vector>

namespace nunatak::geo {

/// A ring as a file has it.
struct LooseRing {
    Ring points;
    bool isHole = false; ///< what the file takes it for; decides only where it crosses another ring
};

/// The area that rings enclose by the even-odd rule, whatever their order and direction: a ring within an odd
/// number of others is a hole, one within that an island, and so is a ring that crosses itself read. Rings
/// that cross each other are joined, or taken away where the file calls one of them a hole; of two that are
/// the same, one counts. Valid; empty where no ring has an area.
/// Throws Error when GEOS cannot make an area of them.
MultiPolygon areaWithin(const std::vector<LooseRing>& rings);

/// The rings of a shape, each for what it is there.
std::vector<LooseRing> ringsOf(const MultiPolygon& shape);

} // namespace nunatak::geo
