// SPDX-License-Identifier: GPL-3.0-or-later
#include "measures/boundary_measures.h"

#include "geo/rings.h"
#include "geo/segment_tree.h"
#include "geo/segments.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <limits>
#include <utility>

namespace nunatak::measures {

namespace {

using Segment = geo::SegmentTree::Segment;
/// A distance and the length that it stands for.
using Weighted = std::pair<float, float>;

constexpr float smallest = 1.0F / 1024; ///< m; nearer ones count as this far in percentiles of many outlines
constexpr float farthest = 1 << 23;
constexpr int dropped = 13; ///< bits of a float's 23 that a step of the spread does not tell apart

std::size_t stepOf(double distance) {
    const auto bits = [](float value) { return std::bit_cast<std::uint32_t>(value) >> dropped; };
    return bits(std::clamp(static_cast<float>(distance), smallest, farthest)) - bits(smallest);
}

/// Where a step begins; m.
double beginOf(std::size_t step) {
    const auto first = std::bit_cast<std::uint32_t>(smallest) >> dropped;
    return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(first + step) << dropped));
}

/// All edges of a shape, ice on the left.
class Boundary {
public:
    explicit Boundary(const geo::MultiPolygon& shape) {
        std::vector<Segment> segments;
        geo::forEachRing(shape, [&](const geo::Ring& ring, int, int number) {
            const std::size_t first = segments.size();
            const bool isTurned = (geo::signedArea(ring) > 0) != (number == 0);
            for (std::size_t i = 0; i < ring.size(); ++i) {
                Segment edge{ring[i], ring[(i + 1) % ring.size()]};
                if (isTurned) {
                    edge = {ring[ring.size() - 1 - i], ring[(2 * ring.size() - 2 - i) % ring.size()]};
                }
                if (edge.a != edge.b) {
                    segments.push_back(edge);
                }
            }
            m_rings.resize(segments.size(), {first, segments.size()});
        });
        m_tree = geo::SegmentTree(std::move(segments));
    }

    const geo::SegmentTree& tree() const { return m_tree; }
    const std::vector<Segment>& edges() const { return m_tree.segments(); }

    /// −1 where the place lies inside, +1 outside, 0 on the line; `nearest` is the edge nearest to it.
    int sideOf(geo::Point place, std::size_t nearest) const {
        const Segment& edge = edges()[nearest];
        const geo::Point way{edge.b.x - edge.a.x, edge.b.y - edge.a.y};
        const double along = (place.x - edge.a.x) * way.x + (place.y - edge.a.y) * way.y;
        if (along > 0 && along < way.x * way.x + way.y * way.y) {
            return signOf(way.y * (place.x - edge.a.x) - way.x * (place.y - edge.a.y));
        }
        // Nearest is a vertex: the mean of both edges' directions outwards decides (Baerentzen and Aanaes
        // 2005).
        const auto [first, end] = m_rings[nearest];
        const bool isStart = along <= 0;
        const std::size_t other =
            isStart ? (nearest == first ? end - 1 : nearest - 1) : (nearest + 1 == end ? first : nearest + 1);
        const geo::Point vertex = isStart ? edge.a : edge.b;
        double outwards = 0;
        for (const Segment& one : {edge, edges()[other]}) {
            const double length = geo::distance(one.a, one.b);
            outwards +=
                ((one.b.y - one.a.y) * (place.x - vertex.x) - (one.b.x - one.a.x) * (place.y - vertex.y)) /
                length;
        }
        return signOf(outwards);
    }

private:
    static int signOf(double value) { return value > 0 ? 1 : (value < 0 ? -1 : 0); }

    geo::SegmentTree m_tree;
    std::vector<std::pair<std::size_t, std::size_t>>
        m_rings; ///< of each edge: the first of its ring, one past the last
};

/// As geo::pointAlong(), where the compiler sees it.
geo::Point between(geo::Point a, geo::Point b, double share) {
    return {a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)};
}

/// From one boundary to another.
class OneWay {
public:
    OneWay(const Boundary& from, const Boundary& to, int signOutside, GroundMeasure& ground,
           const BoundaryOptions& options)
        : m_from(from), m_to(to), m_signOutside(signOutside), m_ground(ground), m_options(options) {}

