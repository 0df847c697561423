// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "geo/polygon.h"

#include <functional>

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::review {

/// Reads the tiles that the view would show of an extent that fills it, on any thread, so that what they are
/// made of is decoded when the camera comes there. How many were read. Empty where there is nothing to read.
/// Throws Error, Cancelled.
std::function<int(const Progress&)> groundAhead(const viewport::Viewport& view, const geo::Extent& extent);

} // namespace nunatak::ui::review
