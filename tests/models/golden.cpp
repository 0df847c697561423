// SPDX-License-Identifier: GPL-3.0-or-later
#include "golden.h"

#include "models/keras_layout.h"
#include "models/module_loader.h"
#include "support/plain_test.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace nunatak::tests {

using namespace models;

NetworkSpec goldenSpec(const std::string& name) {
    NetworkSpec spec;
    spec.tile = 64;
    spec.filters = 16;
    spec.embedding = 16;
    spec.blocks = 2;
    spec.heads = 4;
    spec.mlp = 32;
    spec.features = {{"optical", {"blue", "green", "red", "nir", "swir1", "swir2"}},
                     {"dem", {"elevation", "slope"}}};
    if (name == "tiny_loc") {
        spec.location = 12;
        spec.features.push_back({"co_pol_sar", {"ascending", "descending"}});
        spec.features.push_back({"cross_pol_sar", {"ascending", "descending"}});
        spec.features.push_back({"in_sar", {"ascending", "descending"}});
        spec.features.push_back({"thermal", {"thermal"}});
    } else if (name == "full") {
        spec.tile = 384;
        spec.filters = 64;
        spec.embedding = 64;
        spec.blocks = 12;
        spec.mlp = 256;
    }
    return spec;
}

std::vector<std::pair<std::string, Tensor>> kerasArrays(const NamedTensors& golden) {
    const std::string prefix = "keras/0000/";
    std::vector<std::pair<std::string, Tensor>> arrays;
    for (const auto& [name, tensor] : golden) {
        if (name.starts_with("keras/")) {
            arrays.emplace_back(name.substr(prefix.size()), tensor);
        }
    }
    return arrays;
}

NamedTensors goldenWeights(const std::string& file, const NetworkSpec& spec) {
    std::vector<Tensor> tensors;
    for (const auto& [name, tensor] : kerasArrays(readGolden(file))) {
        tensors.push_back(tensor);
    }
    return fromKeras(spec, tensors);
}

Tensor channelsFirst(const Tensor& tensor) {
    const auto [count, rows, columns, bands] =
        std::tuple{tensor.shape.at(0), tensor.shape.at(1), tensor.shape.at(2), tensor.shape.at(3)};
    Tensor out{{count, bands, rows, columns}, std::vector<float>(tensor.values.size())};
    const auto pixels = rows * columns;
    for (std::int64_t tile = 0; tile < count; ++tile) {
        for (std::int64_t pixel = 0; pixel < pixels; ++pixel) {
            for (std::int64_t band = 0; band < bands; ++band) {
                out.values[static_cast<std::size_t>((tile * bands + band) * pixels + pixel)] =
                    tensor.values[static_cast<std::size_t>((tile * pixels + pixel) * bands + band)];
            }
        }
    }
    return out;
}

FeatureBatch goldenBatch(const NamedTensors& io, const NetworkSpec& spec) {
    FeatureBatch batch;
    for (const auto& feature : spec.features) {
        batch.features[feature.name] = channelsFirst(io.at("inputs/" + feature.name));
    }
    if (spec.location > 0) {
        batch.location = io.at("inputs/location");
    }
    return batch;
}

LearnBatch goldenLearnBatch(const std::string& name, const NetworkSpec& spec) {
    const auto step = readGolden(name + "_train_step");
    LearnBatch batch;
    batch.input = goldenBatch(readGolden(name + "_io"), spec);
    batch.labels = channelsFirst(step.at("labels_smoothed"));
    batch.weights.shape = {batch.labels.shape[0], spec.tile, spec.tile};
    batch.weights.values.assign(batch.labels.values.size() / 2, 1.0f);
    return batch;
}

namespace {

std::vector<double> differences(const Tensor& a, const Tensor& b) {
    if (a.shape != b.shape || a.values.size() != b.values.size()) {
        throw Failure("shapes differ: " + shapeText(a.shape) + " and " + shapeText(b.shape));
    }
    std::vector<double> all;
    for (std::size_t i = 0; i < a.values.size(); ++i) {
        const double difference =
            std::abs(static_cast<double>(a.values[i]) - static_cast<double>(b.values[i]));
        all.push_back(std::isnan(difference) ? INFINITY : difference);
    }
    return all;
}

} // namespace

double largestDifference(const Tensor& a, const Tensor& b) {
    const auto all = differences(a, b);
    return all.empty() ? 0 : *std::max_element(all.begin(), all.end());
}

double medianDifference(const Tensor& a, const Tensor& b) {
    auto all = differences(a, b);
    const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
    std::nth_element(all.begin(), middle, all.end());
    return *middle;
}

ModelsModule& testModule() {
    return loadModule(NUNATAK_BUILD_DIRECTORY "/lib/nunatak/nunatak_models.so");
}

NetworkSpec smallSpec(int location) {
    NetworkSpec spec;
    spec.tile = 16;
    spec.filters = 4;
    spec.embedding = 8;
    spec.blocks = 1;
    spec.heads = 2;
    spec.mlp = 8;
    spec.location = location;
    spec.features = {{"optical", {"red", "nir", "swir1"}}, {"dem", {"elevation"}}};
    return spec;
}

LearnBatch discBatch(const NetworkSpec& spec, int tiles, unsigned seed) {
    std::mt19937 engine(seed);
    auto draw = [&] { return static_cast<float>(engine()) / 4294967296.0f; };
    const std::int64_t tile = spec.tile;
    LearnBatch batch;
    for (const auto& feature : spec.features) {
        const auto bands = static_cast<std::int64_t>(feature.bands.size());
        Tensor tensor{{tiles, bands, tile, tile}, {}};
        tensor.values.resize(static_cast<std::size_t>(tensor.elements()));
        batch.input.features[feature.name] = std::move(tensor);
    }
    batch.labels = {{tiles, 2, tile, tile},
                    std::vector<float>(static_cast<std::size_t>(2 * tiles * tile * tile))};
    batch.weights = {{tiles, tile, tile},
                     std::vector<float>(static_cast<std::size_t>(tiles * tile * tile), 1.0f)};
    for (std::int64_t t = 0; t < tiles; ++t) {
        const float row = draw() * static_cast<float>(tile);
        const float column = draw() * static_cast<float>(tile);
        const float radius = (0.2f + 0.2f * draw()) * static_cast<float>(tile);
        for (std::int64_t y = 0; y < tile; ++y) {
            for (std::int64_t x = 0; x < tile; ++x) {
                const bool glacier =
                    std::hypot(static_cast<float>(y) - row, static_cast<float>(x) - column) < radius;
                const auto pixel = static_cast<std::size_t>(y * tile + x);
                const auto pixels = static_cast<std::size_t>(tile * tile);
                const auto first = static_cast<std::size_t>(2 * t) * pixels + pixel;
                batch.labels.values[first] = glacier ? 0.0f : 1.0f;
                batch.labels.values[first + pixels] = glacier ? 1.0f : 0.0f;
                for (auto& [name, tensor] : batch.input.features) {
                    for (std::int64_t band = 0; band < tensor.shape[1]; ++band) {
                        tensor.values[static_cast<std::size_t>(t * tensor.shape[1] + band) * pixels + pixel] =
                            (glacier ? 0.7f : 0.2f) + 0.1f * draw();
                    }
                }
            }
        }
    }
    if (spec.location > 0) {
        batch.input.location = Tensor{{tiles, spec.location},
                                      std::vector<float>(static_cast<std::size_t>(tiles * spec.location))};
        for (auto& value : batch.input.location->values) {
            value = draw();
        }
    }
    return batch;
}

} // namespace nunatak::tests
