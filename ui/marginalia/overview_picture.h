// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <QImage>

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::marginalia {

/// The whole scene from above, grid north up, its longer side so many pixels; `extent` becomes what it shows.
/// Null when there is nothing to show.
QImage overviewPicture(viewport::Viewport& viewport, int pixels, geo::Extent& extent);

} // namespace nunatak::ui::marginalia
