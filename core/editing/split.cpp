// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/split.h"

#include "editing/boundaries.h"
#include "editing/carried_over.h"
#include "editing/gate_neighbours.h"
#include "editing/nearest.h"
#include "editing/overlay.h"
#include "editing/parts.h"
#include "editing/paths.h"
#include "editing/redraw_plan.h"
#include "editing/region.h"
#include "geo/rings.h"
#include "geo/segments.h"
#include "geo/shape_operations.h"
#include "outlines/outline_name.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <utility>

namespace nunatak::editing {

namespace {

using outlines::OutlineHandle;
using outlines::OutlineRef;
using Key = std::pair<double, double>;

constexpr std::size_t mostAsked = 32; ///< vertices of a part by which the nearest piece is found

double areaOf(const geo::Polygon& polygon) {
    return geo::planarArea({polygon});
}

/// The sides of the lines that a piece lies on.
struct Sides {
    bool left = false, right = false;
    bool haveCommon(const Sides& other) const { return (left && other.left) || (right && other.right); }
};

class Lines {
public:
    explicit Lines(const std::vector<LaidLine>& lines) {
        for (const LaidLine& line : lines) {
            for (std::size_t i = 0; i + 1 < line.points.size(); ++i) {
                m_edges.insert({keyOf(line.points[i]), keyOf(line.points[i + 1])});
            }
        }
    }

