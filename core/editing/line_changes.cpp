// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/line_changes.h"

#include "editing/boundaries.h"
#include "editing/places.h"
#include "geo/segments.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <numeric>
#include <tuple>

namespace nunatak::editing {

namespace {

LineChange::Kind kindOf(const RingSplice& splice, Line line) {
    if (line == Line::Another) {
        return LineChange::Kind::Drawn;
    }
    if (splice.removed == 0) {
        return LineChange::Kind::Inserted;
    }
    if (splice.added.empty()) {
        return LineChange::Kind::Removed;
    }
    return keepsNumbers(splice) ? LineChange::Kind::Moved : LineChange::Kind::Drawn;
}

geo::Extent boxOf(geo::Point a, geo::Point b) {
    geo::Extent box;
    box.include(a);
    box.include(b);
    return box;
}

/// Which place of the line now each old point has.
void place(LineChange& line) {
    const std::size_t count = line.old.size();
    line.places.assign(count, 0);
    line.isDropped.assign(count, false);
    switch (line.kind) {
    case LineChange::Kind::Moved:
        std::iota(line.places.begin(), line.places.end(), std::size_t{0});
        return;
    case LineChange::Kind::Inserted:
    case LineChange::Kind::Removed:
    case LineChange::Kind::Drawn:
        line.places.back() = line.now.size() - 1;
        std::fill(line.isDropped.begin() + 1, line.isDropped.end() - 1, true);
        return;
    }
}

LineChange changeOf(const geo::MultiPolygon& shape, const RingSplice& splice, Line line) {
    const geo::Ring& ring = geo::ringOf(shape, splice.part, splice.ring);
    const std::size_t size = ring.size();
    LineChange change;
    change.part = splice.part;
    change.ring = splice.ring;
    change.first = splice.first;
    change.removed = splice.removed;
    change.kind = kindOf(splice, line);
    change.isWhole = splice.removed == size;
    geo::Ring added = splice.added;
    if (change.kind == LineChange::Kind::Moved && !change.isWhole) {
        // Vertices in one place are one.
        while (change.removed + 1 < size &&
               ring[(change.first + size - 1) % size] == ring[change.first % size]) {
            change.first = (change.first + size - 1) % size;
            ++change.removed;
            added.insert(added.begin(), added.front());
        }
        while (change.removed + 1 < size && ring[(change.first + change.removed) % size] ==
                                                ring[(change.first + change.removed - 1) % size]) {
            ++change.removed;
            added.push_back(added.back());
        }
    }
    const std::size_t begin = change.isWhole ? 0 : (change.first + size - 1) % size;
    const std::size_t edges = change.isWhole ? size : change.removed + 1;
    for (std::size_t i = 0; i <= edges; ++i) {
        change.old.push_back(ring[(begin + i) % size]);
    }
    if (change.isWhole) {
        change.now = added;
        change.now.push_back(added.front());
    } else {
        change.now.push_back(change.old.front());
        change.now.insert(change.now.end(), added.begin(), added.end());
        change.now.push_back(change.old.back());
    }
    place(change);
    return change;
}

/// Points on the edges of one line made vertices of it, before and after.
void insertInto(LineChange& line, const std::vector<std::vector<PointOnLine>>& ofEdge) {
    const bool isMoved = line.kind == LineChange::Kind::Moved;
    const LineChange before = line;
    line.old.clear();
    std::vector<bool> isNew;
    geo::Ring moved; // only where they move one by one
    for (std::size_t i = 0; i < before.old.size(); ++i) {
        line.old.push_back(before.old[i]);
        isNew.push_back(false);
        if (isMoved) {
            moved.push_back(before.now[i]);
        }
        for (const PointOnLine& each : i < ofEdge.size() ? ofEdge[i] : std::vector<PointOnLine>()) {
            line.old.push_back(each.point);
            isNew.push_back(true);
            if (!isMoved) {
                continue;
            }
            const geo::Point a = before.old[i], b = before.old[i + 1];
            const geo::Point aNow = before.now[i], bNow = before.now[i + 1];
            const bool bothMove = !each.stays && a != aNow && b != bNow;
            const geo::Point by = bothMove ? geo::pointAlong({aNow.x - a.x, aNow.y - a.y},
                                                             {bNow.x - b.x, bNow.y - b.y}, each.share)
                                           : geo::Point();
            moved.push_back({each.point.x + by.x, each.point.y + by.y});
        }
    }
    if (isMoved) {
        line.now = std::move(moved);
        place(line);
        return;
    }
    if (line.kind == LineChange::Kind::Drawn) {
        place(line);
        return;
    }
    // Removed or inserted: what came stays where it is, and what is inserted comes where it lies along.
    line.places.assign(line.old.size(), 0);
    line.isDropped.assign(line.old.size(), false);
    line.now.clear();
    const bool isInserted = line.kind == LineChange::Kind::Inserted;
    const double share = isInserted ? geo::along(before.now[1], before.old.front(), before.old.back()) : 0;
    bool isIn = !isInserted;
    const std::size_t last = line.old.size() - 1;
    for (std::size_t i = 0; i <= last; ++i) {
        if (!isIn && (i == last || (i > 0 && ofEdge[0][i - 1].share > share))) {
            line.now.insert(line.now.end(), before.now.begin() + 1, before.now.end() - 1);
            isIn = true;
        }
        if (i == 0 || i == last || isNew[i]) {
            line.now.push_back(line.old[i]);
        } else {
            line.isDropped[i] = true;
        }
        line.places[i] = line.now.size() - 1;
    }
}

} // namespace

LineChanges::LineChanges(const geo::MultiPolygon& shape, std::span<const RingSplice> splices, Line line) {
    for (const RingSplice& splice : splices) {
        m_lines.push_back(changeOf(shape, splice, line));
        m_rings.insert({splice.part, splice.ring});
    }
    number();
}

void LineChanges::number() {
    m_offsets.clear();
    m_edges.clear();
    m_sorted.clear();
    std::vector<geo::Extent> boxes;
    std::size_t offset = 0;
    for (std::size_t line = 0; line < m_lines.size(); ++line) {
        const geo::Ring& old = m_lines[line].old;
        m_offsets.push_back(offset);
        for (std::size_t i = 0; i < old.size(); ++i) {
            m_sorted.push_back({{old[i].x, old[i].y}, offset + i});
            if (i + 1 < old.size()) {
                m_edges.emplace_back(line, i);
                boxes.push_back(boxOf(old[i], old[i + 1]));
            }
        }
        offset += old.size() + 1;
    }
    std::sort(m_sorted.begin(), m_sorted.end());
    m_tree = geo::BoxTree(std::move(boxes));
}

std::vector<geo::Extent> LineChanges::areas() const {
    std::vector<geo::Extent> areas;
    for (const LineChange& line : m_lines) {
        geo::Extent box = geo::extentOf({{line.old, {}}});
        if (!areas.empty() && areas.back().intersects(box)) {
            areas.back().include(box);
        } else {
            areas.push_back(box);
        }
    }
    return areas;
}

void LineChanges::insert(std::vector<PointOnLine> points) {
    if (points.empty()) {
        return;
    }
    const auto asPlace = [](const PointOnLine& each) { return std::pair(each.point.x, each.point.y); };
    std::sort(points.begin(), points.end(),
              [&](const auto& a, const auto& b) { return asPlace(a) < asPlace(b); });
    Places places;
    for (PointOnLine& each : points) {
        if (const auto known = places.find(each.point)) {
            each.point = *known;
        } else {
            places.add(each.point);
        }
    }
    std::sort(points.begin(), points.end(), [](const PointOnLine& a, const PointOnLine& b) {
        return std::tuple(a.edge, a.share, a.point.x, a.point.y) <
               std::tuple(b.edge, b.share, b.point.x, b.point.y);
    });
    points.erase(std::unique(points.begin(), points.end(),
                             [](const PointOnLine& a, const PointOnLine& b) {
                                 return a.edge == b.edge && a.point == b.point;
                             }),
                 points.end());
    auto next = points.begin();
    for (std::size_t line = 0; line < m_lines.size(); ++line) {
        const std::size_t end = m_offsets[line] + m_lines[line].old.size();
        if (next == points.end() || next->edge >= end) {
            continue;
        }
        std::vector<std::vector<PointOnLine>> ofEdge(m_lines[line].old.size());
        for (; next != points.end() && next->edge < end; ++next) {
            ofEdge[next->edge - m_offsets[line]].push_back(*next);
        }
        insertInto(m_lines[line], ofEdge);
    }
    number();
}

bool LineChanges::hasBeside(const BesideEdge& edge) const {
    const auto numbers = at(edge.a);
    return std::any_of(numbers.begin(), numbers.end(), [&](std::size_t number) {
        const auto [line, place] = placeOf(number);
        return m_lines[line].isBeside && place == 0 && m_lines[line].old.back() == edge.b;
    });
}

bool LineChanges::addBeside(std::span<const BesideEdge> edges) {
    std::vector<LineChange> added;
    for (const BesideEdge& edge : edges) {
        if (hasBeside(edge)) {
            continue;
        }
        LineChange line;
        line.isBeside = true;
        line.kind = LineChange::Kind::Moved;
        line.old = {edge.a, edge.b};
        line.now = {edge.aNow, edge.bNow};
        place(line);
        added.push_back(std::move(line));
    }
    if (added.empty()) {
        return false;
    }
    std::move(added.begin(), added.end(), std::back_inserter(m_lines));
    number();
    return true;
}

std::pair<std::size_t, std::size_t> LineChanges::placeOf(std::size_t number) const {
    const auto next = std::upper_bound(m_offsets.begin(), m_offsets.end(), number);
    const auto line = static_cast<std::size_t>(next - m_offsets.begin()) - 1;
    return {line, number - m_offsets[line]};
}

geo::Point LineChanges::imageOf(std::size_t number) const {
    const auto [line, at] = placeOf(number);
    const LineChange& change = m_lines[line];
    return change.kind == LineChange::Kind::Drawn ? change.old[at] : change.now[change.places[at]];
}

bool LineChanges::isDropped(std::size_t number) const {
    const auto [line, at] = placeOf(number);
    return m_lines[line].isDropped[at];
}

geo::Point LineChanges::pointNear(geo::Point place) const {
    geo::Point nearest = place;
    double least = std::numeric_limits<double>::infinity();
    visitEdges(geo::Extent{place.x, place.y, place.x, place.y}.grown(onLine),
               [&](std::size_t, geo::Point a, geo::Point b) {
                   for (const geo::Point end : {a, b}) {
                       if (const double away = geo::distance(place, end); away < least) {
                           least = away;
                           nearest = end;
                       }
                   }
               });
    return nearest;
}

std::vector<std::size_t> LineChanges::at(geo::Point point) const {
    std::vector<std::size_t> numbers;
    const std::pair<std::pair<double, double>, std::size_t> least{{point.x, point.y}, 0};
    for (auto found = std::lower_bound(m_sorted.begin(), m_sorted.end(), least);
         found != m_sorted.end() && found->first == least.first; ++found) {
        numbers.push_back(found->second);
    }
    return numbers;
}

} // namespace nunatak::editing
