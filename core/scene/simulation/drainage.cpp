// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation/drainage.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace nunatak::scene::simulation {

namespace {

/// Pixels that wait, lowest level first, in steps of a few centimetres; first come, first served within a
/// step. No heap of tens of millions of pixels is as fast.
class Levels {
public:
    Levels(float lowest, float highest, std::size_t pixels)
        : m_lowest(lowest), m_first(static_cast<std::size_t>((highest - lowest) * perMetre) + 2, none),
          m_last(m_first.size(), none), m_next(pixels, none) {}

    void push(int pixel, float level) {
        const auto step = static_cast<std::size_t>((level - m_lowest) * perMetre);
        m_next[static_cast<std::size_t>(pixel)] = none;
        if (m_first[step] == none) {
            m_first[step] = pixel;
        } else {
            m_next[static_cast<std::size_t>(m_last[step])] = pixel;
        }
        m_last[step] = pixel;
    }
    /// The next pixel, or −1 when none is left.
    int pop() {
        while (m_current < m_first.size() && m_first[m_current] == none) {
            ++m_current;
        }
        if (m_current == m_first.size()) {
            return none;
        }
        const int pixel = m_first[m_current];
        m_first[m_current] = m_next[static_cast<std::size_t>(pixel)];
        return pixel;
    }

private:
    static constexpr int none = -1;
    static constexpr float perMetre = 32;
    float m_lowest;
    std::vector<int> m_first;
    std::vector<int> m_last;
    std::vector<int> m_next;
    std::size_t m_current = 0;
};

void flood(const Field& surface, Drainage& drainage) {
    const int rows = surface.rows();
    const int columns = surface.columns();
    const std::vector<float>& height = surface.values();
    std::vector<float>& level = drainage.filled.values();
    const auto [lowest, highest] = std::minmax_element(height.begin(), height.end());
    Levels open(*lowest, *highest, height.size());
    const auto start = [&](int row, int column) {
        const int pixel = row * columns + column;
        auto& receiver = drainage.receiver[static_cast<std::size_t>(pixel)];
        if (receiver < 0) {
            receiver = pixel;
            open.push(pixel, level[static_cast<std::size_t>(pixel)]);
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
    for (int pixel = open.pop(); pixel >= 0; pixel = open.pop()) {
        const int row = pixel / columns;
        const int column = pixel % columns;
        const float reached = level[static_cast<std::size_t>(pixel)];
        for (int y = std::max(0, row - 1); y <= std::min(rows - 1, row + 1); ++y) {
            for (int x = std::max(0, column - 1); x <= std::min(columns - 1, column + 1); ++x) {
                const int neighbour = y * columns + x;
                const auto at = static_cast<std::size_t>(neighbour);
                if (drainage.receiver[at] < 0) {
                    drainage.receiver[at] = pixel;
                    level[at] = std::max(height[at], reached);
                    open.push(neighbour, level[at]);
                }
            }
        }
    }
}

/// The flood reaches a slope from any lower side; water takes the steepest.
void takeSteepest(const Field& surface, Drainage& drainage) {
    const int rows = surface.rows();
    const int columns = surface.columns();
    const Field& filled = drainage.filled;
    forRows(rows, [&](int row) {
        for (int column = 0; column < columns; ++column) {
            int& receiver =
                drainage.receiver[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                                  static_cast<std::size_t>(column)];
            const double here = filled.at(0, row, column);
            if (receiver == row * columns + column ||
                filled.at(0, row, column) > surface.at(0, row, column)) {
                continue;
            }
            double steepest = 0;
            for (int y = std::max(0, row - 1); y <= std::min(rows - 1, row + 1); ++y) {
                for (int x = std::max(0, column - 1); x <= std::min(columns - 1, column + 1); ++x) {
                    const double fall =
                        (here - filled.at(0, y, x)) * (y != row && x != column ? 0.70710678118654752 : 1.0);
                    if (fall > steepest) {
                        steepest = fall;
                        receiver = y * columns + x;
                    }
                }
            }
        }
    });
}

/// Upstream from every outlet, along what drains to what (Braun and Willett 2013).
std::vector<int> orderOf(const std::vector<int>& receiver) {
    const auto count = receiver.size();
    std::vector<int> firstDonor(count, -1);
    std::vector<int> nextDonor(count, -1);
    std::vector<int> order;
    order.reserve(count);
    for (std::size_t i = count; i-- > 0;) {
        const auto to = static_cast<std::size_t>(receiver[i]);
        if (to != i) {
            nextDonor[i] = firstDonor[to];
            firstDonor[to] = static_cast<int>(i);
        }
    }
    std::vector<int> open;
    for (std::size_t outlet = 0; outlet < count; ++outlet) {
        if (static_cast<std::size_t>(receiver[outlet]) != outlet) {
            continue;
        }
        open.push_back(static_cast<int>(outlet));
        while (!open.empty()) {
            const int pixel = open.back();
            open.pop_back();
            order.push_back(pixel);
            for (int donor = firstDonor[static_cast<std::size_t>(pixel)]; donor >= 0;
                 donor = nextDonor[static_cast<std::size_t>(donor)]) {
                open.push_back(donor);
            }
        }
    }
    return order;
}

} // namespace

Drainage drainageOf(const Field& surface) {
    Drainage drainage{{}, std::vector<int>(surface.bandSize(), -1), surface};
    flood(surface, drainage);
    takeSteepest(surface, drainage);
    drainage.order = orderOf(drainage.receiver);
    return drainage;
}

} // namespace nunatak::scene::simulation
