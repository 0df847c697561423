// SPDX-License-Identifier: GPL-3.0-or-later
#include "smoothed_arc.h"

#include "arc_gates.h"
#include "prediction/confidence.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>

namespace nunatak::prediction {

namespace {

constexpr double tolerance = 0.15; ///< pixels, between the smoothed line and the one with fewer vertices
constexpr double simpleReach = 0.45;
constexpr double simpleCornerReach = 0.494;
constexpr std::size_t longestEdge = 48; ///< gates, so that edges stay straight in another projection
constexpr std::size_t pieceReach = 32;  ///< least gates between the fixed vertices of an arc
constexpr std::size_t endReach = 16;    ///< and between one and the arc's end

double cross(geo::Point a, geo::Point b) {
    return a.x * b.y - a.y * b.x;
}

geo::Point less(geo::Point a, geo::Point b) {
    return {a.x - b.x, a.y - b.y};
}

/// A number that looks drawn by chance, the same for the same place; no two places have the same
/// (SplitMix64's mixing: Steele, Lea, Flood 2014).
std::uint64_t lotOf(const Corner& start, geo::Point middle) {
    const auto x = static_cast<std::uint64_t>(std::llround(2 * (start.column + middle.x)));
    const auto y = static_cast<std::uint64_t>(std::llround(2 * (start.row + middle.y)));
    std::uint64_t mixed = (x << 32U) + y + 0x9e3779b97f4a7c15ULL;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebULL;
    return mixed ^ (mixed >> 31U);
}

double distanceToLine(geo::Point point, geo::Point from, geo::Point to) {
    const double length = std::hypot(to.x - from.x, to.y - from.y);
    if (length < 1e-9) {
        return std::hypot(point.x - from.x, point.y - from.y);
    }
    return std::abs(cross(less(to, from), less(point, from))) / length;
}

class ArcSmoother {
public:
    explicit ArcSmoother(const BoundaryArc& arc) : m_start(arc.start), m_gates(arc) {}

    std::vector<geo::Point> smoothed() {
        m_gates.smooth();
        const auto fixed = fixedStations();
        if (m_gates.isClosed() && fixed.size() == 1) {
            smoothPiece(fixed.front(), fixed.front() + m_gates.size(), true);
        } else {
            for (std::size_t i = 0; i + 1 < fixed.size(); ++i) {
                smoothPiece(fixed[i], fixed[i + 1], false);
            }
            if (m_gates.isClosed()) {
                smoothPiece(fixed.back(), fixed.front() + m_gates.size(), false);
            }
        }
        if (!m_gates.isClosed()) {
            add(m_gates.size() - 1);
        }
        return std::move(m_line);
    }

private:
    /// Stations that stay vertices and where they are, each found by looking at its surroundings alone: those
    /// that drew the highest lot far around, and the ends.
    std::vector<std::size_t> fixedStations() const {
        const std::size_t count = m_gates.size();
        std::vector<std::uint64_t> lots(count);
        for (std::size_t i = 0; i < count; ++i) {
            lots[i] = lotOf(m_start, m_gates.middle(i));
        }
        const auto isHighest = [&](std::size_t i) {
            for (std::size_t k = 1; k <= pieceReach; ++k) {
                for (const bool ahead : {true, false}) {
                    if (!m_gates.isClosed() && (ahead ? i + k >= count : k > i)) {
                        continue;
                    }
                    const std::size_t other = ahead ? (i + k) % count : (i + count - k % count) % count;
                    if (other != i && lots[other] > lots[i]) {
                        return false;
                    }
                }
            }
            return true;
        };
        std::vector<std::size_t> fixed;
        for (std::size_t i = 0; i < count; ++i) {
            const bool isNearEnd = !m_gates.isClosed() && (i < endReach || i + endReach >= count);
            if (isNearEnd ? m_gates.isEnd(i) : isHighest(i)) {
                fixed.push_back(i);
            }
        }
        return fixed;
    }

    void add(std::size_t station) {
        const auto place = m_gates.position(station);
        m_line.push_back({m_start.column + place.x, m_start.row + place.y});
    }

