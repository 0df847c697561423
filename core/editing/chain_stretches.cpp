// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/chain_stretches.h"

#include "editing/gate.h"
#include "geo/rings.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace nunatak::editing {

namespace {

constexpr std::size_t fewest = 3; ///< two have nothing between them

/// The points of a chain from one on; of a closed one over its beginning.
SharedChain stretchOf(const SharedChains& all, const SharedChain& chain, std::size_t from,
                      std::size_t count) {
    SharedChain stretch;
    const std::size_t size = chain.points.size();
    for (std::size_t i = 0; i < count; ++i) {
        stretch.points.push_back(chain.points[(from + i) % size]);
    }
    for (ChainUse use : chain.uses) {
        const std::size_t ring = geo::ringOf(all.outlines[use.outline]->geometry, use.part, use.ring).size();
        const std::size_t last = from + count - 1;
        if (!use.isReversed) {
            use.first = (use.first + from) % ring;
        } else if (chain.isClosed) { // its first point is that of the chain
            use.first = (use.first + 2 * ring - last) % ring;
        } else { // the ring comes to the chain's last point first
            use.first = (use.first + size - 1 - last) % ring;
        }
        stretch.uses.push_back(use);
    }
    return stretch;
}

} // namespace

SharedChains stretchesOf(SharedChains chains, std::span<const geo::Point> points) {
    if (points.empty()) {
        return chains;
    }
    std::set<std::pair<double, double>> meant;
    for (const geo::Point& point : points) {
        meant.emplace(point.x, point.y);
    }
    const auto isMeant = [&](geo::Point point) { return meant.contains({point.x, point.y}); };
    std::vector<SharedChain> stretches;
    for (const SharedChain& chain : chains.chains) {
        const std::size_t size = chain.points.size();
        const auto other = std::find_if_not(chain.points.begin(), chain.points.end(), isMeant);
        if (other == chain.points.end()) {
            if (size >= fewest) {
                stretches.push_back(chain);
            }
            continue;
        }
        // A closed chain is walked from a point that is not meant, so that no run is cut at its beginning.
        const std::size_t begin = chain.isClosed ? static_cast<std::size_t>(other - chain.points.begin()) : 0;
        for (std::size_t i = 0; i < size;) {
            std::size_t run = 0;
            while (i + run < size && isMeant(chain.points[(begin + i + run) % size])) {
                ++run;
            }
            if (run >= fewest) {
                stretches.push_back(stretchOf(chains, chain, (begin + i) % size, run));
            }
            i += run + 1;
        }
    }
    if (stretches.empty()) {
        throw Refused("Select three vertices in a row.", points.front());
    }
    chains.chains = std::move(stretches);
    return chains;
}

} // namespace nunatak::editing
