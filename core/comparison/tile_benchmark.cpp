// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparison/tile_benchmark.h"

#include "base/error.h"
#include "engine/tile_engine.h"
#include "prediction/confidence.h"
#include "prediction/location.h"
#include "prediction/scene_tile_source.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace nunatak::comparison {

namespace {

using exchange::DatasetTile;
using Features = std::map<std::string, Image<float>>;

std::vector<float> oneHot(const models::Manifest& model, const std::string& region, const std::string& tile) {
    const auto& names = model.regions.empty() ? prediction::publishedRegions() : model.regions;
    std::vector<float> vector(static_cast<std::size_t>(model.network.location), 0.0F);
    if (region == "unknown") {
        vector.back() = 1;
        return vector;
    }
    const auto found = std::ranges::find(names, region);
    const auto index = static_cast<std::size_t>(found - names.begin());
    if (found == names.end() || index >= vector.size()) {
        throw Error("The tile " + tile + " lies in the region \"" + region + "\", which the model " +
                    model.name + " does not know; use --region unknown or another model.");
    }
    vector[index] = 1;
    return vector;
}

std::vector<float> coordinates(const DatasetTile& tile) {
    if (!tile.bounds) {
        throw Error("The tile " + tile.name +
                    " does not say where it lies, which a model with coordinate encoding must know.");
    }
    constexpr double radians = std::numbers::pi / 180;
    const double latitude = (tile.bounds->south + tile.bounds->north) / 2 * radians;
    const double longitude = (tile.bounds->west + tile.bounds->east) / 2 * radians;
    return {static_cast<float>(std::sin(latitude)), static_cast<float>(std::cos(latitude)),
            static_cast<float>(std::sin(longitude)), static_cast<float>(std::cos(longitude))};
}

std::optional<std::vector<float>> locationOf(const models::Manifest& model, const DatasetTile& tile,
                                             const std::string& region) {
    switch (model.network.location) {
    case 0:
        return {};
    case 4:
        return coordinates(tile);
    default:
        return oneHot(model, region.empty() ? tile.region : region, tile.name);
    }
}

void checkTile(const models::NetworkSpec& network, const DatasetTile& tile) {
    for (const auto& feature : network.features) {
        const auto found = tile.features.find(feature.name);
        if (found == tile.features.end()) {
            throw Error("The tile " + tile.name + " lacks the feature " + feature.name +
                        ", which the model needs.");
        }
        if (found->second.bands() != static_cast<int>(feature.bands.size())) {
            throw Error("The feature " + feature.name + " of the tile " + tile.name + " has " +
                        std::to_string(found->second.bands()) + " bands; the model needs " +
                        std::to_string(feature.bands.size()) + ".");
        }
        const auto isNumber = [](float value) { return std::isfinite(value); };
        if (!std::ranges::all_of(found->second.values(), isNumber)) {
            throw Error("The feature " + feature.name + " of the tile " + tile.name +
                        " has values that are infinite or not a number; gaps must be filled before.");
        }
    }
    if (tile.rows() < network.tile || tile.columns() < network.tile) {
        throw Error("The tile " + tile.name + " is smaller than the model's " + std::to_string(network.tile) +
                    " pixels.");
    }
    if (2 * tile.paddingRows >= tile.rows() || 2 * tile.paddingColumns >= tile.columns()) {
        throw Error("The tile " + tile.name + " consists of padding alone; the data set is damaged.");
    }
}

Features cut(const DatasetTile& tile, const models::NetworkSpec& network, int row, int column) {
    Features window;
    for (const auto& feature : network.features) {
        const auto& whole = tile.features.at(feature.name);
        Image<float> part(whole.bands(), network.tile, network.tile);
        for (int band = 0; band < whole.bands(); ++band) {
            for (int i = 0; i < network.tile; ++i) {
                std::copy_n(whole.row(band, row + i) + column, network.tile, part.row(band, i));
            }
        }
        window.emplace(feature.name, std::move(part));
    }
    window.emplace(prediction::SceneTileSource::usable, Image<float>(1, network.tile, network.tile, 1.0F));
    return window;
}

/// Blends the answers of overlapping windows in float64.
class Blender {
public:
    Blender(const DatasetTile& tile, int size)
        : m_kernel(engine::blendingKernel(size)), m_sum(1, tile.rows(), tile.columns()),
          m_weight(1, tile.rows(), tile.columns()) {}

