// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/hold_out.h"

#include "base/counted.h"
#include "geo/shape_operations.h"
#include "training/dice.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

namespace nunatak::training {

namespace {

/// A reviewed glacier of an area.
struct Glacier {
    std::size_t area = 0;
    std::size_t index = 0;   ///< in the area
    geo::MultiPolygon shape; ///< in the system of the first area
};
using Group = std::vector<std::size_t>; ///< of glaciers

bool saysOfGlaciers(const TrainingArea& area) {
    return area.margin > 0 && area.lookedAt.has_value() && !area.isReplay;
}

std::vector<Glacier> glaciersOf(const std::vector<TrainingArea>& areas) {
    std::vector<Glacier> glaciers;
    const TrainingArea* first = nullptr;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        if (!saysOfGlaciers(areas[i])) {
            continue;
        }
        first = first == nullptr ? &areas[i] : first;
        const geo::CoordinateTransform transform(areas[i].crs, first->crs);
        for (std::size_t k = 0; k < areas[i].glaciers.size(); ++k) {
            glaciers.push_back({i, k, transform(areas[i].glaciers[k])});
        }
    }
    return glaciers;
}

/// Glaciers that are no further apart than twice the distance, directly or by others.
std::vector<Group> groupsWithin(const std::vector<Glacier>& glaciers, double distance) {
    std::vector<geo::MultiPolygon> grown;
    grown.reserve(glaciers.size());
    for (const auto& glacier : glaciers) {
        grown.push_back(geo::buffered(glacier.shape, distance));
    }
    const auto together = geo::unionOf(grown);
    std::vector<geo::Extent> extents;
    extents.reserve(together.size());
    for (const auto& polygon : together) {
        extents.push_back(geo::extentOf({polygon}));
    }
    std::vector<Group> groups(together.size());
    std::vector<std::size_t> groupOf;
    for (std::size_t i = 0; i < glaciers.size(); ++i) {
        // Parts of one glacier may lie in several polygons, which then are one group.
        std::set<std::size_t> found;
        for (const auto& polygon : glaciers[i].shape) {
            if (polygon.outer.empty()) {
                continue;
            }
            for (std::size_t k = 0; k < together.size(); ++k) {
                if (extents[k].contains(polygon.outer.front()) &&
                    geo::contains({together[k]}, polygon.outer.front())) {
                    found.insert(k);
                }
            }
        }
        if (found.empty()) {
            continue;
        }
        auto& group = groups[*found.begin()];
        group.push_back(i);
        for (const auto other : found) {
            if (other != *found.begin()) {
                group.insert(group.end(), groups[other].begin(), groups[other].end());
                groups[other].clear();
            }
        }
    }
    std::erase_if(groups, [](const Group& group) { return group.empty(); });
    return groups;
}

/// Groups with about as many glaciers as are wanted, and never more than a third of all; nothing where they
/// are too large. Of many draws by the seed the one whose share of the ice comes nearest to its share of the
/// glaciers: two small ones say little of large ones.
Group drawn(std::vector<Group> groups, const std::vector<Glacier>& glaciers, std::size_t wanted,
            std::uint64_t seed) {
    constexpr int draws = 50;
    std::vector<double> areas;
    for (const auto& glacier : glaciers) {
        areas.push_back(geo::planarArea(glacier.shape));
    }
    const double all = std::accumulate(areas.begin(), areas.end(), 0.0);
    const double share = static_cast<double>(wanted) / static_cast<double>(glaciers.size());
    const auto most = std::max(wanted, glaciers.size() / 3);
    Dice dice(seed);
    Group best;
    double least = std::numeric_limits<double>::infinity();
    for (int draw = 0; draw < draws; ++draw) {
        dice.shuffle(groups);
        Group held;
        double area = 0;
        for (const auto& group : groups) {
            if (held.size() < wanted && held.size() + group.size() <= most) {
                held.insert(held.end(), group.begin(), group.end());
                area = std::accumulate(group.begin(), group.end(), area,
                                       [&](double sum, std::size_t i) { return sum + areas[i]; });
            }
        }
        const double off = std::abs(area / all - share);
        if (held.size() >= static_cast<std::size_t>(fewestHeldOut) && off < least) {
            best = held;
            least = off;
        }
    }
    return best;
}

/// Where an area that is not complete says for sure what there is.
geo::MultiPolygon surelyLookedAt(const TrainingArea& area, const std::vector<geo::MultiPolygon>& heldOut) {
    auto shapes = area.changed;
    shapes.insert(shapes.end(), area.removed.begin(), area.removed.end());
    shapes.insert(shapes.end(), area.regions.begin(), area.regions.end());
    for (const auto& glacier : heldOut) {
        shapes.push_back(geo::buffered(glacier, std::min(measuredAround, area.margin)));
    }
    return geo::unionOf(shapes);
}

/// Parts what was looked at around the held-out glaciers of an area from the rest.
void part(const TrainingArea& area, const std::set<std::size_t>& heldOut, HoldOut& result) {
    std::vector<geo::MultiPolygon> grown;
    std::vector<geo::MultiPolygon> own;
    std::vector<geo::MultiPolygon> others;
    for (std::size_t i = 0; i < area.glaciers.size(); ++i) {
        if (heldOut.contains(i)) {
            own.push_back(area.glaciers[i]);
            grown.push_back(geo::buffered(area.glaciers[i], area.margin));
        } else {
            others.push_back(area.glaciers[i]);
        }
    }
    const auto ground = geo::difference(geo::unionOf(grown), geo::unionOf(others));
    TrainingArea learnt = area;
    learnt.lookedAt = geo::difference(*area.lookedAt, ground);
    result.learnt.push_back(std::move(learnt));
    TrainingArea held = area;
    held.lookedAt = geo::intersection(*area.lookedAt, ground);
    if (!area.complete) {
        held.lookedAt = geo::intersection(*held.lookedAt, surelyLookedAt(area, own));
    }
    result.held.push_back(std::move(held));
}

std::string missingFor(int reviewed) {
    if (reviewed < fewestForHoldOut) {
        return "To measure on glaciers that it does not learn from, " +
               counted(fewestForHoldOut - reviewed, "more reviewed glacier", "is", "are") + " missing (" +
               std::to_string(fewestForHoldOut) + " in all).";
    }
    return "All reviewed glaciers hang together, so none can be held out to measure on: review some that "
           "share no "
           "divide with them.";
}

} // namespace