    void measure(DistanceSpread& spread, double (&within)[2], std::vector<Weighted>* distances) {
        constexpr double most = 16; // places that share what may be near
        for (const Segment& edge : m_from.edges()) {
            m_scale = m_ground.metresPerUnit({(edge.a.x + edge.b.x) / 2, (edge.a.y + edge.b.y) / 2});
            const double length = geo::distance(edge.a, edge.b) * m_scale;
            const auto places = std::max(1.0, std::ceil(length / m_options.spacing));
            const auto pieces = std::ceil(places / most);
            for (double i = 0; i < pieces; ++i) {
                const auto a = between(edge.a, edge.b, i / pieces);
                const auto b = between(edge.a, edge.b, (i + 1) / pieces);
                findNear(a, b);
                if (i == 0) {
                    polis += std::sqrt(nearest(a).first) * m_scale;
                }
                refine(a, b, 0);
                const double count = std::ceil(places / pieces);
                const double each = length / pieces / count;
                for (double k = 0; k < count; ++k) {
                    const auto place = between(a, b, (k + 0.5) / count);
                    const auto [distance2, edgeThere] = nearest(place);
                    const double distance = std::sqrt(distance2) * m_scale;
                    spread.add(distance, m_signOutside * m_to.sideOf(place, edgeThere), each);
                    // What is as far as a pixel is within it, whatever the last bit says.
                    within[0] += distance <= m_options.pixel * (1 + 1e-9) ? each : 0;
                    within[1] += distance <= 3 * m_options.pixel * (1 + 1e-9) ? each : 0;
                    if (distances != nullptr) {
                        distances->emplace_back(static_cast<float>(distance), static_cast<float>(each));
                    }
                }
            }
        }
    }

    double largest = 0; ///< m
    double polis = 0;   ///< m, sum

private:
    /// Edges that may be nearest to a place between a and b.
    void findNear(geo::Point a, geo::Point b) {
        const auto& edges = m_to.edges();
        const auto bothEnds = [&](std::size_t i) {
            return std::max(geo::SegmentTree::distance2(a, edges[i]),
                            geo::SegmentTree::distance2(b, edges[i]));
        };
        geo::Extent box;
        box.include(a);
        box.include(b);
        // What was near to the stretch before is not far. The distance to a segment is convex, so an edge is
        // nowhere farther than at one of the ends.
        m_near.clear();
        double within2 = bothEnds(m_last) * (1 + 1e-12);
        double best = within2;
        m_to.tree().visitNear(box, within2, [&](std::size_t i) {
            m_near.push_back(i);
            if (const double ends = bothEnds(i); ends < best) {
                best = ends;
                within2 = best * (1 + 1e-12);
                m_last = i;
            }
        });
        // Most of them came along in the boxes of others.
        std::erase_if(m_near, [&](std::size_t i) {
            geo::Extent other;
            other.include(edges[i].a);
            other.include(edges[i].b);
            const double x = std::max({box.xmin - other.xmax, other.xmin - box.xmax, 0.0});
            const double y = std::max({box.ymin - other.ymax, other.ymin - box.ymax, 0.0});
            return x * x + y * y > within2;
        });
    }

    std::pair<double, std::size_t> nearest(geo::Point place) const {
        std::pair<double, std::size_t> best{std::numeric_limits<double>::infinity(), 0};
        for (const auto i : m_near) {
            if (const double d = geo::SegmentTree::distance2(place, m_to.edges()[i]); d < best.first) {
                best = {d, i};
            }
        }
        return best;
    }

    void refine(geo::Point a, geo::Point b, int depth) {
        constexpr int deepest = 60;
        double bound2 = std::numeric_limits<double>::infinity();
        double atA = bound2;
        double atB = bound2;
        for (const auto i : m_near) {
            const double toA = geo::SegmentTree::distance2(a, m_to.edges()[i]);
            const double toB = geo::SegmentTree::distance2(b, m_to.edges()[i]);
            atA = std::min(atA, toA);
            atB = std::min(atB, toB);
            bound2 = std::min(bound2, std::max(toA, toB));
        }
        largest = std::max(largest, std::sqrt(std::max(atA, atB)) * m_scale);
        if (depth < deepest && std::sqrt(bound2) * m_scale > largest * (1 + 1e-9) + 1e-9) {
            const auto middle = between(a, b, 0.5);
            refine(a, middle, depth + 1);
            refine(middle, b, depth + 1);
        }
    }

    const Boundary& m_from;
    const Boundary& m_to;
    int m_signOutside;
    GroundMeasure& m_ground;
    BoundaryOptions m_options;
    std::vector<std::size_t> m_near;
    std::size_t m_last = 0;
    double m_scale = 1;
};

/// The distance up to which a share of the length lies: found among those of the step of the spread in which
/// it lies, which are few.
double percentileOf(const std::vector<Weighted>& distances, const DistanceSpread& spread, double share) {
    const auto [step, before] = spread.stepAt(share);
    std::vector<Weighted> some;
    std::ranges::copy_if(distances, std::back_inserter(some), [step = step](const Weighted& one) {
        return stepOf(static_cast<double>(one.first)) == step;
    });
    std::ranges::sort(some);
    double sum = before;
    for (const auto& [distance, length] : some) {
        sum += static_cast<double>(length);
        if (sum >= share * spread.length()) {
            return static_cast<double>(distance);
        }
    }
    return static_cast<double>(some.back().first);
}

} // namespace

DistanceSpread::DistanceSpread() = default;

