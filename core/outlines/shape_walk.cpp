// SPDX-License-Identifier: GPL-3.0-or-later
#include "outlines/shape_walk.h"

#include "geo/paths.h"
#include "geo/rings.h"

#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace nunatak::outlines {

namespace {

/// x and y at once; compilers make one instruction of each operation where the processor has it.
using Pair = double __attribute__((vector_size(2 * sizeof(double))));

Pair pairOf(const geo::Point& point) {
    return Pair{point.x, point.y};
}

/// Lowest and highest coordinates so far. What is no number is passed over.
struct Bounds {
    Pair low = {std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
    Pair high = -low;
    void include(Pair point) {
        low = point < low ? point : low;
        high = point > high ? point : high;
    }
};

Pair timesTurned(Pair a, Pair b) {
    return a * Pair{b[1], b[0]};
}

/// Grows the bounds by a ring of at least one vertex; returns twice its signed area. Two vertices at a time,
/// for which no sum waits for the one before.
double walk(const geo::Ring& ring, Bounds& bounds) {
    // Relative to the first vertex: coordinates in the millions would eat the digits of a small glacier.
    const Pair origin = pairOf(ring.front());
    bounds.include(origin);
    Bounds others = bounds;
    Pair twice{};
    Pair from{};
    std::size_t i = 1;
    for (; i + 1 < ring.size(); i += 2) {
        const Pair first = pairOf(ring[i]);
        const Pair second = pairOf(ring[i + 1]);
        bounds.include(first);
        others.include(second);
        const Pair to = first - origin;
        const Pair next = second - origin;
        const Pair crossed = timesTurned(from, to);
        const Pair crossedNext = timesTurned(to, next);
        twice += Pair{crossed[0], crossedNext[0]} - Pair{crossed[1], crossedNext[1]};
        from = next;
    }
    if (i < ring.size()) {
        const Pair last = pairOf(ring[i]);
        bounds.include(last);
        const Pair crossed = timesTurned(from, last - origin);
        twice[0] += crossed[0] - crossed[1];
    }
    bounds.include(others.low);
    bounds.include(others.high);
    return twice[0] + twice[1];
}

/// Twice the area between a line and the straight way back from its end.
double twiceBeside(const geo::Ring& line) {
    const geo::Point origin = line.front();
    double twice = 0;
    for (std::size_t i = 2; i < line.size(); ++i) {
        twice += (line[i - 1].x - origin.x) * (line[i].y - origin.y) -
                 (line[i].x - origin.x) * (line[i - 1].y - origin.y);
    }
    return twice;
}

/// From the areas of the rings, the outer one of each part first.
double areaOf(const geo::MultiPolygon& shape, const std::vector<double>& rings) {
    double area = 0;
    auto ring = rings.begin();
    for (const geo::Polygon& part : shape) {
        area += std::abs(*ring++);
        for (std::size_t hole = 0; hole < part.holes.size(); ++hole) {
            area -= std::abs(*ring++);
        }
    }
    return area;
}

/// Its place in the order of geo::forEachRing().
std::size_t placeOf(const geo::MultiPolygon& shape, int part, int ring) {
    return std::accumulate(
        shape.begin(), shape.begin() + part, static_cast<std::size_t>(ring),
        [](std::size_t sum, const geo::Polygon& each) { return sum + 1 + each.holes.size(); });
}

/// Where a point lies on the border, the extent may end there no more once it goes.
bool isOnBorder(const geo::Extent& extent, geo::Point point) {
    return point.x <= extent.xmin || point.x >= extent.xmax || point.y <= extent.ymin ||
           point.y >= extent.ymax;
}

} // namespace

ShapeWalk walkAlong(const geo::MultiPolygon& shape) {
    ShapeWalk found;
    Bounds outer;
    Bounds holes; // say nothing of the extent
    if (geo::isPath(shape)) {
        found.vertices = geo::vertexCount(shape);
        found.extent = geo::extentOf(shape);
        found.isSound = geo::isSoundPath(shape);
        return found;
    }
    geo::forEachRing(shape, [&](const geo::Ring& ring, int, int number) {
        found.vertices += ring.size();
        found.isSound = found.isSound && ring.size() >= 3;
        const double twice = ring.empty() ? 0 : walk(ring, number == 0 ? outer : holes);
        // A sum with what is no number is none; it may be none for its size, too.
        found.isSound = found.isSound && (std::isfinite(twice) || geo::isFinite(ring));
        found.ringAreas.push_back(twice / 2);
    });
    found.area = areaOf(shape, found.ringAreas);
    found.extent = {outer.low[0], outer.low[1], outer.high[0], outer.high[1]};
    return found;
}

std::optional<ShapeWalk> walkAfter(const ShapeWalk& before, const geo::MultiPolygon& shape,
                                   std::span<const ChangedRun> runs) {
    if (!before.isSound || geo::isPath(shape)) {
        return std::nullopt;
    }
    ShapeWalk found = before;
    for (const ChangedRun& run : runs) {
        if (!geo::isFinite(run.now) || geo::ringOf(shape, run.part, run.ring).size() < 3) {
            return std::nullopt;
        }
        found.vertices += run.now.size();
        found.vertices -= run.was.size();
        double& area = found.ringAreas[placeOf(shape, run.part, run.ring)];
        area += (twiceBeside(run.now) - twiceBeside(run.was)) / 2;
        if (!std::isfinite(area)) {
            return std::nullopt;
        }
        if (run.ring > 0) {
            continue;
        }
        for (std::size_t i = 1; i + 1 < run.was.size(); ++i) {
            if (isOnBorder(before.extent, run.was[i])) {
                return std::nullopt;
            }
        }
        for (const geo::Point& point : run.now) {
            found.extent.include(point);
        }
    }
    found.area = areaOf(shape, found.ringAreas);
    return found;
}

} // namespace nunatak::outlines
