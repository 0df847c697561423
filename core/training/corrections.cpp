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

/// Glaciers of which `taught` says nothing.
Handles unjudged(const std::vector<LayerOutlines>& layers, const LayerOutlines& taught) {
    Handles found;
    if (taught.info.kind != outlines::LayerKind::Corrected) {
        return found;
    }
    const auto isSameScene = [&](const outlines::LayerInfo& other) {
        return other.sceneId.empty() || taught.info.sceneId.empty() || other.sceneId == taught.info.sceneId;
    };
    for (const auto& layer : layers) {
        if (layer.info.name != taught.info.name && isSameScene(layer.info)) {
            found.insert(found.end(), layer.outlines.begin(), layer.outlines.end());
        }
    }
    return found;
}

/// Of an expert's outline its corrected copy says it.
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
    for (const auto& outline : taught.outlines) {
        if (doubted.contains(outline->uuid)) {
            unsaid.push_back(outline);
            continue;
        }
        area.glaciers.push_back(outline->geometry);
        known.insert(outline->uuid);
    }
    if (area.glaciers.empty()) {
        throw Error("All outlines in the layer " + from +
                    " are marked as doubtful, so there is nothing to learn from. Accept or correct some "
                    "first, or name another layer.");
    }
    auto lookedAt = lookedAtAround(area.glaciers, distance);
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
