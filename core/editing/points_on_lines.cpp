// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/points_on_lines.h"

#include "editing/boundaries.h"
#include "editing/gate_neighbours.h"
#include "geo/segments.h"

#include <algorithm>
#include <cstddef>

namespace nunatak::editing {

namespace {

geo::Extent around(geo::Point point) {
    return geo::Extent{point.x, point.y, point.x, point.y}.grown(onLine);
}

} // namespace

void PointsOnShape::add(geo::Point point, const geo::MultiPolygon& shape, const geo::EdgeIndex& index) {
    index.visit(shape, around(point), [&](const geo::Edge& edge) {
        const double share = geo::along(point, edge.a, edge.b);
        if (share > 0 && share < 1 && geo::distance(point, edge.a) > onLine &&
            geo::distance(point, edge.b) > onLine &&
            geo::distanceToSegment(point, edge.a, edge.b) <= onLine) {
            m_points[{edge.from.part, edge.from.ring, edge.from.index}].push_back({share, point});
        }
    });
}

std::vector<RingSplice> PointsOnShape::splices() {
    std::vector<RingSplice> all;
    for (auto& [edge, points] : m_points) {
        const auto& [part, ring, index] = edge;
        std::sort(points.begin(), points.end(),
                  [](const auto& a, const auto& b) { return a.first < b.first; });
        RingSplice splice{part, ring, static_cast<std::size_t>(index) + 1, 0, {}};
        for (const auto& [share, point] : points) {
            splice.added.push_back(point);
        }
        all.push_back(std::move(splice));
    }
    return all;
}

void PointsOnLines::add(geo::Point point) {
    for (const outlines::OutlineHandle& near : m_draft.near(m_own.layer, around(point))) {
        if (near->uuid != m_own.uuid && takesGround(*near)) {
            m_points[near->uuid].add(point, near->geometry, *m_draft.indices().of(near));
        }
    }
}

std::vector<Reshape> PointsOnLines::reshapes() {
    std::vector<Reshape> all;
    for (auto& [uuid, points] : m_points) {
        if (auto splices = points.splices(); !splices.empty()) {
            all.push_back({{m_own.layer, uuid}, std::move(splices)});
        }
    }
    return all;
}

} // namespace nunatak::editing