HoldOut heldOut(const std::vector<TrainingArea>& areas, double share, std::uint64_t seed) {
    HoldOut result;
    const auto glaciers = glaciersOf(areas);
    result.reviewed = static_cast<int>(glaciers.size());
    Group held;
    if (share > 0 && result.reviewed >= fewestForHoldOut) {
        const auto count = static_cast<double>(glaciers.size());
        const auto wanted =
            static_cast<std::size_t>(std::max(fewestHeldOut, static_cast<int>(std::lround(share * count))));
        held = drawn(groupsWithin(glaciers, areas[glaciers.front().area].margin), glaciers, wanted, seed);
        if (held.empty()) {
            // A divide that is shared is no distance at all; a metre forgives rounding.
            held = drawn(groupsWithin(glaciers, 1), glaciers, wanted, seed);
        }
    }
    result.heldOut = static_cast<int>(held.size());
    if (held.empty()) {
        result.learnt = areas;
        result.missing = share > 0 && result.reviewed > 0 ? missingFor(result.reviewed) : "";
        return result;
    }
    for (std::size_t i = 0; i < areas.size(); ++i) {
        std::set<std::size_t> here;
        for (const auto glacier : held) {
            if (glaciers[glacier].area == i) {
                here.insert(glaciers[glacier].index);
            }
        }
        if (here.empty()) {
            result.learnt.push_back(areas[i]);
        } else {
            part(areas[i], here, result);
        }
    }
    return result;
}

} // namespace nunatak::training
