// SPDX-License-Identifier: GPL-3.0-or-later
#include "divides/primitive_basins.h"

#include "divides/flow_directions.h"

#include <deque>

namespace nunatak::divides {

namespace {

/// Labels of ice spread over pixels that the outline touches, the nearest first.
void growOverTouched(const Surface& surface, Image<std::int32_t>& labels) {
    const Neighbourhood hood(labels.columns(), labels.rows());
    const auto& ground = surface.ground.values();
    auto& values = labels.values();
    std::deque<Pixel> queue;
    const auto isOpen = [&](Pixel pixel) { return ground[pixel] == Touched && values[pixel] == 0; };
    const auto count = static_cast<Pixel>(labels.bandSize());
    std::vector<std::pair<Pixel, std::int32_t>> rim;
    for (Pixel pixel = 0; pixel < count; ++pixel) {
        if (!isOpen(pixel)) {
            continue;
        }
        bool isFound = false;
        hood.forEach(pixel, [&](Pixel next, std::size_t) {
            if (!isFound && values[next] != 0) {
                isFound = true;
                rim.emplace_back(pixel, values[next]);
            }
        });
    }
    for (const auto& [pixel, label] : rim) {
        values[pixel] = label;
        queue.push_back(pixel);
    }
    while (!queue.empty()) {
        const Pixel pixel = queue.front();
        queue.pop_front();
        hood.forEach(pixel, [&](Pixel next, std::size_t) {
            if (isOpen(next)) {
                values[next] = values[pixel];
                queue.push_back(next);
            }
        });
    }
}

} // namespace

PrimitiveBasins primitiveBasins(const Surface& surface, const Image<std::uint8_t>& flow,
                                const Progress& progress) {
    PrimitiveBasins found{Image<std::int32_t>(1, flow.rows(), flow.columns()), {}, {}};
    const Neighbourhood hood(flow.columns(), flow.rows());
    auto& labels = found.labels.values();
    const auto& ways = flow.values();
    std::vector<Pixel> path;
    for (int row = 0; row < flow.rows(); ++row) {
        if (row % 256 == 0) {
            progress.report(static_cast<double>(row) / flow.rows(), "Gathering basins");
        }
        const auto first = static_cast<Pixel>(row) * static_cast<Pixel>(flow.columns());
        for (Pixel start = first; start < first + static_cast<Pixel>(flow.columns()); ++start) {
            if (ways[start] == NoFlow || labels[start] != 0) {
                continue;
            }
            path.clear();
            Pixel pixel = start;
            while (labels[pixel] == 0 && ways[pixel] < Leaves) {
                path.push_back(pixel);
                pixel = hood.next(pixel, ways[pixel]);
            }
            if (labels[pixel] == 0) {
                found.sinks.push_back(pixel);
                found.isOutlet.push_back(ways[pixel] == Leaves);
                labels[pixel] = static_cast<std::int32_t>(found.sinks.size());
            }
            for (const Pixel above : path) {
                labels[above] = labels[pixel];
            }
        }
    }
    growOverTouched(surface, found.labels);
    return found;
}

} // namespace nunatak::divides
