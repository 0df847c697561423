// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/snap_problems.h"

#include "editing/boundaries.h"
#include "editing/changed_edges.h"
#include "editing/common_ground.h"
#include "geo/inner_point.h"
#include "geo/invalidity.h"
#include "geo/rings.h"
#include "geo/segments.h"
#include "geo/shape_operations.h"
#include "outlines/outline_name.h"

#include <memory>
#include <unordered_map>
#include <utility>

namespace nunatak::editing {

namespace {

using outlines::OutlineHandle;

constexpr const char* touchesItself = "The line would cross or touch itself.";

class Judge {
public:
    Judge(const LayerLines& before, const std::vector<OutlineHandle>& after, double tolerance)
        : m_before(before), m_after(after), m_reach(2 * tolerance) {}

    void judge(std::size_t number) {
        const geo::MultiPolygon& then = m_before.shape(number);
        const geo::MultiPolygon& now = m_after[number]->geometry;
        const std::size_t known = m_problems.size();
        geo::forEachRing(then, [&](const geo::Ring& ring, int part, int hole) {
            const geo::Ring& after = geo::ringOf(now, part, hole);
            const bool isLost = after.size() < 3 || geo::signedArea(ring) * geo::signedArea(after) < 0 ||
                                (geo::signedArea(after) == 0 && geo::signedArea(ring) != 0);
            if (isLost && ring.size() >= 3) {
                const geo::Extent extent = geo::extentOf({{ring, {}}});
                add({number}, extent.center(), extent,
                    hole > 0 ? "A hole would be lost." : "A part would be lost.");
            }
        });
        if (m_problems.size() > known) {
            return;
        }
        const auto invalid = geo::invalidityOf(now);
        if (invalid && !geo::invalidityOf(then)) {
            const geo::Extent extent = m_before.outline(number)->extent();
            const geo::Point place = invalid->place ? *invalid->place : extent.center();
            add({number}, place, invalid->place ? geo::Extent{place.x, place.y, place.x, place.y} : extent,
                touchesItself);
            return;
        }
        for (const geo::VertexId& from : changedEdges(then, now).coming) {
            lookForFold(number, from);
        }
    }

    void judgeBeside(std::size_t number) {
        const Indexed own = indexed(number);
        const geo::Extent extent = handle(number)->extent();
        m_before.visitOutlines(extent.grown(m_reach), [&](std::size_t other) {
            const OutlineHandle neighbour = handle(other);
            if (other == number || (m_after[other] && other < number) ||
                !neighbour->extent().intersects(extent) || !neighbour->hasSoundRings()) {
                return;
            }
            if (overlap(own, indexed(other), inBoth(extent, neighbour->extent()))) {
                judgePair(number, other);
            }
        });
    }

    std::vector<SnapProblem> take() { return std::move(m_problems); }

private:
    /// A vertex that comes onto the outline's own line is beside it by what rounding leaves, and valid to the
    /// last digit: a stretch without width, which no later edit could take apart.
    void lookForFold(std::size_t number, const geo::VertexId& from) {
        const Indexed own = indexed(number);
        const geo::Edge edge = edgeAt(*own.shape, from);
        own.index->visit(*own.shape, boxOf(edge).grown(onLine), [&](const geo::Edge& other) {
            if (other.from == from || other.from.part != from.part || other.from.ring != from.ring) {
                return;
            }
            // Two vertices of one place, as files of others have them, are no fold.
            const auto isAt = [&](geo::Point point, const geo::Edge& line) {
                return geo::distance(point, line.a) > onLine && geo::distance(point, line.b) > onLine &&
                       geo::distanceToSegment(point, line.a, line.b) <= onLine;
            };
            for (const auto& [point, line] : {std::pair(edge.a, &other), std::pair(edge.b, &other),
                                              std::pair(other.a, &edge), std::pair(other.b, &edge)}) {
                if (isAt(point, *line)) {
                    add({number}, point, {point.x, point.y, point.x, point.y}, touchesItself);
                    return;
                }
            }
        });
    }

    OutlineHandle handle(std::size_t number) const {
        return m_after[number] ? m_after[number] : m_before.outline(number);
    }

    Indexed indexed(std::size_t number) {
        if (!m_after[number]) {
            return m_before.indexed(number);
        }
        auto& index = m_indices[number];
        if (!index) {
            index = std::make_shared<const geo::EdgeIndex>(m_after[number]->geometry);
        }
        return {&m_after[number]->geometry, index};
    }

    void judgePair(std::size_t one, std::size_t other) {
        const geo::MultiPolygon now =
            notable(geo::intersection(handle(one)->geometry, handle(other)->geometry));
        if (now.empty()) {
            return;
        }
        const geo::MultiPolygon then = notable(geo::intersection(m_before.shape(one), m_before.shape(other)));
        const bool isLess = geo::planarArea(now) <= geo::planarArea(then);
        const geo::MultiPolygon more = then.empty() ? now : notable(geo::difference(now, then));
        for (const geo::Polygon& part : more) {
            if (isLess && geo::intersects({part}, then)) {
                continue; // an overlap that was there, with other edges
            }
            add({one, other}, geo::innerPoint({part}), geo::extentOf({part}),
                outlines::nameInSentence(*handle(one)) + " and " + outlines::nameInSentence(*handle(other)) +
                    " would overlap.");
        }
    }

    void add(std::vector<std::size_t> outlines, geo::Point place, const geo::Extent& extent,
             std::string why) {
        m_problems.push_back({std::move(outlines), place, extent, std::move(why)});
    }

    const LayerLines& m_before;
    const std::vector<OutlineHandle>& m_after;
    double m_reach; ///< farther no line moves
    std::unordered_map<std::size_t, EdgeIndices::Index> m_indices;
    std::vector<SnapProblem> m_problems;
};

} // namespace

std::vector<SnapProblem> problemsOf(const LayerLines& before, const std::vector<OutlineHandle>& after,
                                    double tolerance, bool mayOverlap, const Progress& progress) {
    Judge judge(before, after, tolerance);
    for (std::size_t i = 0; i < after.size(); ++i) {
        progress.report(static_cast<double>(i) / static_cast<double>(after.size()), "Looking at the result");
        if (after[i]) {
            judge.judge(i);
        }
    }
    auto problems = judge.take();
    if (!problems.empty() || mayOverlap) {
        return problems; // what is not valid has no overlap that means something
    }
    for (std::size_t i = 0; i < after.size(); ++i) {
        progress.throwIfStopped();
        if (after[i]) {
            judge.judgeBeside(i);
        }
    }
    return judge.take();
}

} // namespace nunatak::editing
