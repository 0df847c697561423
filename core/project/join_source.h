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
    std::vector<HistoryStep> history;
    std::vector<MergedStep> merged;
    std::vector<scene::Scene> scenes;
    ProjectThen now;
    std::function<ProjectThen()> wayBack; ///< to the common moment
    std::int64_t moment = 0;              ///< of its own history
    std::set<std::string> context;        ///< layers that only show what others have

    const HistoryStep* step(std::int64_t id) const;
};

/// `hasMoment` is false where both have nothing in common: then all that is there is new.
JoinSide joinSide(const Project& project, std::int64_t moment, bool hasMoment);

/// The last step of each outline among those that changed since.
using LastSteps = std::map<outlines::OutlineRef, std::int64_t>;
LastSteps lastSteps(const ProjectThen& then);

/// Its own steps since the moment and those that came into it by merges, in their order, with the outlines
/// that they changed, by this name of a layer there.
std::vector<MergedStep> stepsSince(const JoinSide& side, const ProjectThen& then,
                                   const std::map<std::string, std::string>& layers);

/// The predictions in effect there, of layers called so here, but for those that are here.
std::vector<std::shared_ptr<const database::RunRow>> runsOf(const JoinSide& there, const JoinSide& here,
                                                            const std::map<std::string, std::string>& layers);

} // namespace nunatak::project
