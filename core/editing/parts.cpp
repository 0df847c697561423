// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/parts.h"

#include "base/error.h"
#include "editing/boundaries.h"
#include "editing/carried_over.h"
#include "editing/gate.h"
#include "editing/overlay.h"
#include "editing/paths.h"
#include "editing/region.h"
#include "editing/reshape.h"
#include "geo/same_line.h"
#include "geo/shape_operations.h"
#include "outlines/outline_attributes.h"
#include "outlines/outline_name.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

namespace nunatak::editing {

namespace {

using outlines::OutlineHandle;
using outlines::OutlineRef;

const geo::Polygon& partOf(const outlines::Outline& outline, int part) {
    if (part < 0 || static_cast<std::size_t>(part) >= outline.geometry.size()) {
        throw Error("The outline has no part " + std::to_string(part + 1) + ".");
    }
    return outline.geometry[static_cast<std::size_t>(part)];
}

/// What stays of an outline that gives a part away. Throws Refused where that is nothing.
geo::MultiPolygon withoutPart(const outlines::Outline& outline, int part) {
    const geo::Polygon& given = partOf(outline, part);
    if (outline.geometry.size() == 1) {
        throw Refused("Nothing would be left of " + outlines::nameInSentence(outline) + ".",
                      given.outer.front());
    }
    geo::MultiPolygon left = outline.geometry;
    left.erase(left.begin() + part);
    return left;
}

} // namespace

Edit movePart(Draft draft, const OutlineRef& from, int part, const OutlineRef& to) {
    const OutlineHandle giver = requireArea(draft, from);
    const OutlineHandle taker = requireArea(draft, to);
    const geo::Polygon& moved = partOf(*giver, part);
    const std::string name = outlines::nameInSentence(*giver);
    if (from == to || from.layer != to.layer) {
        throw Refused(from == to ? "It is its part already." : "It is of another layer.",
                      moved.outer.front());
    }
    geo::MultiPolygon left = withoutPart(*giver, part);
    const Indexed one = indexed(draft.indices(), taker);
    const Noded noded = nodedLines(laidRings({moved}), std::span(&one, 1));
    std::vector<Reshape> changes;
    changes.push_back(
        {to, {}, overlaid(one, noded.nodes.front(), noded.lines, Overlay::Add).shape, {}, {taker, giver}});
    changes.push_back({from, {}, std::move(left)});
    draft.reshape(std::move(changes));
    return keepingDates(draft.edit("Move a part of " + name + " to " + outlines::nameInSentence(*taker), to));
}

Edit copyPart(Draft draft, const OutlineRef& from, int part, const OutlineRef& to, Neighbours neighbours) {
    const OutlineHandle giver = requireArea(draft, from);
    const std::string name = outlines::nameInSentence(*draft.require(to));
    layRegion(draft, to, {partOf(*giver, part)}, Ground::Add, neighbours);
    return keepingDates(draft.edit(
        "Copy a part of " + outlines::nameInSentence(*giver) + " to " + withNeighbours(draft, to, name), to));
}

std::vector<OutlineRef> putPieces(Draft& draft, const OutlineRef& ref, std::vector<geo::MultiPolygon> pieces,
                                  std::vector<Reshape> beside,
                                  const std::function<void(std::size_t, outlines::Outline&)>& describe) {
    const OutlineHandle outline = requireArea(draft, ref);
    std::vector<OutlineRef> refs;
    std::vector<Reshape> changes;
    for (geo::MultiPolygon& shape : pieces) {
        outlines::Outline piece = *outline;
        if (piece.review != outlines::Review::Removed) {
            piece.review = outlines::Review::NotReviewed;
            piece.reviewRecord = notesOf(std::span(&outline, 1));
        }
        if (!refs.empty()) {
            piece.uuid = outlines::makeUuid();
            piece.geometry.clear(); // the gate looks at what comes
            outlines::dropOwnIds(piece);
        }
        if (describe) {
            describe(refs.size(), piece);
        }
        refs.push_back({ref.layer, piece.uuid});
        draft.put(ref.layer, std::move(piece));
        changes.push_back({refs.back(), {}, std::move(shape), {}, {outline}});
    }
    std::move(beside.begin(), beside.end(), std::back_inserter(changes));
    draft.reshape(std::move(changes));
    return refs;
}

std::string keptIds(const Edit& edit, const std::string& by) {
    std::vector<std::string> kept;
    bool isTold = false;
    for (const outlines::OutlineChange& change : edit.changes) {
        if (change.before && change.after) {
            const auto ids = outlines::ownIds(*change.after);
            // A neighbour gets vertices where a divide ends at its line.
            if (!ids.empty() && ids == outlines::ownIds(*change.before) &&
                !geo::isSameLine(change.before->geometry, change.after->geometry, onLine)) {
                kept.push_back(ids.front().second);
            }
        } else if (change.after) {
            isTold = isTold || outlines::ownIds(*change.after).empty();
        }
    }
    if (!isTold || kept.empty()) {
        return {};
    }
    return kept.size() == 1 ? kept.front() + " stays with " + by + "."
                            : "Ids that name one outline stay with " + by + " of each.";
}

Exploded detachPart(Draft draft, const OutlineRef& ref, int part) {
    const OutlineHandle outline = requireArea(draft, ref);
    std::vector<geo::MultiPolygon> pieces{withoutPart(*outline, part), {partOf(*outline, part)}};
    Exploded detached;
    detached.pieces = putPieces(draft, ref, std::move(pieces));
    detached.edit = keepingDates(
        draft.edit("Make a part of " + outlines::nameInSentence(*outline) + " a glacier of its own",
                   detached.pieces.back()));
    return detached;
}

Edit removePart(Draft draft, const OutlineRef& ref, int part) {
    const OutlineHandle outline = requireArea(draft, ref);
    draft.reshape(ref, withoutPart(*outline, part));
    return draft.edit("Delete a part of " + outlines::nameInSentence(*outline), ref);
}

Exploded explode(Draft draft, const OutlineRef& ref) {
    const OutlineHandle outline = requireArea(draft, ref);
    if (outline->geometry.size() < 2) {
        throw Refused("It has one part only.", std::nullopt);
    }
    std::vector<geo::MultiPolygon> pieces;
    for (const geo::Polygon& part : outline->geometry) {
        pieces.push_back({part});
    }
    std::stable_sort(pieces.begin(), pieces.end(),
                     [](const auto& a, const auto& b) { return geo::planarArea(a) > geo::planarArea(b); });
    Exploded exploded;
    exploded.pieces = putPieces(draft, ref, std::move(pieces));
    exploded.edit = keepingDates(draft.edit("Part " + outlines::nameInSentence(*outline) + " into " +
                                                std::to_string(exploded.pieces.size()) + " glaciers",
                                            ref));
    return exploded;
}

} // namespace nunatak::editing
