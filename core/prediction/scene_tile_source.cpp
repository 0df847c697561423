// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene_tile_source.h"

#include "base/error.h"
#include "prediction/normalise.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nunatak::prediction {

namespace {

/// Columns of a block: wide enough that the price per warp does not count, small beside the network's own
/// memory.
constexpr int blockColumns = 1024;

/// Sets `usable` to 0 where a band has no data.
void markGaps(const Image<float>& values, Image<float>& usable) {
    for (int band = 0; band < values.bands(); ++band) {
        const float* pixels = values.band(band);
        for (std::size_t i = 0; i < values.bandSize(); ++i) {
            if (!std::isfinite(pixels[i])) {
                usable.values()[i] = 0;
            }
        }
    }
}

} // namespace

std::vector<std::string> requiredFeatures(const models::Manifest& model) {
    if (!model.requiredFeatures.empty()) {
        return model.requiredFeatures;
    }
    std::vector<std::string> all;
    for (const auto& feature : model.network.features) {
        all.push_back(feature.name);
    }
    return all;
}

SceneTileSource::SceneTileSource(const scene::SceneReader& scene, const models::Manifest& model,
                                 const geo::Grid& grid, std::pair<int, int> columns)
    : m_scene(scene), m_model(model), m_grid(grid), m_endColumn(columns.second) {}

std::map<std::string, Image<float>> SceneTileSource::read(const engine::Window& window,
                                                          std::stop_token stop) {
    // The part of the window that lies in the scene; the rest is padding and stays 0.
    engine::Window part;
    part.column = std::max(0, window.column);
    part.row = std::max(0, window.row);
    part.columns = std::min(m_grid.columns, window.column + window.columns) - part.column;
    part.rows = std::min(m_grid.rows, window.row + window.rows) - part.row;
    const bool inBlock = part.row == m_block.row && part.rows == m_block.rows &&
                         part.column >= m_block.column &&
                         part.column + part.columns <= m_block.column + m_block.columns;
    if (!inBlock) {
        readBlock(part, stop);
    }
    std::map<std::string, Image<float>> tile;
    for (const auto& [name, block] : m_pixels) {
        Image<float> pixels(block.bands(), window.rows, window.columns);
        for (int band = 0; band < block.bands(); ++band) {
            for (int row = 0; row < part.rows; ++row) {
                std::copy_n(block.row(band, row) + (part.column - m_block.column), part.columns,
                            pixels.row(band, row + part.row - window.row) + (part.column - window.column));
            }
        }
        tile.emplace(name, std::move(pixels));
    }
    return tile;
}

void SceneTileSource::readBlock(const engine::Window& part, std::stop_token stop) {
    m_block = {};
    engine::Window block = part;
    block.columns = std::max(part.columns, std::min(blockColumns, m_endColumn - part.column));
    const auto target = m_grid.window(block.column, block.row, block.columns, block.rows);
    const auto required = requiredFeatures(m_model);
    const Progress progress({}, stop);
    Image<float> usablePixels(1, block.rows, block.columns, 1.0F);
    for (const auto& feature : m_model.network.features) {
        auto values = readFeature(feature, target, progress);
        if (std::find(required.begin(), required.end(), feature.name) != required.end()) {
            markGaps(values, usablePixels);
        }
        const auto scaling = m_model.scaling.find(feature.name);
        if (scaling == m_model.scaling.end()) {
            throw Error("The model " + m_model.name + " does not say how to scale " + feature.name +
                        "; its model.json is damaged.");
        }
        normalise(values, feature.name, scaling->second);
        m_pixels[feature.name] = std::move(values);
    }
    m_pixels[usable] = std::move(usablePixels);
    m_block = block;
}

Image<float> SceneTileSource::readFeature(const models::FeatureSpec& feature, const geo::Grid& target,
                                          const Progress& progress) const {
    if (m_scene.has(feature.name, feature.bands)) {
        return m_scene.read(feature.name, feature.bands, target, progress);
    }
    // A feature the model can do without: what bands there are, gaps elsewhere.
    Image<float> values(static_cast<int>(feature.bands.size()), target.rows, target.columns,
                        std::numeric_limits<float>::quiet_NaN());
    for (std::size_t i = 0; i < feature.bands.size(); ++i) {
        if (m_scene.has(feature.name, {feature.bands[i]})) {
            const auto band = m_scene.read(feature.name, {feature.bands[i]}, target, progress);
            std::copy(band.values().begin(), band.values().end(), values.band(static_cast<int>(i)));
        }
    }
    return values;
}

} // namespace nunatak::prediction
