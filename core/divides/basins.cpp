// SPDX-License-Identifier: GPL-3.0-or-later
#include "divides/basins.h"

#include "base/error.h"
#include "divides/flow_directions.h"
#include "divides/pit_drainage.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <unordered_map>

namespace nunatak::divides {

namespace {

constexpr std::size_t mostPixels = 858'000'000; ///< five ways from each must be told apart in 32 bits

/// Which pairs meet, and where they do so lowest.
class Meetings {
public:
    void add(std::int32_t a, std::int32_t b, float height, Pixel pixel, bool isSide) {
        if (a > b) {
            std::swap(a, b);
        }
        const auto key = (static_cast<std::uint64_t>(static_cast<std::uint32_t>(a)) << 32U) |
                         static_cast<std::uint32_t>(b);
        if (key != m_lastKey || m_last == nullptr) {
            m_lastKey = key;
            m_last = &m_saddles.try_emplace(key, Saddle{a, b, height, pixel, 0}).first->second;
        }
        m_last->edges += isSide ? 1 : 0;
        if (height < m_last->height) {
            m_last->height = height;
            m_last->pixel = pixel;
        }
    }

    /// The lowest first.
    std::vector<Saddle> sorted() const {
        std::vector<Saddle> all;
        all.reserve(m_saddles.size());
        for (const auto& [key, saddle] : m_saddles) {
            all.push_back(saddle);
        }
        std::sort(all.begin(), all.end(), [](const Saddle& one, const Saddle& other) {
            return std::tie(one.height, one.a, one.b) < std::tie(other.height, other.a, other.b);
        });
        return all;
    }

private:
    std::unordered_map<std::uint64_t, Saddle> m_saddles; ///< their places stay when it grows
    std::uint64_t m_lastKey = 0;
    Saddle* m_last = nullptr;
};

/// Gives pixels the numbers of what they drain into, and counts them.
void relabel(Basins& basins, const std::vector<std::int32_t>& basinOf, const Surface& surface) {
    const auto& ground = surface.ground.values();
    for (std::size_t i = 0; i < basins.labels.bandSize(); ++i) {
        std::int32_t& label = basins.labels.values()[i];
        if (label == 0) {
            continue;
        }
        const std::int32_t basin = basinOf[static_cast<std::size_t>(label - 1)];
        label = basin + 1;
        if (basin >= 0 && ground[i] == Ice) {
            ++basins.basins[static_cast<std::size_t>(basin)].pixels;
        }
    }
}

std::vector<Saddle> saddlesOf(const Image<std::int32_t>& labels, const Surface& surface,
                              const Progress& progress) {
    constexpr std::array<std::size_t, 4> half{0, 1, 4, 5}; // east, south, southeast, southwest
    const Neighbourhood hood(labels.columns(), labels.rows());
    const auto& heights = surface.heights.values();
    Meetings meetings;
    for (int row = 0; row < labels.rows(); ++row) {
        if (row % 256 == 0) {
            progress.report(static_cast<double>(row) / labels.rows(), "Finding saddles");
        }
        for (int column = 0; column < labels.columns(); ++column) {
            const auto pixel = static_cast<Pixel>(&labels.at(0, row, column) - labels.values().data());
            const std::int32_t label = labels.values()[pixel];
            const bool isInner = hood.isInner(column, row);
            for (std::size_t i = 0; label != 0 && i < half.size(); ++i) {
                if (!isInner && !hood.has(column, row, half[i])) {
                    continue;
                }
                const Pixel next = hood.next(pixel, half[i]);
                const std::int32_t other = labels.values()[next];
                if (other != 0 && other != label) {
                    const bool isFirst = heights[pixel] >= heights[next];
                    meetings.add(label - 1, other - 1, isFirst ? heights[pixel] : heights[next],
                                 isFirst ? pixel : next, i < 2);
                }
            }
        }
    }
    return meetings.sorted();
}

} // namespace

Basins basinsOf(const Surface& surface, const Progress& progress) {
    if (surface.heights.bandSize() > mostPixels) {
        throw Error("The elevation model has too many pixels here. Divide a part of the glaciers at a time.");
    }
    Basins basins;
    Drained drained;
    {
        PrimitiveBasins primitive;
        {
            const auto flow = flowDirections(surface, progress.part(0, 0.2));
            primitive = primitiveBasins(surface, flow, progress.part(0.2, 0.4));
        }
        drained = drainPits(surface, primitive, progress.part(0.4, 0.85));
        basins.labels = std::move(primitive.labels);
    }
    basins.basins = std::move(drained.basins);
    relabel(basins, drained.basinOf, surface);
    basins.saddles = saddlesOf(basins.labels, surface, progress.part(0.85, 1));
    return basins;
}

} // namespace nunatak::divides
