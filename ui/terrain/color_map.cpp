// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terrain/color_map.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace nunatak::ui::terrain {

namespace {

struct Oklab {
    double lightness;
    double a; ///< green to red
    double b; ///< blue to yellow
};

std::uint8_t encoded(double linear) {
    linear = std::clamp(linear, 0.0, 1.0);
    const double value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * std::pow(linear, 1 / 2.4) - 0.055;
    return static_cast<std::uint8_t>(std::lround(value * 255));
}

std::array<std::uint8_t, 3> toRgb(const Oklab& color) {
    const double l = std::pow(color.lightness + 0.3963377774 * color.a + 0.2158037573 * color.b, 3);
    const double m = std::pow(color.lightness - 0.1055613458 * color.a - 0.0638541728 * color.b, 3);
    const double s = std::pow(color.lightness - 0.0894841775 * color.a - 1.2914855480 * color.b, 3);
    return {encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
            encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
            encoded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)};
}

/// Evenly spaced stops, joined in straight lines of the space.
ColorMap made(std::string name, const std::vector<Oklab>& stops) {
    ColorMap map;
    map.name = std::move(name);
    for (std::size_t i = 0; i < map.colors.size(); ++i) {
        const double place =
            static_cast<double>(i) / double(map.colors.size() - 1) * static_cast<double>(stops.size() - 1);
        const auto first = std::min(static_cast<std::size_t>(place), stops.size() - 2);
        const double share = place - static_cast<double>(first);
        const auto& from = stops[first];
        const auto& to = stops[first + 1];
        map.colors[i] = toRgb({from.lightness + (to.lightness - from.lightness) * share,
                               from.a + (to.a - from.a) * share, from.b + (to.b - from.b) * share});
    }
    return map;
}

/// From blue to cyan, where it is not clear already what there is: a tint of the picture beneath.
ColorMap mapOfPrediction() {
    ColorMap map;
    map.name = predictionMap;
    constexpr std::array<double, 3> blue{30, 70, 190};
    constexpr std::array<double, 3> cyan{70, 235, 250};
    for (std::size_t i = 0; i < map.colors.size(); ++i) {
        const double probability = static_cast<double>(i) / double(map.colors.size() - 1);
        const double ice = std::clamp((probability - 0.15) / 0.7, 0.0, 1.0);
        for (std::size_t band = 0; band < blue.size(); ++band) {
            map.colors[i][band] =
                static_cast<std::uint8_t>(std::lround(blue[band] + (cyan[band] - blue[band]) * ice));
        }
    }
    return map;
}

} // namespace

const std::array<std::uint8_t, 3>& ColorMap::at(float share) const {
    const float place = std::clamp(share, 0.0F, 1.0F) * 255.0F;
    return colors[static_cast<std::size_t>(place + 0.5F)];
}

const std::vector<ColorMap>& colorMaps() {
    static const std::vector<ColorMap> maps = {
        made("ice", {{0.22, 0.01, -0.10}, {0.47, -0.02, -0.15}, {0.72, -0.07, -0.09}, {0.97, -0.01, -0.01}}),
        made("ember", {{0.15, 0.03, -0.03}, {0.42, 0.14, 0.01}, {0.69, 0.11, 0.13}, {0.96, -0.02, 0.13}}),
        made("blue-yellow",
             {{0.26, -0.01, -0.11}, {0.48, -0.01, -0.05}, {0.70, 0.00, 0.04}, {0.92, -0.01, 0.17}}),
        made("blue-red", {{0.35, -0.02, -0.16},
                          {0.65, -0.03, -0.09},
                          {0.96, 0.00, 0.00},
                          {0.65, 0.11, 0.07},
                          {0.35, 0.14, 0.05}})};
    return maps;
}

const ColorMap& colorMap(const std::string& name) {
    if (name == predictionMap) {
        static const ColorMap prediction = mapOfPrediction();
        return prediction;
    }
    const auto& maps = colorMaps();
    const auto found =
        std::find_if(maps.begin(), maps.end(), [&](const ColorMap& map) { return map.name == name; });
    return found != maps.end() ? *found : maps.front();
}

} // namespace nunatak::ui::terrain
