// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/segment_tree.h"

namespace nunatak::geo {

SegmentTree::SegmentTree(std::vector<Segment> segments) : m_segments(std::move(segments)) {
    if (m_segments.empty()) {
        return;
    }
    m_levels.emplace_back((m_segments.size() + fanOut - 1) / fanOut);
    for (std::size_t i = 0; i < m_segments.size(); ++i) {
        m_levels.back()[i / fanOut].include(m_segments[i].a);
        m_levels.back()[i / fanOut].include(m_segments[i].b);
    }
    while (m_levels.back().size() > 1) {
        const auto& below = m_levels.back();
        std::vector<Extent> above((below.size() + fanOut - 1) / fanOut);
        for (std::size_t i = 0; i < below.size(); ++i) {
            above[i / fanOut].include(below[i]);
        }
        m_levels.push_back(std::move(above));
    }
}

double SegmentTree::distance2(Point point, const Segment& segment) {
    const double dx = segment.b.x - segment.a.x;
    const double dy = segment.b.y - segment.a.y;
    const double x = point.x - segment.a.x;
    const double y = point.y - segment.a.y;
    const double length2 = dx * dx + dy * dy;
    const double along = x * dx + y * dy;
    if (along <= 0 || length2 == 0) {
        return x * x + y * y;
    }
    if (along >= length2) {
        const double beyondX = point.x - segment.b.x;
        const double beyondY = point.y - segment.b.y;
        return beyondX * beyondX + beyondY * beyondY;
    }
    // Without a rounded foot of the perpendicular: exact for middles of pixels.
    const double cross = x * dy - y * dx;
    return cross * cross / length2;
}

} // namespace nunatak::geo
