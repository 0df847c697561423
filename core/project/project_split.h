// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "project/project.h"
#include "project/project_care.h"

#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <vector>

// A project in parts, each a project of its own that one expert works on; join.h brings them together again.
namespace nunatak::project {

/// Glaciers that somebody shall work on.
struct PartWanted {
    std::string name; ///< the file's is PROJECT-NAME.gpkg
    std::set<std::string> uuids;
};

/// Of about as many glaciers each, compact and cut where the fewest glaciers share a line; called "1", "2"
/// and so on. Throws Error where there are not that many glaciers.
std::vector<PartWanted> partsByCount(const outlines::OutlineSet& outlines, int parts);

/// Each glacier goes into the region that has most of its ground, and what lies in none into a last part
/// called "rest". Throws Error where two regions have one name.
struct NamedRegion {
    std::string name;
    geo::MultiPolygon shape; ///< in the project's coordinate system
};
std::vector<PartWanted> partsByRegion(const outlines::OutlineSet& outlines,
                                      const std::vector<NamedRegion>& regions);

/// How a part's file is called.
std::filesystem::path partFile(const std::filesystem::path& project, const std::string& part,
                               const std::filesystem::path& folder);

/// A file that was made.
struct PartMade {
    std::filesystem::path file;
    std::string name;
    std::size_t glaciers = 0;
    std::size_t neighbours = 0; ///< glaciers of other parts that it shows
};
struct Split {
    std::vector<PartMade> parts;
    int sharedBetween = 0; ///< pairs of glaciers that share a line and are in different parts
};

/// Splits by the glaciers of an inventory: every part has its own with UUIDs and history, of other layers
/// what lies on their ground (what lies on the ground of several parts, of a reference in each, else where
/// most of it lies; what lies on nobody's by the nearest glacier), all scenes, predictions' regions and
/// settings, and a reference that shows the glaciers of other parts beside it. The project stays as it is.
/// Files are made in `folder`, all or none, with what lies beside them. The plan runs on any thread. Throws
/// Error where a glacier is in no part or in two, a part is empty, or a file is there already.
std::function<Split(const Progress&)> planSplit(const Project& project, const std::string& inventory,
                                                std::vector<PartWanted> parts,
                                                const std::filesystem::path& folder, Beside beside = {});

} // namespace nunatak::project
