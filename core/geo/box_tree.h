// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace nunatak::geo {

/// Boxes in a row, boxes around each few of them, around each few of those and so on: what lies in an area is
/// found without looking at the rest, provided that neighbours in the row are neighbours on the map, as the
/// edges of a ring are.
class BoxTree {
public:
    BoxTree() = default;
    explicit BoxTree(std::vector<Extent> leaves) {
        m_levels.push_back(std::move(leaves));
        while (m_levels.back().size() > 1) {
            const std::size_t below = m_levels.size() - 1;
            m_levels.emplace_back((m_levels[below].size() + fanOut - 1) / fanOut);
            for (std::size_t i = 0; i < m_levels.back().size(); ++i) {
                m_levels.back()[i] = around(below, i);
            }
        }
    }

    std::size_t size() const { return m_levels.empty() ? 0 : m_levels.front().size(); }
    /// Around all leaves.
    Extent extent() const { return size() == 0 ? Extent() : m_levels.back().front(); }

    /// Gives a leaf another box; costs the height of the tree.
    void set(std::size_t leaf, const Extent& box) {
        m_levels.front()[leaf] = box;
        for (std::size_t level = 1; level < m_levels.size(); ++level) {
            leaf /= fanOut;
            m_levels[level][leaf] = around(level - 1, leaf);
        }
    }

    /// Calls visit(leaf) for each leaf whose box meets the area, borders included, in their order.
    template <typename Visit> void visit(const Extent& area, Visit&& visit) const {
        if (size() > 0) {
            descend(m_levels.size() - 1, 0, area, visit);
        }
    }

private:
    static constexpr std::size_t fanOut = 8;

    Extent around(std::size_t level, std::size_t node) const {
        Extent extent;
        const std::vector<Extent>& boxes = m_levels[level];
        for (std::size_t i = node * fanOut; i < std::min(boxes.size(), (node + 1) * fanOut); ++i) {
            extent.include(boxes[i]);
        }
        return extent;
    }

    template <typename Visit>
    void descend(std::size_t level, std::size_t node, const Extent& area, Visit& visit) const {
        if (!m_levels[level][node].intersects(area)) {
            return;
        }
        if (level == 0) {
            visit(node);
            return;
        }
        const std::size_t end = std::min(m_levels[level - 1].size(), (node + 1) * fanOut);
        for (std::size_t i = node * fanOut; i < end; ++i) {
            descend(level - 1, i, area, visit);
        }
    }

    std::vector<std::vector<Extent>> m_levels; ///< the leaves first, one box last
};

} // namespace nunatak::geo
