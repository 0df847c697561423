// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/agreement.h"

#include "outlines/common_ground.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace nunatak::review {

namespace {

using outlines::OutlineHandle;
using outlines::OutlineSet;

bool isIce(const OutlineHandle& outline) {
    return outline->review != outlines::Review::Removed && outline->hasSoundRings();
}

/// Those of a set that may have ground in common with some outlines, each once.
std::vector<OutlineHandle> near(const OutlineSet& set, const std::vector<OutlineHandle>& outlines) {
    if (outlines.size() >= set.size()) {
        auto all = set.all();
        std::erase_if(all, [](const OutlineHandle& outline) { return !isIce(outline); });
        return all;
    }
    std::vector<OutlineHandle> found;
    std::unordered_set<const void*> taken;
    for (const OutlineHandle& outline : outlines) {
        for (OutlineHandle& other : set.in(outline->extent())) {
            if (isIce(other) && taken.insert(other.get()).second) {
                found.push_back(std::move(other));
            }
        }
    }
    return found;
}

/// An outline of the reference as the layer has it.
struct Theirs {
    double covered = 0; ///< by any glacier of the layer
    double most = 0;    ///< by the one that has the most of it
    std::size_t whose = 0;
};

} // namespace

std::vector<Agreement> agreementsWith(const OutlineSet& reference, const std::vector<OutlineHandle>& glaciers,
                                      const OutlineSet& layer, double spacing, const Progress& progress) {
    progress.report(0, "Comparing with the reference");
    const auto theirs = near(reference, glaciers);
    const auto ours = near(layer, theirs); // all that decides whose an outline of the reference is
    const auto found = outlines::inCommon(ours, theirs, spacing);
    progress.report(0.9, "Comparing with the reference");

    std::vector<Theirs> ofTheirs(theirs.size());
    std::vector<double> common(ours.size());
    for (const auto& pair : found.common) {
        common[pair.one] += pair.area;
        Theirs& other = ofTheirs[pair.other];
        other.covered += pair.area;
        // Of two that have as much, one and the same whatever was asked for.
        if (pair.area > other.most ||
            (pair.area == other.most && ours[pair.one]->uuid < ours[other.whose]->uuid)) {
            other.most = pair.area;
            other.whose = pair.one;
        }
    }
    std::vector<double> missing(ours.size());
    std::vector<double> theirArea(ours.size());
    for (std::size_t i = 0; i < theirs.size(); ++i) {
        if (ofTheirs[i].most > 0) {
            missing[ofTheirs[i].whose] += std::max(0.0, found.others[i] - ofTheirs[i].covered);
            theirArea[ofTheirs[i].whose] += theirs[i]->area();
        }
    }
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < ours.size(); ++i) {
        places.emplace(ours[i]->uuid, i);
    }
    std::vector<Agreement> agreements;
    agreements.reserve(glaciers.size());
    for (const OutlineHandle& glacier : glaciers) {
        Agreement& agreement = agreements.emplace_back();
        const auto place = places.find(glacier->uuid);
        if (place == places.end() || !(common[place->second] > 0)) {
            agreement.difference = 1; // nothing of the reference is there
            continue;
        }
        const std::size_t i = place->second;
        agreement.touchesAny = true;
        agreement.theirArea = theirArea[i];
        agreement.difference = std::clamp(1 - common[i] / (found.ones[i] + missing[i]), 0.0, 1.0);
    }
    return agreements;
}

} // namespace nunatak::review
