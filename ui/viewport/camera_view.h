// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/terrain/tile_view.h"
#include "ui/viewport/map_camera.h"

namespace nunatak::ui::viewport {

/// What a camera sees in a view of this size, as choosing tiles needs it.
terrain::TileView viewOf(const MapCamera& camera, QSizeF size, double exaggeration);
/// What a square of the view shows, `side` wide around `middle`, in the units of `size`.
terrain::ViewCone partOf(const terrain::TileView& view, QSizeF size, QPointF middle, double side);

} // namespace nunatak::ui::viewport
