// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "scene/scene.h"

namespace nunatak::scene {

/// True for dB and amplitude: the raster's view (RasterViews) gives power, with scale and offset applied, so
/// that power is what is averaged.
bool isReadAsPower(const SceneRaster& raster);

/// Turns what the reader gave of a raster's bands (NaN for no data) into values: scale, offset and conversion
/// as the scene says, in float64. Quality flags become 1 or 0: `places` are the bands' places in
/// raster.bands.
void toValues(Image<float>& pixels, const SceneRaster& raster, const std::vector<std::size_t>& places);

/// What the reader gave as a value. Radiance is what is averaged, temperature follows from the mean: a
/// coarser instrument would measure that.
double toValue(double stored, const SceneRaster& raster);

} // namespace nunatak::scene
