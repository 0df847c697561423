// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "geo/crs.h"
#include "outlines/outline_ref.h"
#include "outlines/outline_set.h"
#include "ranking/condition_map.h"
#include "review/layer_evidence.h"
#include "scene/scene_reader.h"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace nunatak::project {
class Project;
} // namespace nunatak::project

namespace nunatak::tasks {

/// A layer that glaciers are held against.
struct Reference {
    std::string layer; ///< its name
    std::string title; ///< what people read
    std::string date;  ///< or the year of its epoch
    outlines::OutlineSet outlines;
};

/// Measuring what makes glaciers need an eye, as the window and the command line both do it. A value: any
/// thread may carry it out.
struct EvidenceTask {
    std::string layer;
    geo::Crs crs;
    outlines::OutlineSet all;                      ///< of the layer
    std::vector<outlines::OutlineHandle> glaciers; ///< of these, those to measure
    std::filesystem::path folder;                  ///< of the predictions' rasters
    std::map<std::string, std::string> settings;   ///< of the prediction runs that they come from
    std::optional<Reference> expert;               ///< none: nobody drew them at that time
    std::optional<Reference> earlier;              ///< none: nothing older is known
};

/// Which layers a queue holds glaciers against; empty: those that fit.
struct EvidenceChoice {
    std::string expert{};
    std::string earlier{};
};

/// What there is now of a layer, all its glaciers or some (LayerEvidence::unmeasured()); outlines are shared,
/// so this costs little. The expert is an expert's layer of the layer's scene, else of its time; the earlier
/// date is the inventory, else the expert's layer, of the latest year before. Throws Error where there is no
/// such layer.
EvidenceTask evidenceOf(const project::Project& project, const std::string& layer,
                        const EvidenceChoice& choice = {}, const std::set<std::string>* only = nullptr);

/// Areas, bands of low confidence, the expert and the earlier date; a second for thousands of glaciers.
/// What comes is taken by LayerEvidence::take(). Of a prediction whose rasters are gone, or damaged, there is
/// no band, and `notes` says so. Throws Cancelled.
std::vector<review::LayerEvidence::Measured> measure(const EvidenceTask& task, const Progress& progress,
                                                     std::vector<std::string>* notes = nullptr);

/// What was seen of a scene's picture (shadow, cloud, snow; a byte a pixel of 30 m), so that glaciers that
/// change are looked at again without reading it.
using Picture = std::shared_ptr<const ranking::ConditionMap>;
using ConditionMaps = std::map<std::string, Picture>; ///< by the scene's identifier
/// Looks through the whole scene, which takes seconds. Throws Error where it has no optical bands or cannot
/// be read; Cancelled.
Picture lookAt(const scene::SceneReader& scene, const Progress& progress);
/// Adds what that picture says of the glaciers of that scene: shadow, cloud and snow. `all` of the layer,
/// where not all of it is measured: what lies under them is no snow beside a glacier. Throws Cancelled.
void addConditions(std::vector<review::LayerEvidence::Measured>& measured, const std::string& sceneId,
                   const ranking::ConditionMap& picture, const geo::Crs& crs, const outlines::OutlineSet* all,
                   const Progress& progress);

/// Other outlines of a glacier, for a before and after (review::differenceBetween()).
struct Counterparts {
    struct Other {
        std::string layer;
        outlines::OutlineHandle outline;
    };
    std::optional<Other> prediction; ///< of the same UUID or else ground, of the newest layer that has one
    std::optional<Other> expert;     ///< the same, of the expert's layer that evidenceOf() takes
    std::optional<Other> start;      ///< of a reference, what it was started from: the same UUID
};
Counterparts counterpartsOf(const project::Project& project, const outlines::OutlineRef& glacier);

} // namespace nunatak::tasks
