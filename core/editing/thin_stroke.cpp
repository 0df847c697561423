// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/thin_stroke.h"

#include "geo/box_tree.h"
#include "geo/segments.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

namespace nunatak::editing {

namespace {

constexpr double step = 0.25;      // pixels between the places that are smoothed
constexpr double deviation = 0.75; // pixels of the smoothing: a tremble that is two pixels long is gone
constexpr std::size_t reach = 9;   // steps: three deviations
constexpr double tolerance = 0.5;  // pixels
constexpr double slip = 4;         // pixels along a loop

/// Places along the line at equal distances, `spacing` or a little less apart.
geo::Ring resampled(std::span<const geo::Point> line, double spacing) {
    double length = 0;
    for (std::size_t i = 1; i < line.size(); ++i) {
        length += geo::distance(line[i - 1], line[i]);
    }
    const auto count = static_cast<std::size_t>(std::ceil(length / spacing));
    geo::Ring places{line.front()};
    double passed = 0;
    std::size_t i = 1;
    for (std::size_t k = 1; k < count; ++k) {
        const double wanted = length * static_cast<double>(k) / static_cast<double>(count);
        while (i + 1 < line.size() && passed + geo::distance(line[i - 1], line[i]) < wanted) {
            passed += geo::distance(line[i - 1], line[i]);
            ++i;
        }
        const double edge = geo::distance(line[i - 1], line[i]);
        places.push_back(
            geo::pointAlong(line[i - 1], line[i], edge > 0 ? std::min(1.0, (wanted - passed) / edge) : 0));
    }
    places.push_back(line.back());
    return places;
}

geo::Ring smoothed(const geo::Ring& places) {
    std::array<double, reach + 1> weights{};
    for (std::size_t k = 0; k <= reach; ++k) {
        const double away = step * static_cast<double>(k) / deviation;
        weights[k] = std::exp(-away * away / 2);
    }
    geo::Ring result(places.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        // As far to one side as to the other: the ends stay where they are.
        const std::size_t far = std::min({reach, i, places.size() - 1 - i});
        double x = 0;
        double y = 0;
        double sum = weights[0];
        for (std::size_t k = 1; k <= far; ++k) {
            x += weights[k] * (places[i - k].x - places[i].x + places[i + k].x - places[i].x);
            y += weights[k] * (places[i - k].y - places[i].y + places[i + k].y - places[i].y);
            sum += 2 * weights[k];
        }
        result[i] = {places[i].x + x / sum, places[i].y + y / sum};
    }
    return result;
}

geo::Ring simplified(const geo::Ring& line, double most) {
    std::vector<bool> isKept(line.size(), false);
    isKept.front() = isKept.back() = true;
    std::vector<std::pair<std::size_t, std::size_t>> waiting{{0, line.size() - 1}};
    while (!waiting.empty()) {
        const auto [from, to] = waiting.back();
        waiting.pop_back();
        std::size_t farthest = from;
        double distance = most;
        for (std::size_t i = from + 1; i < to; ++i) {
            if (const double here = geo::distanceToSegment(line[i], line[from], line[to]); here > distance) {
                distance = here;
                farthest = i;
            }
        }
        if (farthest != from) {
            isKept[farthest] = true;
            waiting.emplace_back(from, farthest);
            waiting.emplace_back(farthest, to);
        }
    }
    geo::Ring kept;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (isKept[i]) {
            kept.push_back(line[i]);
        }
    }
    return kept;
}

geo::BoxTree boxesOf(const geo::Ring& line) {
    std::vector<geo::Extent> boxes(line.size() - 1);
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        boxes[i].include(line[i]);
        boxes[i].include(line[i + 1]);
    }
    return geo::BoxTree(std::move(boxes));
}

/// Where the line comes back to itself within `longest`, it goes on at once.
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

} // namespace

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
    return withoutSlips(simplified(smoothed(resampled(line, step * pixel)), tolerance * pixel), slip * pixel);
}

} // namespace nunatak::editing
