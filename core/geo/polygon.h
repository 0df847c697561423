// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <vector>

namespace nunatak::geo {

/// A position in the coordinates of some Crs: x east, y north (longitude, latitude in degrees if geographic).
struct Point {
    double x = 0;
    double y = 0;
    bool operator==(const Point&) const = default;
};

struct Extent {
    double xmin = std::numeric_limits<double>::infinity();
    double ymin = std::numeric_limits<double>::infinity();
    double xmax = -std::numeric_limits<double>::infinity();
    double ymax = -std::numeric_limits<double>::infinity();

    bool empty() const { return xmin > xmax || ymin > ymax; }
    double width() const { return empty() ? 0 : xmax - xmin; }
    double height() const { return empty() ? 0 : ymax - ymin; }
    Point center() const { return {(xmin + xmax) / 2, (ymin + ymax) / 2}; }
    void include(Point p) {
        xmin = std::min(xmin, p.x);
        ymin = std::min(ymin, p.y);
        xmax = std::max(xmax, p.x);
        ymax = std::max(ymax, p.y);
    }
    void include(const Extent& other) {
        if (!other.empty()) {
            include(Point{other.xmin, other.ymin});
            include(Point{other.xmax, other.ymax});
        }
    }
    bool contains(Point p) const { return p.x >= xmin && p.x <= xmax && p.y >= ymin && p.y <= ymax; }
    bool intersects(const Extent& other) const {
        return xmin <= other.xmax && xmax >= other.xmin && ymin <= other.ymax && ymax >= other.ymin;
    }
    Extent grown(double distance) const {
        return {xmin - distance, ymin - distance, xmax + distance, ymax + distance};
    }
    bool operator==(const Extent&) const = default;
};

/// A closed ring without the repeated closing vertex; at least three vertices when valid.
using Ring = std::vector<Point>;

struct Polygon {
    Ring outer;
    std::vector<Ring> holes;
    bool operator==(const Polygon&) const = default;
};

using MultiPolygon = std::vector<Polygon>;

/// Names one vertex of a MultiPolygon: ring 0 is the outer ring of the part, ring k its hole k-1.
struct VertexId {
    int part = 0;
    int ring = 0;
    int index = 0;
    bool operator==(const VertexId&) const = default;
};

Extent extentOf(const MultiPolygon& shape);
/// The ring a VertexId's part and ring name; throws Error when there is none.
const Ring& ringOf(const MultiPolygon& shape, int part, int ring);
Ring& ringOf(MultiPolygon& shape, int part, int ring);
/// Even-odd rule; holes are outside.
bool contains(const MultiPolygon& shape, Point point);
/// Vertices in all rings.
std::size_t vertexCount(const MultiPolygon& shape);

} // namespace nunatak::geo
