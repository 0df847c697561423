// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tools/place.h"
#include "ui/tools/scene.h"

#include <optional>

// What of the selected outline a hand takes hold of.
namespace nunatak::ui::tools {

/// Pixels within which a press takes a vertex, and the line.
constexpr double vertexReach = 8;
constexpr double lineReach = 12;

struct Hit {
    bool isVertex = false; ///< else the edge that begins there
    geo::VertexId vertex;
    geo::Point point; ///< on the line
};
/// None where nothing of the outline is within reach, or only what the ground hides, or vertices are too
/// close to be drawn: a press there is the map's. Distances are those on the screen.
std::optional<Hit> hitOn(const outlines::OutlineRef& ref, const Place& place, const Scene& scene);

} // namespace nunatak::ui::tools
