// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/reshape.h"

#include "editing/boundary_chains.h"
#include "editing/common_ground.h"
#include "editing/edges_beside.h"
#include "editing/gate.h"
#include "editing/gate_neighbours.h"
#include "editing/landings.h"
#include "editing/places.h"
#include "editing/redraw_beside.h"
#include "editing/touched_edges.h"
#include "editing/vertex_runs.h"
#include "geo/rings.h"
#include "geo/segments.h"
#include "geo/shape_operations.h"
#include "outlines/outline_name.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

namespace nunatak::editing {

namespace {

using outlines::OutlineHandle;
using outlines::OutlineRef;

std::vector<Sharer> sharersOf(const Draft& draft, const OutlineRef& ref, LineChanges& lines) {
    std::vector<Sharer> sharers;
    for (SharedRing& ring : sharedRings(draft, ref, lines)) {
        std::vector<Chain> chains = chainsOf(ring, lines);
        sharers.push_back({std::move(ring), std::move(chains)});
    }
    return sharers;
}

/// Lands what came to lines that are drawn anew, and leads along what lies on an edge of a neighbour that
/// changes with its end, and what lies on edges of that.
void landAndLeadAlong(const Draft& draft, const OutlineRef& ref, const std::vector<RingSplice>& splices,
                      LineChanges& lines, std::vector<Sharer>& sharers) {
    std::optional<geo::MultiPolygon> after;
    std::optional<geo::EdgeIndex> index;
    while (true) {
        std::optional<std::pair<LineChanges, std::vector<Sharer>>> landed;
        if (needLandings(lines, sharers)) {
            if (!after) {
                after = draft.require(ref)->geometry;
                applySplices(splices, *after);
                index.emplace(*after);
            }
            landed.emplace(lines, sharers);
            landOnLines(landed->first, landed->second, *after, *index);
        }
        const std::vector<BesideEdge> beside =
            landed ? edgesBeside(landed->second, landed->first) : edgesBeside(sharers, lines);
        if (!lines.addBeside(beside)) {
            if (landed) {
                std::tie(lines, sharers) = std::move(*landed);
            }
            return;
        }
        sharers = sharersOf(draft, ref, lines);
    }
}

/// What the lines make of the rings that they are of.
std::vector<RingSplice> ownSplices(const LineChanges& lines) {
    std::vector<RingSplice> splices;
    for (const LineChange& line : lines.all()) {
        if (line.isBeside) {
            continue;
        }
        const std::ptrdiff_t begin = line.isWhole ? 0 : 1;
        splices.push_back(
            {line.part, line.ring, line.first, line.removed, {line.now.begin() + begin, line.now.end() - 1}});
    }
    return splices;
}

/// Places that follow each other in a ring, each once.
std::size_t placesOf(geo::Ring ring) {
    ring.erase(std::unique(ring.begin(), ring.end()), ring.end());
    return ring.size() > 1 && ring.front() == ring.back() ? ring.size() - 1 : ring.size();
}

/// Takes rings of which too few vertices stay out of a shape that is spliced. False where nothing is left.
bool dropRings(const geo::MultiPolygon& before, Reshape& change) {
    constexpr std::size_t few =
        16; // of larger rings more than three places stay, or all of this is looked at
    std::set<RingName> small;
    std::map<RingName, std::size_t> removed;
    for (const RingSplice& splice : change.splices) {
        const RingName name{splice.part, splice.ring};
        removed[name] += splice.removed;
        if (geo::ringOf(before, splice.part, splice.ring).size() < removed[name] + few) {
            small.insert(name);
        }
    }
    if (small.empty()) {
        return true;
    }
    geo::MultiPolygon shape = before;
    applySplices(change.splices, shape);
    std::set<RingName> gone;
    for (const RingName& name : small) {
        if (placesOf(geo::ringOf(shape, name.first, name.second)) < 3) {
            gone.insert(name);
        }
    }
    if (!gone.empty()) {
        change.shape = withoutRings(std::move(shape), gone);
        change.splices.clear();
    }
    return !change.shape || !change.shape->empty();
}

geo::Ring eachOnce(geo::Ring points) {
    std::sort(points.begin(), points.end(),
              [](geo::Point a, geo::Point b) { return std::pair(a.x, a.y) < std::pair(b.x, b.y); });
    points.erase(std::unique(points.begin(), points.end()), points.end());
    return points;
}

/// A splice as the line that it draws, with the vertices at its ends.
Excursion lineOf(const RingSplice& splice, const geo::Ring& ring) {
    Excursion excursion;
    excursion.line = splice.added;
    if (splice.removed == ring.size()) {
        excursion.line.push_back(splice.added.front());
    } else {
        excursion.line.insert(excursion.line.begin(), ring[(splice.first + ring.size() - 1) % ring.size()]);
        excursion.line.push_back(ring[(splice.first + splice.removed) % ring.size()]);
    }
    return excursion;
}

/// What would enter others ends at their lines, and follows them vertex by vertex. `why` it does not go
/// otherwise.
void splicesUpToOthers(Draft& draft, const OutlineRef& ref, std::vector<RingSplice> splices,
                       const Refused& why) {
    const OutlineHandle outline = draft.require(ref);
    const geo::MultiPolygon& before = outline->geometry;
    throwIfWorse(before, *draft.indices().of(outline), splices);
    std::vector<Excursion> lines;
    for (const RingSplice& splice : splices) {
        lines.push_back(lineOf(splice, geo::ringOf(before, splice.part, splice.ring)));
    }
    reshapeUpToOthers(draft, ref, std::move(lines), why, [&](const std::vector<Excursion>& drawn) {
        for (std::size_t i = 0; i < splices.size(); ++i) {
            const geo::Ring& ring = geo::ringOf(before, splices[i].part, splices[i].ring);
            const std::ptrdiff_t begin = splices[i].removed == ring.size() ? 0 : 1;
            splices[i].added.assign(drawn[i].line.begin() + begin, drawn[i].line.end() - 1);
        }
        geo::MultiPolygon shape = before;
        applySplices(splices, shape);
        return shape;
    });
}

} // namespace

void reshapeTogether(Draft& draft, const OutlineRef& ref, std::vector<RingSplice> splices, Line line,
                     const std::function<geo::MultiPolygon(geo::MultiPolygon drawn)>& own) {
    const OutlineHandle outline = draft.require(ref);
    geo::Ring come;
    for (const RingSplice& splice : splices) {
        come.insert(come.end(), splice.added.begin(), splice.added.end());
    }
    LineChanges lines(outline->geometry, splices, line);
    std::vector<Sharer> sharers = sharersOf(draft, ref, lines);
    if (sharers.empty() && !own) {
        std::vector<Reshape> changes{{ref, std::move(splices)}};
        addTouched(draft, ref, come, changes);
        draft.reshape(std::move(changes));
        return;
    }
    placeRemoved(lines, sharers);
    landAndLeadAlong(draft, ref, splices, lines, sharers);
    std::vector<Reshape> changes{{ref, ownSplices(lines)}};
    for (const Sharer& sharer : sharers) {
        std::vector<RingSplice> shared = splicesOf(sharer, lines);
        if (shared.empty()) {
            continue;
        }
        auto change = std::find_if(changes.begin(), changes.end(),
                                   [&](const Reshape& each) { return each.ref == sharer.ring.ref; });
        if (change == changes.end()) {
            change = changes.insert(changes.end(), Reshape{sharer.ring.ref, {}});
        }
        std::move(shared.begin(), shared.end(), std::back_inserter(change->splices));
    }
    // Where others land a third one may have an edge.
    for (const Reshape& change : changes) {
        for (const RingSplice& splice : change.splices) {
            come.insert(come.end(), splice.added.begin(), splice.added.end());
        }
    }
    come = eachOnce(std::move(come));
    if (own) {
        geo::MultiPolygon drawn = outline->geometry;
        applySplices(std::exchange(changes.front().splices, {}), drawn);
        changes.front().shape = own(std::move(drawn));
    }
    for (Reshape& change : changes) {
        const OutlineHandle before = draft.require(change.ref);
        if (!dropRings(before->geometry, change)) {
            throw Refused("Nothing would be left of " + outlines::nameInSentence(*before) + ".",
                          std::nullopt);
        }
    }
    addTouched(draft, ref, come, changes);
    draft.reshape(std::move(changes));
}

void reshape(Draft& draft, const OutlineRef& ref, std::vector<RingSplice> splices, Neighbours neighbours,
             Line line) {
    if (neighbours == Neighbours::NoOverlap && !draft.mayOverlap(ref.layer)) {
        try {
            draft.reshape(ref, splices);
        } catch (const Refused& refused) {
            splicesUpToOthers(draft, ref, std::move(splices), refused);
        }
        return;
    }
    if (neighbours != Neighbours::Together || !takesGround(*draft.require(ref))) {
        draft.reshape(ref, std::move(splices));
        return;
    }
    const bool isRemoval =
        line == Line::Same &&
        std::any_of(splices.begin(), splices.end(), [](const auto& each) { return each.added.empty(); });
    if (!isRemoval) {
        reshapeTogether(draft, ref, std::move(splices), line, {});
        return;
    }
    try {
        reshapeTogether(draft, ref, splices, line, {});
    } catch (const Refused& refused) {
        // A long stretch from which others branch off cannot fall onto its ends: they come to the straight
        // line where it crosses them. Where as many vertices come as go, none is removed.
        Draft straight = draft;
        try {
            reshapeTogether(straight, ref, std::move(splices), Line::Another, {});
        } catch (const Refused&) {
            throw refused; // which of both says more
        }
        if (straight.require(ref)->vertices() >= draft.require(ref)->vertices()) {
            throw;
        }
        draft = std::move(straight);
    }
}

std::string withNeighbours(const Draft& draft, const OutlineRef& ref, const std::string& name) {
    const std::size_t count = draft.changedBeside(ref);
    return count == 0   ? name
           : count == 1 ? name + " and its neighbour"
                        : name + " and its " + std::to_string(count) + " neighbours";
}

} // namespace nunatak::editing
