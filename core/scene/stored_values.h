// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "scene/scene.h"

namespace nunatak::scene {

/// Turns what the reader gave of a raster's bands (NaN for no data) into values: scale, offset and conversion
/// as the scene says, in float64. Quality flags become 1 or 0: `places` are the bands' places in
/// raster.bands.
void toValues(Image<float>& pixels, const SceneRaster& raster, const std::vector<std::size_t>& places);

/// A stored number as a value.
double toValue(double stored, const SceneRaster& raster);

} // namespace nunatak::scene
