// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "base/progress.h"
#include "geo/polygon.h"
#include "scene/scene_reader.h"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace nunatak::comparison {

/// Whether a pixel of the scene's grid can be compared.
enum class Validity : std::uint8_t {
    Valid,
    Gap,     ///< no data, enclosed by pixels that have some
    Outside, ///< no data or not computed, and so are the pixels from there to the grid's edge
};

/// Reads the scene in strips. `computed` in the grid's system; empty: all of the scene. `quality`: rasters of
/// flags (prediction/quality.h) that say where the model has no result; a pixel counts when one of them has a
/// result there, or there is none of them. Throws Error when the scene has neither optical bands nor
/// elevation, or a raster cannot be read; Cancelled.
Image<Validity> validPixels(const scene::SceneReader& scene, const geo::MultiPolygon& computed,
                            const std::vector<std::filesystem::path>& quality, const Progress& progress);

} // namespace nunatak::comparison
