// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/network_spec.h"
#include "models/tensor.h"

#include <cstdint>
#include <string>
#include <vector>

namespace nunatak::models {

/// How Keras stores a weight that we keep in PyTorch's layout.
enum class KerasForm {
    Same,            ///< vectors and position embeddings
    Convolution,     ///< (h, w, in, out) → (out, in, h, w)
    Dense,           ///< (in, out) → (out, in)
    Patches,         ///< (h·w·in, out) → (out, in, h, w): a dense layer on flattened patches
    AttentionInput,  ///< (in, heads, key) → (heads·key, in)
    AttentionBias,   ///< (heads, key) → (heads·key)
    AttentionOutput, ///< (heads, key, out) → (out, heads·key)
};

enum class InitialValue { Zeros, Ones, GlorotUniform, Positions };

/// The rooms of the network, in the order in which data flows; what learns is chosen by them.
enum class NetworkPart { Location, Fusion, Transformer, Encoder, Decoder, Heads };

/// One weight of a network.
struct WeightSlot {
    std::string name;                     ///< in the safetensors file, such as fusion/optical/conv1/kernel
    std::vector<std::int64_t> shape;      ///< in PyTorch's layout
    std::string kerasLayer;               ///< Keras' layer of the model that holds it, such as SETR
    std::string kerasLeaf;                ///< the last word of Keras' own name, such as kernel
    std::vector<std::int64_t> kerasShape; ///< as Keras stores it
    KerasForm form = KerasForm::Same;
    InitialValue initial = InitialValue::Zeros;
    bool trainable = true; ///< false: the moving statistics of a BatchNorm
    NetworkPart part = NetworkPart::Fusion;

    std::int64_t elements() const;
};

/// All weights of a network in the order in which Keras' save_weights writes them: layer after layer, in each
/// all that is trained and then the moving statistics. Validates the spec. Throws Error.
std::vector<WeightSlot> weightLayout(const NetworkSpec& spec);

/// Fresh weights as Keras initialises them (Glorot uniform, positions N(0, 0.05), biases 0), determined by
/// the seed alone.
NamedTensors initialWeights(const NetworkSpec& spec, std::uint64_t seed);

} // namespace nunatak::models
