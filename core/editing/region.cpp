// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/region.h"

#include "editing/boundaries.h"
#include "editing/gate_neighbours.h"
#include "editing/line_nodes.h"
#include "editing/overlay.h"
#include "editing/paths.h"
#include "editing/redraw_rings.h"
#include "geo/edge_index.h"
#include "geo/rings.h"
#include "geo/shape_operations.h"
#include "outlines/outline_name.h"

#include <algorithm>
#include <set>
#include <utility>

namespace nunatak::editing {

namespace {

using outlines::OutlineHandle;
using outlines::OutlineRef;

[[noreturn]] void refuseAll(const outlines::Outline& outline) {
    throw Refused("Nothing would be left of " + outlines::nameInSentence(outline) + ".", std::nullopt);
}

/// True where a polygon has ground in common with an outline, or touches it.
bool meets(const geo::Polygon& polygon, const Indexed& outline) {
    const Noded noded = nodedLines(laidRings({polygon}), std::span(&outline, 1));
    return !noded.nodes.front().empty() ||
           geo::whereIs(polygon.outer.front(), *outline.shape, *outline.index) == geo::Where::Inside ||
           (!outline.shape->empty() && geo::isInside(polygon.outer, outline.shape->front().outer.front()));
}

/// The region without the ground of others, and without what it would come to beyond them.
geo::MultiPolygon uncovered(const Draft& draft, const OutlineHandle& outline, geo::MultiPolygon region,
                            const std::vector<OutlineHandle>& others) {
    const geo::MultiPolygon whole = region;
    for (const OutlineHandle& other : others) {
        const Indexed theirs = indexed(draft.indices(), other);
        const Noded noded = nodedLines(laidRings(region), std::span(&theirs, 1));
        region = overlaid(theirs, noded.nodes.front(), noded.lines, Overlay::Uncovered).shape;
        if (region.empty()) { // for a brush no reason to stop
            throw GroundIsTaken("It would overlap " + outlines::nameInSentence(*other) + ".",
                                whole.front().outer.front());
        }
    }
    const Indexed own = indexed(draft.indices(), outline);
    const auto isBeyond = [&](const geo::Polygon& polygon) { return !meets(polygon, own); };
    if (region.size() > whole.size() && !std::all_of(region.begin(), region.end(), isBeyond)) {
        std::erase_if(region, isBeyond);
    }
    return region;
}

std::vector<geo::Point> pointsOf(const geo::MultiPolygon& shape, const std::vector<geo::VertexId>& edges) {
    std::vector<geo::Point> points;
    for (const geo::VertexId& from : edges) {
        const geo::Edge edge = edgeAt(shape, from);
        points.push_back(edge.a);
        points.push_back(edge.b);
    }
    return points;
}

} // namespace

std::vector<RingSplice> verticesFor(std::span<const LineNode> nodes, const std::vector<geo::Point>& points) {
    std::set<std::pair<double, double>> wanted;
    for (const geo::Point& point : points) {
        wanted.emplace(point.x, point.y);
    }
    std::vector<StrokeMeeting> meetings;
    for (const LineNode& node : nodes) {
        if (node.along > 0 && wanted.contains({node.point.x, node.point.y})) {
            meetings.push_back({0, 0, node.edge, node.along, node.point});
        }
    }
    return verticesAt(std::move(meetings));
}

geo::MultiPolygon regionWithin(geo::Ring ring) {
    ring.erase(std::unique(ring.begin(), ring.end()), ring.end());
    while (ring.size() > 1 && ring.front() == ring.back()) {
        ring.pop_back();
    }
    if (!geo::isFinite(ring)) {
        throw Error("A line cannot lead through a place without coordinates.");
    }
    if (ring.size() < 3) {
        throw Refused("A ring needs three points.", std::nullopt);
    }
    const geo::Point place = ring.back();
    geo::MultiPolygon region{{std::move(ring), {}}};
    if (!geo::invalidReason(region).empty()) {
        throw Refused("The line would cross itself.", place);
    }
    return region;
}

void layRegion(Draft& draft, const OutlineRef& ref, const geo::MultiPolygon& region, Ground ground,
               Neighbours neighbours) {
    const OutlineHandle outline = requireArea(draft, ref);
    const bool isAdded = ground == Ground::Add;
    std::vector<OutlineHandle> others;
    if (neighbours != Neighbours::Alone) {
        others = groundBeside(draft, ref, *outline, geo::extentOf(region).grown(onLine));
    }
    geo::MultiPolygon laid = region;
    if (isAdded && neighbours == Neighbours::NoOverlap) {
        laid = uncovered(draft, outline, region, others);
    }
    std::vector<Indexed> all{indexed(draft.indices(), outline)};
    for (const OutlineHandle& other : others) {
        all.push_back(indexed(draft.indices(), other));
    }
    const Noded noded = nodedLines(laidRings(laid), all);
    Overlaid own = overlaid(all[0], noded.nodes[0], noded.lines, isAdded ? Overlay::Add : Overlay::Remove);
    if (own.isSame) {
        throw NothingChanges(isAdded ? "That is its ground already." : "It has no ground here.",
                             laid.front().outer.front());
    }
    if (own.shape.empty()) {
        refuseAll(*outline);
    }
    const std::vector<geo::Point> drawn = pointsOf(own.shape, own.edges.coming);
    std::vector<Reshape> changes;
    changes.push_back({ref, {}, std::move(own.shape), std::move(own.edges)});
    for (std::size_t i = 0; i < others.size(); ++i) {
        const OutlineRef theirs{ref.layer, others[i]->uuid};
        if (neighbours == Neighbours::Together) {
            Overlaid left = overlaid(all[i + 1], noded.nodes[i + 1], noded.lines, Overlay::Remove);
            if (!left.isSame) {
                if (left.shape.empty()) {
                    refuseAll(*others[i]);
                }
                changes.push_back({theirs, {}, std::move(left.shape), std::move(left.edges)});
                continue;
            }
        }
        if (auto vertices = verticesFor(noded.nodes[i + 1], drawn); !vertices.empty()) {
            changes.push_back({theirs, std::move(vertices)});
        }
    }
    draft.reshape(std::move(changes));
}

} // namespace nunatak::editing
