// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline_ref.h"
#include "outlines/outline_set.h"
#include "project/project.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

// A project as a step of its history left it.
namespace nunatak::project {

struct LayerThen {
    outlines::LayerInfo info;
    outlines::OutlineSet outlines;
};

struct ProjectThen {
    std::vector<LayerThen> layers;
    /// What the steps since have changed, newest first.
    std::vector<std::pair<std::int64_t, outlines::OutlineRef>> changedSince;
    /// Outlines that another program changed since, which are as it left them.
    std::vector<outlines::OutlineRef> unknown;

    const LayerThen* find(const std::string& layer) const;
    /// Null: it was not there.
    outlines::OutlineHandle find(const outlines::OutlineRef& outline) const;
};

/// What the layers were after a step (0: before the history), read from the project's file by what is
/// returned, on any thread. Waits until all is saved. Throws Error where the history has no such step.
std::function<ProjectThen()> planThen(const Project& project, std::int64_t step);

/// The same for any step that the history has.
std::function<ProjectThen(std::int64_t step)> planWayBack(const Project& project);

/// The glaciers that a step of the history changed.
using Touched = std::map<std::int64_t, std::vector<outlines::OutlineRef>>;
/// Those of all steps; as planThen().
std::function<Touched()> planTouched(const Project& project);

/// The steps of other projects that changed an outline and came with merges, oldest first; as planThen().
std::function<std::vector<MergedStep>()> planMergedSteps(const Project& project,
                                                         const outlines::OutlineRef& outline);

} // namespace nunatak::project
