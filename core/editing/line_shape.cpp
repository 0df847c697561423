// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/line_shape.h"

#include "geo/segments.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace nunatak::editing {

geo::Ring resampled(std::span<const geo::Point> line, double spacing) {
    const double length = geo::lineLength(line);
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

geo::Ring gaussianSmoothed(const geo::Ring& places, double deviation, bool isClosed) {
    const auto reach = static_cast<std::size_t>(std::lround(3 * deviation));
    std::vector<double> weights(reach + 1);
    for (std::size_t k = 0; k <= reach; ++k) {
        const double away = static_cast<double>(k) / deviation;
        weights[k] = std::exp(-away * away / 2);
    }
    const std::size_t size = places.size();
    geo::Ring result(size);
    for (std::size_t i = 0; i < size; ++i) {
        // As far to one side as to the other: the ends stay where they are.
        const std::size_t far =
            isClosed ? std::min(reach, (size - 1) / 2) : std::min({reach, i, size - 1 - i});
        double x = 0;
        double y = 0;
        double sum = weights[0];
        for (std::size_t k = 1; k <= far; ++k) {
            const geo::Point& before = places[(i + size - k) % size];
            const geo::Point& after = places[(i + k) % size];
            x += weights[k] * (before.x - places[i].x + after.x - places[i].x);
            y += weights[k] * (before.y - places[i].y + after.y - places[i].y);
            sum += 2 * weights[k];
        }
        result[i] = {places[i].x + x / sum, places[i].y + y / sum};
    }
    return result;
}

geo::Ring douglasPeucker(const geo::Ring& line, double most) {
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

} // namespace nunatak::editing
