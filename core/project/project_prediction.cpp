// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "geo/rings.h"
#include "geo/shape_operations.h"
#include "prediction/prediction_settings.h"
#include "project/project_impl.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace nunatak::project {

namespace {

using outlines::LayerKind;
using outlines::Outline;
using outlines::OutlineChange;
using outlines::OutlineHandle;
using prediction::ScenePrediction;

enum class Place { Inside, Outside, Both };

/// True when the segment may touch the box (its own bounds do, and its line does not pass by).
bool mayTouch(geo::Point a, geo::Point b, const geo::Extent& box) {
    if (std::max(a.x, b.x) < box.xmin || std::min(a.x, b.x) > box.xmax || std::max(a.y, b.y) < box.ymin ||
        std::min(a.y, b.y) > box.ymax) {
        return false;
    }
    const auto side = [&](double x, double y) { return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x); };
    const double corners[] = {side(box.xmin, box.ymin), side(box.xmin, box.ymax), side(box.xmax, box.ymin),
                              side(box.xmax, box.ymax)};
    return *std::min_element(std::begin(corners), std::end(corners)) <= 0 &&
           *std::max_element(std::begin(corners), std::end(corners)) >= 0;
}

/// Where a box lies in a region. Most outlines lie clearly on one side of its few edges and need no clipping.
Place placeOf(const geo::Extent& box, const geo::MultiPolygon& region) {
    const auto touches = [&](const geo::Ring& ring) {
        for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
            if (mayTouch(ring[j], ring[i], box)) {
                return true;
            }
        }
        return false;
    };
    if (!geo::allRings(region, [&](const geo::Ring& ring) { return !touches(ring); })) {
        return Place::Both;
    }
    return geo::contains(region, box.center()) ? Place::Inside : Place::Outside;
}

std::string dateOf(const scene::Scene* scene, const PredictionStep& step) {
    if (scene != nullptr && !scene->date.empty()) {
        return scene->date;
    }
    const bool hasGlacier = !step.changes.empty() && step.changes.back().after != nullptr;
    return hasGlacier ? step.changes.back().after->srcDate : std::string();
}

/// What is left of a layer's outlines outside of the region that was computed anew.
std::vector<OutlineChange> clearedWithin(const std::string& layer, const outlines::OutlineSet& now,
                                         const geo::MultiPolygon& region) {
    std::vector<OutlineChange> changes;
    for (const auto& outline : now.in(geo::extentOf(region))) {
        const Place place = placeOf(outline->extent(), region);
        if (place == Place::Outside) {
            continue;
        }
        Outline rest = *outline;
        rest.geometry =
            place == Place::Inside ? geo::MultiPolygon() : geo::difference(outline->geometry, region);
        if (rest.geometry == outline->geometry) {
            continue;
        }
        if (rest.geometry.empty()) {
            changes.push_back({layer, outline, nullptr});
        } else {
            changes.push_back({layer, outline, outlines::share(std::move(rest))});
        }
    }
    return changes;
}

/// What of a layer's outlines glaciers take the place of that are whole beyond the region as well: those in
/// the region and those under the glaciers. Glaciers that are there already are taken out of the list.
std::vector<OutlineChange> replacedBy(std::vector<Outline>& glaciers, const std::string& layer,
                                      const outlines::OutlineSet& now, const geo::MultiPolygon& region) {
    constexpr double leastShare = 0.01; // systems that differ leave slivers of neighbours in one another
    std::set<std::string> same;
    std::map<std::string, OutlineHandle> replaced;
    std::erase_if(glaciers, [&](const Outline& glacier) {
        for (const auto& outline : now.in(geo::extentOf(glacier.geometry))) {
            if (outline->geometry == glacier.geometry) {
                same.insert(outline->uuid);
                return true;
            }
        }
        return false;
    });
    const auto overlaps = [&](const OutlineHandle& outline, const geo::MultiPolygon& shape) {
        return geo::planarArea(geo::intersection(outline->geometry, shape)) >
               leastShare * std::min(geo::planarArea(outline->geometry), geo::planarArea(shape));
    };
    const auto replace = [&](const geo::MultiPolygon& shape, bool isRegion) {
        for (const auto& outline : now.in(geo::extentOf(shape))) {
            if (same.contains(outline->uuid) || replaced.contains(outline->uuid)) {
                continue;
            }
            const Place place = isRegion ? placeOf(outline->extent(), shape) : Place::Both;
            if (place == Place::Inside || (place == Place::Both && overlaps(outline, shape))) {
                replaced.emplace(outline->uuid, outline);
            }
        }
    };
    replace(region, true);
    for (const Outline& glacier : glaciers) {
        replace(glacier.geometry, false);
    }
    std::vector<OutlineChange> changes;
    for (const auto& [uuid, outline] : replaced) {
        changes.push_back({layer, outline, nullptr});
    }
    return changes;
}

/// What a layer's outlines become when glaciers were predicted in the region.
std::vector<OutlineChange> changesOf(const std::string& layer, const outlines::OutlineSet& known,
                                     const ScenePrediction& prediction) {
    auto glaciers = prediction.glaciers;
    std::vector<OutlineChange> changes = prediction.joinsOlder
                                             ? replacedBy(glaciers, layer, known, prediction.computed)
                                             : clearedWithin(layer, known, prediction.computed);
    std::set<std::string> taken;
    std::set<std::string> cleared;
    for (const OutlineChange& change : changes) {
        if (change.after) {
            taken.insert(change.after->uuid);
        }
        cleared.insert(change.before->uuid);
    }
    for (Outline& glacier : glaciers) {
        // A piece of an earlier outline that stays outside of the region keeps its name for itself.
        if (glacier.uuid.empty() || !taken.insert(glacier.uuid).second) {
            glacier.uuid = outlines::makeUuid();
        }
        OutlineHandle now = cleared.contains(glacier.uuid) ? nullptr : known.find(glacier.uuid);
        changes.push_back({layer, std::move(now), outlines::share(std::move(glacier))});
    }
    return changes;
}

} // namespace

