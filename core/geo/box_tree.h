// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace nunatak::geo {

/// Boxes in a row, boxes around each few of them, around each few of those and so on: what lies in an area is
/// found without looking at the rest, provided that neighbours in the row are neighbours on the map, as the
/// edges of a ring are.
class BoxTree {
public:
    BoxTree() = default;
    explicit BoxTree(std::vector<Extent> leaves) : m_levels(std::make_shared<Levels>()) {
        m_levels->push_back(std::move(leaves));
        while (m_levels->back().size() > 1) {
            const std::size_t below = m_levels->size() - 1;
            m_levels->emplace_back((m_levels->back().size() + fanOut - 1) / fanOut);
            for (std::size_t i = 0; i < m_levels->back().size(); ++i) {
                m_levels->back()[i] = around(below, i);
            }
        }
    }

    std::size_t size() const { return m_levels ? m_levels->front().size() : 0; }
    /// Around all leaves.
    Extent extent() const { return size() == 0 ? Extent() : box(m_levels->size() - 1, 0); }

    /// Gives a leaf another box; costs the height of the tree. Copies share what neither changed.
    void set(std::size_t leaf, const Extent& box) {
        put(0, leaf, box);
        for (std::size_t level = 1; level < m_levels->size(); ++level) {
            leaf /= fanOut;
            put(level, leaf, around(level - 1, leaf));
        }
    }

    /// Calls visit(leaf) for each leaf whose box meets the area, borders included, in their order.
    template <typename Visit> void visit(const Extent& area, Visit&& visit) const {
        if (size() > 0) {
            descend(m_levels->size() - 1, 0, area, visit);
        }
    }

private:
    static constexpr std::size_t fanOut = 8;
    /// Looked through at each box; from so many on a copy of all costs less.
    static constexpr std::size_t mostOwn = 40;

    using Levels = std::vector<std::vector<Extent>>;
    struct Own {
        std::size_t level, node;
        Extent box;
    };

    const Extent& box(std::size_t level, std::size_t node) const {
        for (const Own& own : m_own) {
            if (own.level == level && own.node == node) {
                return own.box;
            }
        }
        return (*m_levels)[level][node];
    }

    void put(std::size_t level, std::size_t node, const Extent& box) {
        if (m_own.empty() && m_levels.use_count() == 1) {
            (*m_levels)[level][node] = box;
            return;
        }
        for (Own& own : m_own) {
            if (own.level == level && own.node == node) {
                own.box = box;
                return;
            }
        }
        m_own.push_back({level, node, box});
        if (m_own.size() > mostOwn) {
            m_levels = std::make_shared<Levels>(*m_levels);
            for (const Own& own : m_own) {
                (*m_levels)[own.level][own.node] = own.box;
            }
            m_own.clear();
        }
    }

    Extent around(std::size_t level, std::size_t node) const {
        Extent extent;
        const std::size_t end = std::min((*m_levels)[level].size(), (node + 1) * fanOut);
        for (std::size_t i = node * fanOut; i < end; ++i) {
            extent.include(box(level, i));
        }
        return extent;
    }

    template <typename Visit>
    void descend(std::size_t level, std::size_t node, const Extent& area, Visit& visit) const {
        if (!box(level, node).intersects(area)) {
            return;
        }
        if (level == 0) {
            visit(node);
            return;
        }
        const std::size_t end = std::min((*m_levels)[level - 1].size(), (node + 1) * fanOut);
        for (std::size_t i = node * fanOut; i < end; ++i) {
            descend(level - 1, i, area, visit);
        }
    }

    std::shared_ptr<Levels> m_levels; ///< the leaves first, one box last; null: none
    std::vector<Own> m_own;           ///< boxes that are others here than in the levels that copies share
};

} // namespace nunatak::geo