void DistanceSpread::add(double distance, int sign, double length) {
    if (m_lengths.empty()) {
        m_lengths.resize(stepOf(static_cast<double>(farthest)) + 1);
    }
    m_lengths[stepOf(distance)] += length;
    m_length += length;
    m_sum += distance * length;
    m_squares += distance * distance * length;
    m_signed += sign * distance * length;
}

DistanceSpread& DistanceSpread::operator+=(const DistanceSpread& other) {
    m_lengths.resize(std::max(m_lengths.size(), other.m_lengths.size()));
    for (std::size_t i = 0; i < other.m_lengths.size(); ++i) {
        m_lengths[i] += other.m_lengths[i];
    }
    m_length += other.m_length;
    m_sum += other.m_sum;
    m_squares += other.m_squares;
    m_signed += other.m_signed;
    return *this;
}

double DistanceSpread::mean() const {
    return m_length > 0 ? m_sum / m_length : unknown;
}
double DistanceSpread::rmse() const {
    return m_length > 0 ? std::sqrt(m_squares / m_length) : unknown;
}
double DistanceSpread::signedMean() const {
    return m_length > 0 ? m_signed / m_length : unknown;
}
std::pair<std::size_t, double> DistanceSpread::stepAt(double share) const {
    double sum = 0;
    std::size_t last = 0;
    for (std::size_t i = 0; i < m_lengths.size(); ++i) {
        if (m_lengths[i] > 0) {
            last = i;
            if (sum + m_lengths[i] >= share * m_length) {
                return {i, sum};
            }
            sum += m_lengths[i];
        }
    }
    // All of it, but for rounding.
    return {last, m_lengths.empty() ? 0 : m_length - m_lengths[last]};
}

double DistanceSpread::percentile(double share) const {
    if (m_length <= 0) {
        return unknown;
    }
    const auto [step, before] = stepAt(share);
    const double part = (share * m_length - before) / m_lengths[step];
    return step == 0 ? 0 : beginOf(step) + part * (beginOf(step + 1) - beginOf(step));
}

BoundarySpread& BoundarySpread::operator+=(const BoundarySpread& other) {
    ofModel += other.ofModel;
    ofExpert += other.ofExpert;
    within[0] += other.within[0];
    within[1] += other.within[1];
    hausdorff = std::isnan(hausdorff) ? other.hausdorff : std::max(hausdorff, other.hausdorff);
    polisOfModel += other.polisOfModel;
    polisOfExpert += other.polisOfExpert;
    modelVertices += other.modelVertices;
    expertVertices += other.expertVertices;
    return *this;
}

BoundarySpread measureBoundaries(const geo::MultiPolygon& model, const geo::MultiPolygon& expert,
                                 GroundMeasure& ground, const BoundaryOptions& options,
                                 Figures* percentiles) {
    const Boundary ofModel(model);
    const Boundary ofExpert(expert);
    BoundarySpread spread;
    if (ofModel.edges().empty() || ofExpert.edges().empty()) {
        return spread;
    }
    std::vector<Weighted> distances;
    auto* kept = percentiles == nullptr ? nullptr : &distances;
    OneWay there(ofModel, ofExpert, 1, ground, options);
    there.measure(spread.ofModel, spread.within, kept);
    OneWay back(ofExpert, ofModel, -1, ground, options);
    back.measure(spread.ofExpert, spread.within, kept);
    spread.hausdorff = std::max(there.largest, back.largest);
    spread.polisOfModel = there.polis;
    spread.polisOfExpert = back.polis;
    spread.modelVertices = static_cast<double>(ofModel.edges().size());
    spread.expertVertices = static_cast<double>(ofExpert.edges().size());
    if (percentiles != nullptr) {
        DistanceSpread both = spread.ofModel;
        both += spread.ofExpert;
        percentiles->medianBoundaryDistance = percentileOf(distances, both, 0.5);
        percentiles->boundaryDistance90 = percentileOf(distances, both, 0.9);
        percentiles->boundaryDistance95 = percentileOf(distances, both, 0.95);
    }
    return spread;
}

void tellDistances(const BoundarySpread& spread, bool withPercentiles, Figures& figures) {
    if (spread.modelVertices == 0 || spread.expertVertices == 0) {
        return;
    }
    DistanceSpread both = spread.ofModel;
    both += spread.ofExpert;
    figures.meanBoundaryDistance = (spread.ofModel.mean() + spread.ofExpert.mean()) / 2;
    figures.maxBoundaryDistance = spread.hausdorff;
    figures.rmseBoundaryDistance = both.rmse();
    figures.signedMean = both.signedMean();
    figures.polis =
        (spread.polisOfModel / spread.modelVertices + spread.polisOfExpert / spread.expertVertices) / 2;
    figures.withinPixel = spread.within[0] / both.length();
    figures.withinThreePixels = spread.within[1] / both.length();
    if (withPercentiles) {
        figures.medianBoundaryDistance = both.percentile(0.5);
        figures.boundaryDistance90 = both.percentile(0.9);
        figures.boundaryDistance95 = both.percentile(0.95);
    }
}

} // namespace nunatak::measures