std::string Project::Impl::freeName(const std::string& base) const {
    std::string name = base;
    for (int number = 2; isNameTaken(name); ++number) {
        name = base + "_" + std::to_string(number);
    }
    return name;
}

std::string Project::Impl::layerFor(const ScenePrediction& prediction) const {
    const std::string base = "predicted";
    std::string name = base;
    for (int number = 2; isNameTaken(name); ++number) {
        if (const LayerState* layer = find(name); layer != nullptr && canTake(*layer, prediction)) {
            return name;
        }
        name = base + "_" + std::to_string(number);
    }
    return name;
}

bool Project::Impl::canTake(const LayerState& layer, const ScenePrediction& prediction) const {
    const bool isUnused = layer.outlines.size() == 0 && newestRun(layer.info.name) == nullptr;
    return layer.info.kind == LayerKind::Predicted && !locked.contains(layer.info.name) &&
           (isUnused || (layer.info.sceneId == prediction.sceneId &&
                         layer.modelFingerprint == prediction.modelFingerprint &&
                         differenceFrom(layer, prediction).empty()));
}

std::string Project::Impl::differenceFrom(const LayerState& layer, const ScenePrediction& prediction) const {
    const auto* run = newestRun(layer.info.name);
    return run == nullptr || prediction.isWholeScene
               ? std::string()
               : prediction::settingsDifference(run->settings, prediction.settings);
}

void Project::throwUnlessStorable(const ScenePrediction& prediction, const std::string& layer) const {
    m_impl->throwUnlessWritable();
    const auto name = layer.empty() ? m_impl->layerFor(prediction) : layer;
    const LayerState* known = m_impl->find(name);
    if (known == nullptr) {
        m_impl->throwUnlessFree({name, LayerKind::Predicted, prediction.sceneId, {}});
        return;
    }
    if (m_impl->canTake(*known, prediction)) {
        return;
    }
    m_impl->throwUnlessChangeable(name);
    if (known->info.kind != LayerKind::Predicted) {
        throw Error("The layer " + name + " holds " + outlines::toString(known->info.kind) +
                    " outlines, which no prediction replaces. Choose another layer.");
    }
    if (const auto difference = m_impl->differenceFrom(*known, prediction);
        !difference.empty() && known->info.sceneId == prediction.sceneId &&
        known->modelFingerprint == prediction.modelFingerprint) {
        throw Error(
            "The layer " + name + " was predicted with other settings (" + difference +
            "), which a region of this prediction cannot be added to. Choose another layer, or predict "
            "the whole scene.");
    }
    throw Error("The layer " + name + " holds a prediction of another scene or by another model (" +
                (known->model.empty() ? "unknown" : known->model) + "). Choose another layer.");
}

std::string Project::storePrediction(const ScenePrediction& prediction, const std::string& layer) {
    const std::shared_ptr<const ScenePrediction> borrowed(std::shared_ptr<void>(), &prediction);
    return take(planPrediction(borrowed, layer)());
}

std::function<PredictionStep()> Project::planPrediction(std::shared_ptr<const ScenePrediction> prediction,
                                                        const std::string& layer) const {
    throwUnlessStorable(*prediction, layer);
    const std::string target = layer.empty() ? m_impl->layerFor(*prediction) : layer;
    const LayerState* known = m_impl->find(target);
    return [prediction = std::move(prediction), target,
            now = known == nullptr ? outlines::OutlineSet() : known->outlines] {
        return PredictionStep{target, prediction, changesOf(target, now, *prediction)};
    };
}

std::string Project::take(PredictionStep step) {
    m_impl->throwUnlessWritable();
    const ScenePrediction& prediction = *step.prediction;
    const scene::Scene* scene = m_impl->findScene(prediction.sceneId);
    std::vector<LayerState> layersPut;
    layersPut.push_back({{step.layer, LayerKind::Predicted, prediction.sceneId, dateOf(scene, step)},
                         prediction.modelName,
                         prediction.modelFingerprint,
                         {}});
    const LayerState* known = m_impl->find(step.layer);
    if (known == nullptr) {
        m_impl->throwUnlessFree(layersPut.front().info);
    } else if (!m_impl->canTake(*known, prediction)) {
        throw Error("The layer " + step.layer + " has changed meanwhile. Store the prediction again.");
    }
    std::vector<OutlineChange> changes = m_impl->checked(step.changes, layersPut);
    if (known != nullptr && toRow(*known) == toRow(layersPut.front())) {
        layersPut.clear();
    }
    database::RunRow run{.id = prediction.run.empty() ? outlines::makeUuid() : prediction.run,
                         .layer = step.layer,
                         .step = 0,
                         .scene = prediction.sceneId,
                         .model = prediction.modelName,
                         .modelFingerprint = prediction.modelFingerprint,
                         .threshold = prediction.threshold,
                         .settings = prediction.settings,
                         .time = {},
                         .region = prediction.computed.empty() ? database::Bytes()
                                                               : geo::toWkb(prediction.computed)};
    const std::string description =
        "Predict " + (scene == nullptr || scene->name.empty() ? step.layer : scene->name) + " with " +
        (prediction.modelName.empty() ? "a model" : prediction.modelName);
    m_impl->record(description, 0, std::move(layersPut), std::move(changes), std::move(run));
    return step.layer;
}

} // namespace nunatak::project
