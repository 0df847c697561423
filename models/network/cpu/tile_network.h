// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/network_spec.h"
#include "network/cpu/folded.h"
#include "network/cpu/workspace.h"

#include <memory>
#include <vector>

namespace nunatak::models::cpu {

/// A whole network for one tile at a time: its weights in the form that the inner loops read. Every sum has
/// a fixed order, so that neither the batch nor the number of threads changes a bit of the result.
class TileNetwork {
public:
    virtual ~TileNetwork() = default;

    /// What one tile needs while it is worked on.
    struct Memory {
        virtual ~Memory() = default;
    };
    virtual std::unique_ptr<Memory> makeMemory() const = 0;

    /// features: in the order of the spec, (bands, tile, tile) each; location: as long as the spec says, or
    /// null. Writes (tile, tile) probabilities. Throws Cancelled.
    virtual void run(const Workspace& work, Memory& memory, const std::vector<const float*>& features,
                     const float* location, float* probability) const = 0;
    /// Writes what the output layer would see, (filters, tile, tile), instead. Throws Error where the network
    /// is not one of makeFloatNetwork().
    virtual void runToActivations(const Workspace& work, Memory& memory,
                                  const std::vector<const float*>& features, const float* location,
                                  float* activations) const;
};

/// In float32. The weights are copied.
std::unique_ptr<TileNetwork> makeFloatNetwork(const NetworkSpec& spec, const Weights& weights,
                                              const Kernels& kernels = bestKernels());

} // namespace nunatak::models::cpu
