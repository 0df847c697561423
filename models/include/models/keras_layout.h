// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/weight_layout.h"

// The way from and to the weight files of Keras' Model.save_weights. Automatic names in those files depend on
// what else was built in the process, so weights are taken by position: the arrays of all layers, in the
// order of the attributes layer_names and weight_names, are those of weightLayout().
namespace nunatak::models {

/// The layers of the model as Keras lists them in layer_names, those without weights among them. Throws Error
/// for a network that the published Keras code does not have.
std::vector<std::string> kerasLayers(const NetworkSpec& spec);
/// Keras' own name of each weight of weightLayout(), such as "fusion_block/dense_2/kernel:0", in a process
/// that built nothing else. Throws Error as kerasLayers() does.
std::vector<std::string> kerasWeightNames(const NetworkSpec& spec);

/// Keras' array in our layout. Throws Error, naming the weight, when its shape is another.
Tensor fromKeras(const WeightSlot& slot, const Tensor& keras);
/// Our weight as Keras stores it. Throws Error, naming the weight, when its shape is another.
Tensor toKeras(const WeightSlot& slot, const Tensor& weight);

/// A whole model from Keras' arrays in their order. Throws Error naming the first that does not fit.
NamedTensors fromKeras(const NetworkSpec& spec, const std::vector<Tensor>& arrays);

/// Such as "(3, 3, 6, 16)", for messages.
std::string shapeText(const std::vector<std::int64_t>& shape);

} // namespace nunatak::models
