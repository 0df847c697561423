// SPDX-License-Identifier: GPL-3.0-or-later
#include "divides/flow_directions.h"

#include "divides/neighbourhood.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <deque>
#include <limits>
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

/// A triangle of a pixel, a neighbour at its side and one at its corner.
struct Facet {
    std::uint8_t side;
    std::uint8_t corner;
    int turn; ///< 1: the corner lies clockwise of the side, else -1
};
constexpr std::array<Facet, 8> facets{
    {{0, 4, 1}, {1, 4, -1}, {1, 5, 1}, {2, 5, -1}, {2, 6, 1}, {3, 6, -1}, {3, 7, 1}, {0, 7, -1}}};

/// The steepest way down from a pixel: its facet, and how far it turns from the side to the corner, as the
/// tangent of the angle, 0 to 1. Three bits and the rest, so that a whole tile has room.
class Descent {
public:
    Descent() = default;
    Descent(std::size_t facet, float tangent)
        : m_bits(static_cast<std::uint16_t>((facet << shift) |
                                            static_cast<unsigned>(std::lround(tangent * full)))) {}

    bool isNone() const { return m_bits == none; }
    const Facet& facet() const { return facets[m_bits >> shift]; }
    float tangent() const { return static_cast<float>(m_bits & mask) / full; }
    bool toSide() const { return (m_bits & mask) < full; }
    bool toCorner() const { return (m_bits & mask) > 0; }

private:
    static constexpr unsigned shift = 13;
    static constexpr unsigned mask = (1U << shift) - 1;
    static constexpr unsigned full = mask - 1;
    static constexpr std::uint16_t none = 0xffff;

    std::uint16_t m_bits = none;
};

class Directions {
public:
    Directions(const Surface& surface, const Progress& progress)
        : m_heights(surface.heights.values()), m_ground(surface.ground.values()),
          m_hood(surface.heights.columns(), surface.heights.rows()), m_progress(progress),
          m_flow(1, surface.heights.rows(), surface.heights.columns(), NoFlow) {}

    Image<std::uint8_t> run() {
        m_descents.resize(m_flow.bandSize());
        forRows(m_flow.rows(), m_progress.part(0, 0.3), [&](int row) { descend(row); });
        m_progress.throwIfStopped();
        follow();
        m_descents = {};
        m_lengths = {};
        m_deviations = {};
        leaveFlats();
        return std::move(m_flow);
    }

private:
    static constexpr float perDeviation = 120; ///< a deviation, which is less than one pixel, in 8 bits

    bool isIce(Pixel pixel) const { return m_ground[pixel] == Ice && !std::isnan(m_heights[pixel]); }

    void descend(int row) {
        const int columns = m_flow.columns();
        const auto first = static_cast<Pixel>(row) * static_cast<Pixel>(columns);
        std::array<float, 8> drops{};
        for (int column = 0; column < columns; ++column) {
            const Pixel pixel = first + static_cast<Pixel>(column);
            if (!isIce(pixel)) {
                continue;
            }
            const bool isInner = m_hood.isInner(column, row);
            for (std::size_t k = 0; k < around.size(); ++k) {
                drops[k] = isInner || m_hood.has(column, row, k)
                               ? m_heights[pixel] - m_heights[m_hood.next(pixel, k)]
                               : std::numeric_limits<float>::quiet_NaN();
            }
            m_descents[pixel] = steepest(drops);
        }
    }

    /// What has no height is no way down.
    static Descent steepest(const std::array<float, 8>& drops) {
        Descent best;
        float most = 0; // of the slopes' squares
        for (std::size_t i = 0; i < facets.size(); ++i) {
            const float toSide = drops[facets[i].side];
            const float toCorner = drops[facets[i].corner];
            const float across = toCorner - toSide;
            float tangent = 0;
            float slope = 0;
            if (toSide > 0 && across > 0 && across < toSide) {
                tangent = across / toSide;
                slope = toSide * toSide + across * across;
            } else if (toCorner > 0 && !(across < toSide)) { // the side may have no height
                tangent = 1;
                slope = toCorner * toCorner / 2;
            } else if (toSide > 0) {
                slope = toSide * toSide;
            }
            if (slope > most) {
                most = slope;
                best = Descent(i, tangent);
            }
        }
        return best;
    }

