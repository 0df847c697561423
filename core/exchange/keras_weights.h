// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/keras_file.h"
#include "models/network_spec.h"
#include "models/registry.h"

#include "base/claim.h"

#include <filesystem>
#include <string>
#include <vector>

// The way of a GlaViTU from the authors' Python code to ours and back.
namespace nunatak::exchange {

struct ImportedWeights {
    models::NetworkSpec spec; ///< read off the shapes
    models::NamedTensors weights;
    std::string kerasVersion;
};

/// Features from what a user writes: "optical", or "optical=blue,green,red,nir" where the bands are others
/// than the published ones. Throws Error listing the features there are.
std::vector<models::FeatureSpec> featuresFrom(const std::vector<std::string>& words);

/// A GlaViTU from the arrays of a Keras file. They are taken by position; leaf names, shapes, which arrays
/// belong to one layer, the order of the fusion block's dense layers and the names of the inputs have to fit.
/// No features: those the file's inputs are called after. Throws Error saying which layer does not fit and
/// why.
ImportedWeights importKeras(const KerasFile& keras, std::vector<models::FeatureSpec> features);

/// Throws Error unless Keras (2.7 and newer, 3) takes a file of this name for the layout that exportKeras()
/// writes: .h5 or .hdf5, but not .weights.h5, which means another one from Keras 2.12 on.
void throwUnlessKerasName(const std::filesystem::path& file);

/// Writes a file that load_weights of the published Keras code accepts; it appears whole or not at all.
/// Throws Error, also for a network that has no counterpart there.
void exportKeras(const models::NetworkSpec& spec, const models::NamedTensors& weights,
                 const std::filesystem::path& file, const Claim& claim = {"export of weights"});

} // namespace nunatak::exchange
