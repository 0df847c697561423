// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "models/manifest.h"
#include "models/network.h"
#include "scene/scene_reader.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nunatak::prediction {

struct BiasOptimisationOptions {
    /// As published: random tiles in batches of 8, H·W/tile²/8 batches an epoch (one at least), Adam 1e-4, up
    /// to 100 epochs, fewer when the logits stand still for five. Steps, rate and tolerance below then mean
    /// nothing.
    bool published = false;
    int publishedEpochs = 100;
    double publishedRate = 1e-4;
    int tiles = 64; ///< drawn once by the seed; the entropies are means over them in both modes
    int batch = 8;
    int steps = 60;          ///< at most
    double rate = 0.3;       ///< at first; falls to 0 along half a cosine
    double tolerance = 1e-5; ///< bits a pixel: enough when ten steps bring less than that
    std::uint64_t seed = 1;
    std::optional<double> resolution; ///< metres, instead of the model's pixel size
};

struct BiasOptimisationResult {
    std::vector<float> vector; ///< softmax of the logits found, or of `taken`
    /// "uniform", "unknown" or a region, whose vector was taken since the network is surer with it than with
    /// what the steps came to; mostly empty.
    std::string taken;
    /// Mean entropy (bits a pixel) over the tiles for "uniform", "unknown", each region and "optimised".
    std::vector<std::pair<std::string, double>> entropies;
    std::vector<std::string> regions; ///< what the entries of the vector mean
    int steps = 0;                    ///< how many it took
    int tiles = 0;                    ///< how many there were with data
};

/// The region vector that minimises the mean entropy over a scene (Maslov et al. 2025): softmax of logits
/// that begin uniform. Pixels without data do not count (the published code averages over all of them). The
/// gradient goes to the vector alone. Where the steps end at a vector with which the network is less sure
/// than with one region alone, unknown or all alike, that one is taken (not of the published optimisation).
/// Throws Error when the network has no region vector, Cancelled.
BiasOptimisationResult optimiseBias(models::Network& network, const models::Manifest& model,
                                    const scene::SceneReader& scene, const BiasOptimisationOptions& options,
                                    const Progress& progress);

/// The entropies as a table to print, and the shares of the regions in the vector.
std::string describe(const BiasOptimisationResult& result);

} // namespace nunatak::prediction