    Sides sidesOf(const geo::Polygon& polygon) const {
        Sides sides;
        const auto look = [&](const geo::Ring& ring, bool isHole) {
            const bool hasGroundLeft = (geo::signedArea(ring) > 0) != isHole;
            for (std::size_t i = 0; i < ring.size(); ++i) {
                const Key a = keyOf(ring[i]), b = keyOf(ring[(i + 1) % ring.size()]);
                const bool along = m_edges.contains({a, b});
                const bool against = m_edges.contains({b, a});
                sides.left = sides.left || (hasGroundLeft ? along : against);
                sides.right = sides.right || (hasGroundLeft ? against : along);
            }
        };
        look(polygon.outer, false);
        for (const geo::Ring& hole : polygon.holes) {
            look(hole, true);
        }
        return sides;
    }

private:
    static Key keyOf(geo::Point point) { return {point.x, point.y}; }
    std::set<std::pair<Key, Key>> m_edges;
};

double distanceBetween(const geo::Polygon& part, const geo::Polygon& piece) {
    double least = std::numeric_limits<double>::infinity();
    const std::size_t step = 1 + part.outer.size() / mostAsked;
    for (std::size_t i = 0; i < part.outer.size(); i += step) {
        least = std::min(least, geo::nearestOnRing(piece.outer, part.outer[i]).distance);
    }
    return least;
}

/// Puts pieces that are too small back to the one with which they share the longest line.
void joinSmall(std::vector<geo::Polygon>& pieces, double smallest) {
    for (bool isDone = false; !isDone && pieces.size() > 1;) {
        const auto least = std::min_element(
            pieces.begin(), pieces.end(), [](const auto& a, const auto& b) { return areaOf(a) < areaOf(b); });
        isDone = areaOf(*least) >= smallest;
        if (isDone) {
            return;
        }
        const geo::Polygon small = std::move(*least);
        pieces.erase(least);
        std::set<std::pair<Key, Key>> edges;
        for (const LaidLine& ring : laidRings({small})) {
            for (std::size_t i = 0; i < ring.points.size(); ++i) {
                const geo::Point a = ring.points[i], b = ring.points[(i + 1) % ring.points.size()];
                edges.insert({{b.x, b.y}, {a.x, a.y}});
            }
        }
        geo::Polygon* longest = &pieces.front();
        double most = -1;
        for (geo::Polygon& piece : pieces) {
            double shared = 0;
            for (const LaidLine& ring : laidRings({piece})) {
                for (std::size_t i = 0; i < ring.points.size(); ++i) {
                    const geo::Point a = ring.points[i], b = ring.points[(i + 1) % ring.points.size()];
                    shared += edges.contains({{a.x, a.y}, {b.x, b.y}}) ? geo::distance(a, b) : 0;
                }
            }
            if (shared > most) {
                most = shared;
                longest = &piece;
            }
        }
        const geo::MultiPolygon whole{*longest};
        const Indexed one{&whole, std::make_shared<const geo::EdgeIndex>(whole)};
        const Noded noded = nodedLines(laidRings({small}), std::span(&one, 1));
        *longest = overlaid(one, noded.nodes.front(), noded.lines, Overlay::Add).shape.front();
    }
}

/// The lines with ends that lie within reach of the outline's led on to it.
std::vector<geo::Ring> ledOn(const Draft& draft, const OutlineHandle& outline,
                             std::span<const geo::Ring> lines, double reach) {
    std::vector<geo::Ring> result(lines.begin(), lines.end());
    for (geo::Ring& line : result) {
        if (line.empty() || !(reach > 0)) {
            continue;
        }
        const auto near = [&](geo::Point end) {
            return nearestEdge(outline->geometry, *draft.indices().of(outline), end, reach);
        };
        if (const auto start = near(line.front()); start && start->point != line.front()) {
            line.insert(line.begin(), start->point);
        }
        if (const auto end = near(line.back()); end && end->point != line.back()) {
            line.push_back(end->point);
        }
    }
    return result;
}

/// Vertices of those beside where the lines end at one that they share.
std::vector<Reshape> endsOfDivides(const Draft& draft, const OutlineRef& ref, const SplitPieces& pieces) {
    geo::Extent box;
    for (const LaidLine& line : pieces.lines) {
        for (const geo::Point& point : line.points) {
            box.include(point);
        }
    }
    std::vector<geo::Point> own;
    for (const geo::MultiPolygon& glacier : pieces.glaciers) {
        geo::forEachVertex(glacier, [&](const geo::VertexId&, geo::Point point) { own.push_back(point); });
    }
    std::vector<Reshape> changes;
    for (const OutlineHandle& other : draft.near(ref.layer, box.grown(onLine))) {
        if (!takesGround(*other) || other->uuid == ref.uuid) {
            continue;
        }
        const Indexed one = indexed(draft.indices(), other);
        const Noded noded = nodedLines(pieces.lines, std::span(&one, 1));
        if (auto vertices = verticesFor(noded.nodes.front(), own); !vertices.empty()) {
            changes.push_back({{ref.layer, other->uuid}, std::move(vertices)});
        }
    }
    return changes;
}

} // namespace

SplitPieces piecesAlong(const Draft& draft, const OutlineHandle& outline, std::span<const geo::Ring> lines,
                        double smallest) {
    std::vector<LaidLine> laid;
    for (const geo::Ring& line : lines) {
        laid.push_back({line, false});
    }
    const Indexed one = indexed(draft.indices(), outline);
    Noded noded = nodedLines(std::move(laid), std::span(&one, 1), true);
    Overlaid parted = overlaid(one, noded.nodes.front(), noded.lines, Overlay::Split);
    std::map<int, std::vector<geo::Polygon>> byPart;
    for (std::size_t i = 0; i < parted.origins.size(); ++i) {
        byPart[parted.origins[i]].push_back(std::move(parted.shape[i]));
    }
    const std::vector<geo::Polygon>* largest = nullptr;
    int part = -1;
    double most = 0;
    for (auto& [origin, pieces] : byPart) {
        if (pieces.size() > 1) {
            joinSmall(pieces, smallest);
        }
        double area = 0;
        for (const geo::Polygon& piece : pieces) {
            area += areaOf(piece);
        }
        if (pieces.size() > 1 && area > most) {
            most = area;
            largest = &pieces;
            part = origin;
        }
    }
    if (largest == nullptr) {
        return {{outline->geometry}, std::move(noded.lines)};
    }
    std::vector<geo::MultiPolygon> glaciers;
    for (const geo::Polygon& piece : *largest) {
        glaciers.push_back({piece});
    }
    const Lines sides(noded.lines);
    for (const auto& [origin, pieces] : byPart) {
        for (const geo::Polygon& piece : origin == part ? std::vector<geo::Polygon>() : pieces) {
            const Sides own = sides.sidesOf(piece);
            geo::MultiPolygon* nearest = &glaciers.front();
            std::pair<bool, double> least{true, std::numeric_limits<double>::infinity()};
            for (geo::MultiPolygon& glacier : glaciers) {
                const bool isAcross = pieces.size() > 1 && !own.haveCommon(sides.sidesOf(glacier.front()));
                const std::pair away{isAcross, distanceBetween(piece, glacier.front())};
                if (away < least) {
                    least = away;
                    nearest = &glacier;
                }
            }
            nearest->push_back(piece);
        }
    }
    std::stable_sort(glaciers.begin(), glaciers.end(),
                     [](const auto& a, const auto& b) { return geo::planarArea(a) > geo::planarArea(b); });
    return {std::move(glaciers), std::move(noded.lines)};
}

Split split(Draft draft, const OutlineRef& ref, std::span<const geo::Ring> lines,
            const SplitOptions& options) {
    const OutlineHandle outline = requireArea(draft, ref);
    SplitPieces pieces =
        piecesAlong(draft, outline, ledOn(draft, outline, lines, options.reach), options.smallest);
    if (pieces.glaciers.size() < 2) {
        throw Unfinished("The line must lead across the glacier.", lines.empty() || lines.back().empty()
                                                                       ? std::nullopt
                                                                       : std::optional(lines.back().back()));
    }
    std::vector<Reshape> beside;
    if (options.neighbours != Neighbours::Alone && takesGround(*outline) && !draft.mayOverlap(ref.layer)) {
        beside = endsOfDivides(draft, ref, pieces);
    }
    Split result;
    result.pieces = putPieces(draft, ref, std::move(pieces.glaciers), std::move(beside));
    const std::string name = outlines::nameInSentence(*outline);
    const std::size_t count = result.pieces.size();
    result.edit = keepingDates(
        draft.edit("Split " + name + (count > 2 ? " into " + std::to_string(count) + " glaciers" : ""), ref));
    return result;
}

} // namespace nunatak::editing
