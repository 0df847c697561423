// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/corrections.h"

#include "base/error.h"
#include "geo/shape_operations.h"
#include "outlines/ground.h"

#include <algorithm>
#include <map>
#include <set>

namespace nunatak::training {

namespace {

using Handles = std::vector<outlines::OutlineSet::Handle>;

const LayerOutlines& required(const std::vector<LayerOutlines>& layers, const std::string& name) {
    const auto found = std::ranges::find(layers, name, [](const auto& layer) { return layer.info.name; });
    if (found == layers.end()) {
        throw Error("There is no layer " + name + " to learn from.");
    }
    if (found->outlines.empty()) {
        throw Error("There are no outlines in the layer " + name +
                    " to learn from. Correct some glaciers first, or name another layer.");
    }
    return *found;
}

/// Outlines of other layers, of the scene that `taught` is of; side layers have no glaciers.
Handles ofOthers(const std::vector<LayerOutlines>& layers, const LayerOutlines& taught) {
    const auto isSameScene = [&](const outlines::LayerInfo& other) {
        return other.sceneId.empty() || taught.info.sceneId.empty() || other.sceneId == taught.info.sceneId;
    };
    Handles found;
    for (const auto& layer : layers) {
        if (layer.info.kind == outlines::LayerKind::Side || layer.info.name == taught.info.name ||
            !isSameScene(layer.info)) {
            continue;
        }
        std::ranges::copy_if(layer.outlines, std::back_inserter(found), [](const auto& outline) {
            return outline->review != outlines::Review::Removed;
        });
    }
    return found;
}

/// An inventory may say it of an expert's outline.
std::set<std::string> markedDoubtful(const std::vector<LayerOutlines>& layers) {
    std::set<std::string> uuids;
    for (const auto& layer : layers) {
        for (const auto& outline : layer.outlines) {
            if (outline->review == outlines::Review::Doubtful) {
                uuids.insert(outline->uuid);
            }
        }
    }
    return uuids;
}

/// The outlines of a layer by what they say.
struct Sorted {
    Handles ice;     ///< reviewed
    Handles removed; ///< found to be no glaciers
    Handles unsaid;  ///< neither way
};

Sorted sorted(const LayerOutlines& taught, const std::set<std::string>& doubted) {
    const bool isInventory = taught.info.kind == outlines::LayerKind::Inventory;
    Sorted result;
    for (const auto& outline : taught.outlines) {
        const bool isUnsaid =
            doubted.contains(outline->uuid) || (isInventory && !outlines::isTouched(*outline));
        const bool isRemoved = outline->review == outlines::Review::Removed;
        (isUnsaid ? result.unsaid : isRemoved ? result.removed : result.ice).push_back(outline);
    }
    return result;
}

/// What lies outside of a glacier's outline of what was there before is what somebody cut off, where there is
/// less of it than this share. More are its neighbours: a model draws all ice that hangs together as one.
constexpr double mostCutOff = 1.0 / 3;

/// UUIDs of glaciers that somebody worked on by hand, so that all of what is left of them was cut off.
std::set<std::string> workedOn(const Handles& ice, outlines::LayerKind kind) {
    std::set<std::string> uuids;
    for (const auto& outline : ice) {
        const bool isOfOldLayer =
            kind == outlines::LayerKind::Inventory && outline->origin == outlines::Origin::Unknown;
        if (outline->isChanged || isOfOldLayer) {
            uuids.insert(outline->uuid);
        }
    }
    return uuids;
}

std::vector<geo::MultiPolygon> shapesOf(const Handles& outlines) {
    std::vector<geo::MultiPolygon> shapes;
    shapes.reserve(outlines.size());
    for (const auto& outline : outlines) {
        shapes.push_back(outline->geometry);
    }
    return shapes;
}

/// Where reviewed outlines differ from what another layer had there before; all of what was drawn where
/// nothing was, and of what was found to be no glacier.
std::vector<geo::MultiPolygon> changedGround(const Sorted& taught, const Handles& others,
                                             const std::set<std::string>& byHand) {
    std::map<std::string, outlines::OutlineHandle> before; // by the uuid of what it has become
    outlines::OutlineSet set;
    for (const auto& outline : others) {
        set.put(outline);
    }
    Handles unmatched;
    for (const auto& outline : taught.ice) {
        if (const auto same = set.find(outline->uuid); same != nullptr) {
            before[outline->uuid] = same;
        } else {
            unmatched.push_back(outline);
        }
    }
    for (const auto& match : outlines::matchedByGround(unmatched, set)) {
        before[match.one->uuid] = match.other;
    }
    auto changed = shapesOf(taught.removed);
    for (const auto& outline : taught.ice) {
        const auto found = before.find(outline->uuid);
        if (found != before.end()) {
            const auto& was = found->second->geometry;
            if (was == outline->geometry) {
                continue;
            }
            changed.push_back(geo::difference(outline->geometry, was));
            const auto less = geo::difference(was, outline->geometry);
            if (byHand.contains(outline->uuid) || geo::planarArea(less) < mostCutOff * geo::planarArea(was)) {
                changed.push_back(less);
            }
        } else if (outline->origin == outlines::Origin::Drawn) {
            changed.push_back(outline->geometry);
        }
    }
    std::erase_if(changed, [](const geo::MultiPolygon& shape) { return shape.empty(); });
    return changed;
}

/// Ground of outlines that are no statement either way: what lies outside of what was said. Of one that
/// somebody has replaced (worked on it, or most of it lies in what was said) nothing is left.
std::vector<geo::MultiPolygon> groundOf(const Handles& unsaid, const geo::MultiPolygon& said,
                                        const geo::Extent& bounds, const std::set<std::string>& byHand) {
    std::vector<geo::MultiPolygon> shapes;
    for (const auto& outline : unsaid) {
        if (!outline->extent().intersects(bounds) || byHand.contains(outline->uuid)) {
            continue;
        }
        auto rest = geo::difference(outline->geometry, said);
        if (geo::planarArea(rest) >= mostCutOff * geo::planarArea(outline->geometry)) {
            shapes.push_back(std::move(rest));
        }
    }
    return shapes;
}

/// Without the parts that are cut off from everything somebody looked at: they lie beyond another's ice.
geo::MultiPolygon connectedWith(const geo::MultiPolygon& lookedAt, const geo::MultiPolygon& seen) {
    geo::MultiPolygon kept;
    std::ranges::copy_if(lookedAt, std::back_inserter(kept),
                         [&](const geo::Polygon& polygon) { return geo::intersects({polygon}, seen); });
    return kept;
}

} // namespace

TrainingArea areaFromLayer(std::shared_ptr<const scene::SceneReader> scene, const geo::Crs& crs,
                           const std::vector<LayerOutlines>& layers, const std::string& from,
                           const CorrectionOptions& options) {
    const auto& taught = required(layers, from);
    auto own = sorted(taught, markedDoubtful(layers));
    if (own.ice.empty()) {
        throw Error("Nobody has accepted or corrected an outline of the layer " + from +
                    ", or all are marked as doubtful, so there is nothing to learn from. Accept or correct "
                    "some first, or name another layer.");
    }
    const auto others = ofOthers(layers, taught);
    TrainingArea area;
    area.scene = std::move(scene);
    area.crs = crs;
    area.glaciers = shapesOf(own.ice);
    area.removed = shapesOf(own.removed);
    area.margin = options.distance;
    area.regions = options.regions;
    area.complete = options.complete;
    const auto byHand = workedOn(own.ice, taught.info.kind);
    area.changed = changedGround(own, others, byHand);

    const auto ice = geo::unionOf(area.glaciers);
    // What an expert spoke of, whatever others draw there.
    std::vector<geo::MultiPolygon> spoken = area.changed;
    spoken.insert(spoken.end(), area.removed.begin(), area.removed.end());
    spoken.insert(spoken.end(), area.regions.begin(), area.regions.end());
    spoken.push_back(ice);
    const auto said = geo::unionOf(spoken);
    const auto lookedAt = geo::unionOf(lookedAtAround(area.glaciers, options.distance), said);
    const auto bounds = geo::extentOf(lookedAt);

    if (!options.complete) {
        own.unsaid.insert(own.unsaid.end(), taught.deleted.begin(), taught.deleted.end());
    }
    auto hidden = groundOf(own.unsaid, ice, bounds, byHand);
    if (!options.complete) {
        const auto foreign = groundOf(others, said, bounds, byHand);
        hidden.insert(hidden.end(), foreign.begin(), foreign.end());
    }
    area.lookedAt = lookedAt;
    if (!hidden.empty()) {
        area.lookedAt = connectedWith(geo::difference(lookedAt, geo::unionOf(hidden)), said);
    }
    return area;
}

} // namespace nunatak::training
