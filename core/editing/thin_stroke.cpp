// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/thin_stroke.h"

#include "editing/line_shape.h"
#include "geo/box_tree.h"
#include "geo/segments.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace nunatak::editing {

namespace {

constexpr double step = 0.25;      // pixels between the places that are smoothed
constexpr double deviation = 0.75; // pixels of the smoothing: a tremble that is two pixels long is gone
constexpr double tolerance = 0.5;  // pixels
constexpr double slip = 4;         // pixels along a loop

geo::BoxTree boxesOf(const geo::Ring& line) {
    std::vector<geo::Extent> boxes(line.size() - 1);
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        boxes[i].include(line[i]);
        boxes[i].include(line[i + 1]);
    }
    return geo::BoxTree(std::move(boxes));
}

} // namespace

geo::Ring withoutSlips(const geo::Ring& line, double longest) {
    const geo::BoxTree boxes = boxesOf(line);
    geo::Ring result{line.front()};
    for (std::size_t i = 0; i + 1 < line.size();) {
        std::size_t end = i; // of the longest short loop that begins on this edge
        geo::Extent box;
        box.include(line[i]);
        box.include(line[i + 1]);
        boxes.visit(box, [&](std::size_t other) {
            if (other < i + 2 || other <= end ||
                geo::meet(line[i], line[i + 1], line[other], line[other + 1]) == geo::Meeting::None) {
                return;
            }
            double length = 0;
            for (std::size_t k = i + 1; k < other && length <= longest; ++k) {
                length += geo::distance(line[k], line[k + 1]);
            }
            end = length <= longest ? other : end;
        });
        // Past a loop the line goes from this edge's beginning to where the other edge ends.
        i = end + 1;
        if (geo::Point next = line[i]; next != result.back()) {
            result.push_back(next);
        }
    }
    return result;
}

geo::Ring thinnedStroke(std::span<const geo::Point> drawn, double pixel) {
    geo::Ring line;
    for (const geo::Point& point : drawn) {
        if (line.empty() || point != line.back()) {
            line.push_back(point);
        }
    }
    if (line.size() < 3 || !(pixel > 0)) {
        return line;
    }
    return withoutSlips(
        douglasPeucker(gaussianSmoothed(resampled(line, step * pixel), deviation / step), tolerance * pixel),
        slip * pixel);
}

} // namespace nunatak::editing
