// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewport/lines_in_making.h"

#include <algorithm>
#include <utility>

namespace nunatak::ui {

namespace {

constexpr std::size_t longestStretch = 3000;

} // namespace

LinesInMaking::LinesInMaking(const terrain::Terrain& terrain, geo::Point origin, double tolerance,
                             std::vector<outlines::OutlineHandle> outlines)
    : m_outlines(std::move(outlines)), m_builder(terrain, origin, tolerance) {
    for (std::size_t i = 0; i < m_outlines.size(); ++i) {
        for (const auto& polygon : m_outlines[i]->geometry) {
            cut(i, polygon.outer);
            for (const auto& hole : polygon.holes) {
                cut(i, hole);
            }
        }
    }
}

void LinesInMaking::cut(std::size_t outline, const geo::Ring& ring) {
    for (std::size_t first = 0; first < ring.size(); first += longestStretch) {
        m_stretches.push_back({outline, &ring, first, std::min(longestStretch, ring.size() - first)});
    }
}

bool LinesInMaking::advance(std::size_t vertices) {
    for (std::size_t added = 0; added < vertices && m_next < m_stretches.size(); ++m_next) {
        const auto& stretch = m_stretches[m_next];
        const auto before = m_builder.indexCount();
        m_builder.addStretch(*stretch.ring, stretch.first, stretch.count);
        auto& range =
            m_ranges.try_emplace(m_outlines[stretch.outline]->uuid, LineRange{before, 0}).first->second;
        range.indexCount += m_builder.indexCount() - before;
        added += stretch.count;
    }
    return m_next == m_stretches.size();
}

} // namespace nunatak::ui
