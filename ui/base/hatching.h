// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

namespace nunatak::ui {

/// Lines across a shape, one beside the other, `spacing` units apart: in the grid's direction north-east, or
/// south-east. Each is a thin part of what is returned, there and back. What is inside lies behind an odd
/// number of lines. So ground that was won is told from ground that was lost without colours, too.
enum class HatchDirection { NorthEast, SouthEast };
geo::MultiPolygon hatching(const geo::MultiPolygon& shape, double spacing, HatchDirection direction);

} // namespace nunatak::ui
