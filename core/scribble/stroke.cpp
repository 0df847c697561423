// SPDX-License-Identifier: GPL-3.0-or-later
#include "scribble/stroke.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace nunatak::scribble {

namespace {

/// Of a pixel, from one look at the line to the next.
constexpr double step = 0.25;

} // namespace

std::vector<std::uint32_t> pixelsUnder(const geo::Ring& line, const geo::Grid& grid) {
    std::vector<std::uint32_t> pixels;
    std::unordered_set<std::uint32_t> known;
    const auto add = [&](geo::Point place) {
        if (place.x < 0 || place.y < 0 || place.x >= grid.columns || place.y >= grid.rows) {
            return;
        }
        const auto pixel = static_cast<std::uint32_t>(place.y) * static_cast<std::uint32_t>(grid.columns) +
                           static_cast<std::uint32_t>(place.x);
        if (known.insert(pixel).second) {
            pixels.push_back(pixel);
        }
    };
    for (std::size_t i = 0; i < line.size(); ++i) {
        const geo::Point to = grid.toPixel(line[i]);
        const geo::Point from = i == 0 ? to : grid.toPixel(line[i - 1]);
        const double length = std::hypot(to.x - from.x, to.y - from.y);
        // What is far beyond the grid is not walked along.
        const double most = 8.0 * (grid.columns + grid.rows);
        const double steps = std::ceil(std::min(length / step, most));
        for (double k = 1; k < steps; ++k) {
            add({from.x + (to.x - from.x) * k / steps, from.y + (to.y - from.y) * k / steps});
        }
        add(to);
    }
    return pixels;
}

} // namespace nunatak::scribble
