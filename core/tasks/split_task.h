// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "outlines/outline_set.h"
#include "project/project_split.h"
#include "tasks/project_copy.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

// A project shared out among experts, as the window and the command line both do it: who gets what, and the
// parts with the rasters that they need.
namespace nunatak::tasks {

enum class SharedOutBy { Count, List, Regions, Attribute };

struct ShareChoice {
    SharedOutBy by = SharedOutBy::Count;
    int parts = 2;                ///< of Count
    std::filesystem::path file{}; ///< of List: a table of glacier (UUID, name, RGI or GLIMS id) and part; of
                                  ///< Regions: polygons
    std::string field{}; ///< of Regions: the column that names them (empty: their name); of Attribute
};

/// Who gets which of these glaciers; runs on any thread. Throws Error where the choice makes no parts, a
/// glacier of a list is none or several of them, or a file cannot be read.
/// @param crs theirs
std::vector<project::PartWanted> shareOut(const outlines::OutlineSet& glaciers, const geo::Crs& crs,
                                          const ShareChoice& choice);

struct SplitDone {
    std::vector<project::PartMade> parts;
    std::vector<std::string> sentences; ///< what is worth knowing of them all
};

/// project::planSplit(), with the rasters of predictions that each part's ground was predicted with. All
/// parts are made or none. The plan runs on any thread.
std::function<SplitDone(const Progress&)> planShare(const project::Project& project,
                                                    const std::string& inventory,
                                                    std::vector<project::PartWanted> parts,
                                                    const std::filesystem::path& folder, TakeRasters rasters);

} // namespace nunatak::tasks
