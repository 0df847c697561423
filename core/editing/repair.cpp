// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/repair.h"

#include "editing/boundaries.h"
#include "editing/common_ground.h"
#include "editing/gate.h"
#include "editing/gate_neighbours.h"
#include "editing/overlapping_lines.h"
#include "editing/places.h"
#include "editing/points_on_lines.h"
#include "editing/snap.h"
#include "geo/rings.h"
#include "geo/segments.h"
#include "geo/shape_operations.h"
#include "outlines/outline_name.h"

#include <algorithm>
#include <memory>

namespace nunatak::editing {

namespace {

using outlines::OutlineHandle;
using outlines::OutlineRef;

void giveUpCommonGround(Draft& draft, const Finding& finding) {
    OutlineRef larger = finding.outlines.at(0);
    OutlineRef smaller = finding.outlines.at(1);
    if (geo::planarArea(draft.require(larger)->geometry) <
        geo::planarArea(draft.require(smaller)->geometry)) {
        std::swap(larger, smaller);
    }
    const OutlineHandle before = draft.require(smaller);
    const OutlineHandle beside = draft.require(larger);
    if (notable(geo::intersection(before->geometry, beside->geometry)).empty()) {
        return; // put right since, or with another finding
    }
    geo::MultiPolygon left = notable(geo::difference(before->geometry, beside->geometry));
    Places known;
    for (const OutlineHandle& near : draft.near(smaller.layer, before->extent())) {
        geo::forEachVertex(near->geometry, [&](const geo::VertexId&, geo::Point point) { known.add(point); });
    }
    geo::forEachRing(left, [&](geo::Ring& ring, int, int) { known.putOnKnown(ring); });
    if (left.empty()) {
        throw Refused("Nothing would be left of " + outlines::nameInSentence(*before) + ".", finding.place);
    }
    PointsOnLines onLines(draft, smaller);
    geo::forEachVertex(left, [&](const geo::VertexId&, geo::Point point) { onLines.add(point); });
    std::vector<Reshape> changes = onLines.reshapes();
    changes.insert(changes.begin(), Reshape{smaller, {}, left});
    draft.reshape(std::move(changes));
}

void bringTogether(Draft& draft, const Finding& finding, const geo::Crs& crs, double tolerance,
                   const Progress& progress) {
    SnapRequest request;
    request.layer = finding.outlines.at(0).layer;
    geo::Extent ground = finding.extent;
    for (const OutlineRef& ref : finding.outlines) {
        ground.include(draft.require(ref)->extent());
        request.selection.insert(ref.uuid);
    }
    request.outlines = draft.near(request.layer, ground.grown(4 * tolerance));
    request.crs = crs;
    request.tolerance = tolerance;
    request.mayOverlap = draft.mayOverlap(request.layer);
    const Snapped done = snap(request, progress);
    if (done.edit.empty() && !done.left.empty()) {
        throw Refused(done.left.front().why, done.left.front().place);
    }
    for (const outlines::OutlineChange& change : done.edit.changes) {
        draft.put(request.layer, *change.after);
    }
}

void makeValid(Draft& draft, const OutlineRef& ref) {
    const OutlineHandle before = draft.require(ref);
    if (geo::invalidReason(before->geometry).empty()) {
        return;
    }
    geo::MultiPolygon valid = geo::madeValid(before->geometry);
    if (valid.empty()) {
        throw Refused(outlines::nameInSentence(*before) + " has no area.", std::nullopt);
    }
    draft.reshape(ref, std::move(valid));
}

void removeHolesOutside(Draft& draft, const OutlineRef& ref) {
    geo::MultiPolygon shape = draft.require(ref)->geometry;
    for (geo::Polygon& part : shape) {
        const geo::MultiPolygon outer{{part.outer, {}}};
        const Indexed indexed{&outer, std::make_shared<const geo::EdgeIndex>(outer)};
        std::erase_if(part.holes, [&](const geo::Ring& hole) { return !liesWithin(hole, indexed); });
    }
    if (shape != draft.require(ref)->geometry) {
        draft.reshape(ref, std::move(shape));
    }
}

void repairOne(Draft& draft, const Finding& finding, const geo::Crs& crs, double tolerance,
               const Progress& progress) {
    switch (finding.kind) {
    case Fault::Overlap:
        giveUpCommonGround(draft, finding);
        return;
    case Fault::Gap:
        bringTogether(draft, finding, crs, tolerance, progress);
        return;
    case Fault::SelfCrossing:
    case Fault::TouchesItself:
    case Fault::NotValid:
        makeValid(draft, finding.outlines.at(0));
        return;
    case Fault::HoleOutside:
        removeHolesOutside(draft, finding.outlines.at(0));
        return;
    case Fault::Duplicate:
    case Fault::TooSmall:
        throw Refused("Somebody has to say what it is.", finding.place);
    }
}

} // namespace

bool canBeRepaired(Fault kind) {
    return kind != Fault::Duplicate && kind != Fault::TooSmall;
}

Repaired repair(Draft draft, std::span<const Finding> findings, const geo::Crs& crs, double tolerance,
                const Progress& progress) {
    Repaired repaired;
    std::size_t count = 0;
    std::string last;
    const double each = 1.0 / static_cast<double>(std::max<std::size_t>(findings.size(), 1));
    double begin = 0;
    for (const Finding& finding : findings) {
        const Progress own = progress.part(begin, begin + each);
        begin += each;
        own.report(0, "Repairing outlines");
        Draft tried = draft;
        try {
            repairOne(tried, finding, crs, tolerance, own);
        } catch (const Cancelled&) {
            throw;
        } catch (const Error& why) {
            repaired.refused.emplace_back(finding, why.what());
            continue;
        }
        draft = std::move(tried);
        ++count;
        last = toString(finding.kind) + " of " +
               outlines::nameInSentence(*draft.require(finding.outlines.front()));
    }
    // What was beside another gap may come together now that that one is closed.
    for (const Finding& finding : findings) {
        if (finding.kind == Fault::Gap) {
            try {
                bringTogether(draft, finding, crs, tolerance, progress.part(1, 1));
                const auto isThis = [&](const auto& told) {
                    return told.first.kind == finding.kind && told.first.outlines == finding.outlines;
                };
                const auto closed = std::erase_if(repaired.refused, isThis);
                count += closed;
                if (closed > 0) {
                    last = toString(finding.kind) + " of " +
                           outlines::nameInSentence(*draft.require(finding.outlines.front()));
                }
            } catch (const Cancelled&) {
                throw;
            } catch (const Error&) {
                continue; // told above
            }
        }
    }
    repaired.edit =
        draft.edit("Repair " + (count == 1 ? last : std::to_string(count) + " findings"),
                   findings.empty() ? std::nullopt : std::optional(findings.front().outlines.front()));
    repaired.edit.tool = "repair";
    return repaired;
}

} // namespace nunatak::editing
