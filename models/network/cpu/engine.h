// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/network_spec.h"
#include "network/cpu/fusion.h"
#include "network/cpu/refiner.h"
#include "network/cpu/transformer.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace nunatak::models::cpu {

/// A whole network in float32 on the processor. Every tile is computed by itself and every sum in a fixed
/// order, so that neither the batch nor the number of threads changes a bit of the result.
class Engine {
public:
    /// The weights are copied into the form that the inner loops read.
    Engine(const NetworkSpec& spec, const Weights& weights, int threads,
           const Kernels& kernels = bestKernels());
    ~Engine();

    /// features: in the order of the spec, (count, bands, tile, tile) each; location: (count, length) or
    /// null. Writes (count, tile, tile) probabilities. Throws Cancelled.
    void predict(const std::vector<const float*>& features, const float* location, int count,
                 float* probability, std::stop_token stop);

private:
    struct Lane;

    void predictTile(Lane& lane, const std::vector<const float*>& features, const float* location, int tile,
                     float* probability, const std::stop_token& stop);

    const Kernels& m_kernels;
    NetworkSpec m_spec;
    Fusion m_fusion;
    std::optional<Transformer> m_transformer;
    Refiner m_refiner;
    Floats m_zeros;
    Team m_team;
    std::unique_ptr<Lane> m_shared;             ///< all threads on one tile; made when needed
    std::vector<std::unique_ptr<Lane>> m_lanes; ///< a tile for each thread
};

} // namespace nunatak::models::cpu
