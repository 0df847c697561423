// SPDX-License-Identifier: GPL-3.0-or-later
#include "divides/pit_drainage.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace nunatak::divides {

namespace {

constexpr std::int32_t none = -1;
constexpr std::int32_t outside = -2;
constexpr std::size_t waysPerPixel = 5; ///< half of the neighbours, and the margin

/// The lowest way out of a basin that was found so far. Ways as high are told apart by their places, so that
/// the order of looking decides nothing.
struct Way {
    float height = std::numeric_limits<float>::infinity();
    std::uint32_t place = std::numeric_limits<std::uint32_t>::max();
    std::int32_t to = none;
    bool isAfter(float otherHeight, std::uint32_t otherPlace) const {
        return height != otherHeight ? height > otherHeight : place > otherPlace;
    }
};

class PitDrainage {
public:
    PitDrainage(const Surface& surface, const PrimitiveBasins& primitive)
        : m_heights(surface.heights.values()), m_ground(surface.ground.values()), m_primitive(primitive),
          m_hood(primitive.labels.columns(), primitive.labels.rows()), m_root(primitive.sinks.size()),
          m_outlet(primitive.sinks.size()) {
        std::iota(m_root.begin(), m_root.end(), 0);
        for (std::size_t i = 0; i < m_root.size(); ++i) {
            const Pixel sink = primitive.sinks[i];
            m_outlet[i] = {sink, m_heights[sink], 0};
            m_isDrained.push_back(primitive.isOutlet[i]);
        }
    }

    Drained run(const Progress& progress) {
        for (int round = 0; !isDone(); ++round) {
            const double begin = 1 - std::pow(0.7, round);
            if (!drainOnce(progress.part(begin, 1 - std::pow(0.7, round + 1)))) {
                break;
            }
        }
        return result();
    }

private:
    bool isDone() const {
        for (std::size_t i = 0; i < m_root.size(); ++i) {
            if (m_root[i] == static_cast<std::int32_t>(i) && !m_isDrained[i]) {
                return false;
            }
        }
        return true;
    }

    void consider(std::int32_t basin, std::int32_t to, float height, std::uint32_t place) {
        const auto index = static_cast<std::size_t>(basin);
        if (!m_isDrained[index] && m_ways[index].isAfter(height, place)) {
            m_ways[index] = {height, place, to};
        }
    }

    /// The saddle between two pixels beside each other. False: it will not be asked for again.
    bool meet(Pixel pixel, Pixel next, std::size_t way) {
        const std::int32_t label = m_primitive.labels.values()[pixel];
        const std::int32_t other = m_primitive.labels.values()[next];
        if (label == other || other == 0) {
            return false;
        }
        const std::int32_t a = m_root[static_cast<std::size_t>(label - 1)];
        const std::int32_t b = m_root[static_cast<std::size_t>(other - 1)];
        const bool drains =
            m_isDrained[static_cast<std::size_t>(a)] && m_isDrained[static_cast<std::size_t>(b)];
        if (a == b || drains) {
            return false;
        }
        const float height = std::max(m_heights[pixel], m_heights[next]);
        const auto place = static_cast<std::uint32_t>(pixel * waysPerPixel + way);
        consider(a, b, height, place);
        consider(b, a, height, place);
        return true;
    }

    /// The way over the margin, where the pixel lies at it. False: it will not be asked for again.
    bool leave(Pixel pixel, int column, int row) {
        const auto basin = static_cast<std::size_t>(m_primitive.labels.values()[pixel] - 1);
        const std::int32_t root = m_root[basin];
        if (m_isDrained[static_cast<std::size_t>(root)] || m_ground[pixel] != Ice) {
            return false;
        }
        bool isMargin = false;
        float beyond = std::numeric_limits<float>::infinity();
        for (std::size_t k = 0; k < around.size(); ++k) {
            if (!m_hood.has(column, row, k)) {
                isMargin = true;
                beyond = -std::numeric_limits<float>::infinity();
            } else if (const Pixel next = m_hood.next(pixel, k); m_ground[next] != Ice) {
                isMargin = true;
                beyond = std::min(beyond, std::isnan(m_heights[next]) ? m_heights[pixel] : m_heights[next]);
            }
        }
        if (isMargin) {
            consider(root, outside, std::max(m_heights[pixel], beyond),
                     static_cast<std::uint32_t>(pixel * waysPerPixel + 4));
        }
        return isMargin;
    }