    bool isEdgeAllowed(std::size_t from, std::size_t to, double fromOffset, double toOffset, double reach,
                       double cornersReach, bool staysNear) const {
        const auto a = m_gates.positionAt(from, fromOffset);
        const auto b = m_gates.positionAt(to, toOffset);
        double before = fromOffset;
        for (std::size_t k = from + 1; k <= to; ++k) {
            double here = toOffset;
            if (k < to) {
                const auto crossing = m_gates.crossing(k, a, b);
                here = crossing.offset;
                if (!crossing.isForward || std::abs(here) > reach ||
                    (staysNear && std::abs(here - m_gates.offset(k)) * crossing.cosine > tolerance)) {
                    return false;
                }
            }
            if (m_gates.cornerDistance(k - 1, before, here) > cornersReach) {
                return false;
            }
            before = here;
        }
        return true;
    }

    /// Stations of a piece that are enough, with both ends and at least one between them.
    std::vector<std::size_t> simplified(std::size_t first, std::size_t last) const {
        std::vector<std::size_t> kept{first, last};
        std::vector<std::pair<std::size_t, std::size_t>> waiting{{first, last}};
        while (!waiting.empty()) {
            const auto [from, to] = waiting.back();
            waiting.pop_back();
            if (to - from < 2) {
                continue;
            }
            const auto a = m_gates.position(from);
            const auto b = m_gates.position(to);
            std::size_t farthest = from + (to - from) / 2;
            double distance = tolerance / 2;
            for (std::size_t k = from + 1; k < to; ++k) {
                const double here = distanceToLine(m_gates.position(k), a, b);
                if (here > distance) {
                    distance = here;
                    farthest = k;
                }
            }
            const bool isWhole = from == first && to == last;
            if (!isWhole && to - from <= longestEdge && isNear(from, to)) {
                continue;
            }
            kept.push_back(farthest);
            waiting.emplace_back(from, farthest);
            waiting.emplace_back(farthest, to);
        }
        std::sort(kept.begin(), kept.end());
        return withoutNeedless(kept);
    }

    /// Of vertices those that are enough: from each as far as an edge may go.
    std::vector<std::size_t> withoutNeedless(const std::vector<std::size_t>& vertices) const {
        constexpr std::size_t looksAhead = 12; ///< vertices
        std::vector<std::size_t> kept;
        for (std::size_t i = 0; i + 1 < vertices.size();) {
            kept.push_back(vertices[i]);
            std::size_t next = i + 1;
            for (std::size_t k = i + 2; k < std::min(vertices.size(), i + looksAhead); ++k) {
                const bool isWhole = i == 0 && k + 1 == vertices.size();
                if (!isWhole && vertices[k] - vertices[i] <= longestEdge &&
                    isNear(vertices[i], vertices[k])) {
                    next = k;
                }
            }
            i = next;
        }
        kept.push_back(vertices.back());
        return kept;
    }

    bool isNear(std::size_t from, std::size_t to) const {
        return isEdgeAllowed(from, to, m_gates.offset(from), m_gates.offset(to), simpleReach,
                             simpleCornerReach, true);
    }

    /// Twice the area between the arc and a path.
    double areaBeside(const std::vector<std::size_t>& vertices, const std::vector<double>& offsets) const {
        const std::size_t first = vertices.front();
        const std::size_t last = vertices.back();
        const auto origin = m_gates.middle(first);
        geo::Point at{0, 0};
        double sum = 0;
        const auto goTo = [&](geo::Point place) {
            const auto next = less(place, origin);
            sum += cross(at, next);
            at = next;
        };
        for (std::size_t k = first; k < last; ++k) {
            goTo(m_gates.cornerAfter(k));
        }
        goTo(m_gates.middle(last));
        for (std::size_t i = vertices.size(); i-- > 0;) {
            goTo(m_gates.positionAt(vertices[i], offsets[i]));
        }
        return sum; // the way from the first vertex to the origin adds nothing
    }

    /// How far vertices have to go, each by its weight, so that no area is left between, if any way does.
    std::optional<double> shiftFor(const std::vector<std::size_t>& vertices,
                                   const std::vector<double>& offsets,
                                   const std::vector<double>& weights) const {
        constexpr double trial = 0.25;
        const auto areaAt = [&](double shift) {
            auto moved = offsets;
            for (std::size_t i = 0; i < moved.size(); ++i) {
                moved[i] += shift * weights[i];
            }
            return areaBeside(vertices, moved);
        };
        // The area is a polynomial of second degree in the shift.
        const double c = areaAt(0);
        const double plus = areaAt(trial);
        const double minus = areaAt(-trial);
        const double b = (plus - minus) / (2 * trial);
        const double a = (plus + minus - 2 * c) / (2 * trial * trial);
        const double root = b * b - 4 * a * c;
        if (std::abs(b) < 1e-12 || root < 0) {
            return std::nullopt;
        }
        return -2 * c / (b + std::copysign(std::sqrt(root), b));
    }

