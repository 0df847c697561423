// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/faces.h"
#include "geo/polygon.h"
#include "geo/rings.h"
#include "geo/segments.h"
#include "geo/shape_operations.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

// How far divides are from those that somebody drew.
namespace nunatak::tests {

inline double distanceTo(const std::vector<geo::Line>& lines, geo::Point point) {
    double nearest = std::numeric_limits<double>::infinity();
    for (const geo::Line& line : lines) {
        for (std::size_t i = 0; i + 1 < line.size(); ++i) {
            nearest = std::min(nearest, geo::distanceToSegment(point, line[i], line[i + 1]));
        }
    }
    return nearest;
}

/// Points every `step` along lines.
inline std::vector<geo::Point> pointsAlong(const std::vector<geo::Line>& lines, double step) {
    std::vector<geo::Point> points;
    for (const geo::Line& line : lines) {
        for (std::size_t i = 0; i + 1 < line.size(); ++i) {
            const int pieces = std::max(1, static_cast<int>(geo::distance(line[i], line[i + 1]) / step));
            for (int k = 0; k < pieces; ++k) {
                points.push_back(geo::pointAlong(line[i], line[i + 1], (k + 0.5) / pieces));
            }
        }
    }
    return points;
}

/// What of the outlines' own lines runs within the complex, farther than `away` from its margin.
inline std::vector<geo::Line> innerLines(const std::vector<geo::MultiPolygon>& outlines,
                                         const geo::MultiPolygon& complex, double away) {
    std::vector<geo::Line> lines;
    for (const auto& shape : outlines) {
        geo::forEachRing(shape, [&](const geo::Ring& ring, int, int) {
            for (std::size_t i = 0; i < ring.size(); ++i) {
                const geo::Point a = ring[i];
                const geo::Point b = ring[(i + 1) % ring.size()];
                const geo::Point middle = geo::pointAlong(a, b, 0.5);
                if (geo::contains(complex, middle) && geo::distanceToBoundary(complex, middle) > away) {
                    lines.push_back({a, b});
                }
            }
        });
    }
    return lines;
}

inline double shareOf(std::vector<double> distances, double share) {
    if (distances.empty()) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    std::sort(distances.begin(), distances.end());
    return distances[static_cast<std::size_t>(share * static_cast<double>(distances.size() - 1))];
}

/// Distances of points along the first lines from the second.
inline std::vector<double> distances(const std::vector<geo::Line>& of, const std::vector<geo::Line>& to,
                                     double step) {
    std::vector<double> found;
    for (const geo::Point& point : pointsAlong(of, step)) {
        found.push_back(distanceTo(to, point));
    }
    return found;
}

} // namespace nunatak::tests
