// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation/drainage.h"

#include <queue>

namespace nunatak::scene::simulation {

namespace {

struct Entry {
    float level;
    int pixel;
    /// Lowest first; equal levels in pixel order, so that no library's heap decides.
    bool operator<(const Entry& other) const {
        return level != other.level ? level > other.level : pixel > other.pixel;
    }
};

} // namespace

Drainage drainageOf(const Field& surface) {
    const int rows = surface.rows();
    const int columns = surface.columns();
    const auto count = surface.bandSize();
    Drainage drainage{{}, std::vector<int>(count, -1), surface};
    drainage.order.reserve(count);
    std::vector<float>& level = drainage.filled.values();
    const std::vector<float>& height = surface.values();
    std::vector<Entry> storage;
    storage.reserve(count / 4);
    std::priority_queue<Entry> open(std::less<Entry>{}, std::move(storage));
    const auto start = [&](int row, int column) {
        const int pixel = row * columns + column;
        auto& receiver = drainage.receiver[static_cast<std::size_t>(pixel)];
        if (receiver < 0) {
            receiver = pixel;
            open.push({level[static_cast<std::size_t>(pixel)], pixel});
        }
    };
    for (int column = 0; column < columns; ++column) {
        start(0, column);
        start(rows - 1, column);
    }
    for (int row = 0; row < rows; ++row) {
        start(row, 0);
        start(row, columns - 1);
    }
    while (!open.empty()) {
        const Entry entry = open.top();
        open.pop();
        drainage.order.push_back(entry.pixel);
        const int row = entry.pixel / columns;
        const int column = entry.pixel % columns;
        for (int dy = -1; dy <= 1; ++dy) {
            for (int dx = -1; dx <= 1; ++dx) {
                const int y = row + dy;
                const int x = column + dx;
                if (y < 0 || x < 0 || y >= rows || x >= columns) {
                    continue;
                }
                const int neighbour = y * columns + x;
                const auto at = static_cast<std::size_t>(neighbour);
                if (drainage.receiver[at] >= 0) {
                    continue;
                }
                drainage.receiver[at] = entry.pixel;
                level[at] = std::max(height[at], entry.level);
                open.push({level[at], neighbour});
            }
        }
    }
    // The flood reaches a slope from any lower side; water takes the steepest.
    for (const int pixel : drainage.order) {
        const auto here = static_cast<std::size_t>(pixel);
        if (drainage.receiver[here] == pixel || level[here] > height[here]) {
            continue;
        }
        const int row = pixel / columns;
        const int column = pixel % columns;
        double steepest = 0;
        int best = drainage.receiver[here];
        for (int dy = -1; dy <= 1; ++dy) {
            for (int dx = -1; dx <= 1; ++dx) {
                const int y = row + dy;
                const int x = column + dx;
                if ((dx == 0 && dy == 0) || y < 0 || x < 0 || y >= rows || x >= columns) {
                    continue;
                }
                const int neighbour = y * columns + x;
                const double fall =
                    (static_cast<double>(level[here]) - level[static_cast<std::size_t>(neighbour)]) *
                    (dx != 0 && dy != 0 ? 0.70710678118654752 : 1.0);
                if (fall > steepest) {
                    steepest = fall;
                    best = neighbour;
                }
            }
        }
        drainage.receiver[here] = best;
    }
    return drainage;
}

} // namespace nunatak::scene::simulation
