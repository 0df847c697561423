// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/redraw_openings.h"

#include "editing/redraw_rings.h"
#include "geo/rings.h"
#include "geo/segments.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace nunatak::editing {

namespace {

[[noreturn]] void throwMetAgain(geo::Point place) {
    throw Refused("Neighbours share this: cross a hole once.", place);
}

std::size_t indexOf(const geo::Ring& ring, geo::Point point) {
    const auto found = std::find(ring.begin(), ring.end(), point);
    if (found == ring.end()) {
        throwMetAgain(point);
    }
    return static_cast<std::size_t>(found - ring.begin());
}

/// Vertices between two others of a ring, in its direction.
geo::Ring between(const geo::Ring& ring, std::size_t from, std::size_t to) {
    geo::Ring arc;
    for (std::size_t i = (from + 1) % ring.size(); i != to; i = (i + 1) % ring.size()) {
        arc.push_back(ring[i]);
    }
    return arc;
}

/// Of both ways along a ring the one that lies on this side of the line through it.
geo::Ring arcBeside(const geo::Ring& ring, const geo::Ring& through, bool isLeft) {
    const std::size_t from = indexOf(ring, through.front());
    const std::size_t to = indexOf(ring, through.back());
    geo::Ring ahead = between(ring, from, to);
    geo::Ring back = between(ring, to, from);
    std::reverse(back.begin(), back.end());
    std::optional<geo::Ring> nearest;
    double least = 0;
    for (geo::Ring* arc : {&ahead, &back}) {
        geo::Ring around = through;
        around.insert(around.end(), arc->rbegin(), arc->rend());
        const double area = geo::signedArea(around);
        if ((area > 0) == isLeft && (!nearest || std::abs(area) < least)) {
            least = std::abs(area);
            nearest = std::move(*arc);
        }
    }
    if (!nearest) {
        throwMetAgain(through.front());
    }
    return std::move(*nearest);
}

} // namespace

NeighboursLine aroundHoles(const geo::MultiPolygon& shape, const Excursion& excursion) {
    const auto& [from, to, line, crossings] = excursion;
    const double area = geo::signedArea(geo::ringOf(shape, from.edge.part, from.edge.ring)) -
                        geo::signedArea(areaBetween(excursion, shape));
    const bool isIceLeft = (area > 0) == (from.edge.ring == 0);

    NeighboursLine result{excursion, {}};
    geo::Ring& around = result.excursion.line;
    around.clear();
    std::size_t at = 0; // of the line
    for (std::size_t i = 0; i < crossings.size(); ++i) {
        const StrokeMeeting& enters = crossings[i];
        if (enters.edge.part != from.edge.part) {
            throw Refused("Neighbours share this: parts do not join.", enters.point);
        }
        const geo::Ring& ring = geo::ringOf(shape, enters.edge.part, enters.edge.ring);
        for (; at < line.size() && line[at] != enters.point; ++at) {
            around.push_back(line[at]);
        }
        if (at + 1 >= line.size()) {
            throwMetAgain(enters.point);
        }
        const geo::Point beyond = geo::pointAlong(line[at], line[at + 1], 0.5);
        if (geo::isInside(ring, beyond) == (enters.edge.ring == 0)) {
            continue; // it only touches the hole
        }
        if (i + 1 == crossings.size() || !areOnOneRing(enters, crossings[i + 1])) {
            throwMetAgain(enters.point);
        }
        const StrokeMeeting& leaves = crossings[++i];
        geo::Ring through;
        for (; at < line.size() && line[at] != leaves.point; ++at) {
            through.push_back(line[at]);
        }
        through.push_back(leaves.point);
        const geo::Ring arc = arcBeside(ring, through, !isIceLeft);
        for (const StrokeMeeting& other : crossings) {
            if (areOnOneRing(other, enters) && std::find(arc.begin(), arc.end(), other.point) != arc.end()) {
                throwMetAgain(other.point);
            }
        }
        around.push_back(enters.point);
        around.insert(around.end(), arc.begin(), arc.end());
        result.openings.push_back({std::move(through)});
    }
    around.insert(around.end(), line.begin() + static_cast<std::ptrdiff_t>(at), line.end());
    return result;
}

geo::MultiPolygon throughHoles(geo::MultiPolygon drawn, const NeighboursLine& line) {
    const geo::VertexId own = line.excursion.from.edge;
    geo::Ring& ring = geo::ringOf(drawn, own.part, own.ring);
    for (const Opening& opening : line.openings) {
        const geo::Ring& through = opening.through;
        geo::Ring kept = between(ring, indexOf(ring, through.back()), indexOf(ring, through.front()));
        kept.insert(kept.end(), through.begin(), through.end());
        ring = std::move(kept);
    }
    return withRingAcrossOthers(std::move(drawn), own.part, own.ring);
}

} // namespace nunatak::editing
