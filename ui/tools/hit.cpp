// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/hit.h"

#include "geo/paths.h"
#include "geo/segments.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace nunatak::ui::tools {

namespace {

/// On ground seen from the side a pixel is many metres long: so many times farther it is looked on the map.
constexpr double farther = 12;
/// So many are tried where what is nearest is hidden.
constexpr std::size_t mostTried = 8;

struct Candidate {
    Hit hit;
    double pixels;
};

} // namespace

std::optional<Hit> hitOn(const outlines::OutlineRef& ref, const Place& place, const Scene& scene) {
    const auto outline = scene.outline(ref);
    if (!outline || !scene.showsVertices(place.metresPerPixel)) {
        return std::nullopt;
    }
    const auto pixelsTo = [&](geo::Point point) {
        const auto there = scene.project(point);
        return there ? std::hypot(there->x() - place.position.x(), there->y() - place.position.y())
                     : std::numeric_limits<double>::infinity();
    };
    std::vector<Candidate> candidates;
    const geo::Extent around = geo::Extent{place.map.x, place.map.y, place.map.x, place.map.y}.grown(
        lineReach * place.metresPerPixel * farther);
    scene.indices().of(outline)->visit(outline->geometry, around, [&](const geo::Edge& edge) {
        if (const double pixels = pixelsTo(edge.a); pixels <= vertexReach) {
            candidates.push_back({{true, edge.from, edge.a}, pixels});
        }
        if (!geo::isEdge(outline->geometry, edge)) {
            return;
        }
        const geo::Point on = geo::pointAlong(edge.a, edge.b, geo::along(place.map, edge.a, edge.b));
        if (const double pixels = pixelsTo(on); pixels <= lineReach) {
            candidates.push_back({{false, edge.from, on}, pixels});
        }
    });
    // A vertex goes before the line that runs to it.
    std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
        return a.hit.isVertex != b.hit.isVertex ? a.hit.isVertex : a.pixels < b.pixels;
    });
    for (std::size_t i = 0; i < std::min(candidates.size(), mostTried); ++i) {
        if (scene.isSeen(candidates[i].hit.point)) {
            return candidates[i].hit;
        }
    }
    return std::nullopt;
}

} // namespace nunatak::ui::tools
