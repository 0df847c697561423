// SPDX-License-Identifier: GPL-3.0-or-later
#include "topography/margin_walk.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace nunatak::topography {

namespace {

constexpr double headWindow = 500; ///< m: a head is the highest within it on both sides
constexpr double radiusPerArea = 2e-6;
constexpr double leastRadius = 500; ///< m
constexpr double mostRadius = 1000;
constexpr double moreRadius = 6;        ///< pixels: OGGM's, so that no line is shorter than a junction
constexpr double lowestShare = 1.0 / 3; ///< of the glacier, in which no head lies

constexpr std::array<std::array<int, 2>, 8> steps{
    {{-1, -1}, {-1, 0}, {-1, 1}, {0, -1}, {0, 1}, {1, -1}, {1, 0}, {1, 1}}};

/// Places whose height is greater than that of all within `window` places on both sides, around the ring.
std::vector<std::size_t> maximaOf(const std::vector<double>& heights, std::size_t window) {
    std::vector<std::size_t> found;
    const std::size_t count = heights.size();
    for (std::size_t i = 0; i < count; ++i) {
        bool isHighest = true;
        for (std::size_t k = 1; k <= window && isHighest; ++k) {
            isHighest = heights[i] > heights[(i + k) % count] &&
                        heights[i] > heights[(i + count - k % count) % count];
        }
        if (isHighest) {
            found.push_back(i);
        }
    }
    return found;
}

/// As numpy's: between the two values around the place.
double percentileOf(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    const double place = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(std::floor(place));
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
}

double distanceOf(Pixel a, Pixel b) {
    return std::hypot(a.row - b.row, a.column - b.column);
}

/// From one place of the outline to another, on one of the two ways, without leaving the circle around it.
bool isNearAlong(const std::vector<Pixel>& margin, std::size_t from, std::size_t to, double radius) {
    const std::size_t count = margin.size();
    for (const bool isForward : {true, false}) {
        std::size_t i = from;
        while (i != to && distanceOf(margin[from], margin[i]) <= radius) {
            i = isForward ? (i + 1) % count : (i + count - 1) % count;
        }
        if (i == to && distanceOf(margin[from], margin[to]) <= radius) {
            return true;
        }
    }
    return false;
}

/// One after the other: of a head and those after it that lie near it, the highest stays.
std::vector<std::size_t> withoutNeighbours(std::vector<std::size_t> heads, const std::vector<Pixel>& margin,
                                           const std::vector<double>& along, double radius) {
    for (std::size_t i = 0; i < heads.size();) {
        std::vector<std::size_t> group{heads[i]};
        for (std::size_t k = i + 1; k < heads.size(); ++k) {
            if (isNearAlong(margin, heads[i], heads[k], radius)) {
                group.push_back(heads[k]);
            }
        }
        if (group.size() == 1) {
            ++i;
            continue;
        }
        const std::size_t highest = *std::max_element(
            group.begin(), group.end(), [&](std::size_t a, std::size_t b) { return along[a] < along[b]; });
        std::erase_if(heads, [&](std::size_t head) {
            return head != highest && std::find(group.begin(), group.end(), head) != group.end();
        });
    }
    return heads;
}

} // namespace

Pixel Pixel::neighbour(int step) const {
    const auto& by = steps[static_cast<std::size_t>(step)];
    return {row + by[0], column + by[1]};
}

double Pixel::lengthOf(int step) {
    const auto& by = steps[static_cast<std::size_t>(step)];
    return by[0] != 0 && by[1] != 0 ? std::numbers::sqrt2 : 1;
}

std::vector<Pixel> marginPixels(const geo::Ring& ring, const geo::Grid& grid) {
    std::vector<Pixel> margin;
    const auto add = [&](geo::Point point) {
        const geo::Point pixel = grid.toPixel(point);
        const Pixel here{static_cast<int>(std::floor(pixel.y)), static_cast<int>(std::floor(pixel.x))};
        if (margin.empty() || margin.back() != here) {
            margin.push_back(here);
        }
    };
    double next = 0; // along the ring, where the next point is due
    double begin = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const auto& a = ring[i];
        const auto& b = ring[(i + 1) % ring.size()];
        const double length = std::hypot(b.x - a.x, b.y - a.y);
        for (; next < begin + length; next += grid.pixelSize) {
            const double share = (next - begin) / length;
            add({a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)});
        }
        begin += length;
    }
    if (margin.size() > 1 && margin.front() == margin.back()) {
        margin.pop_back();
    }
    return margin;
}

std::vector<double> heightsAlong(const std::vector<Pixel>& margin, const Image<float>& heights) {
    std::vector<double> along;
    along.reserve(margin.size());
    for (const Pixel pixel : margin) {
        along.push_back(heights.at(0, pixel.row, pixel.column));
    }
    return along;
}

std::vector<Pixel> headsOf(const std::vector<Pixel>& margin, const std::vector<double>& along,
                           const Image<float>& heights, const Image<std::uint8_t>& ground, double pixelSize,
                           double area) {
    const double fifth = std::nearbyint(static_cast<double>(margin.size()) / 5);
    const double window = std::min(std::max(std::nearbyint(headWindow / pixelSize), 5.0), fifth);
    const auto highest =
        static_cast<std::size_t>(std::max_element(along.begin(), along.end()) - along.begin());
    auto heads = maximaOf(along, static_cast<std::size_t>(std::max(window, 1.0)));
    if (heads.size() <= 1) {
        heads = {highest};
    }
    std::vector<double> within;
    for (std::size_t i = 0; i < ground.values().size(); ++i) {
        if (ground.values()[i] != 0) {
            within.push_back(heights.values()[i]);
        }
    }
    const double least = percentileOf(std::move(within), lowestShare);
    std::erase_if(heads, [&](std::size_t head) { return !(along[head] > least); });
    if (heads.empty()) {
        heads = {highest};
    }
    const double radius =
        std::clamp(radiusPerArea * area + leastRadius, 0.0, mostRadius) / pixelSize + moreRadius;
    std::vector<Pixel> found;
    for (const std::size_t head : withoutNeighbours(std::move(heads), margin, along, radius)) {
        found.push_back(margin[head]);
    }
    return found;
}

} // namespace nunatak::topography
