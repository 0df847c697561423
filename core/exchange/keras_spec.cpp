// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/keras_spec.h"

#include "base/error.h"
#include "models/keras_layout.h"

#include <cmath>

#include <fmt/format.h>

namespace nunatak::exchange {

namespace {

// How many arrays the parts of the published layers have.
constexpr std::size_t arraysOfAFeature = 16; ///< two convolutions with BatchNorm, two dense layers
constexpr std::size_t arraysOfABlock = 16;   ///< two LayerNorm, attention, two dense layers
constexpr std::size_t arraysBeforeBlocks = 3;
constexpr std::size_t arraysAroundBlocks = arraysBeforeBlocks + 4 * 6 + 2;
constexpr std::size_t queryInBlock = 2;
constexpr std::size_t mlpInBlock = 12;

[[noreturn]] void refuse(const std::string& why) {
    throw Error("Its weights do not fit a GlaViTU: " + why + ".");
}

/// The shape of an array of the layer, which must have so many axes.
const std::vector<std::int64_t>& shapeOf(const KerasLayer& layer, std::size_t index, std::size_t rank) {
    if (index >= layer.arrays.size()) {
        refuse(fmt::format("the layer {} has {} arrays, and at least {} are needed", layer.name,
                           layer.arrays.size(), index + 1));
    }
    const auto& array = layer.arrays[index];
    if (array.tensor.shape.size() != rank) {
        refuse(fmt::format("in the layer {} the array {} has the shape {}, where {} axes are needed",
                           layer.name, array.name, models::shapeText(array.tensor.shape), rank));
    }
    return array.tensor.shape;
}

/// A size that came out of a shape; what no network has is refused by NetworkSpec::validate().
int sizeFrom(std::int64_t extent) {
    return extent > 1'000'000 ? 1'000'000 : static_cast<int>(extent);
}

void checkBands(const KerasLayer& fusion, const std::vector<models::FeatureSpec>& features) {
    const auto inputs = fusion.arrays.size() / arraysOfAFeature;
    if (inputs == 0 || fusion.arrays.size() % arraysOfAFeature != 0) {
        refuse(fmt::format("the layer {} has {} arrays; a fusion block has {} for each feature", fusion.name,
                           fusion.arrays.size(), arraysOfAFeature));
    }
    std::string bands;
    std::string asked;
    bool fits = inputs == features.size();
    for (std::size_t input = 0; input < inputs; ++input) {
        const auto count = shapeOf(fusion, 8 * input, 4)[2];
        bands += fmt::format("{}{}", input == 0 ? "" : ", ", count);
        fits = fits && count == static_cast<std::int64_t>(features[input].bands.size());
    }
    for (const auto& feature : features) {
        asked += fmt::format("{}{} ({})", asked.empty() ? "" : ", ", feature.name, feature.bands.size());
    }
    if (!fits) {
        refuse(fmt::format("the layer {} has {} inputs with {} bands, and the features given are {}",
                           fusion.name, inputs, bands, asked));
    }
}

void readTransformer(const KerasLayer& layer, models::NetworkSpec& spec) {
    spec.embedding = sizeFrom(shapeOf(layer, 0, 2)[1]);
    const auto tokens = shapeOf(layer, 2, 2)[0];
    const auto side = std::llround(std::sqrt(static_cast<double>(tokens)));
    if (side * side != tokens) {
        refuse(fmt::format("in the layer {} the array {} is for {} tokens, which are no square", layer.name,
                           layer.arrays[2].name, tokens));
    }
    spec.tile = 16 * sizeFrom(side);
    const auto arrays = layer.arrays.size();
    if (arrays <= arraysAroundBlocks || (arrays - arraysAroundBlocks) % arraysOfABlock != 0) {
        refuse(fmt::format("the layer {} has {} arrays; a transformer has {} and {} for each block",
                           layer.name, arrays, arraysAroundBlocks, arraysOfABlock));
    }
    spec.blocks = static_cast<int>((arrays - arraysAroundBlocks) / arraysOfABlock);
    const auto& query = shapeOf(layer, arraysBeforeBlocks + queryInBlock, 3);
    spec.heads = sizeFrom(query[1]);
    if (query[1] * query[2] != spec.embedding) {
        refuse(fmt::format("in the layer {} the array {} has the shape {}, where the heads and their keys do "
                           "not make up the embedding of {}",
                           layer.name, layer.arrays[arraysBeforeBlocks + queryInBlock].name,
                           models::shapeText(query), spec.embedding));
    }
    spec.mlp = sizeFrom(shapeOf(layer, arraysBeforeBlocks + mlpInBlock, 2)[1]);
}

} // namespace

KerasParts partsOf(const KerasFile& keras) {
    std::vector<const KerasLayer*> layers;
    std::string names;
    for (const auto& layer : keras.layers) {
        if (!layer.arrays.empty()) {
            layers.push_back(&layer);
            names += (names.empty() ? "" : ", ") + layer.name;
        }
    }
    // Only the location's first array is a matrix; the fusion block begins with a convolution.
    const bool located = !layers.empty() && layers.front()->arrays.front().tensor.shape.size() == 2;
    const std::size_t first = located ? 1 : 0;
    if (layers.size() != first + 4 && layers.size() != first + 5) {
        refuse(fmt::format("its layers with weights are {}; there must be [location encoding], fusion block, "
                           "SETR, ResUNet, [deepsupervision] and output",
                           names.empty() ? "none" : names));
    }
    KerasParts parts;
    parts.location = located ? layers.front() : nullptr;
    parts.fusion = layers[first];
    parts.transformer = layers[first + 1];
    parts.unet = layers[first + 2];
    parts.deepSupervision = layers.size() == first + 5 ? layers[first + 3] : nullptr;
    parts.output = layers.back();
    return parts;
}

std::vector<std::string> inputNames(const KerasFile& keras) {
    std::vector<std::string> names;
    for (const auto& layer : keras.layers) {
        if (!layer.arrays.empty()) {
            break; // inputs come before all that computes
        }
        if (layer.name != "location") {
            names.push_back(layer.name);
        }
    }
    return names;
}

models::NetworkSpec specOf(const KerasParts& parts, const std::vector<models::FeatureSpec>& features) {
    models::NetworkSpec spec;
    spec.features = features;
    spec.filters = sizeFrom(shapeOf(*parts.fusion, 0, 4)[3]);
    checkBands(*parts.fusion, features);
    readTransformer(*parts.transformer, spec);
    spec.location = parts.location ? sizeFrom(shapeOf(*parts.location, 0, 2)[0]) : 0;
    spec.deepSupervision = parts.deepSupervision != nullptr;
    try {
        spec.validate();
    } catch (const Error& error) {
        throw Error(std::string("Its weights do not fit a GlaViTU. ") + error.what());
    }
    return spec;
}

} // namespace nunatak::exchange
