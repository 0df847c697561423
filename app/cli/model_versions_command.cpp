// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/chosen_model.h"
#include "cli/model_commands.h"
#include "cli/opened_project.h"

#include "base/counted.h"
#include "base/error.h"
#include "models/learning_record.h"
#include "tasks/model_card.h"
#include "tasks/project_model.h"

#include <fmt/format.h>

namespace nunatak::cli {

namespace {

struct VersionArguments {
    std::string project;
    std::string name;
};

void runUse(const VersionArguments& arguments, const Context& context) {
    const auto model = context.registry().find(arguments.name);
    const auto project = openProject(arguments.project);
    tasks::chooseModel(*project, model);
    save(*project);
    project->close();
    fmt::print("The project predicts with {} v{} from now on.\n", models::titleOf(model),
               model.manifest.version);
}

/// "0.842 → 0.871 on 7 glaciers held out", as far as it is known.
std::string measuredText(const models::LearningRecord& record) {
    if (record.measured.empty()) {
        return "not measured";
    }
    return fmt::format("IoU {:.3f} → {:.3f} on {}", record.before, record.after,
                       record.heldOut > 0 ? counted(record.heldOut, "glacier") + " held out of " +
                                                std::to_string(record.reviewed)
                                          : std::string("what it learnt from"));
}

void runVersions(const VersionArguments& arguments, const Context& context) {
    std::string chosen;
    std::optional<models::StoredModel> model;
    if (arguments.name.ends_with(".gpkg")) {
        const auto project = openProject(arguments.name, project::Access::ReadOnly);
        model = modelOfProject(*project, context);
        chosen = model->manifest.fingerprint;
    } else {
        model = context.registry().find(arguments.name);
    }
    for (const auto& version : models::versionsOf(*model, context.registry().list())) {
        std::string said = "made elsewhere";
        std::string title = version.manifest.name;
        try {
            if (const auto record = models::learningRecordOf(version)) {
                said = measuredText(*record);
                title = record->title.empty() ? title : record->title;
            }
        } catch (const Error& error) {
            said = error.what();
        }
        fmt::print("{} {}  [{} v{}]  {}  {}\n", version.manifest.fingerprint == chosen ? "*" : " ", title,
                   version.manifest.name, version.manifest.version, said,
                   version.manifest.created.substr(0, 10));
    }
}

} // namespace

void addModelVersions(CLI::App& model, Context& context) {
    auto* use = model.add_subcommand("use", "Choose the model that a project predicts with and learns from");
    auto used = std::make_shared<VersionArguments>();
    use->add_option("project", used->project, "The project (.gpkg)")->required();
    use->add_option("name", used->name, "Model (name or folder)")->required();
    use->callback([=, &context] { context.run = [=, &context] { runUse(*used, context); }; });

    auto* versions = model.add_subcommand(
        "versions", "The models that one comes from and that come from it, with what was measured");
    auto listed = std::make_shared<VersionArguments>();
    versions->add_option("name", listed->name, "Model (name or folder), or a project (.gpkg) for its model")
        ->required();
    versions->callback([=, &context] { context.run = [=, &context] { runVersions(*listed, context); }; });

    auto* card = model.add_subcommand(
        "card", "What a model is, from what, for what; as Markdown, for those who get it");
    auto carded = std::make_shared<VersionArguments>();
    card->add_option("name", carded->name, "Model (name or folder)")->required();
    card->callback([=, &context] {
        context.run = [=, &context] {
            fmt::print("{}", tasks::modelCard(context.registry().find(carded->name)));
        };
    });
}

} // namespace nunatak::cli
