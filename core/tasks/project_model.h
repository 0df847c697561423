// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/registry.h"

#include <optional>
#include <string>
#include <vector>

namespace nunatak::project {
class Project;
} // namespace nunatak::project

namespace nunatak::tasks {

/// The model that a project predicts with and learns from, as it keeps it: by its weights, since a name may
/// mean others tomorrow.
struct ProjectModel {
    std::string name;
    std::string title; ///< what people read
    std::string fingerprint;
};

/// None where none was chosen.
std::optional<ProjectModel> modelOf(const project::Project& project);
/// Chooses one; not part of the history. Throws Error where the project is read-only.
void chooseModel(project::Project& project, const models::StoredModel& model);
/// The chosen one among those of this machine, by its weights and under whatever name; null where it is not
/// there.
const models::StoredModel* findModel(const ProjectModel& chosen, const std::vector<models::StoredModel>& all);

/// What a new version might be called: "Everest, after 37 glaciers".
std::string proposedTitle(const project::Project& project, int glaciers);

} // namespace nunatak::tasks
