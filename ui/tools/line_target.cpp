// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/line_target.h"

#include "editing/nearest.h"
#include "editing/stroke_meetings.h"
#include "geo/paths.h"
#include "ui/tools/hit.h"
#include "ui/tools/other_lines.h"

#include <algorithm>
#include <compare>
#include <limits>

namespace nunatak::ui::tools {

namespace {

/// Pixels from its line within which a stroke that begins in another glacier is of the one selected already.
constexpr double selectedReach = 100;

geo::Extent around(geo::Point point, double reach) {
    return geo::Extent{point.x, point.y, point.x, point.y}.grown(reach);
}

/// Lines and points are nothing that ground is drawn about.
bool hasGround(const outlines::OutlineRef& ref, const Scene& scene) {
    const auto outline = scene.outline(ref);
    return outline != nullptr && !geo::isPath(outline->geometry);
}

double distanceTo(const outlines::OutlineRef& ref, geo::Point point, double reach, const Scene& scene) {
    const auto outline = scene.outline(ref);
    const auto near =
        outline ? nunatak::editing::nearestEdge(outline->geometry, *scene.indices().of(outline), point, reach)
                : std::nullopt;
    return near ? near->distance : std::numeric_limits<double>::infinity();
}

/// The one whose line is nearest within reach; one that can be edited, or a reference.
std::optional<outlines::OutlineRef> nearest(const Place& place, double pixels, bool isLocked,
                                            const Scene& scene) {
    const double reach = pixels * place.metresPerPixel;
    std::optional<outlines::OutlineRef> found;
    double least = std::numeric_limits<double>::infinity();
    for (const auto& ref : scene.near(around(place.map, reach))) {
        if (scene.lock(ref).isEmpty() == isLocked || !hasGround(ref, scene)) {
            continue;
        }
        if (const double away = distanceTo(ref, place.map, reach, scene); away < least) {
            least = away;
            found = ref;
        }
    }
    return found;
}

std::optional<outlines::OutlineRef> containing(const Place& place, bool isLocked, const Scene& scene) {
    for (const auto& ref : scene.at(place.map)) {
        if (scene.lock(ref).isEmpty() != isLocked && hasGround(ref, scene)) {
            return ref;
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<outlines::OutlineRef> selectedOutline(const Scene& scene) {
    const auto* only = scene.selection().only();
    return only != nullptr && scene.outline(*only) ? std::optional(*only) : std::nullopt;
}

std::optional<outlines::OutlineRef> outlineBegunAt(const Place& place, const Scene& scene) {
    const auto own = selectedOutline(scene);
    const auto ownWithin = [&](double pixels) {
        const double reach = pixels * place.metresPerPixel;
        return own && distanceTo(*own, place.map, reach, scene) <= reach;
    };
    if (ownWithin(lineReach) || (own && geo::contains(scene.outline(*own)->geometry, place.map))) {
        return own;
    }
    if (auto found = nearest(place, lineReach, false, scene)) {
        return found;
    }
    if (ownWithin(selectedReach) && !scene.at(place.map).empty()) {
        return own;
    }
    if (auto found = containing(place, false, scene)) {
        return found;
    }
    if (own && scene.lock(*own).isEmpty() && isOnOtherLine(place, own->layer, scene)) {
        return own; // which follows that line
    }
    if (own && scene.lock(*own).isEmpty() &&
        scene.outline(*own)->extent().grown(selectedReach * place.metresPerPixel).contains(place.map)) {
        return std::nullopt; // beside it: a reference there is nothing that it is about
    }
    if (auto found = nearest(place, lineReach, true, scene)) {
        return found;
    }
    return containing(place, true, scene);
}

bool isNearSelected(const Place& place, const Scene& scene) {
    const auto own = selectedOutline(scene);
    const double reach = selectedReach * place.metresPerPixel;
    return own && (distanceTo(*own, place.map, reach, scene) <= reach ||
                   geo::contains(scene.outline(*own)->geometry, place.map));
}

std::optional<outlines::OutlineRef> outlineAround(const Place& place, const Scene& scene) {
    const auto own = selectedOutline(scene);
    if (own && geo::contains(scene.outline(*own)->geometry, place.map)) {
        return own;
    }
    const auto found = containing(place, false, scene);
    return found ? found : containing(place, true, scene);
}

std::optional<outlines::OutlineRef> outlineMetBy(const geo::Ring& line, const Scene& scene) {
    struct Met {
        bool isLocked;
        bool isOther;
        std::size_t segment;
        double share;
        auto operator<=>(const Met&) const = default;
    };
    std::optional<outlines::OutlineRef> first;
    std::optional<Met> least;
    const auto own = selectedOutline(scene);
    geo::Extent extent;
    std::for_each(line.begin(), line.end(), [&](geo::Point point) { extent.include(point); });
    for (const auto& ref : scene.near(extent)) {
        if (!hasGround(ref, scene)) {
            continue;
        }
        const auto outline = scene.outline(ref);
        const auto meetings =
            nunatak::editing::meetingsOf(outline->geometry, *scene.indices().of(outline), line);
        if (meetings.empty()) {
            continue;
        }
        const Met met{!scene.lock(ref).isEmpty(), ref != own, meetings.front().segment,
                      meetings.front().share};
        if (!least || met < *least) {
            least = met;
            first = ref;
        }
    }
    return first;
}

} // namespace nunatak::ui::tools
