// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/plainly_valid.h"

#include "geo/rings.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace nunatak::geo {

namespace {

/// Comparisons for each edge, on average, after which GEOS is asked instead.
constexpr std::size_t patience = 200;

/// On which side of the line from a to b a point lies: 1 left, −1 right, 0 where rounding does not let it be
/// told (Shewchuk 1997, the first of his filters).
int sideOf(Point a, Point b, Point point) {
    constexpr double error = 3.3306690738754716e-16;
    const double left = (b.x - a.x) * (point.y - a.y);
    const double right = (b.y - a.y) * (point.x - a.x);
    const double found = left - right;
    if (!(std::abs(found) > error * (std::abs(left) + std::abs(right)))) {
        return 0;
    }
    return found > 0 ? 1 : -1;
}

/// Both ends of the one lie on one side of the other.
bool isBeside(Point a, Point b, Point from, Point to) {
    const int side = sideOf(a, b, from);
    return side != 0 && side == sideOf(a, b, to);
}

/// An edge and the next one meet in their vertex alone.
bool doesNotTurnBack(Point before, Point vertex, Point after) {
    const double along =
        (vertex.x - before.x) * (after.x - vertex.x) + (vertex.y - before.y) * (after.y - vertex.y);
    return along > 0 || sideOf(before, vertex, after) != 0;
}

/// All edges of a shape, in the order of their beginnings from one end of the shape to the other. Memory is
/// kept for the next shape of the thread.
class Edges {
public:
    /// False where two touch, or that cannot be told.
    bool areApart(const MultiPolygon& shape, const Extent& extent) {
        const bool isHigh = extent.height() > extent.width();
        gather(shape, isHigh);
        const double length = std::max(extent.width(), extent.height());
        if (!(length > 0) || !std::isfinite(length) || m_points.size() > mostEdges) {
            return false;
        }
        sort(isHigh ? extent.ymin : extent.xmin, static_cast<double>(m_points.size()) / length);
        std::size_t left = patience * m_points.size();
        const Edge* first = m_edges.data();
        for (std::size_t i = 0; i < m_edges.size(); ++i) {
            const Edge one = m_edges[i];
            if (one.end - i > left) {
                return false;
            }
            left -= one.end - i;
            const Edge* end = first + one.end;
            for (const Edge* other = first + i + 1; other < end;) {
                const std::ptrdiff_t count = std::min(together, end - other);
                if (!isApartFrom(one, other, count)) {
                    return false;
                }
                other += count;
            }
        }
        return true;
    }

private:
    static constexpr std::size_t mostEdges = 100'000'000;

    struct Edge {
        double low = 0;
        double high = 0;
        std::uint32_t vertex = 0; ///< its first
        std::uint32_t end = 0;    ///< behind the last edge that may begin before this one ends
    };

    static constexpr std::ptrdiff_t together = 32;

    /// From so many of those that follow it. Which are as high as it is written down first: no processor has
    /// to guess whether the next one is.
    bool isApartFrom(const Edge& one, const Edge* others, std::ptrdiff_t count) const {
        std::array<std::uint32_t, together> near; // as many as were found
        std::size_t found = 0;
        for (std::ptrdiff_t k = 0; k < count; ++k) {
            near[found] = others[k].vertex;
            found += static_cast<std::size_t>(others[k].low <= one.high) &
                     static_cast<std::size_t>(others[k].high >= one.low);
        }
        for (std::size_t k = 0; k < found; ++k) {
            if (!areApart(one.vertex, near[k])) {
                return false;
            }
        }
        return true;
    }

    /// An edge goes from its vertex to m_next of it. With x and y exchanged where the shape is higher than
    /// wide.
    void gather(const MultiPolygon& shape, bool isHigh) {
        m_points.clear();
        m_next.clear();
        forEachRing(shape, [&](const Ring& ring, int, int) {
            const std::size_t begin = m_points.size();
            m_points.insert(m_points.end(), ring.begin(), ring.end());
            m_next.resize(m_points.size());
            for (std::size_t i = begin; i + 1 < m_points.size(); ++i) {
                m_next[i] = static_cast<std::uint32_t>(i) + 1;
            }
            m_next.back() = static_cast<std::uint32_t>(begin);
        });
        if (isHigh) {
            for (Point& point : m_points) {
                std::swap(point.x, point.y);
            }
        }
    }

