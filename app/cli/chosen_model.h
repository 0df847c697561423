// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/commands.h"
#include "models/model_set.h"
#include "scene/scene.h"

#include <optional>
#include <string>
#include <vector>

namespace nunatak::project {
class Project;
} // namespace nunatak::project

// What --model names: a model, or a set of models of which each serves a region.
namespace nunatak::cli {

/// The set of that name or path; none when it is not one. Throws Error when it is damaged.
std::optional<models::ModelSet> chosenSet(const std::string& name, const Context& context);

/// The model of that name or path, or the member of a set that is meant for where the scene lies, with a
/// note. Throws Error.
models::StoredModel chosenModel(const std::string& name, const scene::Scene& scene, const Context& context,
                                std::vector<std::string>& notes);

/// The model that a project has chosen; the starter where it chose none. Throws Error where the chosen one is
/// not on this machine.
models::StoredModel modelOfProject(const project::Project& project, const Context& context);

} // namespace nunatak::cli
