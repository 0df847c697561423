// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/points_on_lines.h"

#include "editing/boundaries.h"
#include "editing/gate_neighbours.h"
#include "geo/segments.h"

#include <algorithm>

namespace nunatak::editing {

void PointsOnLines::add(geo::Point point) {
    const geo::Extent there = geo::Extent{point.x, point.y, point.x, point.y}.grown(onLine);
    for (const outlines::OutlineHandle& near : m_draft.near(m_own.layer, there)) {
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

std::vector<Reshape> PointsOnLines::reshapes() {
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

} // namespace nunatak::editing
