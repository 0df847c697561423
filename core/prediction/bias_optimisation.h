// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "models/manifest.h"
#include "models/network.h"
#include "scene/scene_reader.h"

#include <cstdint>
#include <string>
#include <vector>

namespace nunatak::prediction {

struct BiasOptimisationOptions {
    bool published =
        false;      ///< random tiles in batches of 8, H·W/tile²/8 batches an epoch, 100 epochs, Adam 1e-4
    int tiles = 64; ///< otherwise: drawn once by the seed
    int batch = 8;
    int steps = 60;
    double rate = 0.1;
    std::uint64_t seed = 1;
};

struct BiasOptimisationResult {
    std::vector<float> vector; ///< softmax of the logits found
    /// Mean entropy (bits a pixel) over the tiles for "uniform", "unknown", each region and "optimised".
    std::vector<std::pair<std::string, double>> entropies;
};

/// The region vector that minimises the mean entropy over a scene (Maslov et al. 2025): softmax of logits
/// that begin uniform. The gradient goes to the vector alone. Throws Error when the network has no region
/// vector, Cancelled.
BiasOptimisationResult optimiseBias(models::Network& network, const models::Manifest& model,
                                    const scene::SceneReader& scene, const BiasOptimisationOptions& options,
                                    const Progress& progress);

} // namespace nunatak::prediction
