// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/step_costs.h"

#include <cmath>
#include <numbers>

namespace nunatak::wire {

StepCosts::StepCosts(Look beginning, std::uint8_t best)
    : m_beginning(beginning), m_along((directions + 1) * edgeless),
      m_unlike(static_cast<std::size_t>(anotherTone * anotherTone + 1)) {
    for (std::uint32_t direction = 0; direction <= directions; ++direction) {
        const double gradient = (direction - 0.5) * std::numbers::pi / directions;
        for (std::uint32_t cost = 1; cost <= edgeless; ++cost) {
            for (std::uint32_t way = 0; way < 4; ++way) {
                const double across = std::cos(way * std::numbers::pi / 4 - gradient);
                const double along = direction == 0 ? 1 : 1 - across * across;
                m_along[direction * edgeless + cost - 1][way] =
                    static_cast<std::uint8_t>(std::lround(edgeless - along * (edgeless - cost)));
            }
        }
    }
    const double faintness = static_cast<double>(best - cheapest) / (edgeless - cheapest);
    const double counts = unlike * std::sqrt(faintness);
    for (std::size_t squared = 0; squared < m_unlike.size(); ++squared) {
        m_unlike[squared] = static_cast<std::uint8_t>(
            std::lround(counts * std::sqrt(static_cast<double>(squared)) / anotherTone));
    }
}

} // namespace nunatak::wire
