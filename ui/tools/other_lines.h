// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/line_stretch.h"
#include "editing/neighbours.h"
#include "ui/tools/tool.h"

#include <optional>
#include <string>
#include <vector>

// Lines of other layers: predictions, imported outlines, other epochs, which a hand takes stretches of.
namespace nunatak::ui::tools {

/// A place on the line of an outline.
struct OtherLine {
    outlines::OutlineRef ref;
    nunatak::editing::LinePlace place;
    double distance = 0; ///< metres
};
/// Of all layers that are shown but this one, within so many metres of a place; the nearest first.
std::vector<OtherLine> otherLines(geo::Point map, double reach, const std::string& layer, const Scene& scene);

/// "Take this stretch · Prediction 2020" of up to three lines beside a place, for an outline; nothing where
/// there is nothing to take.
std::vector<Menu::Item> stretchItems(const outlines::OutlineRef& into, const Place& place, const Scene& scene,
                                     nunatak::editing::Neighbours neighbours);

/// A line of another layer between two places.
struct FollowedLine {
    geo::Ring points; ///< from its place beside the first to that beside the other
    outlines::OutlineRef ref;
};
/// Of the line that both places lie on, by the shorter way; none where there is none, or where it is the line
/// of `target` already.
std::optional<FollowedLine> followedLine(geo::Point from, const Place& to, const outlines::OutlineRef& target,
                                         const Scene& scene);

/// Whether a place lies on a line that can be followed.
bool isOnOtherLine(const Place& place, const std::string& layer, const Scene& scene);

} // namespace nunatak::ui::tools
