// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/plainly_valid.h"

#include "geo/rings.h"

#include <algorithm>
#include <cmath>
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
        gather(shape, extent.height() > extent.width());
        const double first = extent.height() > extent.width() ? extent.ymin : extent.xmin;
        const double length = std::max(extent.width(), extent.height());
        if (!(length > 0) || !std::isfinite(length)) {
            return false;
        }
        sort(first, static_cast<double>(m_points.size()) / length);
        std::size_t left = patience * m_points.size();
        for (std::size_t i = 0; i < m_order.size(); ++i) {
            const std::size_t end = m_ends[i];
            const double low = m_lows[i];
            const double high = m_highs[i];
            if (end - i > left) {
                return false;
            }
            left -= end - i;
            for (std::size_t k = i + 1; k < end; ++k) {
                if (m_lows[k] <= high && m_highs[k] >= low && !areApart(m_order[i], m_order[k])) {
                    return false;
                }
            }
        }
        return true;
    }

private:
    /// An edge goes from its vertex to m_next of it. With x and y exchanged where the shape is higher than
    /// wide.
    void gather(const MultiPolygon& shape, bool isHigh) {
        m_points.clear();
        m_next.clear();
        forEachRing(shape, [&](const Ring& ring, int, int) {
            const auto begin = static_cast<std::uint32_t>(m_points.size());
            m_points.insert(m_points.end(), ring.begin(), ring.end());
            for (std::size_t i = 1; i < ring.size(); ++i) {
                m_next.push_back(begin + static_cast<std::uint32_t>(i));
            }
            m_next.push_back(begin);
        });
        if (isHigh) {
            for (Point& point : m_points) {
                std::swap(point.x, point.y);
            }
        }
    }

    /// Into as many strips as there are edges; within a strip in any order.
    void sort(double first, double strips) {
        const std::size_t count = m_points.size();
        const auto stripOf = [&](double x) {
            return std::min(static_cast<std::size_t>((x - first) * strips), count - 1);
        };
        m_begins.assign(count + 1, 0);
        m_strips.resize(count);
        for (std::size_t i = 0; i < count; ++i) {
            const auto strip = stripOf(std::min(m_points[i].x, m_points[m_next[i]].x));
            m_strips[i] = static_cast<std::uint32_t>(strip);
            ++m_begins[strip];
        }
        std::uint32_t sum = 0;
        for (std::uint32_t& begin : m_begins) {
            const std::uint32_t here = begin;
            begin = sum;
            sum += here;
        }
        m_order.resize(count);
        for (std::size_t i = 0; i < count; ++i) {
            m_order[m_begins[m_strips[i]]++] = static_cast<std::uint32_t>(i); // leaves each strip's end there
        }
        m_lows.resize(count);
        m_highs.resize(count);
        m_ends.resize(count);
        for (std::size_t i = 0; i < count; ++i) {
            const Point& a = m_points[m_order[i]];
            const Point& b = m_points[m_next[m_order[i]]];
            m_lows[i] = std::min(a.y, b.y);
            m_highs[i] = std::max(a.y, b.y);
            m_ends[i] = m_begins[stripOf(std::max(a.x, b.x))];
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
    std::vector<std::uint32_t> m_strips; ///< of each edge
    std::vector<std::uint32_t> m_begins; ///< of each strip; after sort() where the strip ends
    std::vector<std::uint32_t> m_order;  ///< edges, sorted; the next three are in that order
    std::vector<double> m_lows;
    std::vector<double> m_highs;
    std::vector<std::uint32_t> m_ends; ///< behind the last edge that may begin before this one ends
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
