// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/corrections.h"

#include "base/error.h"
#include "geo/shape_operations.h"

#include <algorithm>
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

/// Glaciers of other layers of which `taught` says nothing.
Handles unjudged(const std::vector<LayerOutlines>& layers, const LayerOutlines& taught) {
    Handles found;
    if (taught.info.kind != outlines::LayerKind::Inventory) {
        return found;
    }
    const auto isSameScene = [&](const outlines::LayerInfo& other) {
        return other.sceneId.empty() || taught.info.sceneId.empty() || other.sceneId == taught.info.sceneId;
    };
    for (const auto& layer : layers) {
        if (outlines::isReference(layer.info.kind) && layer.info.name != taught.info.name &&
            isSameScene(layer.info)) {
            found.insert(found.end(), layer.outlines.begin(), layer.outlines.end());
        }
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

} // namespace

TrainingArea areaFromLayer(std::shared_ptr<const scene::SceneReader> scene, const geo::Crs& crs,
                           const std::vector<LayerOutlines>& layers, const std::string& from,
                           double distance) {
    const auto& taught = required(layers, from);
    TrainingArea area;
    area.scene = std::move(scene);
    area.crs = crs;
    std::set<std::string> known;
    Handles unsaid = unjudged(layers, taught);
    const auto doubted = markedDoubtful(layers);
    const bool isInventory = taught.info.kind == outlines::LayerKind::Inventory;
    if (isInventory) {
        unsaid.insert(unsaid.end(), taught.deleted.begin(), taught.deleted.end());
    }
    std::vector<geo::MultiPolygon> seen;
    for (const auto& outline : taught.outlines) {
        if (doubted.contains(outline->uuid) || (isInventory && !outlines::isTouched(*outline))) {
            unsaid.push_back(outline);
            continue;
        }
        seen.push_back(outline->geometry);
        known.insert(outline->uuid);
        if (outline->review != outlines::Review::Removed) {
            area.glaciers.push_back(outline->geometry);
        }
    }
    if (area.glaciers.empty()) {
        throw Error("Nobody has accepted or corrected an outline of the layer " + from +
                    ", or all are marked as doubtful, so there is nothing to learn from. Accept or correct "
                    "some first, or name another layer.");
    }
    auto lookedAt = lookedAtAround(seen, distance);
    const auto bounds = geo::extentOf(lookedAt);
    const auto ice = geo::unionOf(area.glaciers);
    const auto isSuperseded = [&](const outlines::Outline& outline) {
        return known.contains(outline.uuid) || geo::planarArea(geo::intersection(outline.geometry, ice)) >
                                                   geo::planarArea(outline.geometry) / 2;
    };
    std::vector<geo::MultiPolygon> untouched;
    for (const auto& outline : unsaid) {
        if (outline->extent().intersects(bounds) && !isSuperseded(*outline)) {
            untouched.push_back(outline->geometry);
        }
    }
    if (!untouched.empty()) {
        // What was corrected stays looked at, even where another layer draws a glacier over it.
        const auto unknown = geo::difference(geo::unionOf(untouched), ice);
        lookedAt = geo::difference(lookedAt, unknown);
    }
    area.lookedAt = std::move(lookedAt);
    return area;
}

} // namespace nunatak::training
