// SPDX-License-Identifier: GPL-3.0-or-later
#include "divides/flow_directions.h"

#include "divides/neighbourhood.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <deque>
#include <thread>
#include <vector>

namespace nunatak::divides {

namespace {

/// The opposite of each direction.
constexpr std::array<std::uint8_t, 8> back{2, 3, 0, 1, 6, 7, 4, 5};

/// Calls work(row) for all rows, on as many threads as there are cores.
template <typename Work> void forRows(int rows, const Progress& progress, const Work& work) {
    constexpr int atOnce = 64;
    std::atomic<int> next = 0;
    const auto run = [&](bool reports) {
        for (int first = next.fetch_add(atOnce); first < rows; first = next.fetch_add(atOnce)) {
            if (reports) {
                progress.report(static_cast<double>(first) / rows, "Following the surface down");
            } else if (progress.stopToken().stop_requested()) {
                return;
            }
            for (int row = first; row < std::min(rows, first + atOnce); ++row) {
                work(row);
            }
        }
    };
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < std::clamp(std::thread::hardware_concurrency(), 1U, 16U); ++i) {
        others.emplace_back([&] { run(false); });
    }
    run(true);
}

class Directions {
public:
    Directions(const Surface& surface, const Progress& progress)
        : m_heights(surface.heights.values()), m_ground(surface.ground.values()),
          m_hood(surface.heights.columns(), surface.heights.rows()), m_progress(progress),
          m_flow(1, surface.heights.rows(), surface.heights.columns(), NoFlow) {}

    Image<std::uint8_t> run() {
        forRows(m_flow.rows(), m_progress.part(0, 0.7), [&](int row) { descend(row); });
        m_progress.throwIfStopped();
        leaveFlats();
        return std::move(m_flow);
    }

private:
    void descend(int row) {
        const int columns = m_flow.columns();
        const auto first = static_cast<Pixel>(row) * static_cast<Pixel>(columns);
        for (int column = 0; column < columns; ++column) {
            const Pixel pixel = first + static_cast<Pixel>(column);
            const float height = m_heights[pixel];
            if (m_ground[pixel] != Ice || std::isnan(height)) {
                continue;
            }
            const bool isInner = m_hood.isInner(column, row);
            float steepest = 0;
            std::size_t way = Pit;
            for (std::size_t k = 0; k < around.size(); ++k) {
                if (isInner || m_hood.has(column, row, k)) {
                    const float drop = (height - m_heights[m_hood.next(pixel, k)]) * around[k].perDistance;
                    if (drop > steepest) {
                        steepest = drop;
                        way = k;
                    }
                }
            }
            if (way != Pit && m_ground[m_hood.next(pixel, way)] != Ice) {
                way = Leaves;
            }
            m_flow.values()[pixel] = static_cast<std::uint8_t>(way);
        }
    }

    /// Leads pixels around `queue` that lie as high and have no way yet towards it, the nearest first.
    void spread(std::deque<Pixel>& queue) {
        while (!queue.empty()) {
            const Pixel pixel = queue.front();
            queue.pop_front();
            m_hood.forEach(pixel, [&](Pixel next, std::size_t k) {
                if (m_flow.values()[next] == Pit && m_heights[next] == m_heights[pixel]) {
                    m_flow.values()[next] = back[k];
                    queue.push_back(next);
                }
            });
        }
    }

    void leaveFlats() {
        std::vector<Pixel> level;
        std::deque<Pixel> queue;
        const auto count = static_cast<Pixel>(m_flow.bandSize());
        for (Pixel pixel = 0; pixel < count; ++pixel) {
            if (m_flow.values()[pixel] == Pit) {
                level.push_back(pixel);
            }
        }
        m_progress.report(0.8, "Following the surface down");
        // Those beside a way out are found before any of them is led, or the first would draw the others.
        std::vector<std::pair<Pixel, std::uint8_t>> beside;
        for (const Pixel pixel : level) {
            bool isFound = false;
            m_hood.forEach(pixel, [&](Pixel next, std::size_t k) {
                const std::uint8_t flow = m_flow.values()[next];
                if (!isFound && flow != Pit && flow != NoFlow && m_heights[next] == m_heights[pixel]) {
                    isFound = true;
                    beside.emplace_back(pixel, static_cast<std::uint8_t>(k));
                }
            });
        }
        for (const auto& [pixel, way] : beside) {
            m_flow.values()[pixel] = way;
            queue.push_back(pixel);
        }
        beside = {};
        spread(queue);
        m_progress.report(0.9, "Following the surface down");
        // What is left has no way out.
        constexpr std::uint8_t taken = Pit + 1;
        std::vector<Pixel> pits;
        for (const Pixel pixel : level) {
            if (m_flow.values()[pixel] == Pit) {
                m_flow.values()[pixel] = taken;
                pits.push_back(pixel);
                queue.push_back(pixel);
                spread(queue);
            }
        }
        for (const Pixel pixel : pits) {
            m_flow.values()[pixel] = Pit;
        }
    }

    const std::vector<float>& m_heights;
    const std::vector<std::uint8_t>& m_ground;
    Neighbourhood m_hood;
    const Progress& m_progress;
    Image<std::uint8_t> m_flow;
};

} // namespace

Image<std::uint8_t> flowDirections(const Surface& surface, const Progress& progress) {
    return Directions(surface, progress).run();
}

} // namespace nunatak::divides
