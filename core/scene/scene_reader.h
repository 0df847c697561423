// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "base/progress.h"
#include "raster/reader_pool.h"
#include "scene/scene.h"

#include <memory>
#include <string>
#include <vector>

namespace nunatak::scene {

/// Pixels of a scene on any grid: the network, the viewport and the trainer all read through this. Callable
/// from several threads.
class SceneReader {
public:
    SceneReader(Scene scene, std::shared_ptr<raster::ReaderPool> pool);

    const Scene& scene() const { return m_scene; }
    /// True when the scene can give every one of these bands (slope can be had from elevation).
    bool has(const std::string& feature, const std::vector<std::string>& bands) const;
    /// Values of these bands on `target`, NaN where there are none. Optical as stored times the scene's scale
    /// and offset (reflectance 0..1 where the scene says so), elevation in metres, slope in degrees (Horn
    /// 1981, at the elevation model's own posting, then resampled). Throws Error that names a band the scene
    /// has not; Cancelled.
    Image<float> read(const std::string& feature, const std::vector<std::string>& bands,
                      const geo::Grid& target, const Progress& progress = {}) const;

private:
    Image<float> readSlope(const geo::Grid& target, const Progress& progress) const;

    Scene m_scene;
    std::shared_ptr<raster::ReaderPool> m_pool;
};

/// Slope in degrees by Horn's third-order finite difference (Horn 1981); edges by the nearest inner pixel.
Image<float> hornSlope(const Image<float>& elevation, double pixelSizeMetres);

} // namespace nunatak::scene
