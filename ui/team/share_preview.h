// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "outlines/outline_set.h"
#include "tasks/split_task.h"

#include <string>
#include <vector>

namespace nunatak::ui::team {

/// Who would get what, and what is drawn of it.
struct SharePreview {
    struct Part {
        std::string name; ///< of the region, or a number
        project::PartWanted wanted;
        double area = 0;              ///< m²
        std::vector<geo::Ring> rings; ///< outer ones, in few vertices
        geo::Point middle;            ///< of its glaciers
    };
    std::vector<Part> parts;
    geo::Extent extent; ///< of all
};

/// Throws Error as tasks::shareOut(). Runs on any thread.
SharePreview sharePreview(const outlines::OutlineSet& glaciers, const geo::Crs& crs,
                          const tasks::ShareChoice& choice, const Progress& progress);

} // namespace nunatak::ui::team