    void add(const Image<float>& probability, int row, int column) {
        for (int i = 0; i < m_kernel.rows(); ++i) {
            for (int j = 0; j < m_kernel.columns(); ++j) {
                const double weight = m_kernel.at(0, i, j);
                m_sum.at(0, row + i, column + j) += weight * static_cast<double>(probability.at(0, i, j));
                m_weight.at(0, row + i, column + j) += weight;
            }
        }
    }
    /// NaN where no window reached.
    double at(int row, int column) const { return m_sum.at(0, row, column) / m_weight.at(0, row, column); }

private:
    Image<double> m_kernel;
    Image<double> m_sum;
    Image<double> m_weight;
};

Blender predicted(const DatasetTile& tile, const models::NetworkSpec& network,
                  const engine::TilePredictor& predictor, int batch, const Progress& progress) {
    Blender blender(tile, network.tile);
    std::vector<Features> waiting;
    std::vector<std::pair<int, int>> places;
    const auto flush = [&] {
        if (waiting.empty()) {
            return;
        }
        progress.throwIfStopped();
        const auto answers = predictor(std::exchange(waiting, {}), progress.stopToken()).get();
        for (std::size_t i = 0; i < answers.size(); ++i) {
            blender.add(answers[i], places[i].first, places[i].second);
        }
        places.clear();
    };
    const int step = network.tile / 2;
    for (int row = 0; row + network.tile <= tile.rows(); row += step) {
        for (int column = 0; column + network.tile <= tile.columns(); column += step) {
            waiting.push_back(cut(tile, network, row, column));
            places.emplace_back(row, column);
            if (static_cast<int>(waiting.size()) == batch) {
                flush();
            }
        }
    }
    flush();
    return blender;
}

bool isLabelled(const Image<float>& labels, int row, int column) {
    for (int band = 0; band < labels.bands(); ++band) {
        if (labels.at(band, row, column) != 0.0F) {
            return true;
        }
    }
    return false;
}

} // namespace

TileBenchmark benchmarkTiles(exchange::TileDataset& tiles, const models::Manifest& model,
                             models::Network& network, const TileBenchmarkOptions& options,
                             const Progress& progress) {
    TileBenchmark result;
    const int count = std::max(1, tiles.size());
    while (const auto tile = tiles.next()) {
        progress.report(static_cast<double>(result.tiles) / count, "Predicting tiles");
        if (options.wanted && !options.wanted(tile->region)) {
            continue;
        }
        checkTile(model.network, *tile);
        const auto predictor = prediction::networkPredictor(network, model.name, options.inference,
                                                            locationOf(model, *tile, options.region));
        const auto probability = predicted(*tile, model.network, predictor, options.batch, progress);
        auto& block = result.grounds.emplace_back().blocks.emplace_back();
        if (tile->bounds) {
            block.place = {tile->bounds->west, tile->bounds->south, tile->bounds->east, tile->bounds->north};
        }
        PixelAgreement pixels;
        const int truth = tile->outlines.bands() - 1;
        for (int row = tile->paddingRows; row < tile->rows() - tile->paddingRows; ++row) {
            for (int column = tile->paddingColumns; column < tile->columns() - tile->paddingColumns;
                 ++column) {
                if (options.ignoreUnlabelled && !isLabelled(tile->outlines, row, column)) {
                    continue;
                }
                const double p = probability.at(row, column);
                const bool isIce = p > options.threshold; // where no window reached: none, as published
                const bool isTrue = tile->outlines.at(truth, row, column) == 1.0F;
                pixels.add(isIce, isTrue);
                if (std::isfinite(p)) {
                    block.pixels.add(prediction::shannonConfidence(p), isIce == isTrue);
                }
            }
        }
        result.table.add("regions", tile->region, pixels);
        result.table.add("subregions", tile->subregion.empty() ? tile->region : tile->subregion, pixels);
        ++result.tiles;
    }
    progress.report(1, "Done");
    return result;
}

} // namespace nunatak::comparison
