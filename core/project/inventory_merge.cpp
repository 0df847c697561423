// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/inventory_merge.h"

#include "geo/shape_operations.h"
#include "outlines/ground.h"
#include "outlines/taken_outline.h"
#include "project/inventory.h"
#include "project/region_place.h"
#include "project/same_shape.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace nunatak::project {

using outlines::Outline;
using outlines::OutlineHandle;
using outlines::OutlineSet;

namespace {

/// Untouched outlines that reach beyond the ground that was looked at, by more than the smallest glacier and
/// than lines differ: what comes of them is cut off where that ends.
std::map<std::string, OutlineHandle> reachingBeyond(const OutlineSet& inventory,
                                                    const geo::MultiPolygon& computed) {
    constexpr double leastArea = 10000; // m²
    constexpr double leastShare = 0.01;
    std::map<std::string, OutlineHandle> found;
    for (const OutlineHandle& outline : inventory.in(geo::extentOf(computed))) {
        if (!outlines::isTouched(*outline) && placeOf(outline->extent(), computed) == Place::Both &&
            geo::planarArea(geo::difference(outline->geometry, computed)) >
                std::max(leastArea, leastShare * geo::planarArea(outline->geometry))) {
            found.emplace(outline->uuid, outline);
        }
    }
    return found;
}

/// The inventory as those meet it that come.
struct Ground {
    const OutlineSet& inventory;
    std::map<std::string, OutlineHandle> beyond; ///< see reachingBeyond()

    /// What nothing automatic replaces.
    bool stays(const Outline& outline) const {
        return outlines::isTouched(outline) || beyond.contains(outline.uuid);
    }

    /// An outline that stays on the ground of one that comes; null: none.
    OutlineHandle stayingUnder(const OutlineHandle& coming, const OutlineHandle& mayGiveWay) const {
        for (const OutlineHandle& there : inventory.in(coming->extent())) {
            if (there != mayGiveWay && stays(*there) && outlines::isSameGround(*there, *coming)) {
                return there;
            }
        }
        return nullptr;
    }

    /// What comes, without the ground that outlines beside it cover which stay; null where they cover all of
    /// it.
    OutlineHandle besideStaying(const OutlineHandle& coming, const OutlineHandle& givesWay) const {
        auto neighbours = inventory.in(coming->extent());
        std::erase_if(neighbours, [&](const OutlineHandle& outline) {
            return outline == givesWay || !stays(*outline) || !(outlines::commonArea(*outline, *coming) > 0);
        });
        if (neighbours.empty()) {
            return coming;
        }
        Outline cut = *coming;
        cut.geometry = cutBeside(coming->geometry, neighbours);
        if (cut.geometry.empty()) {
            return nullptr;
        }
        return outlines::share(std::move(cut));
    }
};

/// An outline of before without the ground that those which came cover; the same where that is nothing but
/// rounding along a line, null where it is all of it.
OutlineHandle besideArrived(const OutlineHandle& there, const OutlineSet& arrived) {
    auto neighbours = arrived.in(there->extent());
    std::erase_if(neighbours, [&](const OutlineHandle& outline) {
        return !(outlines::commonArea(*outline, *there) > 0);
    });
    if (neighbours.empty()) {
        return there;
    }
    Outline cut = *there;
    cut.geometry = cutBeside(there->geometry, neighbours);
    if (cut.geometry.empty()) {
        return nullptr;
    }
    constexpr double notable = 1; // m²
    const bool isCut = geo::planarArea(there->geometry) - geo::planarArea(cut.geometry) >= notable;
    return isCut ? outlines::share(std::move(cut)) : there;
}

} // namespace

Outline asCorrected(const Outline& there, const Outline& coming) {
    Outline outline = coming;
    const bool isReshaped = !isSameShape(there.geometry, coming.geometry);
    outline.isChanged = coming.isChanged || there.isChanged || isReshaped;
    // The same verdict of the same time was given on the line that was there.
    if (isReshaped && coming.review != outlines::Review::NotReviewed && coming.review == there.review &&
        coming.reviewRecord.time == there.reviewRecord.time) {
        outline.reviewRecord.isOutdated = true;
    }
    if (coming.origin != outlines::Origin::Drawn) {
        outline.origin = there.origin;
    }
    return outline;
}

