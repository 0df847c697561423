// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "base/progress.h"
#include "geo/polygon.h"
#include "raster/raster_reader.h"
#include "scene/scene_reader.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace nunatak::comparison {

/// Which pixels of a scene's grid have data and a result of the model, strip by strip.
class ValidPixels {
public:
    /// `computed` in the grid's system; empty: all of the scene. `quality`: rasters of flags
    /// (prediction/quality.h) that say where the model has no result; a pixel counts when one of them has a
    /// result there, or there is none of them. Throws Error when the scene has neither optical bands nor
    /// elevation, or a raster cannot be read.
    ValidPixels(const scene::SceneReader& scene, geo::MultiPolygon computed,
                const std::vector<std::filesystem::path>& quality);

    /// 1 where a pixel of some full rows counts, 0 elsewhere. Throws Error, Cancelled.
    Image<std::uint8_t> strip(int first, int rows, const Progress& progress) const;

private:
    const scene::SceneReader& m_scene;
    std::string m_feature;
    std::vector<std::string> m_bands;
    geo::MultiPolygon m_computed;
    std::vector<raster::RasterReader> m_results;
};

} // namespace nunatak::comparison
