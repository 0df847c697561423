// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/snap.h"

#include "base/error.h"
#include "editing/boundaries.h"
#include "editing/gate_neighbours.h"
#include "editing/nearest.h"
#include "editing/snap_outline.h"
#include "editing/snap_problems.h"
#include "geo/box_tree.h"
#include "geo/edge_index.h"
#include "geo/rings.h"
#include "geo/segments.h"
#include "geo/shape_operations.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <numeric>
#include <optional>
#include <sstream>
#include <tuple>
#include <utility>

namespace nunatak::editing {

namespace {

using outlines::OutlineHandle;

std::vector<OutlineHandle> glaciersOf(const SnapRequest& request) {
    std::vector<OutlineHandle> glaciers;
    std::copy_if(
        request.outlines.begin(), request.outlines.end(), std::back_inserter(glaciers),
        [](const OutlineHandle& outline) { return takesGround(*outline) && outline->hasSoundRings(); });
    if (request.selection.empty()) {
        return glaciers;
    }
    // The rest of the layer has nothing to do with it.
    std::vector<geo::Extent> boxes;
    for (const OutlineHandle& outline : glaciers) {
        if (request.selection.contains(outline->uuid)) {
            boxes.push_back(outline->extent().grown(2 * request.tolerance));
        }
    }
    const geo::BoxTree selected(std::move(boxes));
    std::erase_if(glaciers, [&](const OutlineHandle& outline) {
        bool isNear = false;
        selected.visit(outline->extent(), [&](std::size_t) { isNear = true; });
        return !isNear;
    });
    return glaciers;
}

/// The larger first.
std::vector<std::size_t> orderOf(const LayerLines& lines) {
    std::vector<double> areas(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        areas[i] = geo::planarArea(lines.shape(i));
    }
    std::vector<std::size_t> order(lines.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return areas[a] != areas[b] ? areas[a] > areas[b] : lines.outline(a)->uuid < lines.outline(b)->uuid;
    });
    return order;
}

/// What stays as it was, since it would become worse.
class Left {
public:
    explicit Left(double tolerance) : m_tolerance(tolerance) {}

    bool has(geo::Point point) const {
        bool found = m_frozen.contains(point);
        m_tree.visit({point.x, point.y, point.x, point.y}, [&](std::size_t) { found = true; });
        return found;
    }

    /// The ground around a place; more of it where that was left already and did not help.
    void leave(const SnapProblem& problem) {
        double reach = 2 * m_tolerance;
        for (const geo::Extent& known : m_areas) {
            if (known.intersects(problem.extent)) {
                reach = std::max({reach, known.width(), known.height()});
            }
        }
        m_areas.push_back(problem.extent.grown(reach));
        m_tree = geo::BoxTree(m_areas);
    }

    /// All of an outline, with the vertices that others have there.
    void freeze(std::size_t outline, const geo::MultiPolygon& shape) {
        m_outlines.insert(outline);
        geo::forEachVertex(shape, [&](const geo::VertexId&, geo::Point point) { m_frozen.insert(point); });
    }
    bool isFrozen(std::size_t outline) const { return m_outlines.contains(outline); }

private:
    double m_tolerance;
    std::vector<geo::Extent> m_areas;
    geo::BoxTree m_tree;
    std::set<std::size_t> m_outlines;
    PointSet m_frozen; ///< their vertices
};

/// How far vertices of a line that came lie from the line that was.
double farthestFrom(const outlines::Outline& before, const outlines::Outline& after, double tolerance) {
    PointSet known;
    geo::forEachVertex(before.geometry, [&](const geo::VertexId&, geo::Point point) { known.insert(point); });
    const geo::EdgeIndex index(before.geometry);
    double farthest = 0;
    geo::forEachVertex(after.geometry, [&](const geo::VertexId&, geo::Point point) {
        if (!known.contains(point)) {
            const auto near = nearestEdge(before.geometry, index, point, 4 * tolerance);
            farthest = std::max(farthest, near ? near->distance : 4 * tolerance);
        }
    });
    return farthest;
}

class Work {
public:
    Work(const SnapRequest& request, const Progress& progress)
        : m_request(request), m_progress(progress), m_lines(glaciersOf(request)), m_order(orderOf(m_lines)),
          m_left(request.tolerance) {}

