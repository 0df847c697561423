// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "geo/shape_operations.h"
#include "outlines/ground.h"
#include "outlines/taken_outline.h"
#include "prediction/prediction_settings.h"
#include "project/inventory_merge.h"
#include "project/inventory_start.h"
#include "project/project_impl.h"
#include "project/region_place.h"
#include "project/step_tools.h"

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
               leastShare * std::min(outline->area(), geo::planarArea(shape));
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

/// Glaciers on the ground of outlines that are removed are these: they keep UUID, name and attributes, and
/// the removal is none. Returns those UUIDs; no other glacier has one of them.
std::set<std::string> keepUuids(std::vector<Outline>& glaciers, std::vector<OutlineChange>& changes) {
    outlines::OutlineSet removed;
    for (const OutlineChange& change : changes) {
        if (!change.after) {
            removed.put(change.before);
        }
    }
    std::vector<OutlineHandle> found;
    for (std::size_t i = 0; i < glaciers.size(); ++i) {
        Outline numbered = glaciers[i];
        numbered.uuid = std::to_string(i);
        found.push_back(outlines::share(std::move(numbered)));
    }
    std::map<std::size_t, OutlineHandle> before;
    std::set<std::string> kept;
    for (const outlines::GroundMatch& match : outlines::matchedByGround(found, removed)) {
        before[std::stoul(match.one->uuid)] = match.other;
        kept.insert(match.other->uuid);
    }
    for (std::size_t i = 0; i < glaciers.size(); ++i) {
        if (const auto match = before.find(i); match != before.end()) {
            glaciers[i] = outlines::inPlaceOf(*match->second, glaciers[i]);
        } else if (kept.contains(glaciers[i].uuid)) {
            glaciers[i].uuid.clear();
        }
    }
    std::erase_if(changes, [&](const OutlineChange& change) {
        return !change.after && kept.contains(change.before->uuid);
    });
    return kept;
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
    const std::set<std::string> kept = keepUuids(glaciers, changes);
    taken.insert(kept.begin(), kept.end());
    for (const OutlineChange& change : changes) {
        if (change.after) {
            taken.insert(change.after->uuid);
        }
        cleared.insert(change.before->uuid);
    }
    for (Outline& glacier : glaciers) {
        // A piece of an earlier outline that stays outside of the region keeps its name for itself.
        if (!kept.contains(glacier.uuid) && (glacier.uuid.empty() || !taken.insert(glacier.uuid).second)) {
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
                         layer.info.modelFingerprint == prediction.modelFingerprint &&
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
        known->info.modelFingerprint == prediction.modelFingerprint) {
        throw Error(
            "The layer " + name + " was predicted with other settings (" + difference +
            "), which a region of this prediction cannot be added to. Choose another layer, or predict "
            "the whole scene.");
    }
    throw Error("The layer " + name + " holds a prediction of another scene or by another model (" +
                (known->info.model.empty() ? "unknown" : known->info.model) + "). Choose another layer.");
}

std::string Project::storePrediction(const ScenePrediction& prediction, const std::string& layer,
                                     AfterPrediction after) {
    const std::shared_ptr<const ScenePrediction> borrowed(std::shared_ptr<void>(), &prediction);
    return take(planPrediction(borrowed, layer, after)()).layer;
}

std::function<PredictionStep()> Project::planPrediction(std::shared_ptr<const ScenePrediction> prediction,
                                                        const std::string& layer,
                                                        AfterPrediction after) const {
    throwUnlessStorable(*prediction, layer);
    const std::string target = layer.empty() ? m_impl->layerFor(*prediction) : layer;
    const LayerState* known = m_impl->find(target);
    const scene::Scene* scene = m_impl->findScene(prediction->sceneId);
    const std::string date = scene == nullptr ? std::string() : scene->date;
    std::optional<outlines::LayerInfo> inventory;
    if (after == AfterPrediction::StartInventory && !inventoryOf(date)) {
        inventory = {freeLayerName("inventory"), LayerKind::Inventory, prediction->sceneId, date};
    }
    return [prediction = std::move(prediction), target, inventory,
            now = known == nullptr ? outlines::OutlineSet() : known->outlines]() mutable {
        PredictionStep step{target, prediction, changesOf(target, now, *prediction), {}};
        if (inventory) {
            for (const OutlineChange& change : step.changes) {
                change.after ? now.put(change.after) : now.remove(change.before->uuid);
            }
            const outlines::LayerInfo source{target, LayerKind::Predicted, prediction->sceneId, {}};
            step.inventory = startedInventory(*inventory, &source, now.all());
        }
        return step;
    };
}

TakenPrediction Project::take(PredictionStep step) {
    m_impl->throwUnlessWritable();
    const ScenePrediction& prediction = *step.prediction;
    const scene::Scene* scene = m_impl->findScene(prediction.sceneId);
    const LayerState* known = m_impl->find(step.layer);
    if (known != nullptr && !m_impl->canTake(*known, prediction)) {
        throw Error("The layer " + step.layer + " has changed meanwhile. Store the prediction again.");
    }
    outlines::LayerInfo info{step.layer, LayerKind::Predicted, prediction.sceneId, dateOf(scene, step)};
    info.title = known == nullptr ? std::string() : known->info.title;
    info.model = prediction.modelName;
    info.modelFingerprint = prediction.modelFingerprint;
    NewStep taken;
    TakenPrediction result{step.layer, step.inventory.has_value(), {}};
    if (step.inventory) {
        if (const auto there = inventoryOf(scene == nullptr ? std::string() : scene->date)) {
            step.inventory.reset();
            result.startsInventory = false;
            result.note =
                outlines::titleOf(*there) +
                " was started meanwhile and stays as it is: the prediction is a reference beside it, "
                "which it can take over.";
        }
    }
    if (known == nullptr) {
        taken.layers.push_back({std::nullopt, info});
    } else if (known->info != info) {
        taken.layers.push_back({known->info, info});
    }
    taken.description = "Predict " + (scene == nullptr || scene->name.empty() ? step.layer : scene->name) +
                        " with " + (prediction.modelName.empty() ? "a model" : prediction.modelName);
    taken.tool = tools::prediction;
    taken.picture = prediction.sceneId;
    if (step.inventory) {
        taken.description += " and start the inventory";
        taken.layers.insert(taken.layers.end(), step.inventory->layers.begin(), step.inventory->layers.end());
        step.changes.insert(step.changes.end(), step.inventory->changes.begin(),
                            step.inventory->changes.end());
    }
    taken.changes =
        m_impl->checked(step.changes, taken.layers, step.inventory ? step.inventory->onceIn : std::string());
    taken.runs.push_back(
        {.id = prediction.run.empty() ? outlines::makeUuid() : prediction.run,
         .layer = step.layer,
         .step = 0,
         .scene = prediction.sceneId,
         .model = prediction.modelName,
         .modelFingerprint = prediction.modelFingerprint,
         .threshold = prediction.threshold,
         .settings = prediction.settings,
         .time = {},
         .region = prediction.computed.empty() ? database::Bytes() : geo::toWkb(prediction.computed)});
    m_impl->record(std::move(taken));
    return result;
}

} // namespace nunatak::project
