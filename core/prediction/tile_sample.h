// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "engine/tile_engine.h"
#include "geo/grid.h"
#include "models/manifest.h"
#include "models/tensor.h"
#include "scene/scene_reader.h"

#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <vector>

namespace nunatak::prediction {

using SampleTile = std::map<std::string, Image<float>>;

/// Tiles from anywhere in a scene, at the model's pixel size or another (metres), normalised, with
/// SceneTileSource::usable. The same seed draws the same ones.
class TileSample {
public:
    TileSample(const scene::SceneReader& scene, const models::Manifest& model, std::uint64_t seed,
               std::optional<double> resolution = {});

    /// As they come, with data or without. A scene of which fewer tiles that overlap by half are all there is
    /// gives these, each once.
    std::vector<SampleTile> any(int count, const Progress& progress);
    /// Only such as have data in at least half of their pixels, or, where the scene has hardly any of these,
    /// in some. May be fewer than asked for in a scene that is small or nearly empty. Throws Error when there
    /// are none.
    std::vector<SampleTile> withData(int count, const Progress& progress);

    const geo::Grid& grid() const { return m_grid; }

private:
    engine::Window draw();
    /// Tiles that overlap by half and cover the scene; a scene smaller than a tile lies in the middle of one.
    std::vector<engine::Window> all() const;
    std::vector<SampleTile> read(const std::vector<engine::Window>& windows, const Progress& progress);

    const scene::SceneReader& m_scene;
    const models::Manifest& m_model;
    geo::Grid m_grid;
    std::mt19937_64 m_random; // defined bit by bit, unlike the standard's distributions
};

/// Tiles [first, end) as the network takes them, without a location vector.
models::NamedTensors featuresOf(const std::vector<SampleTile>& tiles, std::size_t first, std::size_t end,
                                const models::NetworkSpec& spec);

/// Their pixels with data: 1, the others 0; (tiles, tile, tile).
models::Tensor usablePixels(const std::vector<SampleTile>& tiles, std::size_t first, std::size_t end,
                            const models::NetworkSpec& spec);

} // namespace nunatak::prediction
