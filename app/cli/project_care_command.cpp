// SPDX-License-Identifier: GPL-3.0-or-later
// What is done to a project's file as a whole: check, compact, copy, recover.
#include "cli/commands.h"
#include "cli/project_commands.h"

#include "project/project_care.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace nunatak::cli {

namespace {

void addCheck(CLI::App& project, Context& context) {
    auto* command = project.add_subcommand(
        "check", "Look through all of a project's file, and say what is wrong with it");
    auto file = std::make_shared<std::string>();
    auto json = std::make_shared<bool>(false);
    command->add_option("project", *file, "The project (.gpkg)")->required();
    command->add_flag("--json", *json, "Print JSON");
    command->footer(
        "Changes nothing. Ends with 1 where something is wrong. Whether outlines cross themselves or\n"
        "overlap is another question (outlines check).\n"
        "Example:\n  nunatak-cli project check alps.gpkg");
    command->callback([=, &context] {
        context.run = [=, &context] {
            project::FileCheck check;
            {
                ProgressBar bar(context.stop);
                check = project::checkFile(*file, bar.progress());
            }
            if (*json) {
                nlohmann::json found = nlohmann::json::array();
                for (const auto& finding : check.found) {
                    found.push_back(finding.what);
                }
                fmt::print("{}\n", nlohmann::json{{"file", *file}, {"found", found}}.dump(
                                       2, ' ', false, nlohmann::json::error_handler_t::replace));
            } else {
                if (check.found.empty()) {
                    fmt::print("Nothing is wrong with {}.\n", *file);
                }
                for (const auto& finding : check.found) {
                    fmt::print("{}{}{}\n", finding.what, finding.toDo.empty() ? "" : "\n  ", finding.toDo);
                }
                fmt::print("{}\n", check.lookedAt);
            }
            context.exitCode = check.found.empty() ? 0 : 1;
        };
    });
}

void addCompact(CLI::App& project, Context& context) {
    auto* command =
        project.add_subcommand("compact", "Give back the room in the file that nothing takes any more");
    auto file = std::make_shared<std::string>();
    command->add_option("project", *file, "The project (.gpkg)")->required();
    command->footer(
        "History and undo stay. Needs as much free room on the disk as the file takes, while it works.\n"
        "Example:\n  nunatak-cli project compact alps.gpkg");
    command->callback([=, &context] {
        context.run = [=, &context] {
            project::Compacted sizes;
            {
                ProgressBar bar(context.stop);
                sizes = project::compactFile(*file, bar.progress());
            }
            fmt::print("{}\n", project::sentenceOn(*file, sizes));
        };
    });
}

void addCopy(CLI::App& project, Context& context) {
    auto* command =
        project.add_subcommand("copy", "Save a copy of a project, also of one that is open in the window");
    auto file = std::make_shared<std::string>();
    auto target = std::make_shared<std::string>();
    command->add_option("project", *file, "The project (.gpkg)")->required();
    command->add_option("copy", *target, "The copy to make (.gpkg)")->required();
    auto rasters = std::make_shared<std::string>();
    addRasters(*command, *rasters);
    command->footer("With history and undo, whole or not at all; pictures of scenes stay where they are.\n"
                    "Example:\n  nunatak-cli project copy alps.gpkg backup/alps_monday.gpkg");
    command->callback([=, &context] {
        context.run = [=, &context] {
            std::vector<std::string> sentences;
            {
                ProgressBar bar(context.stop);
                sentences = tasks::copyProject(*file, *target, rastersWanted(*rasters), bar.progress());
            }
            fmt::print("Copied {} to {}.\n", *file, *target);
            for (const auto& sentence : sentences) {
                fmt::print("{}\n", sentence);
            }
        };
    });
}

void addRecover(CLI::App& project, Context& context) {
    auto* command =
        project.add_subcommand("recover", "Write what can be read of a damaged project into a new one");
    auto file = std::make_shared<std::string>();
    auto target = std::make_shared<std::string>();
    command->add_option("project", *file, "The damaged project (.gpkg); it stays as it is")->required();
    command->add_option("--out", *target, "The project to make (.gpkg)")->required();
    command->footer("Says what came over and what is missing.\n"
                    "Example:\n  nunatak-cli project recover alps.gpkg --out alps_recovered.gpkg");
    command->callback([=, &context] {
        context.run = [=, &context] {
            std::vector<std::string> sentences;
            {
                ProgressBar bar(context.stop);
                sentences = project::recoverFile(*file, *target, bar.progress());
            }
            fmt::print("Recovered {} from {}.\n", *target, *file);
            for (const auto& sentence : sentences) {
                fmt::print("{}\n", sentence);
            }
        };
    });
}

} // namespace

void addRasters(CLI::App& command, std::string& value) {
    command
        .add_option("--rasters", value,
                    "Whether the rasters of predictions, from which a model's confidence is known, are taken "
                    "along (default: unless they take more than 1 GiB, which is said)")
        ->check(CLI::IsMember({"yes", "no"}));
}

tasks::TakeRasters rastersWanted(const std::string& value) {
    return value == "yes"  ? tasks::TakeRasters::Yes
           : value == "no" ? tasks::TakeRasters::No
                           : tasks::TakeRasters::WhereLittle;
}

void addProjectCare(CLI::App& project, Context& context) {
    addCheck(project, context);
    addCompact(project, context);
    addCopy(project, context);
    addRecover(project, context);
}

} // namespace nunatak::cli
