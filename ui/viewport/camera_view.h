// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/terrain/tile_view.h"
#include "ui/viewport/map_camera.h"

namespace nunatak::ui::viewport {

/// What a camera sees in a view of this size, as choosing tiles needs it.
terrain::TileView viewOf(const MapCamera& camera, QSizeF size, double exaggeration);

} // namespace nunatak::ui::viewport
