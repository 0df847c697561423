// SPDX-License-Identifier: GPL-3.0-or-later
// What is done to a project's file as a whole: check, compact, copy, recover.
#include "cli/commands.h"
#include "cli/project_commands.h"

#include "project/project_care.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace nunatak::cli {

namespace {

double mebibytes(std::uintmax_t bytes) {
    return static_cast<double>(bytes) / (1 << 20);
}

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
            std::vector<std::string> found;
            {
                ProgressBar bar(context.stop);
                found = project::checkFile(*file, bar.progress());
            }
            if (*json) {
                fmt::print("{}\n", nlohmann::json{{"file", *file}, {"found", found}}.dump(
                                       2, ' ', false, nlohmann::json::error_handler_t::replace));
            } else if (found.empty()) {
                fmt::print("Nothing is wrong with {}.\n", *file);
            }
            for (const auto& sentence : found) {
                if (!*json) {
                    fmt::print("{}\n", sentence);
                }
            }
            context.exitCode = found.empty() ? 0 : 1;
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
        context.run = [=] {
            const auto sizes = project::compactFile(*file);
            fmt::print("{} takes {:.1f} MiB, {:.1f} before.\n", *file, mebibytes(sizes.after),
                       mebibytes(sizes.before));
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
    command->footer("With history and undo, whole or not at all; rasters stay where they are.\n"
                    "Example:\n  nunatak-cli project copy alps.gpkg backup/alps_monday.gpkg");
    command->callback([=, &context] {
        context.run = [=, &context] {
            {
                ProgressBar bar(context.stop);
                project::copyFile(*file, *target, bar.progress());
            }
            fmt::print("Copied {} to {}.\n", *file, *target);
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
        context.run = [=] {
            const auto sentences = project::recoverFile(*file, *target);
            fmt::print("Recovered {} from {}.\n", *target, *file);
            for (const auto& sentence : sentences) {
                fmt::print("{}\n", sentence);
            }
        };
    });
}

} // namespace

void addProjectCare(CLI::App& project, Context& context) {
    addCheck(project, context);
    addCompact(project, context);
    addCopy(project, context);
    addRecover(project, context);
}

} // namespace nunatak::cli
