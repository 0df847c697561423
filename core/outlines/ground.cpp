// SPDX-License-Identifier: GPL-3.0-or-later
#include "outlines/ground.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string>

namespace nunatak::outlines {

namespace {

constexpr int lineCount = 64;
/// Where each line crosses a shape's rings: inside lies between the first and the second, and so on.
using Crossings = std::array<std::vector<double>, lineCount>;

/// Lines in the middles of stripes of equal height.
struct Lines {
    double bottom;
    double height; ///< of a stripe
    double y(int line) const { return bottom + (line + 0.5) * height; }
};

void cross(const geo::Ring& ring, const Lines& lines, Crossings& crossings) {
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
        const geo::Point low = ring[i].y < ring[j].y ? ring[i] : ring[j];
        const geo::Point high = ring[i].y < ring[j].y ? ring[j] : ring[i];
        const double first = std::ceil((low.y - lines.bottom) / lines.height - 0.5);
        for (int line = static_cast<int>(std::clamp(first, 0.0, static_cast<double>(lineCount)));
             line < lineCount && lines.y(line) < high.y; ++line) {
            const double share = (lines.y(line) - low.y) / (high.y - low.y);
            crossings[static_cast<std::size_t>(line)].push_back(low.x + share * (high.x - low.x));
        }
    }
}

Crossings crossingsOf(const geo::MultiPolygon& shape, const Lines& lines) {
    Crossings crossings;
    for (const geo::Polygon& polygon : shape) {
        cross(polygon.outer, lines, crossings);
        for (const geo::Ring& hole : polygon.holes) {
            cross(hole, lines, crossings);
        }
    }
    for (auto& line : crossings) {
        std::sort(line.begin(), line.end());
    }
    return crossings;
}

/// The length that lies inside of both.
double commonLength(const std::vector<double>& a, const std::vector<double>& b) {
    double length = 0;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i + 1 < a.size() && j + 1 < b.size()) {
        length += std::max(0.0, std::min(a[i + 1], b[j + 1]) - std::max(a[i], b[j]));
        (a[i + 1] < b[j + 1] ? i : j) += 2;
    }
    return length;
}

/// A bound of what both can have in common.
double commonExtent(const geo::Extent& a, const geo::Extent& b) {
    const double width = std::min(a.xmax, b.xmax) - std::max(a.xmin, b.xmin);
    const double height = std::min(a.ymax, b.ymax) - std::max(a.ymin, b.ymin);
    return std::max(0.0, width) * std::max(0.0, height);
}

/// What both have in common where that is more than half of the smaller one, else 0.
double sameGround(const SharedOutline& a, const SharedOutline& b) {
    const double half = std::min(a.area(), b.area()) / 2;
    if (commonExtent(a.extent(), b.extent()) <= half) {
        return 0; // neighbours along a divide end here
    }
    const double area = commonArea(a, b);
    return area > half ? area : 0;
}

} // namespace

double commonArea(const SharedOutline& a, const SharedOutline& b) {
    const double bottom = std::max(a.extent().ymin, b.extent().ymin);
    const double top = std::min(a.extent().ymax, b.extent().ymax);
    if (!(top > bottom) || !a.extent().intersects(b.extent())) {
        return 0;
    }
    const Lines lines{bottom, (top - bottom) / lineCount};
    const Crossings ofA = crossingsOf(a.geometry, lines);
    const Crossings ofB = crossingsOf(b.geometry, lines);
    double length = 0;
    for (std::size_t line = 0; line < lineCount; ++line) {
        length += commonLength(ofA[line], ofB[line]);
    }
    return length * lines.height;
}

bool isSameGround(const SharedOutline& a, const SharedOutline& b) {
    return sameGround(a, b) > 0;
}

OutlineHandle sameGroundIn(const OutlineSet& set, const SharedOutline& outline) {
    OutlineHandle found;
    double most = 0;
    for (const OutlineHandle& candidate : set.in(outline.extent())) {
        if (const double area = sameGround(outline, *candidate); area > most) {
            most = area;
            found = candidate;
        }
    }
    return found;
}

std::vector<GroundMatch> matchedByGround(const std::vector<OutlineHandle>& ones, const OutlineSet& others) {
    std::vector<GroundMatch> candidates;
    for (const OutlineHandle& one : ones) {
        for (const OutlineHandle& other : others.in(one->extent())) {
            if (const double area = sameGround(*one, *other); area > 0) {
                candidates.push_back({one, other, area});
            }
        }
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const GroundMatch& a, const GroundMatch& b) { return a.area > b.area; });
    std::set<std::string> taken;
    std::set<std::string> given;
    std::vector<GroundMatch> matches;
    for (GroundMatch& candidate : candidates) {
        if (!taken.contains(candidate.one->uuid) && !given.contains(candidate.other->uuid)) {
            taken.insert(candidate.one->uuid);
            given.insert(candidate.other->uuid);
            matches.push_back(std::move(candidate));
        }
    }
    return matches;
}

} // namespace nunatak::outlines
