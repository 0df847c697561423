// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace nunatak::wire {

/// How a pixel looks: its tone (red, green, blue, smoothed over a pixel) and, in the highest byte, which way
/// its edge runs; 0: it has none, else 1 to 16, the gradient's direction from (n - 1) * 11.25° to n * 11.25°,
/// from right to down, either way along it.
using Look = std::uint32_t;
inline constexpr std::uint32_t directions = 16;
constexpr Look lookOf(int red, int green, int blue, std::uint32_t direction) {
    return static_cast<Look>(red) | static_cast<Look>(green) << 8U | static_cast<Look>(blue) << 16U |
           direction << 24U;
}

/// What a step from one pixel to the next costs a line from a certain place. Beside the pixel's own cost it
/// is dearer the less it goes along the pixel's edge (the gradient direction of Mortensen and Barrett 1995),
/// and the less the pixel's tone is that of the place where the line begins, as far as no edge is there that
/// says more (the pixel value that their intelligent scissors of 1998 learn from the stretch before): who
/// clicks where the picture shows little means what looks like this, and not the strong edge beside it.
class StepCosts {
public:
    /// Of a pixel that lies on the strongest edges along the step and looks as the beginning does, and of one
    /// that does neither.
    static constexpr std::uint32_t cheapest = 8;
    static constexpr std::uint32_t edgeless = 64;
    static constexpr std::uint32_t unlike = 40; ///< more, of a pixel with quite another tone
    static constexpr std::uint32_t dearest = edgeless + unlike;
    /// Difference of two tones, of 255 levels in each of three channels, from which they have nothing in
    /// common.
    static constexpr int anotherTone = 30;

    /// `best`: what the cheapest pixel near the beginning costs. The tone counts the more, the less of an
    /// edge there is.
    StepCosts(Look beginning, std::uint8_t best);

    /// From a pixel of this cost and look to the right or left, along the diagonal that falls to the right,
    /// up or down, and along the other diagonal.
    std::array<std::uint32_t, 4> from(std::uint8_t cost, Look look) const {
        const std::uint32_t more = m_unlike[difference(look)];
        const auto& along = m_along[(static_cast<std::size_t>(look >> 24U) << 6U) + cost - 1];
        return {along[0] + more, along[1] + more, along[2] + more, along[3] + more};
    }

private:
    std::size_t difference(Look look) const;

    Look m_beginning;
    std::vector<std::array<std::uint8_t, 4>> m_along; ///< by direction, then cost
    std::vector<std::uint8_t> m_unlike;               ///< by the squared difference of tones
};

inline std::size_t StepCosts::difference(Look look) const {
    const auto channel = [&](unsigned shift) {
        return static_cast<int>(look >> shift & 255U) - static_cast<int>(m_beginning >> shift & 255U);
    };
    const int red = channel(0);
    const int green = channel(8);
    const int blue = channel(16);
    const int squared = red * red + green * green + blue * blue;
    return static_cast<std::size_t>(squared < anotherTone * anotherTone ? squared
                                                                        : anotherTone * anotherTone);
}

} // namespace nunatak::wire
