// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/repair.h"

#include "editing/boundaries.h"
#include "editing/common_ground.h"
#include "editing/gate.h"
#include "editing/gate_neighbours.h"
#include "editing/nearest.h"
#include "editing/overlapping_lines.h"
#include "editing/snap.h"
#include "geo/rings.h"
#include "geo/segments.h"
#include "geo/shape_operations.h"
#include "outlines/outline_name.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <tuple>

namespace nunatak::editing {

namespace {

using outlines::OutlineHandle;
using outlines::OutlineRef;

/// Points that come to lie on others' lines, as vertices of these: by outline, part, ring and edge.
class OnLines {
public:
    OnLines(const Draft& draft, const OutlineRef& own) : m_draft(draft), m_own(own) {}

    void add(geo::Point point) {
        const geo::Extent there = geo::Extent{point.x, point.y, point.x, point.y}.grown(onLine);
        for (const OutlineHandle& near : m_draft.near(m_own.layer, there)) {
            if (near->uuid == m_own.uuid || !takesGround(*near)) {
                continue;
            }
            m_draft.indices().of(near)->visit(near->geometry, there, [&](const geo::Edge& edge) {
                const double share = geo::along(point, edge.a, edge.b);
                if (share > 0 && share < 1 && geo::distance(point, edge.a) > onLine &&
                    geo::distance(point, edge.b) > onLine &&
                    geo::distanceToSegment(point, edge.a, edge.b) <= onLine) {
                    m_points[{near->uuid, edge.from.part, edge.from.ring, edge.from.index}].push_back(
                        {share, point});
                }
            });
        }
    }

    std::vector<Reshape> reshapes() {
        std::vector<Reshape> all;
        for (auto& [edge, points] : m_points) {
            const auto& [uuid, part, ring, index] = edge;
            std::sort(points.begin(), points.end(),
                      [](const auto& a, const auto& b) { return a.first < b.first; });
            RingSplice splice{part, ring, static_cast<std::size_t>(index) + 1, 0, {}};
            for (const auto& [share, point] : points) {
                splice.added.push_back(point);
            }
            if (all.empty() || all.back().ref.uuid != uuid) {
                all.push_back({{m_own.layer, uuid}, {}});
            }
            all.back().splices.push_back(std::move(splice));
        }
        return all;
    }

private:
    const Draft& m_draft;
    const OutlineRef& m_own;
    std::map<std::tuple<std::string, int, int, int>, std::vector<std::pair<double, geo::Point>>> m_points;
};

void giveUpCommonGround(Draft& draft, const Finding& finding) {
    OutlineRef larger = finding.outlines.at(0);
    OutlineRef smaller = finding.outlines.at(1);
    if (geo::planarArea(draft.require(larger)->geometry) <
        geo::planarArea(draft.require(smaller)->geometry)) {
        std::swap(larger, smaller);
    }
    const OutlineHandle before = draft.require(smaller);
    const OutlineHandle beside = draft.require(larger);
    geo::MultiPolygon left = notable(geo::difference(before->geometry, beside->geometry));
    // What is computed beside a vertex, in its last digits, is that vertex.
    geo::forEachRing(left, [&](geo::Ring& ring, int, int) {
        for (geo::Point& point : ring) {
            if (const auto near =
                    nearestVertex(beside->geometry, *draft.indices().of(beside), point, onLine)) {
                point = near->point;
            }
        }
        ring.erase(std::unique(ring.begin(), ring.end()), ring.end());
    });
    if (left.empty()) {
        throw Refused("Nothing would be left of " + outlines::nameInSentence(*before) + ".", finding.place);
    }
    OnLines onLines(draft, smaller);
    geo::forEachVertex(left, [&](const geo::VertexId&, geo::Point point) { onLines.add(point); });
    std::vector<Reshape> changes = onLines.reshapes();
    changes.insert(changes.begin(), Reshape{smaller, {}, left});
    draft.reshape(std::move(changes));
}

void bringTogether(Draft& draft, const Finding& finding, const geo::Crs& crs, double tolerance) {
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
    const Snapped done = snap(request, {});
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

void repairOne(Draft& draft, const Finding& finding, const geo::Crs& crs, double tolerance) {
    switch (finding.kind) {
    case Fault::Overlap:
        giveUpCommonGround(draft, finding);
        return;
    case Fault::Gap:
        bringTogether(draft, finding, crs, tolerance);
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

Repaired repair(Draft draft, std::span<const Finding> findings, const geo::Crs& crs, double tolerance) {
    Repaired repaired;
    std::size_t count = 0;
    std::string last;
    for (const Finding& finding : findings) {
        Draft tried = draft;
        try {
            repairOne(tried, finding, crs, tolerance);
        } catch (const Error& why) {
            repaired.refused.emplace_back(finding, why.what());
            continue;
        }
        draft = std::move(tried);
        ++count;
        last = toString(finding.kind) + " of " +
               outlines::nameInSentence(*draft.require(finding.outlines.front()));
    }
    repaired.edit =
        draft.edit("Repair " + (count == 1 ? last : std::to_string(count) + " findings"),
                   findings.empty() ? std::nullopt : std::optional(findings.front().outlines.front()));
    return repaired;
}

} // namespace nunatak::editing
