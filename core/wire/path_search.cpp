// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/path_search.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <utility>

namespace nunatak::wire {

namespace {

constexpr std::uint32_t toSide = 5;
constexpr std::uint32_t acrossCorner = 7; // 1.4 times as long
/// More than the dearest step, so that no bucket holds two distances at once.
constexpr std::uint32_t buckets = 1024;
static_assert(acrossCorner * StepCosts::dearest < buckets && (buckets & (buckets - 1)) == 0);
constexpr std::uint8_t isDone = 0x80;

struct Step {
    int column;
    int row;
};
constexpr std::array<Step, 8> steps{{{1, 0}, {0, 1}, {-1, 0}, {0, -1}, {1, 1}, {-1, 1}, {-1, -1}, {1, -1}}};
constexpr std::array<std::size_t, 8> wayOf{0, 2, 0, 2, 1, 3, 1, 3}; ///< each step's, of StepCosts

} // namespace

PathSearch::PathSearch(const Framed& framed, Pixel from, StepCosts stepCosts)
    : m_framed(framed), m_from(from), m_stepCosts(std::move(stepCosts)),
      m_costs(zeros<std::uint32_t>(framed.costs.size())), m_steps(zeros<std::uint8_t>(framed.costs.size())),
      m_buckets(buckets) {
    const auto index = indexOf(from);
    m_costs[index] = 1;
    m_buckets[0].push_back(static_cast<std::uint32_t>(index));
    m_waiting = 1;
}

bool PathSearch::grow(std::size_t pixels, Pixel wanted) {
    const auto framed = m_framed.costs;
    const auto looks = m_framed.looks;
    const auto width = static_cast<std::ptrdiff_t>(m_framed.columns) + 2;
    std::array<std::ptrdiff_t, 8> away{};
    for (std::size_t i = 0; i < steps.size(); ++i) {
        away[i] = steps[i].row * width + steps[i].column;
    }
    const std::size_t end = wanted.column >= 0 ? indexOf(wanted) : 0;
    while (pixels > 0 && m_waiting > 0) {
        auto& bucket = m_buckets[m_now & (buckets - 1)];
        if (bucket.empty()) {
            ++m_now;
            continue;
        }
        const std::size_t at = bucket.back();
        bucket.pop_back();
        --m_waiting;
        std::atomic_ref<std::uint8_t> step(m_steps[at]);
        if ((step.load(std::memory_order_relaxed) & isDone) != 0) {
            continue; // reached by a cheaper way
        }
        step.fetch_or(isDone, std::memory_order_release);
        ++m_reached;
        --pixels;
        const std::uint32_t cost = m_costs[at];
        const auto ways = m_stepCosts.from(framed[at], looks[at]);
        for (std::size_t i = 0; i < steps.size(); ++i) {
            const std::size_t next = at + static_cast<std::size_t>(away[i]);
            const std::uint32_t more =
                cost + (i < 4 ? toSide * ways[wayOf[i]] : acrossCorner * ways[wayOf[i]]);
            // What is reached is cheaper already, and is not touched.
            if (framed[next] != 0 && (m_costs[next] == 0 || more < m_costs[next])) {
                m_costs[next] = more;
                std::atomic_ref(m_steps[next]).store(static_cast<std::uint8_t>(i), std::memory_order_relaxed);
                m_buckets[(more - 1) & (buckets - 1)].push_back(static_cast<std::uint32_t>(next));
                ++m_waiting;
            }
        }
        if (at == end) {
            return true;
        }
    }
    return m_waiting > 0;
}

bool PathSearch::isReached(Pixel pixel) const {
    const auto index = indexOf(pixel);
    return (std::atomic_ref(m_steps[index]).load(std::memory_order_acquire) & isDone) != 0;
}

std::vector<PathSearch::Pixel> PathSearch::pathTo(Pixel pixel) const {
    std::vector<Pixel> path{pixel};
    while (!(pixel == m_from)) {
        const auto index = indexOf(pixel);
        const auto step = steps[std::atomic_ref(m_steps[index]).load(std::memory_order_relaxed) & 7U];
        pixel = {pixel.column - step.column, pixel.row - step.row};
        path.push_back(pixel);
    }
    std::reverse(path.begin(), path.end());
    return path;
}

std::uint32_t PathSearch::costTo(Pixel pixel) const {
    return m_costs[indexOf(pixel)] - 1;
}

} // namespace nunatak::wire
