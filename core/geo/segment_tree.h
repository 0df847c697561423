// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace nunatak::geo {

/// Segments that never change, in boxes of eight and boxes of eight of those, for finding which are near: a
/// search costs about the logarithm of their number. Neighbours in the row should be neighbours on the map,
/// as those of a ring are. For any thread.
class SegmentTree {
public:
    struct Segment {
        Point a;
        Point b; ///< may be a
    };

    SegmentTree() = default;
    explicit SegmentTree(std::vector<Segment> segments);

    const std::vector<Segment>& segments() const { return m_segments; }
    bool empty() const { return m_segments.empty(); }

    /// Calls visit(index) for all segments whose boxes are within a distance of `place`, nearer boxes first.
    /// `within2`, the distance squared, may be made smaller by visit().
    template <typename Visit> void visitNear(const Extent& place, double& within2, Visit&& visit) const {
        if (!m_levels.empty()) {
            descend(m_levels.size() - 1, 0, place, within2, visit);
        }
    }

    /// Of a point and a segment, squared.
    static double distance2(Point point, const Segment& segment) {
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

private:
    static constexpr std::size_t fanOut = 8;

    static double boxDistance2(const Extent& a, const Extent& b) {
        const double x = std::max({a.xmin - b.xmax, b.xmin - a.xmax, 0.0});
        const double y = std::max({a.ymin - b.ymax, b.ymin - a.ymax, 0.0});
        return x * x + y * y;
    }

    template <typename Visit>
    void descend(std::size_t level, std::size_t node, const Extent& place, double& within2,
                 Visit& visit) const {
        const std::size_t first = node * fanOut;
        if (level == 0) {
            for (std::size_t i = first; i < std::min(m_segments.size(), first + fanOut); ++i) {
                visit(i);
            }
            return;
        }
        const auto& boxes = m_levels[level - 1];
        const std::size_t count = std::min(boxes.size(), first + fanOut) - first;
        std::array<std::pair<double, std::size_t>, fanOut> order;
        for (std::size_t i = 0; i < count; ++i) {
            // By insertion: of eight at most.
            const double distance = boxDistance2(place, boxes[first + i]);
            std::size_t at = i;
            for (; at > 0 && order[at - 1].first > distance; --at) {
                order[at] = order[at - 1];
            }
            order[at] = {distance, first + i};
        }
        for (std::size_t i = 0; i < count && order[i].first <= within2; ++i) {
            descend(level - 1, order[i].second, place, within2, visit);
        }
    }

    std::vector<Segment> m_segments;
    std::vector<std::vector<Extent>> m_levels; ///< boxes around eight segments each first, one box last
};

} // namespace nunatak::geo
