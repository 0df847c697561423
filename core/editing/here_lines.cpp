// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/here_lines.h"

#include "editing/boundaries.h"
#include "editing/gate.h"
#include "editing/region.h"
#include "geo/rings.h"
#include "geo/same_line.h"
#include "geo/segments.h"
#include "geo/shape_operations.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace nunatak::editing {

namespace {

using Key = std::pair<double, double>;

Key keyOf(geo::Point point) {
    return {point.x, point.y};
}

std::vector<geo::Point> pointsOf(const std::vector<LineNode>& nodes) {
    std::vector<geo::Point> points;
    points.reserve(nodes.size());
    for (const LineNode& node : nodes) {
        points.push_back(node.point);
    }
    return points;
}

/// The place of the ring in a straight stretch between those beside it.
bool isStraightAt(const geo::Ring& ring, std::size_t i) {
    const geo::Point before = ring[(i + ring.size() - 1) % ring.size()];
    const geo::Point after = ring[(i + 1) % ring.size()];
    const double share = geo::along(ring[i], before, after);
    return share > 0 && share < 1 && geo::distanceToSegment(ring[i], before, after) <= onLine;
}

std::set<Key> verticesOf(const geo::MultiPolygon& shape) {
    std::set<Key> vertices;
    geo::forEachVertex(shape, [&](const geo::VertexId&, geo::Point point) { vertices.insert(keyOf(point)); });
    return vertices;
}

} // namespace

CutAtEachOther cutAtEachOther(const std::vector<geo::MultiPolygon>& laid, std::span<const Indexed> outlines) {
    std::vector<LaidLine> lines;
    std::vector<std::size_t> counts;
    for (const geo::MultiPolygon& shape : laid) {
        const auto rings = laidRings(shape);
        counts.push_back(rings.size());
        lines.insert(lines.end(), rings.begin(), rings.end());
    }
    const std::size_t expected = lines.size();
    Noded noded = nodedLines(std::move(lines), outlines, true);
    if (noded.lines.size() != expected) {
        throw Refused("A piece is too narrow here.", std::nullopt);
    }
    CutAtEachOther cut;
    auto next = noded.lines.begin();
    for (const geo::MultiPolygon& shape : laid) {
        cut.laid.push_back(
            geo::withRings(shape, [&](const geo::Ring&) { return std::move((next++)->points); }));
    }
    for (std::size_t k = 0; k < outlines.size(); ++k) {
        cut.outlines.push_back(*outlines[k].shape);
        applySplices(verticesFor(noded.nodes[k], pointsOf(noded.nodes[k])), cut.outlines.back());
    }
    cut.nodes = std::move(noded.nodes);
    return cut;
}

void dropNeedless(std::vector<Becoming>& all) {
    std::set<Key> straight;
    std::set<Key> needed;
    for (const Becoming& each : all) {
        std::set<Key> candidates;
        geo::forEachRing(each.after, [&](const geo::Ring& ring, int, int) {
            for (std::size_t i = 0; i < ring.size(); ++i) {
                (ring.size() > 3 && isStraightAt(ring, i) ? candidates : needed).insert(keyOf(ring[i]));
            }
        });
        if (!candidates.empty()) {
            const std::set<Key> old = verticesOf(each.before);
            for (const Key& key : candidates) {
                (old.contains(key) ? needed : straight).insert(key);
            }
        }
    }
    for (Becoming& each : all) {
        geo::forEachRing(each.after, [&](geo::Ring& ring, int, int) {
            geo::Ring kept;
            for (const geo::Point& point : ring) {
                if (!straight.contains(keyOf(point)) || needed.contains(keyOf(point))) {
                    kept.push_back(point);
                }
            }
            if (kept.size() >= 3) {
                ring = std::move(kept);
            }
        });
    }
}

geo::MultiPolygon withoutSlivers(const geo::MultiPolygon& before, geo::MultiPolygon after, double width) {
    std::erase_if(after, [&](const geo::Polygon& part) {
        const bool isThin = 2 * geo::planarArea({part}) <= width * geo::ringLength(part.outer);
        const auto same = [&](const geo::Polygon& there) { return geo::isSameLine({there}, {part}, onLine); };
        return isThin && std::none_of(before.begin(), before.end(), same);
    });
    return after;
}

double lengthOn(const geo::Polygon& part, const Indexed& outline) {
    double length = 0;
    const geo::MultiPolygon shape{part};
    geo::forEachRing(shape, [&](const geo::Ring& ring, int, int) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const geo::Point a = ring[i], b = ring[(i + 1) % ring.size()];
            const geo::Point middle = geo::pointAlong(a, b, 0.5);
            bool isOn = false;
            outline.index->visit(
                *outline.shape, geo::Extent{middle.x, middle.y, middle.x, middle.y}.grown(2 * onLine),
                [&](const geo::Edge& edge) {
                    isOn = isOn || geo::distanceToSegment(middle, edge.a, edge.b) <= 2 * onLine;
                });
            length += isOn ? geo::distance(a, b) : 0;
        }
    });
    return length;
}

} // namespace nunatak::editing
