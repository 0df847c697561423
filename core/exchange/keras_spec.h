// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/keras_file.h"
#include "models/network_spec.h"

#include <vector>

namespace nunatak::exchange {

/// The layers of a Keras file that hold weights, by what they are.
struct KerasParts {
    const KerasLayer* location = nullptr; ///< null: a network without a location vector
    const KerasLayer* fusion = nullptr;
    const KerasLayer* transformer = nullptr;
    const KerasLayer* unet = nullptr;
    const KerasLayer* deepSupervision = nullptr; ///< null: a network without
    const KerasLayer* output = nullptr;
};

/// By their order. Throws Error when their number or kind is not that of a GlaViTU.
KerasParts partsOf(const KerasFile& keras);

/// The features the file's inputs are called after, in the order of its layers; without the location.
std::vector<std::string> inputNames(const KerasFile& keras);

/// All sizes, read off the shapes. Throws Error naming the array that has no such shape, or the inputs when
/// the features are others.
models::NetworkSpec specOf(const KerasParts& parts, const std::vector<models::FeatureSpec>& features);

} // namespace nunatak::exchange
