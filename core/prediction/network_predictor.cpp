// SPDX-License-Identifier: GPL-3.0-or-later
#include "network_predictor.h"

#include "base/error.h"
#include "scene_tile_source.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nunatak::prediction {

namespace {

using Tiles = std::vector<std::map<std::string, Image<float>>>;

models::FeatureBatch featureBatch(const Tiles& tiles, const models::NetworkSpec& spec,
                                  const std::vector<float>& vector) {
    const auto count = static_cast<std::int64_t>(tiles.size());
    models::FeatureBatch batch;
    for (const auto& feature : spec.features) {
        models::Tensor tensor;
        tensor.shape = {count, static_cast<std::int64_t>(feature.bands.size()), spec.tile, spec.tile};
        tensor.values.reserve(static_cast<std::size_t>(tensor.elements()));
        for (const auto& tile : tiles) {
            const auto& pixels = tile.at(feature.name).values();
            tensor.values.insert(tensor.values.end(), pixels.begin(), pixels.end());
        }
        batch.features.emplace(feature.name, std::move(tensor));
    }
    if (spec.location > 0) {
        models::Tensor location{{count, spec.location}, {}};
        for (std::int64_t i = 0; i < count; ++i) {
            location.values.insert(location.values.end(), vector.begin(), vector.end());
        }
        batch.location = std::move(location);
    }
    return batch;
}

std::vector<Image<float>> probabilities(const models::Tensor& answer, const std::vector<Image<float>>& usable,
                                        const std::string& modelName) {
    std::size_t pixelCount = 0;
    for (const auto& image : usable) {
        pixelCount += image.bandSize();
    }
    if (answer.values.size() != pixelCount) {
        throw Error("The model " + modelName +
                    " answered with another number of pixels than it was given; it does "
                    "not fit this program.");
    }
    std::vector<Image<float>> images;
    auto value = answer.values.begin();
    for (const auto& mask : usable) {
        Image<float> image(1, mask.rows(), mask.columns());
        for (std::size_t i = 0; i < mask.bandSize(); ++i, ++value) {
            if (!std::isfinite(*value)) {
                throw Error("The model " + modelName +
                            " gave a result that is not a number; its weights are damaged. "
                            "Choose another model or install this one again.");
            }
            image.values()[i] = mask.values()[i] > 0 ? *value : std::numeric_limits<float>::quiet_NaN();
        }
        images.push_back(std::move(image));
    }
    return images;
}

} // namespace

engine::TilePredictor networkPredictor(models::Network& network, const std::string& modelName,
                                       const Inference&, const std::optional<std::vector<float>>& location) {
    const auto vector = location.value_or(std::vector<float>());
    if (vector.size() != static_cast<std::size_t>(network.spec().location)) {
        throw Error("The model " + modelName + " wants a location vector of length " +
                    std::to_string(network.spec().location) + ", not " + std::to_string(vector.size()) + ".");
    }
    return [&network, modelName, vector](Tiles tiles, std::stop_token stop) {
        std::vector<Image<float>> usable;
        for (auto& tile : tiles) {
            usable.push_back(std::move(tile.at(SceneTileSource::usable)));
        }
        auto answer = network.predict(featureBatch(tiles, network.spec(), vector), std::move(stop));
        // The network works on its own thread; taking its answer apart is done by whoever takes it.
        return std::async(std::launch::deferred,
                          [answer = std::move(answer), usable = std::move(usable), modelName]() mutable {
                              return probabilities(answer.get(), usable, modelName);
                          });
    };
}

} // namespace nunatak::prediction
