// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "base/progress.h"
#include "raster/reader_pool.h"
#include "scene/scene.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nunatak::scene {

class Heights;
class RasterViews;
class SceneOverviews;
struct OpenedRaster;

/// Bands of a feature that will be read on a grid.
struct FeatureRead {
    std::string feature;
    std::vector<std::string> bands;
    geo::Grid target;
};

/// Pixels of a scene on any grid: the network, the viewport and the trainer all read through this. Callable
/// from several threads.
class SceneReader {
public:
    /// `overviews` are for a reader whose pixels are only looked at: coarse targets are read from them where
    /// there are some. Without them all is computed from the files themselves.
    SceneReader(Scene scene, std::shared_ptr<raster::ReaderPool> pool,
                std::shared_ptr<const SceneOverviews> overviews = nullptr);

    const Scene& scene() const { return m_scene; }
    /// True when the scene can give every one of these bands (slope can be had from elevation).
    bool has(const std::string& feature, const std::vector<std::string>& bands) const;
    /// Values of these bands on `target`, NaN where there are none. Optical as stored times the scene's scale
    /// and offset (reflectance 0..1 where the scene says so), thermal in kelvin where it says so, radar as
    /// power, elevation in metres, slope in degrees (Horn 1981, at the elevation model's own posting, then
    /// resampled; for coarser pixels from heights averaged to these), the elevation's "void" 1 where it was
    /// filled and 0 elsewhere, quality flags 1 or 0. Throws Error that names a band the scene has not;
    /// Cancelled.
    Image<float> read(const std::string& feature, const std::vector<std::string>& bands,
                      const geo::Grid& target, const Progress& progress = {}) const;
    /// Fetches in advance what will be read: one list per step, in the order of reading (raster::LookAhead).
    /// Bands that the scene has not are left out. Throws Error when a raster cannot be opened, Cancelled.
    raster::LookAhead lookAhead(const std::vector<std::vector<FeatureRead>>& steps,
                                const Progress& progress = {}) const;
    /// Lets go of decoded pixels that nobody has announced to read (raster::ReaderPool::dropUnneeded).
    void dropUnneeded() const;

private:
    Image<float> readRaster(const SceneRaster& raster, const std::vector<int>& numbers,
                            const geo::Grid& target, const std::stop_token& stop) const;
    /// From overviews of the program's own; none where there are none or the target is too fine for them.
    std::optional<Image<float>> readOverview(const OpenedRaster& opened, const std::vector<int>& numbers,
                                             const geo::Grid& target, raster::Resampling resampling,
                                             const std::stop_token& stop) const;
    Image<float> readHeights(const SceneRaster& raster, int number, const geo::Grid& target,
                             const std::stop_token& stop) const;
    /// True for pixels to look at, so coarse that the model need not be read to its last posting for them.
    bool isGlance(const Heights& heights, const geo::Grid& target) const;
    Image<float> readSlope(const geo::Grid& target, const Progress& progress) const;
    Image<float> readVoids(const geo::Grid& target, const std::stop_token& stop) const;
    void blankFill(Image<float>& pixels, const SceneRaster& raster, const geo::Grid& target,
                   const std::stop_token& stop) const;
    void addRequests(const FeatureRead& read, std::vector<raster::ReadRequest>& requests,
                     const std::stop_token& stop) const;

    Scene m_scene;
    std::shared_ptr<RasterViews> m_views;
    std::shared_ptr<const SceneOverviews> m_overviews; ///< may be null
};

} // namespace nunatak::scene
