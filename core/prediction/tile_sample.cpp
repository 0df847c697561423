// SPDX-License-Identifier: GPL-3.0-or-later
#include "tile_sample.h"

#include "base/error.h"
#include "predict_scene.h"
#include "scene_tile_source.h"

#include <algorithm>
#include <numeric>

namespace nunatak::prediction {

namespace {

/// The share of a tile's pixels that have data.
double usableShare(const SampleTile& tile) {
    const auto& usable = tile.at(SceneTileSource::usable).values();
    const auto count = std::count_if(usable.begin(), usable.end(), [](float value) { return value > 0; });
    return static_cast<double>(count) / static_cast<double>(usable.size());
}

} // namespace

TileSample::TileSample(const scene::SceneReader& scene, const models::Manifest& model, std::uint64_t seed,
                       std::optional<double> resolution)
    : m_scene(scene), m_model(model), m_grid(predictionGrid(scene.scene(), model, resolution)),
      m_random(seed) {}

engine::Window TileSample::draw() {
    const int tile = m_model.network.tile;
    const auto start = [&](int size) {
        const int last = size - tile;
        // A scene smaller than a tile lies in its middle.
        return last <= 0 ? last / 2 : static_cast<int>(m_random() % (static_cast<std::uint64_t>(last) + 1));
    };
    const int row = start(m_grid.rows);
    return {start(m_grid.columns), row, tile, tile};
}

std::vector<engine::Window> TileSample::all() const {
    const int tile = m_model.network.tile;
    const auto starts = [tile](int size) {
        const int last = size - tile;
        if (last <= 0) {
            return std::vector<int>{last / 2};
        }
        std::vector<int> firsts;
        for (int first = 0; first < last; first += std::max(1, tile / 2)) {
            firsts.push_back(first);
        }
        firsts.push_back(last);
        return firsts;
    };
    std::vector<engine::Window> windows;
    for (const int row : starts(m_grid.rows)) {
        for (const int column : starts(m_grid.columns)) {
            windows.push_back({column, row, tile, tile});
        }
    }
    return windows;
}

std::vector<SampleTile> TileSample::any(int count, const Progress& progress) {
    auto windows = all();
    if (static_cast<int>(windows.size()) > count) {
        windows.clear();
        for (int i = 0; i < count; ++i) {
            windows.push_back(draw());
        }
    }
    return read(windows, progress);
}

std::vector<SampleTile> TileSample::read(const std::vector<engine::Window>& windows,
                                         const Progress& progress) {
    // The source keeps what it has read for tiles further south.
    std::vector<std::size_t> order(windows.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return windows[a].row < windows[b].row; });
    SceneTileSource source(m_scene, m_model, m_grid, {0, m_grid.columns});
    source.forgetQuality();
    std::vector<SampleTile> tiles(windows.size());
    for (const auto index : order) {
        progress.throwIfStopped();
        tiles[index] = source.read(windows[index], progress.stopToken());
    }
    return tiles;
}

std::vector<SampleTile> TileSample::withData(int count, const Progress& progress) {
    constexpr int rounds = 8; // before it settles for less
    std::vector<SampleTile> good;
    std::vector<SampleTile> poor;
    const auto wanted = static_cast<std::size_t>(count);
    const bool once = all().size() <= wanted; // there are no others
    for (int round = 0; round < (once ? 1 : rounds) && good.size() < wanted; ++round) {
        for (auto& tile : any(count, progress)) {
            const double share = usableShare(tile);
            if (share >= 0.5 && good.size() < wanted) {
                good.push_back(std::move(tile));
            } else if (share > 0 && share < 0.5 && poor.size() < wanted) {
                poor.push_back(std::move(tile));
            }
        }
    }
    for (std::size_t i = 0; i < poor.size() && good.size() < wanted; ++i) {
        good.push_back(std::move(poor[i]));
    }
    if (good.empty()) {
        throw Error("The scene " + m_scene.scene().name + " has no place where the model " + m_model.name +
                    " has all the data it needs.");
    }
    return good;
}

models::NamedTensors featuresOf(const std::vector<SampleTile>& tiles, std::size_t first, std::size_t end,
                                const models::NetworkSpec& spec) {
    models::NamedTensors features;
    for (const auto& feature : spec.features) {
        models::Tensor tensor{{static_cast<std::int64_t>(end - first),
                               static_cast<std::int64_t>(feature.bands.size()), spec.tile, spec.tile},
                              {}};
        tensor.values.reserve(static_cast<std::size_t>(tensor.elements()));
        for (auto i = first; i < end; ++i) {
            const auto& values = tiles[i].at(feature.name).values();
            tensor.values.insert(tensor.values.end(), values.begin(), values.end());
        }
        features.emplace(feature.name, std::move(tensor));
    }
    return features;
}

models::Tensor usablePixels(const std::vector<SampleTile>& tiles, std::size_t first, std::size_t end,
                            const models::NetworkSpec& spec) {
    models::Tensor pixels{{static_cast<std::int64_t>(end - first), spec.tile, spec.tile}, {}};
    for (auto i = first; i < end; ++i) {
        const auto& usable = tiles[i].at(SceneTileSource::usable).values();
        pixels.values.insert(pixels.values.end(), usable.begin(), usable.end());
    }
    return pixels;
}

} // namespace nunatak::prediction
