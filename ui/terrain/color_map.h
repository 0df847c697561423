// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace nunatak::ui::terrain {

/// 256 colours for values from the lowest to the highest. Lightness rises evenly (or, in diverging ones,
/// falls evenly to both sides of the middle) in the Oklab space (Ottosson 2020), and none tells red from
/// green alone, so that equal steps of the value look equal to all eyes.
struct ColorMap {
    std::string name;
    std::array<std::array<std::uint8_t, 3>, 256> colors{};

    /// Colour of a share 0..1 of the range; beyond it the ends' colours.
    const std::array<std::uint8_t, 3>& at(float share) const;
};

/// ice (dark blue to white), ember (black to yellow), blue-yellow, and diverging blue-red.
const std::vector<ColorMap>& colorMaps();
/// Of the tiles of a prediction while it runs (viewport/preview_tint.h); offered for nothing else.
inline constexpr const char* predictionMap = "prediction";
/// The map of this name, else the first.
const ColorMap& colorMap(const std::string& name);

} // namespace nunatak::ui::terrain
