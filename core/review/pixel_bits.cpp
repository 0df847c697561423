// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/pixel_bits.h"

#include "geo/rings.h"

#include <cmath>

namespace nunatak::review {

namespace {

struct Crossing {
    int row = 0;
    double x = 0;
};

/// Where a ring crosses the middles of rows.
void cross(const geo::Ring& ring, int rows, std::vector<Crossing>& crossings) {
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
        const geo::Point upper = ring[i].y < ring[j].y ? ring[i] : ring[j];
        const geo::Point lower = ring[i].y < ring[j].y ? ring[j] : ring[i];
        // An edge has its upper end and not its lower one, so that a vertex on a middle counts once.
        const double first = std::max(0.0, std::ceil(upper.y - 0.5));
        const double end = std::min(static_cast<double>(rows), std::ceil(lower.y - 0.5));
        if (!(first < end)) {
            continue;
        }
        const double slope = (lower.x - upper.x) / (lower.y - upper.y);
        for (int row = static_cast<int>(first); row < static_cast<int>(end); ++row) {
            crossings.push_back({row, upper.x + (row + 0.5 - upper.y) * slope});
        }
    }
}

} // namespace

std::vector<PixelRun> runsOf(const geo::MultiPolygon& shape, int rows, int columns) {
    std::vector<Crossing> crossings;
    geo::forEachRing(shape, [&](const geo::Ring& ring, int, int) {
        if (!ring.empty()) {
            cross(ring, rows, crossings);
        }
    });
    std::sort(crossings.begin(), crossings.end(), [](const Crossing& a, const Crossing& b) {
        return a.row != b.row ? a.row < b.row : a.x < b.x;
    });
    const auto columnFrom = [columns](double x) {
        return static_cast<int>(std::clamp(std::ceil(x - 0.5), 0.0, static_cast<double>(columns)));
    };
    std::vector<PixelRun> runs;
    for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
        const PixelRun run{crossings[i].row, columnFrom(crossings[i].x), columnFrom(crossings[i + 1].x)};
        if (run.begin < run.end) {
            runs.push_back(run);
        }
    }
    return runs;
}

} // namespace nunatak::review
