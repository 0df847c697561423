// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/opened_project.h"
#include "cli/project_commands.h"

#include "base/counted.h"
#include "base/csv_rows.h"
#include "base/error.h"
#include "base/printable.h"
#include "base/whole_file.h"
#include "project/join.h"
#include "project/source_notes.h"
#include "project/step_words.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace nunatak::cli {

namespace {

struct MergeArguments {
    std::string project;
    std::vector<std::string> others;
    std::string prefer;
    std::string decisions;
    std::string conflicts;
    bool dryRun = false;
    bool json = false;
    bool overwrite = false;
};

const std::vector<std::string> columns{"source", "layer", "glacier", "name",
                                       "what",   "mine",  "theirs",  "decision"};

/// A row for each thing that is disputed; one decision for each glacier.
std::string tableOf(const std::vector<project::JoinConflict>& conflicts) {
    std::string text = csvRow(columns);
    for (const auto& conflict : conflicts) {
        for (const auto& what : conflict.disagreements) {
            text += csvRow({conflict.source, conflict.layer, conflict.uuid, conflict.name, what.what,
                            what.here, what.there, ""});
        }
    }
    return text;
}

std::map<std::string, project::Choice> decisionsOf(const std::string& file) {
    const auto rows = csvRows(file);
    if (rows.empty()) {
        throw Error(file + " has no rows. Let --conflicts write one, and fill in its last column.");
    }
    std::vector<std::size_t> place;
    for (const char* column : {"source", "layer", "glacier", "decision"}) {
        const auto found = std::find(rows[0].begin(), rows[0].end(), column);
        if (found == rows[0].end()) {
            throw Error(
                fmt::format("{} has no column {}. Let --conflicts write one, and fill in its last column.",
                            file, column));
        }
        place.push_back(static_cast<std::size_t>(found - rows[0].begin()));
    }
    std::map<std::string, project::Choice> decisions;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const auto at = [&](std::size_t column) {
            return place[column] < rows[i].size() ? rows[i][place[column]] : std::string();
        };
        const auto decision = at(3);
        if (decision.empty()) {
            continue; // another row of the glacier may say it
        }
        if (decision != "mine" && decision != "theirs") {
            throw Error(
                fmt::format("Row {} of {} decides \"{}\". Write mine or theirs.", i + 1, file, decision));
        }
        const auto choice = decision == "mine" ? project::Choice::Here : project::Choice::There;
        const auto [known, isNew] = decisions.emplace(at(0) + "/" + at(1) + "/" + at(2), choice);
        if (!isNew && known->second != choice) {
            throw Error(
                fmt::format("{} decides mine and theirs of the glacier {}. Decide one.", file, at(2)));
        }
    }
    return decisions;
}

std::string said(const project::HistoryStep& step) {
    return step.id == 0 ? std::string()
                        : fmt::format(" ({}{})", project::momentInWords(step),
                                      step.analyst.empty() ? "" : ", " + step.analyst);
}

void print(const project::JoinConflict& conflict) {
    const auto text = [](const std::string& words) { return printableName(words); };
    fmt::print("{} in {} ({}):\n", text(conflict.name), text(conflict.layer), conflict.uuid);
    fmt::print("  mine, {}{}; theirs, {}{}\n", text(conflict.ours), said(conflict.lastHere),
               text(conflict.source), said(conflict.lastThere));
    for (const auto& what : conflict.disagreements) {
        fmt::print("  {:<12} mine {} | theirs {}\n", text(what.what), text(what.here), text(what.there));
    }
    if (!conflict.along.empty()) {
        fmt::print("  theirs means {} besides, of the same ground\n",
                   counted(static_cast<long long>(conflict.along.size()), "outline"));
    }
}

nlohmann::json jsonOf(const project::Join& join, bool isDone) {
    nlohmann::json conflicts = nlohmann::json::array();
    for (const auto& conflict : join.conflicts) {
        nlohmann::json what = nlohmann::json::array();
        for (const auto& disagreement : conflict.disagreements) {
            what.push_back(
                {{"what", disagreement.what}, {"mine", disagreement.here}, {"theirs", disagreement.there}});
        }
        conflicts.push_back({{"source", conflict.source},
                             {"layer", conflict.layer},
                             {"glacier", conflict.uuid},
                             {"name", conflict.name},
                             {"what", what},
                             {"decision", conflict.choice == project::Choice::Undecided ? ""
                                          : conflict.choice == project::Choice::Here    ? "mine"
                                                                                        : "theirs"}});
    }
    nlohmann::json findings = nlohmann::json::array();
    for (const auto& finding : join.findings) {
        findings.push_back({{"fault", editing::toString(finding.kind)}, {"sentence", finding.sentence}});
    }
    return {{"merged", isDone},        {"changed", join.changed},     {"new", join.added},
            {"removed", join.removed}, {"undecided", join.undecided}, {"conflicts", conflicts},
            {"findings", findings},    {"notes", join.notes}};
}

void printFindings(const project::Join& join) {
    if (join.findings.empty()) {
        return;
    }
    constexpr std::size_t shown = 20;
    fmt::print("{} where glaciers of different people meet:\n",
               counted(static_cast<long long>(join.findings.size()), "fault"));
    for (std::size_t i = 0; i < std::min(shown, join.findings.size()); ++i) {
        fmt::print("  {}\n", printableName(join.findings[i].sentence));
    }
    if (join.findings.size() > shown) {
        fmt::print("  and {} more\n", join.findings.size() - shown);
    }
    fmt::print("nunatak-cli outlines check lists them; in the window F9 does, and repairs them.\n");
}