    Snapped run() {
        // What was left beside a place that could not be may do after all, now that the rest is done; what
        // moved moves no more, so that nothing goes farther than the tolerance.
        constexpr int most = 8;
        for (int pass = 0; pass < most; ++pass) {
            const double begin = 1 - std::pow(0.5, pass);
            bringTogetherSoundly(m_progress.part(begin, (1 + begin) / 2));
            const bool isChanged = keep();
            if (!isChanged || m_told.empty() || pass + 1 == most) {
                break;
            }
            m_told.clear();
            m_left = Left(m_request.tolerance);
            m_untouched.clear();
            m_snapped.reset();
            m_lines = LayerLines(outlinesNow());
            m_order = orderOf(m_lines);
        }
        return result();
    }

private:
    /// Leaves places as they are until nothing is worse than before.
    void bringTogetherSoundly(const Progress& progress) {
        // Most of what cannot be is found in the first round; an outline that goes on making trouble stays.
        constexpr int patience = 8;
        double begin = 0;
        for (int round = 0;; ++round) {
            const double end = (1 + begin) / 2;
            bringTogether(progress.part(begin, (begin + end) / 2));
            const auto problems = problemsOf(m_lines, m_after, m_request.tolerance, m_request.mayOverlap,
                                             progress.part((begin + end) / 2, end));
            if (problems.empty()) {
                return;
            }
            begin = end;
            for (const SnapProblem& problem : problems) {
                tell(problem);
                m_left.leave(problem);
                for (const std::size_t outline : problem.outlines) {
                    if (round >= patience) {
                        m_left.freeze(outline, m_lines.shape(outline));
                    }
                    if (round >= 2 * patience) {
                        m_untouched.insert(outline);
                    }
                }
            }
        }
    }

    /// Counts what changed. False: nothing did.
    bool keep() {
        bool isChanged = false;
        for (std::size_t i = 0; i < m_lines.size(); ++i) {
            if (!m_after[i]) {
                continue;
            }
            isChanged = true;
            for (const auto& [vertex, to] : m_snapped->moved(i)) {
                const double far = geo::distance(*geo::vertexAt(m_lines.shape(i), vertex), to);
                m_result.moved += far > 0 ? 1 : 0;
                m_result.farthest = std::max(m_result.farthest, far);
                m_moved.insert(to);
            }
            m_now[m_after[i]->uuid] = m_after[i];
        }
        for (const SnapMeeting& meeting : m_meetings) {
            Snapped::Pair& pair = m_pairs[{ref(meeting.outline), ref(meeting.other)}];
            const double far = geo::distance(meeting.from, meeting.to);
            if (pair.places++ == 0 || far > pair.farthest) {
                pair.farthest = far;
                pair.place = meeting.to;
            }
            pair.extent.include(meeting.from);
            pair.extent.include(meeting.to);
        }
        return isChanged;
    }

    std::vector<OutlineHandle> outlinesNow() const {
        std::vector<OutlineHandle> outlines;
        for (const OutlineHandle& outline : glaciersOf(m_request)) {
            const auto found = m_now.find(outline->uuid);
            outlines.push_back(found != m_now.end() ? found->second : outline);
        }
        return outlines;
    }

    /// Of an outline that an earlier pass bent, too.
    bool isWithin(std::size_t outline, geo::Point point) {
        const std::string& uuid = m_lines.outline(outline)->uuid;
        if (!m_now.contains(uuid)) {
            return true; // it is as it was
        }
        auto& first = m_first[uuid];
        if (first.shape == nullptr) {
            const auto found = std::find_if(m_request.outlines.begin(), m_request.outlines.end(),
                                            [&](const OutlineHandle& each) { return each->uuid == uuid; });
            first = {&(*found)->geometry, std::make_shared<const geo::EdgeIndex>((*found)->geometry)};
        }
        return nearestEdge(*first.shape, *first.index, point, m_request.tolerance).has_value();
    }

    bool isSelected(std::size_t outline) const {
        return m_request.selection.empty() || m_request.selection.contains(m_lines.outline(outline)->uuid);
    }

