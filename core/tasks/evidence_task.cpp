// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/evidence_task.h"

#include "base/error.h"
#include "outlines/ground.h"
#include "prediction/predict_scene.h"
#include "project/layer_choice.h"
#include "project/project.h"
#include "ranking/conditions.h"
#include "review/agreement.h"
#include "review/ground_measures.h"

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <tuple>
#include <utility>

namespace nunatak::tasks {

namespace {

using Measured = review::LayerEvidence::Measured;
using outlines::LayerInfo;
using outlines::LayerKind;
using outlines::OutlineHandle;

std::optional<int> yearOf(const LayerInfo& layer) {
    return layer.kind == LayerKind::Inventory && layer.epoch.year ? layer.epoch.year
                                                                  : outlines::yearOf(layer.date);
}

Reference referenceTo(const project::Project& project, const LayerInfo& layer) {
    const auto year = yearOf(layer);
    return {layer.name, outlines::titleOf(layer),
            !layer.date.empty() || !year ? layer.date : std::to_string(*year), project.outlines(layer.name)};
}

/// As near as experts draw what a model sees.
bool isOfTheTime(const LayerInfo& expert, const LayerInfo& layer) {
    const auto a = yearOf(expert);
    const auto b = yearOf(layer);
    return !a || !b ||
           std::abs(*a - *b) <=
               (layer.epoch.tolerance > 0 ? layer.epoch.tolerance : outlines::Epoch::defaultTolerance);
}

std::optional<LayerInfo> expertOf(const project::Project& project, const LayerInfo& layer) {
    std::optional<LayerInfo> found;
    bool isOfScene = false;
    for (const LayerInfo& other : project.layers()) {
        if (other.kind != LayerKind::Expert || other.name == layer.name || !isOfTheTime(other, layer)) {
            continue;
        }
        const bool same = !layer.sceneId.empty() && other.sceneId == layer.sceneId;
        if (!found || (same && !isOfScene)) {
            found = other;
            isOfScene = same;
        }
    }
    return found;
}

std::optional<LayerInfo> earlierThan(const project::Project& project, const LayerInfo& layer,
                                     const std::string& expert) {
    const auto year = yearOf(layer);
    std::optional<LayerInfo> found;
    const auto rank = [](const LayerInfo& info) {
        return std::pair(yearOf(info).value_or(0), info.kind == LayerKind::Inventory);
    };
    for (const LayerInfo& other : project.layers()) {
        const auto theirs = yearOf(other);
        const bool isFit = other.kind == LayerKind::Inventory || other.kind == LayerKind::Expert;
        if (isFit && year && theirs && *theirs < *year && other.name != layer.name && other.name != expert &&
            (!found || rank(other) > rank(*found))) {
            found = other;
        }
    }
    return found;
}

double confidenceThreshold(const std::string& settings) {
    const auto json = nlohmann::json::parse(settings, nullptr, false);
    const auto found = json.is_object() ? json.find("confidence_threshold") : json.end();
    return json.is_object() && found != json.end() && found->is_number()
               ? found->get<double>()
               : prediction::PredictOptions{}.confidenceThreshold;
}

/// The glaciers by the confidence raster that they came with, by their places in the task.
std::map<std::filesystem::path, std::vector<std::size_t>> byRaster(const EvidenceTask& task,
                                                                   std::vector<std::string>& notes) {
    std::map<std::tuple<std::string, std::string, std::string, std::string>,
             std::optional<std::filesystem::path>>
        known;
    std::map<std::filesystem::path, std::vector<std::size_t>> found;
    int without = 0;
    for (std::size_t i = 0; i < task.glaciers.size(); ++i) {
        const outlines::Outline& outline = *task.glaciers[i];
        if (outline.modelFingerprint.empty()) {
            continue; // no model said anything of it
        }
        const auto [place, isNew] =
            known.try_emplace({outline.sceneId, outline.model, outline.modelFingerprint, outline.run});
        if (isNew) {
            const auto settings = task.settings.find(outline.run);
            place->second = prediction::confidenceFileOf(
                task.folder, outline, settings == task.settings.end() ? std::string() : settings->second);
        }
        if (place->second) {
            found[*place->second].push_back(i);
        } else {
            ++without;
        }
    }
    if (without > 0) {
        notes.push_back("Of " + std::to_string(without) + (without == 1 ? " glacier" : " glaciers") +
                        " the confidence of the prediction is not there any more. Predict again to have it.");
    }
    return found;
}

void addBands(const EvidenceTask& task, std::vector<Measured>& measured, const Progress& progress,
              std::vector<std::string>& notes) {
    const auto rasters = byRaster(task, notes);
    double done = 0;
    for (const auto& [raster, places] : rasters) {
        review::ConfidenceRequest request;
        request.raster = raster;
        request.crs = task.crs;
        request.ice = task.all;
        for (const std::size_t place : places) {
            request.outlines.push_back(task.glaciers[place]);
        }
        const auto settings = task.settings.find(request.outlines.front()->run);
        request.threshold =
            confidenceThreshold(settings == task.settings.end() ? std::string() : settings->second);
        try {
            const auto bands = review::confidenceBands(
                request, progress.part(done / static_cast<double>(rasters.size()),
                                       (done + 1) / static_cast<double>(rasters.size())));
            for (std::size_t i = 0; i < places.size(); ++i) {
                measured[places[i]].evidence.band = bands[i];
            }
        } catch (const Cancelled&) {
            throw;
        } catch (const Error& error) { // the others are measured all the same
            notes.emplace_back(error.what());
        }
        ++done;
    }
}

} // namespace

EvidenceTask evidenceOf(const project::Project& project, const std::string& layer,
                        const EvidenceChoice& choice, const std::set<std::string>* only) {
    const LayerInfo info = project.layer(layer);
    EvidenceTask task;
    task.layer = info.name;
    task.crs = project.crs();
    task.all = project.outlines(info.name);
    if (only == nullptr) {
        task.glaciers = task.all.all();
    } else {
        for (const std::string& uuid : *only) {
            if (const auto outline = task.all.find(uuid)) {
                task.glaciers.push_back(outline);
            }
        }
    }
    task.folder = project.filesPlace();
    for (const OutlineHandle& outline : task.glaciers) {
        if (!outline->run.empty() && !task.settings.contains(outline->run)) {
            task.settings.emplace(outline->run, project.settingsOfRun(outline->run));
        }
    }
    const auto expert = choice.expert.empty()
                            ? expertOf(project, info)
                            : std::optional(project.layer(project::layerNamed(project, choice.expert)));
    if (expert) {
        task.expert = referenceTo(project, *expert);
    }
    const auto earlier = choice.earlier.empty()
                             ? earlierThan(project, info, expert ? expert->name : std::string())
                             : std::optional(project.layer(project::layerNamed(project, choice.earlier)));
    if (earlier) {
        task.earlier = referenceTo(project, *earlier);
    }
    return task;
}

std::vector<Measured> measure(const EvidenceTask& task, const Progress& progress,
                              std::vector<std::string>* notes) {
    std::vector<std::string> ignored;
    std::vector<Measured> measured;
    measured.reserve(task.glaciers.size());
    review::GroundMeasures ground(task.crs);
    for (const OutlineHandle& glacier : task.glaciers) {
        measured.push_back({glacier, {}});
        measured.back().evidence.area = ground.area(*glacier);
    }
    addBands(task, measured, progress.part(0, 0.7), notes == nullptr ? ignored : *notes);
    const double spacing = 20 / task.crs.metresPerUnit();
    if (task.expert) {
        const auto agreements = review::agreementsWith(task.expert->outlines, task.glaciers, task.all,
                                                       spacing, progress.part(0.7, 0.85));
        for (std::size_t i = 0; i < agreements.size(); ++i) {
            if (task.glaciers[i]->review != outlines::Review::Removed) { // which is no ice to either
                measured[i].evidence.difference = agreements[i].difference;
                measured[i].evidence.isUnknownToExpert = !agreements[i].touchesAny;
            }
        }
    }
    if (task.earlier) {
        const auto agreements = review::agreementsWith(task.earlier->outlines, task.glaciers, task.all,
                                                       spacing, progress.part(0.85, 1));
        for (std::size_t i = 0; i < agreements.size(); ++i) {
            review::Evidence& evidence = measured[i].evidence;
            evidence.isNew =
                !agreements[i].touchesAny && task.glaciers[i]->review != outlines::Review::Removed;
            if (const double theirs = agreements[i].theirArea; theirs > 0) {
                evidence.change = (task.glaciers[i]->area() - theirs) / theirs;
            }
        }
    }
    progress.report(1, "Measuring glaciers");
    return measured;
}

Picture lookAt(const scene::SceneReader& scene, const Progress& progress) {
    return std::make_shared<const ranking::ConditionMap>(ranking::conditionMap(scene, progress));
}

void addConditions(std::vector<Measured>& measured, const std::string& sceneId,
                   const ranking::ConditionMap& picture, const geo::Crs& crs, const outlines::OutlineSet* all,
                   const Progress& progress) {
    std::vector<std::size_t> places;
    ranking::EarlierOutlines outlines{crs, {}};
    std::vector<OutlineHandle> others;
    for (std::size_t i = 0; i < measured.size(); ++i) {
        if (measured[i].outline->sceneId == sceneId) {
            places.push_back(i);
            outlines.glaciers.push_back(measured[i].outline);
        } else {
            others.push_back(measured[i].outline);
        }
    }
    if (places.empty()) {
        return;
    }
    const auto found = all != nullptr ? ranking::measureSome(picture, outlines, *all, progress)
                                      : ranking::measure(picture, outlines, progress, others).glaciers;
    for (std::size_t i = 0; i < places.size(); ++i) {
        review::Evidence& evidence = measured[places[i]].evidence;
        evidence.shadow = found[i].conditions.shadow;
        evidence.cloud = found[i].conditions.cloud;
        evidence.snow = found[i].conditions.snow;
    }
}

Counterparts counterpartsOf(const project::Project& project, const outlines::OutlineRef& glacier) {
    Counterparts found;
    const auto outline = project.outlines(glacier.layer).find(glacier.uuid);
    if (outline == nullptr) {
        return found;
    }
    const auto of = [&](const std::string& layer, const OutlineHandle& other) {
        return other == nullptr ? std::nullopt : std::optional(Counterparts::Other{layer, other});
    };
    // What has its name is the same glacier, also where hardly any of its ground is left.
    const auto sameIn = [&](const outlines::OutlineSet& outlines) {
        const OutlineHandle same = outlines.find(glacier.uuid);
        return same != nullptr ? same : outlines::sameGroundIn(outlines, *outline);
    };
    for (const LayerInfo& layer : project.layers()) {
        if (layer.name == glacier.layer || !outlines::isReference(layer.kind)) {
            continue;
        }
        const outlines::OutlineSet& outlines = project.outlines(layer.name);
        if (layer.kind == LayerKind::Predicted) {
            if (auto other = of(layer.name, sameIn(outlines))) {
                found.prediction = std::move(other); // the newest stands last
            }
        }
        if (auto other = of(layer.name, outlines.find(glacier.uuid)); other && !found.start) {
            found.start = std::move(other);
        }
    }
    if (const auto expert = expertOf(project, project.layer(glacier.layer))) {
        found.expert = of(expert->name, sameIn(project.outlines(expert->name)));
    }
    return found;
}

} // namespace nunatak::tasks
