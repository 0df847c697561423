// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/sampler.h"

#include <functional>

namespace nunatak::training {

/// Learns step by step; where the memory does not suffice for all tiles of a step at once, in halves of them,
/// quarters and so on, whose gradients are joined, so that the same is learnt more slowly.
class SmallerBatches {
public:
    /// `told` hears of each halving, a sentence.
    SmallerBatches(models::Network& network, Sampler& sampler, int tiles,
                   std::function<void(const std::string&)> told);

    /// One step; the loss. Throws OutOfMemory where one tile is too much, Error, Cancelled.
    double learn(models::LearnOptions options, std::stop_token stop);

private:
    models::Network& m_network;
    Sampler& m_sampler;
    int m_tiles;
    int m_atOnce;
    std::function<void(const std::string&)> m_told;
};

} // namespace nunatak::training
