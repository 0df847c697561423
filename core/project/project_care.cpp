// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project_care.h"

#include "base/byte_size.h"
#include "base/counted.h"
#include "base/error.h"
#include "base/printable.h"
#include "base/project_file.h"
#include "base/user_name.h"
#include "database/maintenance.h"
#include "database/store.h"
#include "project/project.h"
#include "project/project_impl.h"
#include "project/saver.h"
#include "project/step_tools.h"

#include <algorithm>
#include <map>
#include <utility>

namespace nunatak::project {

namespace {

/// What a table of ours holds, for people.
std::string wordFor(const std::string& table) {
    static const std::map<std::string, std::string> words{
        {"gpkgext_nunatak_scenes", "scene"},     {"gpkgext_nunatak_history", "step"},
        {"gpkgext_nunatak_settings", "setting"}, {"gpkgext_nunatak_runs", "prediction run"},
        {"gpkgext_nunatak_changes", "change"},   {"gpkgext_nunatak_layers", "layer description"}};
    const auto found = words.find(table);
    return found == words.end() ? "row" : found->second;
}

std::string named(const std::vector<std::string>& uuids) {
    constexpr std::size_t most = 5;
    std::string text;
    for (std::size_t i = 0; i < std::min(most, uuids.size()); ++i) {
        text += (i == 0 ? "" : ", ") + printableName(uuids[i]);
    }
    return uuids.size() > most ? text + " and " + std::to_string(uuids.size() - most) + " more" : text;
}

/// What came over of a layer. All that can be said is what the file itself still says of it.
std::string sentenceOn(const database::RecoveredTable& layer) {
    std::string sentence =
        "The layer " + printableName(layer.name) + ": " + counted(layer.rows, "outline") + " read";
    if (layer.lost > 0) {
        sentence += ", " + std::to_string(layer.lost) + (layer.hasUnknown ? " or more" : "") + " lost" +
                    (layer.uuids.empty() ? "" : ": " + named(layer.uuids));
    } else if (layer.hasUnknown) {
        sentence += "; there were pages of it that cannot be read, and how many more it had is not known";
    } else {
        sentence += ", and nothing in the file speaks of more";
    }
    return sentence + ".";
}

std::vector<std::string> sentencesOn(const database::Recovery& recovery) {
    std::vector<std::string> sentences;
    for (const database::RecoveredTable& table : recovery.tables) {
        if (table.isLayer) {
            sentences.push_back(sentenceOn(table));
        } else if (table.lost > 0 || table.hasUnknown) {
            sentences.push_back("The table " + printableName(table.name) + ": " +
                                counted(table.rows, wordFor(table.name)) + " read, " +
                                (table.lost > 0 ? std::to_string(table.lost) + " or more lost."
                                                : "and it is not known how many more there were."));
        }
    }
    sentences.insert(sentences.end(), recovery.notes.begin(), recovery.notes.end());
    sentences.push_back(
        recovery.isWhole
            ? "Nothing is known to be missing."
            : "Steps of before cannot be taken back in it, since what that needs may be incomplete.");
    return sentences;
}

/// What to do about it.
std::string adviceOn(database::Finding::Kind kind) {
    using Kind = database::Finding::Kind;
    switch (kind) {
    case Kind::Damage:
        return "Have what can be read of it written into a new project (in the window File \u203a Recover, "
               "or "
               "nunatak-cli project recover), or put a copy from a backup in its place.";
    case Kind::MissingTable:
        return "Another program removed it; the rest of the project is not touched by that.";
    case Kind::Shapes:
        return "They stay in the file and are not shown; what they were is in a backup at most.";
    case Kind::Names:
        return "Open the project for writing: that gives each one of its own.";
    case Kind::MissingIndex:
        return "Open the project for writing: that makes it again.";
    case Kind::Index:
        return "Other programs may not find all outlines; a project recovered from this one (in the window "
               "File \u203a Recover, or nunatak-cli project recover) has a new one.";
    case Kind::History:
        return "The outlines are not touched by that; what those steps did cannot be taken back or looked "
               "at.";
    }
    return {};
}

std::string lookedAt(const Project& project) {
    std::size_t outlines = 0;
    for (const auto& layer : project.layers()) {
        outlines += project.outlines(layer.name).size();
    }
    return "Every page of the file was read, " +
           counted(static_cast<long long>(project.layers().size()), "layer") + " with " +
           counted(static_cast<long long>(outlines), "outline") +
           " compared with the spatial indexes, the history of " +
           counted(static_cast<long long>(project.history().size()), "step") +
           " with itself, and everything was read as on opening.";
}

} // namespace

FileCheck checkFile(const std::filesystem::path& file, const Progress& progress) {
    FileCheck check;
    for (const database::Finding& finding : database::check(file, progress.part(0, 0.7))) {
        check.isDamaged = check.isDamaged || finding.kind == database::Finding::Kind::Damage;
        check.found.push_back({finding.sentence, {}});
        const std::string advice = adviceOn(finding.kind);
        // Said once, with the last of several that are alike.
        if (check.found.size() > 1 && check.found[check.found.size() - 2].toDo == advice) {
            check.found[check.found.size() - 2].toDo.clear();
        }
        check.found.back().toDo = advice;
    }
    if (!check.found.empty()) {
        check.lookedAt =
            "Every page of the file was read; what else there may be to say follows from what was "
            "found.";
        return check;
    }
    progress.report(0.7, "Reading it as on opening"); // what others did to it is said then, too
    const auto project = Project::open(file, Access::ReadOnly);
    for (const std::string& note : project->notes()) {
        check.found.push_back({note, {}});
    }
    check.lookedAt = lookedAt(*project);
    return check;
}

Compacted compactFile(const std::filesystem::path& file, const Progress& progress) {
    const auto sizes = database::compact(file, progress);
    return {sizes.before, sizes.after};
}

std::string sentenceOn(const std::filesystem::path& file, const Compacted& sizes) {
    return file.string() + " takes " + sizeText(sizes.after) +
           (sizes.after < sizes.before ? ", " + sizeText(sizes.before) + " before."
                                       : " as before; there was no room to give back.");
}

void copyFile(const std::filesystem::path& file, const std::filesystem::path& target,
              const Progress& progress, const Beside& beside) {
    throwUnlessProjectName(target);
    database::copy(file, target, progress, beside);
}

std::vector<std::string> recoverFile(const std::filesystem::path& damaged,
                                     const std::filesystem::path& target, const Progress& progress) {
    throwUnlessProjectName(target);
    database::HistoryRow mark;
    mark.time = nowAsText();
    mark.description = "Keep what could be read of a damaged file";
    mark.tool = tools::recovered;
    mark.analyst = userName();
    database::Recovery recovery = database::recover(damaged, target, std::move(mark), progress.part(0, 0.9));
    try {
        for (const std::string& note : Project::open(target, Access::ReadOnly)->notes()) {
            recovery.notes.push_back(note);
        }
    } catch (const Error& failure) { // what was read is kept all the same
        recovery.isWhole = false;
        recovery.notes.push_back(std::string("The new project cannot be opened as it is. ") + failure.what());
    }
    return sentencesOn(recovery);
}

std::filesystem::path recoveredNameFor(const std::filesystem::path& damaged) {
    return recoveredFileFor(std::filesystem::absolute(damaged));
}

bool isDamage(const Error& failure) {
    return dynamic_cast<const database::StoreDamaged*>(&failure) != nullptr;
}

} // namespace nunatak::project
