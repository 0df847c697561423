// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/tile_engine.h"
#include "geo/grid.h"
#include "models/manifest.h"
#include "scene/scene_reader.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace nunatak::prediction {

/// Gives the engine normalised features of a scene on the grid that is predicted.
///
/// Warping has a price per call, so it reads blocks of a tile's height and many tiles' width and cuts the
/// tiles from them; rows of tiles come from west to east.
class SceneTileSource final : public engine::TileSource {
public:
    /// The extra entry of what read() returns: one band, 1 where every required feature has data, 0
    /// elsewhere.
    static constexpr const char* usable = "usable";

    /// @param columns first and end of the grid's columns that will be asked for.
    SceneTileSource(const scene::SceneReader& scene, const models::Manifest& model, const geo::Grid& grid,
                    std::pair<int, int> columns);

    std::map<std::string, Image<float>> read(const engine::Window& window, std::stop_token stop) override;

private:
    void readBlock(const engine::Window& part, std::stop_token stop);
    Image<float> readFeature(const models::FeatureSpec& feature, const geo::Grid& target,
                             const Progress& progress) const;

    const scene::SceneReader& m_scene;
    const models::Manifest& m_model;
    geo::Grid m_grid;
    int m_endColumn;
    engine::Window m_block; ///< what m_pixels holds, within the grid
    std::map<std::string, Image<float>> m_pixels;
};

/// Features that must have data where there shall be a result: those the manifest requires, or all if it
/// names none.
std::vector<std::string> requiredFeatures(const models::Manifest& model);

} // namespace nunatak::prediction