geo::MultiPolygon cutBeside(const geo::MultiPolygon& shape, const std::vector<OutlineHandle>& outlines) {
    geo::MultiPolygon rest = shape;
    for (const OutlineHandle& outline : outlines) {
        rest = geo::difference(rest, outline->geometry);
    }
    constexpr double leastArea = 1; // m²: less is what rounding leaves along the edges
    return geo::planarArea(rest) < leastArea ? geo::MultiPolygon() : rest;
}

Merge mergedInto(const std::string& layer, const OutlineSet& inventory,
                 const std::vector<OutlineHandle>& incoming, const MergeRules& rules) {
    Merge merge;
    const EachOnce once = eachOnce(incoming);
    merge.doubled = once.doubled;
    const auto known = outlines::identities(inventory, once.kept);
    const Ground ground{inventory, reachingBeyond(inventory, rules.computed)};
    std::map<std::string, OutlineHandle> left;  // of those that reach beyond
    std::map<std::string, OutlineHandle> after; // by UUID: null where it goes
    std::set<std::string> matched;
    OutlineSet arrived;
    std::vector<OutlineHandle> strangers;
    for (OutlineHandle coming : once.kept) {
        const auto found = known.find(coming->uuid);
        const OutlineHandle there = found == known.end() ? nullptr : found->second;
        const bool isNamed = there && there->uuid == coming->uuid;
        const bool mayReplace = there && (!ground.stays(*there) || (isNamed && rules.sameUuidGivesWay));
        if (there) {
            matched.insert(there->uuid);
        }
        const OutlineHandle stays =
            there && !mayReplace ? there : ground.stayingUnder(coming, mayReplace ? there : nullptr);
        if (stays) {
            if (ground.beyond.contains(stays->uuid)) {
                left.emplace(stays->uuid, stays);
            } else {
                merge.leftOut.push_back(coming);
            }
            continue;
        }
        const OutlineHandle whole = coming;
        coming = rules.endsAtTouched ? ground.besideStaying(coming, there) : coming;
        if (!coming) {
            merge.covered.push_back(whole);
            continue;
        }
        if (coming != whole) {
            merge.cut.push_back({whole, coming});
        }
        if (there) {
            OutlineHandle replacing = outlines::share(outlines::inPlaceOf(*there, *coming));
            arrived.put(replacing);
            after[there->uuid] = std::move(replacing);
        } else {
            strangers.push_back(coming);
        }
    }
    for (const OutlineHandle& coming : strangers) {
        if (outlines::sameGroundIn(arrived, *coming)) {
            merge.doubled.push_back(coming);
        } else {
            arrived.put(coming);
            merge.changes.push_back({layer, nullptr, coming});
            ++merge.added;
        }
    }
    for (const auto& [uuid, outline] : left) {
        merge.beyond.push_back(outline);
    }
    const geo::Extent computedExtent = geo::extentOf(rules.computed);
    for (const OutlineHandle& there : inventory.all()) {
        const auto found = after.find(there->uuid);
        if (found != after.end()) {
            ++merge.kept;
            if (!(*found->second == *there)) {
                ++merge.replaced;
                merge.changes.push_back({layer, there, found->second});
            }
            continue;
        }
        const bool isLost = !matched.contains(there->uuid) && !rules.computed.empty() &&
                            computedExtent.intersects(there->extent()) &&
                            geo::contains(rules.computed, there->extent().center());
        const bool isReplaced = isLost || outlines::sameGroundIn(arrived, *there);
        const bool givesWay = !isReplaced && rules.endsAtTouched;
        const OutlineHandle rest = ground.stays(*there) ? there
                                   : isReplaced         ? nullptr
                                   : givesWay           ? besideArrived(there, arrived)
                                                        : there;
        if (rest != there) {
            merge.changes.push_back({layer, there, rest});
        }
        if (rest && rest != there) {
            merge.gaveWay.push_back({there, rest});
        }
        ++(rest ? merge.kept : merge.gone);
    }
    return merge;
}

} // namespace nunatak::project
