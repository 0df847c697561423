// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/edge_chains.h"

#include "geo/rings.h"
#include "geo/side_of_line.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

namespace nunatak::geo {

namespace {

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

/// The edges of a shape as chains of them, each of which goes on in one quadrant: no two edges of a chain
/// touch but in the vertex between them, since along a diagonal of the quadrant each begins where the one
/// before it ends, and the first and last point of any piece of it are corners of its box (Preparata and
/// Shamos 1985, monotone chains). Only comparisons of coordinates say so, which do not round. Memory is kept
/// for the next shape of the thread.
class Chains {
public:
    /// False where two edges touch, or that cannot be told.
    bool areApart(const MultiPolygon& shape, const Extent& extent, std::size_t patience) {
        const bool isHigh = extent.height() > extent.width();
        const double length = std::max(extent.width(), extent.height());
        if (!(length > 0) || !std::isfinite(length) || !gather(shape, isHigh)) {
            return false;
        }
        sort(isHigh ? extent.ymin : extent.xmin, static_cast<double>(m_chains.size()) / length);
        m_left = patience * m_points.size();
        const Chain* first = m_sorted.data();
        for (std::size_t i = 0; i < m_sorted.size(); ++i) {
            const Chain& one = m_sorted[i];
            if (!spend(one.end - i)) {
                return false;
            }
            const Chain* end = first + one.end;
            for (const Chain* other = first + i + 1; other < end;) {
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
    static constexpr std::size_t mostPoints = 100'000'000;

    /// Edges from a first vertex to a last one, by their places in m_points.
    struct Piece {
        std::uint32_t first = 0;
        std::uint32_t last = 0;
    };

    struct Chain {
        double low = 0;
        double high = 0;
        Piece piece;
        Piece ring;            ///< whose it is
        std::uint32_t end = 0; ///< behind the last chain that may begin before this one ends
    };

    struct Pair {
        Piece one;
        Piece other;
    };

    static constexpr std::ptrdiff_t together = 32;
    static constexpr std::size_t deepest =
        64; ///< halvings of both, one more left at each: 2 log2(mostPoints)

    /// False where so many comparisons more are too many.
    bool spend(std::size_t comparisons) {
        if (comparisons > m_left) {
            return false;
        }
        m_left -= comparisons;
        return true;
    }

    /// From so many of those that follow it. Which are as high as it is written down first: no processor has
    /// to guess whether the next one is.
    bool isApartFrom(const Chain& one, const Chain* others, std::ptrdiff_t count) {
        std::array<std::ptrdiff_t, together> near; // as many as were found
        std::size_t found = 0;
        for (std::ptrdiff_t k = 0; k < count; ++k) {
            near[found] = k;
            found += static_cast<std::size_t>(others[k].low <= one.high) &
                     static_cast<std::size_t>(others[k].high >= one.low);
        }
        for (std::size_t k = 0; k < found; ++k) {
            if (!areApart(one, others[near[k]])) {
                return false;
            }
        }
        return true;
    }

    /// With x and y exchanged where the shape is higher than wide. The first point of a ring stands at its
    /// end, too. False where a ring has no point, or a vertex is the next one again.
    bool gather(const MultiPolygon& shape, bool isHigh) {
        m_points.clear();
        m_chains.clear();
        bool isPlain = true;
        forEachRing(shape, [&](const Ring& ring, int, int) {
            if (ring.empty() || m_points.size() + ring.size() > mostPoints) {
                isPlain = false;
                return;
            }
            const std::size_t begin = m_points.size();
            m_points.insert(m_points.end(), ring.begin(), ring.end());
            m_points.push_back(ring.front());
            if (isHigh) {
                for (std::size_t i = begin; i < m_points.size(); ++i) {
                    std::swap(m_points[i].x, m_points[i].y);
                }
            }
            isPlain = isPlain && addChains({static_cast<std::uint32_t>(begin),
                                            static_cast<std::uint32_t>(m_points.size() - 1)});
        });
        return isPlain;
    }

    bool addChains(Piece ring) {
        const Point* points = m_points.data();
        Piece chain{ring.first, ring.first};
        unsigned shared = 0b1111U; // quadrants of all edges of the chain
        for (; chain.last < ring.last; ++chain.last) {
            const Point a = points[chain.last];
            const Point b = points[chain.last + 1];
            const unsigned quadrants =
                (static_cast<unsigned>(b.x >= a.x) * 0b0011U | static_cast<unsigned>(b.x <= a.x) * 0b1100U) &
                (static_cast<unsigned>(b.y >= a.y) * 0b0101U | static_cast<unsigned>(b.y <= a.y) * 0b1010U);
            if (quadrants == 0 || quadrants == 0b1111U) { // no number, or no edge
                return false;
            }
            if ((shared & quadrants) == 0) {
                m_chains.push_back({.piece = chain, .ring = ring});
                chain.first = chain.last;
                shared = quadrants;
            }
            shared &= quadrants;
        }
        m_chains.push_back({.piece = chain, .ring = ring});
        return true;
    }

    /// Into as many strips as there are chains; within a strip in any order.
    void sort(double first, double strips) {
        const auto count = static_cast<std::int32_t>(m_chains.size());
        const auto stripOf = [&](double x) {
            return static_cast<std::size_t>(
                std::min(static_cast<std::int32_t>((x - first) * strips), count - 1));
        };
        m_begins.assign(m_chains.size() + 1, 0);
        for (const Chain& chain : m_chains) {
            ++m_begins[stripOf(std::min(m_points[chain.piece.first].x, m_points[chain.piece.last].x))];
        }
        std::uint32_t sum = 0;
        for (std::uint32_t& begin : m_begins) {
            const std::uint32_t here = begin;
            begin = sum;
            sum += here;
        }
        m_sorted.resize(m_chains.size());
        for (const Chain& chain : m_chains) {
            const Point a = m_points[chain.piece.first];
            const Point b = m_points[chain.piece.last];
            // leaves each strip's end in m_begins
            Chain& placed = m_sorted[m_begins[stripOf(std::min(a.x, b.x))]++];
            placed = chain;
            placed.low = std::min(a.y, b.y);
            placed.high = std::max(a.y, b.y);
            placed.end = static_cast<std::uint32_t>(stripOf(std::max(a.x, b.x)));
        }
        for (Chain& chain : m_sorted) {
            chain.end = m_begins[chain.end];
        }
    }

    bool areBoxesApart(Piece one, Piece other) const {
        const Point a = m_points[one.first];
        const Point b = m_points[one.last];
        const Point from = m_points[other.first];
        const Point to = m_points[other.last];
        return std::max(a.x, b.x) < std::min(from.x, to.x) || std::max(from.x, to.x) < std::min(a.x, b.x) ||
               std::max(a.y, b.y) < std::min(from.y, to.y) || std::max(from.y, to.y) < std::min(a.y, b.y);
    }

    /// `next` begins where `one` ends, and goes on in x or in y: they have this vertex alone in common.
    bool goesOn(const Chain& one, const Chain& next) const {
        if (one.piece.last != next.piece.first &&
            (one.piece.last != one.ring.last || next.piece.first != one.ring.first)) {
            return false;
        }
        const Point before = m_points[one.piece.last - 1];
        const Point vertex = m_points[one.piece.last];
        const Point last = m_points[next.piece.last];
        const auto isBetween = [](double a, double b, double c) {
            return (a < b && b < c) || (a > b && b > c);
        };
        return isBetween(before.x, vertex.x, last.x) || isBetween(before.y, vertex.y, last.y);
    }

    /// Halves them where their boxes touch, down to single edges.
    bool areApart(const Chain& one, const Chain& other) {
        if (goesOn(one, other) || goesOn(other, one)) {
            return true;
        }
        std::array<Pair, deepest> pairs; // whose boxes touch
        std::size_t count = 0;
        const auto add = [&](Piece left, Piece right) {
            pairs[count] = {left, right};
            count += areBoxesApart(left, right) ? 0U : 1U;
        };
        add(one.piece, other.piece);
        while (count > 0) {
            const auto [left, right] = pairs[--count];
            const std::uint32_t leftLength = left.last - left.first;
            const std::uint32_t rightLength = right.last - right.first;
            if (!spend(1) ||
                (leftLength == 1 && rightLength == 1 && !areSingleEdgesApart(left, right, one.ring))) {
                return false;
            }
            if (leftLength > 1 && leftLength >= rightLength) {
                const std::uint32_t middle = left.first + leftLength / 2;
                add({left.first, middle}, right);
                add({middle, left.last}, right);
            } else if (rightLength > 1) {
                const std::uint32_t middle = right.first + rightLength / 2;
                add(left, {right.first, middle});
                add(left, {middle, right.last});
            }
        }
        return true;
    }

    /// @param ring of the first
    bool areSingleEdgesApart(Piece one, Piece other, Piece ring) const {
        const Point a = m_points[one.first];
        const Point b = m_points[one.last];
        const Point from = m_points[other.first];
        const Point to = m_points[other.last];
        const auto isNext = [&](Piece edge, Piece next) {
            return edge.last == next.first || (edge.last == ring.last && next.first == ring.first);
        };
        if (isNext(one, other)) {
            return doesNotTurnBack(a, b, to);
        }
        if (isNext(other, one)) {
            return doesNotTurnBack(from, to, b);
        }
        return isBeside(a, b, from, to) || isBeside(from, to, a, b);
    }

    std::vector<Point> m_points;
    std::vector<Chain> m_chains;
    std::vector<Chain> m_sorted;
    std::vector<std::uint32_t> m_begins; ///< of each strip; after sort() where the strip ends
    std::size_t m_left = 0;              ///< comparisons
};

} // namespace

bool areEdgesApart(const MultiPolygon& shape, const Extent& extent, std::size_t patience) {
    thread_local Chains chains;
    return chains.areApart(shape, extent, patience);
}

} // namespace nunatak::geo
