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

} // namespace nunatak::geo