Claim claimOf(const MergeArguments& arguments) {
    return {"merge", arguments.overwrite, {arguments.others.begin(), arguments.others.end()}};
}

void runMerge(const MergeArguments& arguments, Context& context) {
    const auto opened = openProject(arguments.project, arguments.dryRun ? project::Access::ReadOnly
                                                                        : project::Access::ReadWrite);
    project::JoinRequest request;
    for (const auto& other : arguments.others) {
        auto source = project::Project::open(other, project::Access::ReadOnly, sayWaiting);
        // Several are opened: say of which it is. What another program did is told where it is joined.
        for (const auto& note : project::sourceNotes(*source).besides) {
            tell(fmt::format("Note: {}: {}\n", printableName(other), printableName(note)));
        }
        request.sources.push_back(std::move(source));
    }
    if (!arguments.decisions.empty()) {
        request.decisions = decisionsOf(arguments.decisions);
    }
    request.prefer = arguments.prefer == "mine"     ? project::Prefer::Here
                     : arguments.prefer == "theirs" ? project::Prefer::There
                     : arguments.prefer == "newer"  ? project::Prefer::Newer
                                                    : project::Prefer::Nobody;
    if (!arguments.conflicts.empty()) {
        throwUnlessFree(arguments.conflicts, claimOf(arguments));
    }
    project::Join join;
    {
        ProgressBar bar(context.stop);
        join = project::planJoin(*opened, std::move(request))(bar.progress());
    }
    const bool isDone = !arguments.dryRun && join.undecided == 0;
    if (isDone) {
        auto step = join.step;
        opened->take(std::move(step));
        save(*opened);
    }
    if (!arguments.conflicts.empty()) {
        const auto table = tableOf(join.conflicts);
        writeWholeFile(arguments.conflicts, {table}, claimOf(arguments));
    }
    if (arguments.json) {
        fmt::print("{}\n",
                   jsonOf(join, isDone).dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
    } else {
        for (const auto& conflict : join.conflicts) {
            if (conflict.choice == project::Choice::Undecided) {
                print(conflict);
            }
        }
        fmt::print("{}: {}{}.\n", isDone ? "Merged" : "Would merge", join.counts(),
                   join.both == 0 ? ""
                                  : fmt::format("; {} of them both changed, each something else", join.both));
        for (const auto& note : join.notes) {
            fmt::print("Note: {}\n", printableName(note));
        }
        printFindings(join);
    }
    if (join.undecided > 0) {
        const auto isUnknown = [](const project::JoinConflict& conflict) {
            return conflict.choice == project::Choice::Undecided &&
                   conflict.newer() == project::Choice::Undecided;
        };
        if (arguments.prefer == "newer" &&
            std::any_of(join.conflicts.begin(), join.conflicts.end(), isUnknown)) {
            tell("Which is newer is not known where another program made one of them: that is only known "
                 "from when it was noticed.\n");
        }
        const std::string what = counted(join.undecided, "glacier", "was", "were") +
                                 " changed by two people, each "
                                 "in their own way. Nothing was merged.";
        const std::string todo =
            " Decide with --prefer mine, theirs or newer, or let --conflicts write a table, "
            "fill in its last column and give it back with --decisions.";
        if (arguments.dryRun) {
            tell(what + todo + "\n");
        } else {
            throw Error(what + todo);
        }
    }
}

} // namespace

void addProjectMerge(CLI::App& project, Context& context) {
    auto* command = project.add_subcommand(
        "merge", "Join what others did to their parts, or copies, of a project; undo takes that back");
    auto arguments = std::make_shared<MergeArguments>();
    command->add_option("project", arguments->project, "The project that they are merged into (.gpkg)")
        ->required();
    command
        ->add_option("others", arguments->others,
                     "Parts or copies of it, or other parts of what it is a part of")
        ->required();
    command
        ->add_option("--prefer", arguments->prefer,
                     "What is taken where two changed the same: mine (the project's), theirs, or newer")
        ->check(CLI::IsMember({"mine", "theirs", "newer"}));
    command->add_option("--conflicts", arguments->conflicts,
                        "Write what two people changed as a table (.csv), mine and theirs side by side");
    command->add_option("--decisions", arguments->decisions,
                        "That table, with mine or theirs in its last column");
    command->add_flag("--dry-run", arguments->dryRun, "Say what would come, and change nothing");
    command->add_flag("--json", arguments->json, "Print JSON");
    addOverwrite(*command, arguments->overwrite);
    command->footer(
        "Glaciers are known by their UUIDs, and what was the same before by the steps that the histories "
        "have in common. What one changed is taken; what two changed is listed, and nothing is merged "
        "until it is decided.\n"
        "Examples:\n"
        "  nunatak-cli project merge alps.gpkg alps-1.gpkg alps-2.gpkg --dry-run\n"
        "  nunatak-cli project merge alps.gpkg alps-1.gpkg --conflicts decide.csv\n"
        "  nunatak-cli project merge alps.gpkg alps-1.gpkg --decisions decide.csv");
    command->callback([=, &context] { context.run = [=, &context] { runMerge(*arguments, context); }; });
}

} // namespace nunatak::cli
