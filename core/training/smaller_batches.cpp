// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/smaller_batches.h"

#include "base/counted.h"
#include "base/out_of_memory.h"

#include <algorithm>
#include <cmath>

namespace nunatak::training {

SmallerBatches::SmallerBatches(models::Network& network, Sampler& sampler, int tiles,
                               std::function<void(const std::string&)> told)
    : m_network(network), m_sampler(sampler), m_tiles(tiles), m_atOnce(tiles), m_told(std::move(told)) {}

double SmallerBatches::learn(models::LearnOptions options, std::stop_token stop) {
    double loss = 0;
    int done = 0;
    while (done < m_tiles) {
        const int tiles = std::min(m_atOnce, m_tiles - done);
        options.apply = done + tiles == m_tiles;
        try {
            const auto learnt = m_network.learn(m_sampler.draw(tiles), options, stop);
            if (!std::isfinite(learnt.loss)) {
                return learnt.loss;
            }
            loss += learnt.loss * tiles / m_tiles;
            done += tiles;
        } catch (const OutOfMemory&) {
            if (m_atOnce == 1) {
                throw;
            }
            // The tiles that were drawn are lost; others are as good.
            m_atOnce = (m_atOnce + 1) / 2;
            m_told("The memory does not suffice for " + std::to_string(tiles) +
                   " tiles at once: learning goes on with " + counted(m_atOnce, "tile") +
                   " at a time, which is slower and learns the same.");
        }
    }
    return loss;
}

} // namespace nunatak::training