    void bringTogether(const Progress& progress) {
        m_snapped.emplace(m_lines, m_request.tolerance);
        m_meetings.clear();
        std::vector<bool> selected(m_lines.size());
        for (std::size_t i = 0; i < selected.size(); ++i) {
            selected[i] = isSelected(i) && !m_left.isFrozen(i);
        }
        const SnapRules rules{m_request.tolerance,
                              [&](std::size_t a, std::size_t b) { return selected[a] && selected[b]; },
                              [&](geo::Point point) { return m_left.has(point); },
                              [&](geo::Point point) { return m_moved.contains(point); },
                              [&](std::size_t i, geo::Point point) { return isWithin(i, point); }};
        for (std::size_t i = 0; i < m_order.size(); ++i) {
            progress.report(static_cast<double>(i) / static_cast<double>(m_order.size()),
                            "Bringing lines together");
            snapOutline(*m_snapped, m_order[i], rules, m_meetings);
        }
        m_after.assign(m_lines.size(), nullptr);
        for (std::size_t i = 0; i < m_lines.size(); ++i) {
            if (!m_snapped->isChanged(i) || m_untouched.contains(i)) {
                continue;
            }
            outlines::Outline outline = *m_lines.outline(i);
            outline.geometry = m_snapped->shape(i);
            if (outline.geometry != m_lines.shape(i)) {
                m_after[i] = outlines::share(std::move(outline));
            }
        }
    }

    outlines::OutlineRef ref(std::size_t outline) const {
        return {m_request.layer, m_lines.outline(outline)->uuid};
    }

    /// Each place once.
    void tell(const SnapProblem& problem) {
        std::vector<outlines::OutlineRef> refs;
        for (const std::size_t outline : problem.outlines) {
            refs.push_back(ref(outline));
        }
        const bool isKnown = std::any_of(m_told.begin(), m_told.end(), [&](const Snapped::Left& left) {
            return left.outlines == refs &&
                   geo::distance(left.place, problem.place) <= 4 * m_request.tolerance;
        });
        if (!isKnown) {
            m_told.push_back({std::move(refs), problem.place, problem.why});
        }
    }

    Snapped result() {
        std::ostringstream tolerance;
        tolerance << m_request.tolerance;
        m_result.edit.description = "Bring boundaries together within " + tolerance.str() + " m";
        m_result.edit.tool = "snap";
        std::ptrdiff_t added = 0;
        for (const OutlineHandle& before : m_request.outlines) {
            const auto found = m_now.find(before->uuid);
            if (found == m_now.end()) {
                continue;
            }
            const OutlineHandle& after = found->second;
            m_result.edit.changes.push_back({m_request.layer, before, after});
            m_result.farthest =
                std::max(m_result.farthest, farthestFrom(*before, *after, m_request.tolerance));
            added += static_cast<std::ptrdiff_t>(after->vertices()) -
                     static_cast<std::ptrdiff_t>(before->vertices());
            m_result.areas.push_back({{m_request.layer, before->uuid},
                                      geo::geodesicArea(before->geometry, m_request.crs),
                                      geo::geodesicArea(after->geometry, m_request.crs)});
        }
        m_result.added = static_cast<std::size_t>(std::max<std::ptrdiff_t>(added, 0));
        m_result.left = std::move(m_told);
        for (auto& [outlines, pair] : m_pairs) {
            std::tie(pair.outline, pair.other) = outlines;
            m_result.pairs.push_back(std::move(pair));
        }
        return std::move(m_result);
    }

    const SnapRequest& m_request;
    const Progress m_progress;
    LayerLines m_lines;
    std::vector<std::size_t> m_order;
    Left m_left;
    std::optional<SnappedLines> m_snapped;
    std::vector<SnapMeeting> m_meetings;
    std::vector<OutlineHandle> m_after; ///< null: not changed
    std::set<std::size_t> m_untouched;  ///< what did not even take vertices on its line
    std::vector<Snapped::Left> m_told;
    PointSet m_moved;                           ///< where vertices went
    std::map<std::string, OutlineHandle> m_now; ///< what changed, by UUID
    std::map<std::string, Indexed> m_first;     ///< the same as they were at first, those that were asked for
    std::map<std::pair<outlines::OutlineRef, outlines::OutlineRef>, Snapped::Pair> m_pairs;
    Snapped m_result;
};

} // namespace

void throwUnlessTolerance(double tolerance) {
    if (!(tolerance > 0 && tolerance <= mostTolerance)) {
        throw Error("The tolerance must be a length above 0 and no more than " +
                    std::to_string(static_cast<int>(mostTolerance)) +
                    " m: lines farther apart are no two drawings of one.");
    }
}

Snapped snap(const SnapRequest& request, const Progress& progress) {
    throwUnlessTolerance(request.tolerance);
    return Work(request, progress).run();
}

} // namespace nunatak::editing