    /// Considers all ways from a pixel. False: none is left.
    bool look(Pixel pixel, int column, int row) {
        constexpr std::array<std::size_t, 4> half{0, 1, 4, 5}; // east, south, southeast, southwest
        if (m_primitive.labels.values()[pixel] == 0) {
            return false;
        }
        const bool isInner = m_hood.isInner(column, row);
        bool isAny = false;
        for (std::size_t i = 0; i < half.size(); ++i) {
            if (isInner || m_hood.has(column, row, half[i])) {
                isAny = meet(pixel, m_hood.next(pixel, half[i]), i) || isAny;
            }
        }
        return leave(pixel, column, row) || isAny;
    }

    /// Each basin that does not drain yet goes over its lowest saddle. False: none has one.
    bool drainOnce(const Progress& progress) {
        m_ways.assign(m_root.size(), {});
        if (m_isFirst) {
            m_isFirst = false;
            Pixel pixel = 0;
            const int rows = m_primitive.labels.rows();
            for (int row = 0; row < rows; ++row) {
                if (row % 256 == 0) {
                    progress.report(static_cast<double>(row) / rows, "Draining pits");
                }
                for (int column = 0; column < m_primitive.labels.columns(); ++column, ++pixel) {
                    if (look(pixel, column, row)) {
                        m_open.push_back(pixel);
                    }
                }
            }
        } else {
            progress.report(0, "Draining pits");
            std::erase_if(m_open, [&](Pixel pixel) {
                return !look(pixel, m_hood.columnOf(pixel), m_hood.rowOf(pixel));
            });
        }
        return takeWays();
    }

    std::int32_t rootOf(std::int32_t basin) {
        auto index = static_cast<std::size_t>(basin);
        while (m_root[index] != static_cast<std::int32_t>(index)) {
            auto& parent = m_root[index];
            parent = m_root[static_cast<std::size_t>(parent)];
            index = static_cast<std::size_t>(parent);
        }
        return static_cast<std::int32_t>(index);
    }

    bool takeWays() {
        bool isAny = false;
        for (std::size_t i = 0; i < m_ways.size(); ++i) {
            const Way& way = m_ways[i];
            if (way.to == none) {
                continue;
            }
            isAny = true;
            const auto root = static_cast<std::size_t>(rootOf(static_cast<std::int32_t>(i)));
            if (way.to == outside) {
                m_isDrained[root] = true;
                m_outlet[root] = {static_cast<Pixel>(way.place / waysPerPixel), way.height, 0};
                continue;
            }
            const auto other = static_cast<std::size_t>(rootOf(way.to));
            if (other != root) {
                // Its own way leads out, so it did not drain before: the other's outlet is that of both.
                const bool keepsOwn = m_isDrained[root];
                m_root[keepsOwn ? other : root] = static_cast<std::int32_t>(keepsOwn ? root : other);
            }
        }
        for (std::size_t i = 0; i < m_root.size(); ++i) {
            m_root[i] = rootOf(static_cast<std::int32_t>(i));
        }
        return isAny;
    }

    Drained result() const {
        Drained drained;
        std::vector<std::int32_t> numbers(m_root.size(), none);
        for (std::size_t i = 0; i < m_root.size(); ++i) {
            const auto root = static_cast<std::size_t>(m_root[i]);
            if (m_isDrained[root] && numbers[root] == none) {
                numbers[root] = static_cast<std::int32_t>(drained.basins.size());
                drained.basins.push_back(m_outlet[root]);
            }
            drained.basinOf.push_back(numbers[root]);
        }
        return drained;
    }

    const std::vector<float>& m_heights;
    const std::vector<std::uint8_t>& m_ground;
    const PrimitiveBasins& m_primitive;
    Neighbourhood m_hood;
    std::vector<std::int32_t> m_root; ///< itself, or the basin that it drains into
    std::vector<Basin> m_outlet;      ///< of what drains
    std::vector<bool> m_isDrained;
    std::vector<Way> m_ways;
    bool m_isFirst = true;
    std::vector<Pixel> m_open; ///< from which a way may still be taken
};

} // namespace

Drained drainPits(const Surface& surface, const PrimitiveBasins& primitive, const Progress& progress) {
    return PitDrainage(surface, primitive).run(progress);
}

} // namespace nunatak::divides
