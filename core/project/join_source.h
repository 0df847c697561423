// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/common_moment.h"
#include "project/project_then.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace nunatak::database {
struct RunRow;
} // namespace nunatak::database

namespace nunatak::project {

/// A project as it is when another one shall be joined with it, to be read on any thread.
struct JoinSide {
    std::string name;
    std::filesystem::path file;
    Lineage lineage; ///< with what another program did that no step says yet, as its last step
    std::vector<scene::Scene> scenes;
    ProjectThen now;
    std::function<ProjectThen(std::int64_t step)> wayBack;
    std::vector<bool> gone; ///< steps of the history that were taken back
    /// Others' steps that came with merges that stand, by the outline that they changed; read when they are
    /// asked for first.
    std::function<const std::multimap<outlines::OutlineRef, MergedStep>&()> mergedOf;
    std::set<std::string> context;            ///< layers that only show what others have
    std::vector<std::string> unrecordedNotes; ///< the same, as its opening told it
    std::string unrecorded; ///< what another program did that no step says yet; empty: nothing

    const HistoryStep* step(std::int64_t id) const;
};

JoinSide joinSide(const Project& project);

/// Names by which the projects of these files are told apart: the files', with as much of their folders as
/// that needs.
std::vector<std::string> namesOf(const std::vector<std::filesystem::path>& files);

/// Throws Error where another program renamed a layer so that it cannot be told which table it is, and what
/// was done in it would be left out; says, a sentence each, which layers are gone.
std::vector<std::string> gone(const JoinSide& side);

class OutlineEvents;

/// The steps of the other one that `here` does not know, after the last that it knew, and those that came
/// into it by merges that stand, in their order, with the outlines that they changed, by this name of a layer
/// there; of before those that are not known of an outline. `events`: null where none are known.
std::vector<MergedStep> stepsSince(const JoinSide& here, const JoinSide& there, std::int64_t lastKnown,
                                   const ProjectThen& then, const std::map<std::string, std::string>& layers,
                                   const OutlineEvents* events);

/// The predictions in effect there, of layers called so here, but for those that are here.
std::vector<std::shared_ptr<const database::RunRow>> runsOf(const JoinSide& there, const JoinSide& here,
                                                            const std::map<std::string, std::string>& layers);

} // namespace nunatak::project
