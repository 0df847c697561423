// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

namespace nunatak::geo {

/// True of a shape that is valid by the rules of Simple Features for sure, as nearly all are: its edges touch
/// their neighbours at the common vertex and nothing else, each hole lies within the outer ring of its part
/// and outside of the others, and no part within another one. A small part of the time that GEOS takes. False
/// says nothing: where anything touches, or is too near to be told by doubles, GEOS decides.
/// @param shape polygons of finite coordinates, three or more in each ring
bool isPlainlyValid(const MultiPolygon& shape);

} // namespace nunatak::geo
