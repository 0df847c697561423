// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "editing/check.h"
#include "editing/finding.h"
#include "editing/repair.h"
#include "editing/snap.h"
#include "project/steps.h"

#include <functional>
#include <string>
#include <vector>

namespace nunatak::project {
class Project;
} // namespace nunatak::project

namespace nunatak::tasks {

/// The outlines of a layer as they are now, to be checked as the window and the command line both do it.
/// Throws Error where there is no such layer.
editing::CheckRequest checkOf(const project::Project& project, const std::string& layer);

/// The same to be brought together within a tolerance (m). What comes of it is committed as any edit.
editing::SnapRequest snapOf(const project::Project& project, const std::string& layer, double tolerance);

/// Repairing what was found in a layer, as its outlines are now, each finding within a tolerance (m); any
/// thread may carry it out. What comes of it is committed as any edit. Throws Error where there is no such
/// layer.
std::function<editing::Repaired(const Progress&)> planRepair(const project::Project& project,
                                                             const std::string& layer,
                                                             std::vector<editing::Finding> findings,
                                                             double tolerance);

/// Makes of what a tool worked out within a tolerance (m) in a layer, by bringing together or repairing, a
/// step for Project::take(); any thread may carry it out. A line that went no farther was tidied and not
/// drawn: who drew the outline, on which picture, and whether by hand, stays. One that did is changed, by
/// whom the project knows as analyst now. Throws Error where there is no such layer.
std::function<project::LayerStep(editing::Edit)> planTidying(const project::Project& project,
                                                             const std::string& layer, double tolerance);

/// Throws Error where the layer is a reference, which is not edited, with what can be done instead.
void throwUnlessEdited(const project::Project& project, const std::string& layer);

} // namespace nunatak::tasks