    /// Into as many strips as there are edges; within a strip in any order.
    void sort(double first, double strips) {
        const auto count = static_cast<std::int32_t>(m_points.size());
        const auto stripOf = [&](double x) {
            return static_cast<std::size_t>(
                std::min(static_cast<std::int32_t>((x - first) * strips), count - 1));
        };
        m_begins.assign(m_points.size() + 1, 0);
        for (std::size_t i = 0; i < m_points.size(); ++i) {
            ++m_begins[stripOf(std::min(m_points[i].x, m_points[m_next[i]].x))];
        }
        std::uint32_t sum = 0;
        for (std::uint32_t& begin : m_begins) {
            const std::uint32_t here = begin;
            begin = sum;
            sum += here;
        }
        m_edges.resize(m_points.size());
        for (std::size_t i = 0; i < m_points.size(); ++i) {
            const Point a = m_points[i];
            const Point b = m_points[m_next[i]];
            Edge& edge = m_edges[m_begins[stripOf(std::min(a.x, b.x))]++]; // leaves each strip's end there
            edge.low = std::min(a.y, b.y);
            edge.high = std::max(a.y, b.y);
            edge.vertex = static_cast<std::uint32_t>(i);
            edge.end = static_cast<std::uint32_t>(stripOf(std::max(a.x, b.x)));
        }
        for (Edge& edge : m_edges) {
            edge.end = m_begins[edge.end];
        }
    }

    bool areApart(std::uint32_t one, std::uint32_t other) const {
        const Point a = m_points[one];
        const Point b = m_points[m_next[one]];
        const Point from = m_points[other];
        const Point to = m_points[m_next[other]];
        if (m_next[one] == other) {
            return doesNotTurnBack(a, b, to);
        }
        if (m_next[other] == one) {
            return doesNotTurnBack(from, to, b);
        }
        return std::max(a.x, b.x) < std::min(from.x, to.x) || std::max(from.x, to.x) < std::min(a.x, b.x) ||
               isBeside(a, b, from, to) || isBeside(from, to, a, b);
    }

    std::vector<Point> m_points;
    std::vector<std::uint32_t> m_next;
    std::vector<std::uint32_t> m_begins; ///< of each strip; after sort() where the strip ends
    std::vector<Edge> m_edges;           ///< sorted
};

Extent extentOfRing(const Ring& ring) {
    Extent extent;
    for (const Point& point : ring) {
        extent.include(point);
    }
    return extent;
}

/// Whether a point lies in a ring; none where that cannot be told.
std::optional<bool> isWithin(const Ring& ring, Point point) {
    bool isOdd = false;
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
        const Point& a = ring[j];
        const Point& b = ring[i];
        if ((a.y > point.y) == (b.y > point.y)) {
            continue;
        }
        const int side = sideOf(a, b, point);
        if (side == 0) {
            return std::nullopt;
        }
        isOdd = isOdd != ((side > 0) == (b.y > a.y)); // the edge lies east of the point
    }
    return isOdd;
}

struct Bounded {
    const Ring* ring = nullptr;
    Extent extent;
};

/// None within another, of rings of which no two touch.
bool lieBeside(const std::vector<Bounded>& rings) {
    if (rings.size() > patience) {
        return false;
    }
    for (std::size_t i = 0; i < rings.size(); ++i) {
        for (std::size_t k = i + 1; k < rings.size(); ++k) {
            if (rings[i].extent.intersects(rings[k].extent) &&
                (isWithin(*rings[i].ring, rings[k].ring->front()).value_or(true) ||
                 isWithin(*rings[k].ring, rings[i].ring->front()).value_or(true))) {
                return false;
            }
        }
    }
    return true;
}

bool areNested(const MultiPolygon& shape, const std::vector<Bounded>& parts) {
    std::vector<Bounded> holes;
    for (const Polygon& part : shape) {
        holes.clear();
        for (const Ring& hole : part.holes) {
            if (holes.size() > patience || !isWithin(part.outer, hole.front()).value_or(false)) {
                return false;
            }
            holes.push_back({&hole, extentOfRing(hole)});
        }
        if (!lieBeside(holes)) {
            return false;
        }
    }
    return lieBeside(parts);
}

} // namespace

bool isPlainlyValid(const MultiPolygon& shape) {
    std::vector<Bounded> parts;
    Extent extent;
    for (const Polygon& part : shape) {
        parts.push_back({&part.outer, extentOfRing(part.outer)});
        extent.include(parts.back().extent);
        for (const Ring& hole : part.holes) {
            extent.include(extentOfRing(hole)); // which may reach beyond
        }
    }
    thread_local Edges edges;
    return !shape.empty() && edges.areApart(shape, extent) && areNested(shape, parts);
}

} // namespace nunatak::geo
