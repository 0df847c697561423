// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project_care.h"

#include "base/counted.h"
#include "base/error.h"
#include "base/printable.h"
#include "base/project_file.h"
#include "base/user_name.h"
#include "database/maintenance.h"
#include "project/project.h"
#include "project/project_impl.h"
#include "project/step_tools.h"

#include <algorithm>
#include <map>

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

std::vector<std::string> sentencesOn(const database::Recovery& recovery) {
    std::vector<std::string> sentences;
    for (const database::RecoveredTable& table : recovery.tables) {
        const std::string word = table.isLayer ? "outline" : wordFor(table.name);
        if (table.isLayer) {
            sentences.push_back("The layer " + printableName(table.name) + ": " + counted(table.rows, word) +
                                (table.lost == 0
                                     ? ", all there are known of."
                                     : " read, " + std::to_string(table.lost) + " lost" +
                                           (table.uuids.empty() ? "." : ": " + named(table.uuids) + ".")));
        } else if (table.lost > 0) {
            sentences.push_back("The table " + printableName(table.name) + ": " + counted(table.rows, word) +
                                " read, " + std::to_string(table.lost) + " or more lost.");
        }
    }
    sentences.insert(sentences.end(), recovery.notes.begin(), recovery.notes.end());
    sentences.push_back(
        recovery.isWhole
            ? "Nothing is known to be missing."
            : "Steps of before cannot be taken back in it, since what that needs may be incomplete.");
    return sentences;
}

} // namespace

std::vector<std::string> checkFile(const std::filesystem::path& file, const Progress& progress) {
    std::vector<std::string> found = database::check(file, progress);
    if (found.empty()) { // what others did to it, and what cannot be read, is said at opening, too
        found = Project::open(file, Access::ReadOnly)->notes();
    }
    return found;
}

Compacted compactFile(const std::filesystem::path& file) {
    const auto sizes = database::compact(file);
    return {sizes.before, sizes.after};
}

void copyFile(const std::filesystem::path& file, const std::filesystem::path& target,
              const Progress& progress) {
    throwUnlessProjectName(target);
    database::copy(file, target, progress);
}

std::vector<std::string> recoverFile(const std::filesystem::path& damaged,
                                     const std::filesystem::path& target) {
    throwUnlessProjectName(target);
    database::HistoryRow mark;
    mark.time = nowAsText();
    mark.description = "Keep what could be read of a damaged file";
    mark.tool = tools::recovered;
    mark.analyst = userName();
    database::Recovery recovery = database::recover(damaged, target, std::move(mark));
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

} // namespace nunatak::project
