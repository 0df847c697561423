// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/network_spec.h"
#include "network/cpu/tile_network.h"

#include <memory>
#include <stop_token>
#include <vector>

namespace nunatak::models::cpu {

/// Predicts batches of tiles on the processor, each tile by itself: all threads on a large one, or a small
/// one for each thread.
class Engine {
public:
    Engine(const NetworkSpec& spec, std::unique_ptr<TileNetwork> network, int threads);
    ~Engine();

    /// features: in the order of the spec, (count, bands, tile, tile) each; location: (count, length) or
    /// null. Writes (count, tile, tile) probabilities. Throws Cancelled.
    void predict(const std::vector<const float*>& features, const float* location, int count,
                 float* probability, std::stop_token stop);
    /// The same up to what the output layer sees: (count, filters, tile, tile).
    void activations(const std::vector<const float*>& features, const float* location, int count,
                     float* activations, std::stop_token stop);

private:
    struct Lane;
    /// What the network writes of a tile.
    enum class Wanted { Probability, Activations };

    void run(const std::vector<const float*>& features, const float* location, int count, Wanted wanted,
             float* out, const std::stop_token& stop);
    void runTile(Lane& lane, const std::vector<const float*>& features, const float* location, int tile,
                 Wanted wanted, float* out, const std::stop_token& stop);

    NetworkSpec m_spec;
    std::unique_ptr<TileNetwork> m_network;
    Floats m_zeros;
    Team m_team;
    std::unique_ptr<Lane> m_shared;             ///< all threads on one tile; made when needed
    std::vector<std::unique_ptr<Lane>> m_lanes; ///< a tile for each thread
};

} // namespace nunatak::models::cpu
