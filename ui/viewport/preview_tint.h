// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "geo/polygon.h"

namespace nunatak::ui::viewport {

/// Paints the probability of ice, which covers `tile`, into an RGBA picture (row 0 in the north) that covers
/// `whole`: transparent where ice is unlikely, then blue to ice cyan. NaN leaves what is there; where tiles
/// overlap their tints are averaged.
void paintPreviewTile(unsigned char* picture, int columns, int rows, const geo::Extent& whole,
                      const geo::Extent& tile, const Image<float>& probability);

} // namespace nunatak::ui::viewport