    /// Calls visit(neighbour) for each pixel of ice that this one may drain to.
    template <typename Visit> void forEachWay(Pixel pixel, const Visit& visit) const {
        const Descent descent = m_descents[pixel];
        if (descent.isNone()) {
            return;
        }
        if (descent.toSide()) {
            visit(m_hood.next(pixel, descent.facet().side));
        }
        if (descent.toCorner()) {
            visit(m_hood.next(pixel, descent.facet().corner));
        }
    }

    /// Goes down from the tops, a pixel after all that may drain to it. Until it is that pixel's turn m_flow
    /// holds how many of these are still to come.
    void follow() {
        const auto count = static_cast<Pixel>(m_flow.bandSize());
        auto& waits = m_flow.values();
        for (Pixel pixel = 0; pixel < count; ++pixel) {
            if (isIce(pixel)) {
                waits[pixel] = 0;
            }
        }
        for (Pixel pixel = 0; pixel < count; ++pixel) {
            if (waits[pixel] != NoFlow) {
                forEachWay(pixel, [&](Pixel next) { waits[next] += waits[next] != NoFlow ? 1 : 0; });
            }
        }
        m_progress.report(0.4, "Following the surface down");
        m_lengths.resize(count);
        m_deviations.resize(count);
        std::vector<bool> isTop(count);
        for (Pixel pixel = 0; pixel < count; ++pixel) {
            isTop[pixel] = waits[pixel] == 0;
        }
        std::vector<Pixel> stack;
        for (Pixel top = 0; top < count; ++top) {
            if (top % (1U << 20U) == 0) {
                m_progress.report(0.4 + 0.4 * top / count, "Following the surface down");
            }
            if (!isTop[top]) {
                continue;
            }
            stack.push_back(top);
            while (!stack.empty()) {
                const Pixel pixel = stack.back();
                stack.pop_back();
                take(pixel);
                forEachWay(pixel, [&](Pixel next) {
                    if (m_ground[next] == Ice && --waits[next] == 0) {
                        stack.push_back(next);
                    }
                });
            }
        }
    }

    /// Decides where a pixel drains, and hands its path on.
    void take(Pixel pixel) {
        const Descent descent = m_descents[pixel];
        std::uint8_t& flow = m_flow.values()[pixel];
        if (descent.isNone()) {
            flow = Pit;
            return;
        }
        // Beside the way the surface leads, per step: to the side s2/s, to the corner (s1 - s2)/s.
        const float tangent = descent.tangent();
        const float length = std::sqrt(1 + tangent * tangent);
        const auto turn = static_cast<float>(descent.facet().turn);
        const float before = static_cast<float>(m_deviations[pixel]) / perDeviation;
        const float bySide = before + turn * tangent / length;
        const float byCorner = before - turn * (1 - tangent) / length;
        const bool takesSide =
            descent.toSide() && (!descent.toCorner() || std::abs(bySide) <= std::abs(byCorner));
        flow = takesSide ? descent.facet().side : descent.facet().corner;
        const Pixel next = m_hood.next(pixel, flow);
        if (m_ground[next] != Ice) {
            flow = Leaves;
            return;
        }
        const int path = std::min<int>(m_lengths[pixel] + 1, std::numeric_limits<std::uint16_t>::max());
        if (path > m_lengths[next]) {
            m_lengths[next] = static_cast<std::uint16_t>(path);
            m_deviations[next] = static_cast<std::int8_t>(
                std::lround(std::clamp(takesSide ? bySide : byCorner, -1.0F, 1.0F) * perDeviation));
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
    std::vector<Descent> m_descents;
    std::vector<std::uint16_t> m_lengths;  ///< of the longest path to a pixel
    std::vector<std::int8_t> m_deviations; ///< of that path, to its left
};

} // namespace

Image<std::uint8_t> flowDirections(const Surface& surface, const Progress& progress) {
    return Directions(surface, progress).run();
}

} // namespace nunatak::divides
