// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/network.h"

#include <string>
#include <utility>
#include <vector>

// Golden numbers: what an independent implementation of the published network computed.
namespace nunatak::tests {

/// Arrays of a golden file, named as readHdf5Arrays() names them; throws Skipped where the file is absent.
/// One of golden_hdf5.cpp and golden_safetensors.cpp says where from.
models::NamedTensors readGolden(const std::string& name);

/// The sizes of golden `tiny` and `tiny_loc`, and of the published network (`full`).
models::NetworkSpec goldenSpec(const std::string& name);

/// Keras' arrays in their order, and Keras' own names of them.
std::vector<std::pair<std::string, models::Tensor>> kerasArrays(const models::NamedTensors& golden);
/// A golden file of weights, as our network has them.
models::NamedTensors goldenWeights(const std::string& file, const models::NetworkSpec& spec);

/// (N, H, W, C) → (N, C, H, W).
models::Tensor channelsFirst(const models::Tensor& tensor);
/// The inputs of `<name>_io`.
models::FeatureBatch goldenBatch(const models::NamedTensors& io, const models::NetworkSpec& spec);
/// The batch of `<name>_train_step`, every pixel looked at.
models::LearnBatch goldenLearnBatch(const std::string& name, const models::NetworkSpec& spec);

/// Largest absolute difference; fails on another shape.
double largestDifference(const models::Tensor& a, const models::Tensor& b);
double medianDifference(const models::Tensor& a, const models::Tensor& b);

/// The module of this build.
models::ModelsModule& testModule();
/// One thread: small networks gain nothing from more, and test programs run beside others.
inline models::DeviceOptions testDevice() {
    return {"cpu", 1};
}

/// A network that is made in no time: tile 16, 4 filters.
models::NetworkSpec smallSpec(int location = 0);
/// Tiles with a bright disc that is the glacier; all of it follows from the seed.
models::LearnBatch discBatch(const models::NetworkSpec& spec, int tiles, unsigned seed);

} // namespace nunatak::tests
