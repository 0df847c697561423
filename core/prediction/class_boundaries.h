// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "geo/polygon.h"

#include <array>
#include <cstdint>
#include <vector>

// The boundaries between classes as a graph: arcs along the edges of pixels, from junction to junction. Each
// stretch is there once, whatever lies on its two sides, so what is done to it is done for both.
namespace nunatak::prediction {

/// Along an edge of a pixel, from one corner to the next; the order is clockwise, rows grow to the south.
enum Step : std::uint8_t { East, South, West, North };

inline constexpr std::uint8_t turnedLeft(std::uint8_t step) {
    return (step + 3U) & 3U;
}
inline constexpr std::uint8_t turnedRight(std::uint8_t step) {
    return (step + 1U) & 3U;
}
inline constexpr std::uint8_t turnedBack(std::uint8_t step) {
    return (step + 2U) & 3U;
}

/// A corner of pixels: 0 to columns, 0 to rows of the raster.
struct Corner {
    int column = 0;
    int row = 0;
    bool operator==(const Corner&) const = default;
    Corner after(std::uint8_t step) const {
        constexpr std::array<int, 4> east{1, 0, -1, 0};
        constexpr std::array<int, 4> south{0, 1, 0, -1};
        return {column + east[step & 3U], row + south[step & 3U]};
    }
};

/// A class that gets outlines. Background and NotPredicted do not; what is beyond the raster is NotPredicted.
bool isOutlined(std::uint8_t pixelClass);

struct BoundaryArc {
    Corner start;
    Corner end;                      ///< start again where it is closed
    std::vector<std::uint8_t> steps; ///< Step of each edge
    std::uint8_t left = 0;           ///< class on its left, which is outlined
    std::uint8_t right = 0;          ///< class on its right: another one, outlined or not
    bool isClosed = false;           ///< there is no junction on it
};

/// Looks at the four pixels around a corner.
class ClassCorners {
public:
    explicit ClassCorners(const Image<std::uint8_t>& classes) : m_classes(classes) {}

    /// Classes northeast, southeast, southwest and northwest of the corner. The edge that leaves it in a step
    /// s has the one at s on its left and the next on its right.
    std::array<std::uint8_t, 4> around(Corner corner) const;
    /// Whether an arc ends here. Two pixels of outlined classes that meet only at their corners over the same
    /// background belong to different regions, whose boundaries pass by one another; with `joinsAtCorners`
    /// they meet there instead.
    static bool isJunction(const std::array<std::uint8_t, 4>& around, bool joinsAtCorners);
    /// The way on along the boundary of the pixels on the left (or right) of somebody who came by `step`, so
    /// that pixels which meet only at a corner stay apart.
    static std::uint8_t next(const std::array<std::uint8_t, 4>& around, std::uint8_t step, bool keepsLeft);

private:
    const Image<std::uint8_t>& m_classes;
};

/// All arcs of a raster of classes, in an order that only the classes determine.
std::vector<BoundaryArc> boundaryArcs(const Image<std::uint8_t>& classes, bool joinsAtCorners);

/// Where an arc turns, in pixels from the raster's outer corner; both ends too, unless it is closed.
std::vector<geo::Point> cornersOf(const BoundaryArc& arc);

} // namespace nunatak::prediction
