// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/keras_weights.h"
#include "models/keras_layout.h"

#include <algorithm>
#include <string>
#include <vector>

namespace nunatak::tests {

/// Small enough to be made in no time: tile 16, 4 filters.
inline models::NetworkSpec smallGlavitu(int location = 0) {
    models::NetworkSpec spec;
    spec.tile = 32;
    spec.filters = 4;
    spec.embedding = 8;
    spec.blocks = 3;
    spec.heads = 2;
    spec.mlp = 12;
    spec.location = location;
    spec.features = exchange::featuresFrom({"optical", "dem", "in_sar"});
    return spec;
}

/// What readKerasFile() gives of these weights when Keras has written them.
inline exchange::KerasFile kerasFileOf(const models::NetworkSpec& spec, const models::NamedTensors& weights) {
    exchange::KerasFile keras{"2.12.0", {}, "weights.h5"};
    for (const auto& layer : models::kerasLayers(spec)) {
        keras.layers.push_back({layer, {}});
    }
    const auto slots = models::weightLayout(spec);
    const auto names = models::kerasWeightNames(spec);
    for (std::size_t i = 0; i < slots.size(); ++i) {
        const auto layer = std::find_if(keras.layers.begin(), keras.layers.end(),
                                        [&](const auto& one) { return one.name == slots[i].kerasLayer; });
        layer->arrays.push_back({names[i], models::toKeras(slots[i], weights.at(slots[i].name))});
    }
    return keras;
}

inline exchange::KerasLayer& layerOf(exchange::KerasFile& keras, const std::string& name) {
    return *std::find_if(keras.layers.begin(), keras.layers.end(),
                         [&](const auto& layer) { return layer.name == name; });
}

/// The array whose name ends so.
inline exchange::KerasArray& arrayOf(exchange::KerasLayer& layer, const std::string& end) {
    return *std::find_if(layer.arrays.begin(), layer.arrays.end(),
                         [&](const auto& array) { return array.name.ends_with(end); });
}

} // namespace nunatak::tests