    /// Weights of the vertices: none at the fixed ends, most between them; all alike on a whole ring.
    std::vector<double> weightsOf(const std::vector<std::size_t>& vertices, bool isRing) const {
        const auto first = static_cast<double>(vertices.front());
        const auto length = static_cast<double>(vertices.back()) - first;
        std::vector<double> weights;
        for (const std::size_t station : vertices) {
            const double wave = std::sin(std::numbers::pi * (static_cast<double>(station) - first) / length);
            weights.push_back(isRing ? 1 : wave * wave);
        }
        if (!isRing) {
            weights.front() = weights.back() = 0;
        }
        return weights;
    }

    void smoothPiece(std::size_t first, std::size_t last, bool isRing) {
        std::vector<std::size_t> all;
        for (std::size_t station = first; station <= last; ++station) {
            all.push_back(station);
        }
        auto balanced = settled(all, isRing); // so that little is left to set right when there are fewer
        if (balanced.empty()) {               // tight turns: from the middles of the edges any way is free
            for (std::size_t station = first + (isRing ? 0 : 1); station < last; ++station) {
                m_gates.setOffset(station, 0);
            }
            balanced = settled(all, isRing);
        }
        take(all, balanced);
        auto vertices = simplified(first, last);
        auto offsets = settled(vertices, isRing);
        while (offsets.empty() && vertices.size() < all.size()) {
            vertices = withMiddles(vertices); // more vertices have more room
            offsets = settled(vertices, isRing);
        }
        take(vertices, offsets);
        for (std::size_t i = 0; i + 1 < vertices.size(); ++i) {
            add(vertices[i]);
        }
    }

    void take(const std::vector<std::size_t>& vertices, const std::vector<double>& offsets) {
        for (std::size_t i = 0; i < offsets.size(); ++i) {
            m_gates.setOffset(vertices[i], offsets[i]);
        }
    }

    static std::vector<std::size_t> withMiddles(const std::vector<std::size_t>& vertices) {
        std::vector<std::size_t> more;
        for (std::size_t i = 0; i + 1 < vertices.size(); ++i) {
            more.push_back(vertices[i]);
            if (vertices[i + 1] - vertices[i] > 1) {
                more.push_back((vertices[i] + vertices[i + 1]) / 2);
            }
        }
        more.push_back(vertices.back());
        return more;
    }

    /// Offsets of vertices with which the piece leaves no area beside the arc. Vertices that cannot give way
    /// stay where they are and leave it to the others; nothing where all of them cannot.
    std::vector<double> settled(const std::vector<std::size_t>& vertices, bool isRing) const {
        std::vector<double> offsets;
        for (const std::size_t station : vertices) {
            offsets.push_back(m_gates.offset(station));
        }
        auto weights = weightsOf(vertices, isRing);
        constexpr int tries = 50;
        for (int i = 0; i < tries; ++i) {
            const auto shift = shiftFor(vertices, offsets, weights);
            if (!shift) {
                return {};
            }
            auto moved = offsets;
            for (std::size_t k = 0; k < moved.size(); ++k) {
                moved[k] += *shift * weights[k];
            }
            bool isDone = true;
            for (std::size_t k = 0; k + 1 < vertices.size(); ++k) {
                if (std::max(std::abs(moved[k]), std::abs(moved[k + 1])) > gateReach ||
                    !isEdgeAllowed(vertices[k], vertices[k + 1], moved[k], moved[k + 1], gateReach,
                                   cornerReach, false)) {
                    weights[k] = weights[k + 1] = 0;
                    isDone = false;
                }
            }
            if (isDone) {
                return moved;
            }
            if (isRing) { // the first is the last
                weights.front() = weights.back() = std::min(weights.front(), weights.back());
            }
        }
        return {};
    }

    Corner m_start;
    ArcGates m_gates;
    std::vector<geo::Point> m_line;
};

} // namespace

std::vector<geo::Point> smoothedArc(const BoundaryArc& arc) {
    return arc.right == NotPredicted ? cornersOf(arc) : ArcSmoother(arc).smoothed();
}

} // namespace nunatak::prediction
