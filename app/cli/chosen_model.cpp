// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/chosen_model.h"

#include "base/error.h"
#include "prediction/location.h"
#include "tasks/project_model.h"

#include <fmt/format.h>

namespace nunatak::cli {

std::optional<models::ModelSet> chosenSet(const std::string& name, const Context& context) {
    return models::findModelSet({context.paths.userModels, context.paths.installedModels}, name);
}

models::StoredModel chosenModel(const std::string& name, const scene::Scene& scene, const Context& context,
                                std::vector<std::string>& notes) {
    const auto registry = context.registry();
    const auto set = chosenSet(name, context);
    if (!set) {
        return registry.find(name);
    }
    const auto member = prediction::modelFor(*set, scene, notes);
    notes.push_back(fmt::format("The set {} has the model {} for this scene.", set->name, member));
    return registry.find(member);
}

models::StoredModel modelOfProject(const project::Project& project, const Context& context) {
    const auto registry = context.registry();
    const auto chosen = tasks::modelOf(project);
    if (!chosen) {
        return registry.find("starter");
    }
    const auto known = registry.list();
    if (const auto* model = tasks::findModel(*chosen, known)) {
        return *model;
    }
    throw Error(fmt::format("The project uses the model {} (fingerprint {}), which is not on this machine. "
                            "Copy its folder into {}, or name another one with --model.",
                            chosen->title, chosen->fingerprint.substr(0, 12),
                            context.paths.userModels.string()));
}

} // namespace nunatak::cli
