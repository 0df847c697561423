// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/network_spec.h"
#include "models/tensor.h"

#include <cstdint>
#include <future>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

// The interface between the program and the module that holds LibTorch. No torch type is named here.
namespace nunatak::models {

/// Counted up with every change of this file; a module of another version is refused.
inline constexpr std::uint32_t interfaceVersion = 3;

/// Normalised features of N tiles.
struct FeatureBatch {
    NamedTensors features;          ///< feature name → (N, bands, tile, tile), normalised to about 0..1
    std::optional<Tensor> location; ///< (N, length), for networks with a location vector
    std::optional<std::uint64_t> dropoutSeed; ///< given: dropout is active (MC dropout), with this seed
};

/// What one learning step shall reproduce.
struct LearnBatch {
    FeatureBatch input;
    Tensor labels;  ///< (N, 2, tile, tile): probability of background and glacier (soft labels)
    Tensor weights; ///< (N, tile, tile): weight of each pixel in the loss, 0 = nobody looked there
};

enum class LearningParts {
    All,
    Heads,   ///< the two output layers
    Decoder, ///< the ResU-Net's decoder and the heads
};

struct LearnOptions {
    double rate = 1e-3; ///< Adam's learning rate of this step
    LearningParts parts = LearningParts::All;
    bool batchNormFrozen = false; ///< true: moving statistics are used and kept
    bool apply = true;            ///< false: gradients are accumulated for a later step that applies
    bool wantGradients = false;
    double focalGamma = 2; ///< (1 − p)^gamma; 2 as published (Maslov et al. 2025), see golden group f
};

struct LearnResult {
    double loss = 0;        ///< 0.5 × deep supervision + 1 × output, weighted mean over looked-at pixels
    NamedTensors gradients; ///< by weight name, if asked for
    std::optional<Tensor>
        locationGradient; ///< (N, length), if asked for and the network has a location vector
};

/// How unsure a network is of some tiles, and how that changes with the location vector.
struct LocationEntropy {
    double entropy = 0; ///< Σ over pixels of weight × Shannon entropy (bits) of glacier against background
    Tensor gradient;    ///< (N, length): of that sum with respect to each tile's location vector
};

/// One network with its weights on one device. Calls come from one thread at a time. Each throws only
/// nunatak::Error (Cancelled when the stop token says so).
class Network {
public:
    virtual ~Network() = default;

    virtual const NetworkSpec& spec() const = 0;
    /// Probability of glacier, (N, tile, tile). The answer comes later; batches are worked on in order.
    virtual std::future<Tensor> predict(FeatureBatch batch, std::stop_token stop) = 0;
    /// The last layer's activations, (N, filters, tile, tile).
    virtual std::future<Tensor> activations(FeatureBatch batch, std::stop_token stop) = 0;
    /// One training step: forward, focal loss with deep supervision, backward, and Adam as Keras has it.
    virtual LearnResult learn(const LearnBatch& batch, const LearnOptions& options, std::stop_token stop) = 0;
    /// With BatchNorm frozen; no weight changes. Throws Error when the network has no location vector.
    /// @param weights (N, tile, tile): how much each pixel counts, 0 = it has no data
    virtual LocationEntropy locationEntropy(FeatureBatch batch, Tensor weights, std::stop_token stop) = 0;

    /// The weights by name, as in the safetensors file.
    virtual NamedTensors weights() const = 0;
    /// The exponential moving average of the weights over the steps learnt so far.
    virtual NamedTensors averagedWeights() const = 0;
    /// Everything needed to go on learning as if never interrupted: weights, averaged weights, Adam's
    /// moments, step and random state.
    virtual NamedTensors state() const = 0;
    virtual void restore(const NamedTensors& state) = 0;
};

/// In what the network computes; weights, learning and results are float32 always.
enum class Precision { Float32, BFloat16, Float16 };

struct DeviceOptions {
    std::string device = "auto";              ///< auto, cpu, cuda or cuda:n
    int threads = 0;                          ///< intra-op threads; 0: all cores
    Precision precision = Precision::Float32; ///< of prediction; Float16 needs a GPU
};

/// What the module gives out. One per process.
class ModelsModule {
public:
    virtual ~ModelsModule() = default;
    /// Such as "LibTorch 1.13.1, CPU, 2 threads".
    virtual std::string description() const = 0;
    /// The precision in which such a device is fastest: BFloat16 on a processor that has matrix units for it
    /// (amx_bf16), Float16 on a GPU, else Float32. Throws Error as open() does.
    virtual Precision fastestPrecision(const std::string& device) const = 0;
    /// Throws Error naming the first weight that is missing, too many or of another shape.
    virtual std::unique_ptr<Network> open(const NetworkSpec& spec, const NamedTensors& weights,
                                          const DeviceOptions& device) = 0;
    /// Fresh weights as Keras initialises them (Glorot uniform; positions N(0, 0.05)), determined by the
    /// seed.
    virtual std::unique_ptr<Network> create(const NetworkSpec& spec, std::uint64_t seed,
                                            const DeviceOptions& device) = 0;
};

} // namespace nunatak::models

extern "C" {
/// The module's only symbol. Null when `wantedVersion` is not the version it was built with.
nunatak::models::ModelsModule* nunatak_models_module(std::uint32_t wantedVersion);
}
