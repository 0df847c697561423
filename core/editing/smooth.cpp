// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/smooth.h"

#include "base/error.h"
#include "base/progress.h"
#include "editing/chain_stretches.h"
#include "editing/line_shape.h"
#include "geo/segments.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace nunatak::editing {

namespace {

constexpr double stepsPerTolerance = 8; ///< places that are smoothed
constexpr double deviation = 2;         ///< steps
constexpr double thinned = 40;          ///< of a tolerance: coarser, a round line would shrink
constexpr double mostPlaces = 500000;   ///< of one line

geo::Ring smoothed(const SharedChain& chain, double tolerance) {
    geo::Ring line = chain.points;
    if (chain.isClosed) {
        line.push_back(line.front());
    }
    const double length = geo::lineLength(line);
    if (line.size() < 3 || length < tolerance) {
        return chain.points;
    }
    geo::Ring places = resampled(line, std::max(tolerance / stepsPerTolerance, length / mostPlaces));
    if (chain.isClosed) {
        places.pop_back();
    }
    const geo::Ring once = gaussianSmoothed(places, deviation, chain.isClosed);
    geo::Ring rest(places.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        rest[i] = {places[i].x - once[i].x, places[i].y - once[i].y};
    }
    const geo::Ring back = gaussianSmoothed(rest, deviation, chain.isClosed);
    geo::Ring result(places.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        result[i] = {once[i].x + back[i].x, once[i].y + back[i].y};
    }
    if (chain.isClosed) {
        result.push_back(result.front());
    } else {
        result.front() = chain.points.front(); // bit by bit
        result.back() = chain.points.back();
    }
    result = douglasPeucker(result, tolerance / thinned);
    if (chain.isClosed) {
        result.pop_back();
    }
    return chain.isClosed && result.size() < 3 ? chain.points : result;
}

} // namespace

Generalised smooth(Draft draft, std::span<const outlines::OutlineRef> refs, double tolerance,
                   std::span<const geo::Point> only, double groundMetres, std::stop_token stop) {
    if (!(tolerance > 0) || !std::isfinite(tolerance)) {
        throw Error("A line is smoothed over a length.");
    }
    const SharedChains chains = stretchesOf(sharedChains(draft, refs), only);
    std::vector<geo::Ring> lines;
    const Progress progress({}, std::move(stop));
    for (const SharedChain& chain : chains.chains) {
        progress.throwIfStopped();
        lines.push_back(smoothed(chain, tolerance));
    }
    return generalised(draft, chains, std::move(lines), only.empty() ? "Smooth " : "Smooth a stretch of ",
                       " over " + metresText(tolerance * groundMetres), progress);
}

} // namespace nunatak::editing
