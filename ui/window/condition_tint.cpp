// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/condition_tint.h"

#include <algorithm>
#include <array>

namespace nunatak::ui {

namespace {

constexpr std::array<ranking::Condition, 3> tintedConditions{ranking::Snow, ranking::Shadow, ranking::Cloud};
constexpr int tintPercent = 60;

} // namespace

QColor conditionColor(ranking::Condition condition) {
    switch (condition) {
    case ranking::Snow:
        return {150, 60, 235};
    case ranking::Shadow:
        return {255, 190, 40};
    default:
        return {235, 60, 50};
    }
}

void tintConditions(std::vector<std::uint8_t>& picture, const Image<std::uint8_t>& bits, std::uint8_t shown) {
    const std::size_t count = std::min(picture.size() / 4, bits.bandSize());
    for (const auto condition : tintedConditions) {
        if ((shown & condition) == 0) {
            continue;
        }
        const auto color = conditionColor(condition);
        const std::array<int, 3> channels{color.red(), color.green(), color.blue()};
        for (std::size_t i = 0; i < count; ++i) {
            if ((bits.values()[i] & condition) == 0 || picture[i * 4 + 3] == 0) {
                continue;
            }
            for (std::size_t c = 0; c < channels.size(); ++c) {
                auto& value = picture[i * 4 + c];
                value = static_cast<std::uint8_t>(
                    (tintPercent * channels.at(c) + (100 - tintPercent) * value) / 100);
            }
        }
    }
}

} // namespace nunatak::ui
