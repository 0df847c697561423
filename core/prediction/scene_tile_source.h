// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/tile_engine.h"
#include "geo/grid.h"
#include "models/manifest.h"
#include "prediction/tile_coordinates.h"
#include "scene/scene_reader.h"

#include <cstdint>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nunatak::prediction {

/// Gives the engine normalised features of a scene on the grid that is predicted. Callable from several
/// threads.
///
/// Warping has a price per call and tiles overlap, so it reads blocks of many pixels, each once, keeps those
/// that later tiles reach and cuts the tiles from them; rows of tiles come from north to south.
class SceneTileSource final : public engine::TileSource {
public:
    /// The extra entry of what read() returns: one band, 1 where there can be a result, 0 elsewhere.
    static constexpr const char* usable = "usable";
    /// Another one for models with coordinate encoding: the tile's location vector, one number a band.
    static constexpr const char* location = "location";

    /// @param columns first and end of the grid's columns that will be asked for.
    SceneTileSource(const scene::SceneReader& scene, const models::Manifest& model, const geo::Grid& grid,
                    std::pair<int, int> columns);

    /// Where nobody will take the quality: it is not kept then. Before the first read.
    void forgetQuality() { m_keepsQuality = false; }
    /// Windows that will be read, in this order: what they need is fetched in advance. Before the first read.
    /// Throws Error, Cancelled.
    void expect(const std::vector<engine::Window>& windows, const Progress& progress);

    std::map<std::string, Image<float>> read(const engine::Window& window, std::stop_token stop) override;

    /// Two bands of quality.tif (quality.h; confidence is not known here) for rows of the grid; notComputed
    /// outside of `computed`: row by row columns from first to end. Each row is asked for once, in order.
    Image<std::uint8_t> takeQuality(int firstRow, int rows,
                                    const std::vector<std::vector<std::pair<int, int>>>& computed,
                                    std::stop_token stop);

private:
    struct Block {
        std::map<std::string, Image<float>> features;
        std::shared_ptr<const Image<std::uint8_t>> flags; ///< as takeQuality()
    };
    using Place = std::pair<int, int>; ///< row and column in blocks
    using BlockPointer = std::shared_ptr<const Block>;

    engine::Window windowOf(Place place) const;
    /// Blocks under the part of a window that lies in the scene.
    std::vector<Place> placesUnder(const engine::Window& window) const;
    BlockPointer block(Place place, const std::stop_token& stop);
    BlockPointer readBlock(const engine::Window& window, const std::stop_token& stop) const;
    Image<float> readFeature(const models::FeatureSpec& feature, const geo::Grid& target,
                             const Progress& progress) const;
    Image<std::uint8_t> wideGaps(const models::FeatureSpec& optical, const engine::Window& window,
                                 const Progress& progress) const;
    void copyFrom(const Block& block, const engine::Window& place, const engine::Window& window,
                  std::map<std::string, Image<float>>& tile) const;

    const scene::SceneReader& m_scene;
    const models::Manifest& m_model;
    geo::Grid m_grid;
    std::pair<int, int> m_columns;
    std::vector<std::string> m_required;
    std::optional<TileCoordinates> m_coordinates; ///< where the model wants them
    bool m_keepsQuality = true;
    raster::LookAhead m_ahead;
    std::map<Place, std::size_t> m_stepOf; ///< in m_ahead
    std::mutex m_mutex;
    std::map<Place, std::shared_future<BlockPointer>> m_blocks;
    std::map<Place, std::shared_ptr<const Image<std::uint8_t>>> m_flags; ///< of rows not yet taken
};

/// Features that must have data where there shall be a result: those the manifest requires, or all if it
/// names none.
std::vector<std::string> requiredFeatures(const models::Manifest& model);

} // namespace nunatak::prediction
