// SPDX-License-Identifier: GPL-3.0-or-later
#include "topography/centre_line.h"

#include "comparison/distance_transform.h"
#include "geo/shape_operations.h"
#include "topography/margin_walk.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>
#include <utility>

namespace nunatak::topography {

namespace {

constexpr double smoothingWindow = 251; ///< m
constexpr double infinite = std::numeric_limits<double>::infinity();

// Kienholz et al. (2014), table 1, but for the power of the heights' part, which OGGM has as 3.7.
constexpr double distanceWeight = 1000;
constexpr double heightWeight = 3000;
constexpr double distancePower = 4.25;
constexpr double heightPower = 3.7;
/// OGGM: lines shall not jump from one side of a bay to the other.
constexpr double marginFactor = 50;

std::size_t indexOf(const Image<float>& image, Pixel pixel) {
    return static_cast<std::size_t>(pixel.row) * static_cast<std::size_t>(image.columns()) +
           static_cast<std::size_t>(pixel.column);
}

/// A row or a column after another, with what lies beyond the edge mirrored.
void blurLines(Image<float>& image, const std::vector<double>& kernel, bool areRows) {
    const int half = static_cast<int>(kernel.size() / 2);
    const int count = areRows ? image.rows() : image.columns();
    const int length = areRows ? image.columns() : image.rows();
    std::vector<double> line(static_cast<std::size_t>(length));
    for (int i = 0; i < count; ++i) {
        const auto at = [&](int k) -> float& { return areRows ? image.at(0, i, k) : image.at(0, k, i); };
        for (int k = 0; k < length; ++k) {
            double sum = 0;
            for (int j = -half; j <= half; ++j) {
                const int there = k + j;
                const int mirrored = there < 0         ? -there - 1
                                     : there >= length ? 2 * length - 1 - there
                                                       : there;
                sum += kernel[static_cast<std::size_t>(j + half)] * at(std::clamp(mirrored, 0, length - 1));
            }
            line[static_cast<std::size_t>(k)] = sum;
        }
        for (int k = 0; k < length; ++k) {
            at(k) = static_cast<float>(line[static_cast<std::size_t>(k)]);
        }
    }
}

/// The glacier as lines run in it: pixels whose middle lies inside, and those of its outer outline.
Image<std::uint8_t> groundOf(const Image<std::uint8_t>& ice, const std::vector<Pixel>& margin) {
    Image<std::uint8_t> ground = ice;
    for (const Pixel pixel : margin) {
        ground.at(0, pixel.row, pixel.column) = 1;
    }
    return ground;
}

/// What a step into a pixel costs; infinite beside the glacier.
Image<float> costs(const Image<std::uint8_t>& ground, const std::vector<Pixel>& margin,
                   const Image<float>& heights) {
    Image<std::int32_t> beside(1, ground.rows(), ground.columns());
    for (std::size_t i = 0; i < ground.values().size(); ++i) {
        beside.values()[i] = ground.values()[i] == 0 ? 1 : 0;
    }
    const auto distance = comparison::nearestSeed(beside).distance;
    double farthest = 0;
    double lowest = infinite;
    double highest = -infinite;
    for (std::size_t i = 0; i < ground.values().size(); ++i) {
        if (ground.values()[i] != 0) {
            farthest = std::max<double>(farthest, distance.values()[i]);
            lowest = std::min<double>(lowest, heights.values()[i]);
            highest = std::max<double>(highest, heights.values()[i]);
        }
    }
    Image<float> cost(1, ground.rows(), ground.columns(), std::numeric_limits<float>::infinity());
    const double relief = std::max(highest - lowest, 1e-3);
    for (std::size_t i = 0; i < ground.values().size(); ++i) {
        if (ground.values()[i] != 0) {
            const double near = (farthest - distance.values()[i]) / farthest * distanceWeight;
            const double high = (heights.values()[i] - lowest) / relief * heightWeight;
            cost.values()[i] = static_cast<float>(std::pow(near, distancePower) +
                                                  std::pow(std::max(high, 0.0), heightPower));
        }
    }
    float most = 0;
    for (const Pixel pixel : margin) {
        most = std::max(most, cost.values()[indexOf(cost, pixel)]);
    }
    for (const Pixel pixel : margin) {
        cost.values()[indexOf(cost, pixel)] = static_cast<float>(marginFactor * most);
    }
    return cost;
}

/// From each pixel the neighbour by which the cheapest way to `end` goes on (0 to 7), −1 where there is none:
/// Dijkstra's, once for all heads. A step costs the mean of its two pixels, times √2 across a corner.
Image<std::int8_t> waysTo(Pixel end, const Image<float>& cost, const Progress& progress) {
    Image<std::int8_t> next(1, cost.rows(), cost.columns(), -1);
    Image<double> total(1, cost.rows(), cost.columns(), infinite);
    using Entry = std::pair<double, std::size_t>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    total.values()[indexOf(cost, end)] = 0;
    queue.emplace(0, indexOf(cost, end));
    const auto columns = static_cast<std::size_t>(cost.columns());
    for (std::size_t taken = 0; !queue.empty(); ++taken) {
        if (taken % 65536 == 0) {
            progress.throwIfStopped();
        }
        const auto [so, here] = queue.top();
        queue.pop();
        if (so > total.values()[here]) {
            continue;
        }
        const Pixel at{static_cast<int>(here / columns), static_cast<int>(here % columns)};
        for (int step = 0; step < 8; ++step) {
            const Pixel from = at.neighbour(step);
            if (from.row < 0 || from.column < 0 || from.row >= cost.rows() || from.column >= cost.columns()) {
                continue;
            }
            const std::size_t there = indexOf(cost, from);
            const double each = cost.values()[there];
            if (!std::isfinite(each)) {
                continue;
            }
            const double way = so + Pixel::lengthOf(step) * (each + cost.values()[here]) / 2;
            if (way < total.values()[there]) {
                total.values()[there] = way;
                next.values()[there] = static_cast<std::int8_t>(Pixel::opposite(step));
                queue.emplace(way, there);
            }
        }
    }
    return next;
}

/// Empty where no way leads there.
std::vector<Pixel> wayFrom(Pixel head, Pixel end, const Image<std::int8_t>& next, double& length) {
    std::vector<Pixel> way{head};
    length = 0;
    while (way.back() != end) {
        const int step = next.at(0, way.back().row, way.back().column);
        if (step < 0) {
            return {};
        }
        length += Pixel::lengthOf(step);
        way.push_back(way.back().neighbour(step));
    }
    return way;
}

/// Of several parts the largest.
const geo::Polygon& mainPart(const geo::MultiPolygon& glacier) {
    return *std::max_element(glacier.begin(), glacier.end(), [](const auto& a, const auto& b) {
        return geo::planarArea({a}) < geo::planarArea({b});
    });
}

} // namespace

Image<float> smoothedHeights(const Image<float>& heights, double pixelSize) {
    const int size = static_cast<int>(std::nearbyint(smoothingWindow / pixelSize));
    Image<float> smooth = heights;
    if (size < 1) {
        return smooth;
    }
    std::vector<double> kernel;
    double sum = 0;
    for (int i = -size; i <= size; ++i) {
        kernel.push_back(std::exp(-static_cast<double>(i) * i / size));
        sum += kernel.back();
    }
    for (double& weight : kernel) {
        weight /= sum;
    }
    blurLines(smooth, kernel, true);
    blurLines(smooth, kernel, false);
    return smooth;
}

std::optional<CentreLine> mainCentreLine(const geo::MultiPolygon& glacier, const geo::Grid& grid,
                                         const Image<float>& heights, const Image<std::uint8_t>& ice,
                                         const Progress& progress) {
    if (glacier.empty()) {
        return std::nullopt;
    }
    const geo::Polygon& part = mainPart(glacier);
    const auto margin = marginPixels(part.outer, grid);
    constexpr std::size_t fewest = 4;
    if (margin.size() < fewest) {
        return std::nullopt;
    }
    const Image<float> smooth = smoothedHeights(heights, grid.pixelSize);
    const auto ground = groundOf(ice, margin);
    const auto along = heightsAlong(margin, smooth);
    const auto heads = headsOf(margin, along, smooth, ground, grid.pixelSize, geo::planarArea({part}));
    const Pixel end =
        margin[static_cast<std::size_t>(std::min_element(along.begin(), along.end()) - along.begin())];
    const auto next = waysTo(end, costs(ground, margin, smooth), progress);
    std::vector<Pixel> longest;
    double length = 0;
    for (const Pixel head : heads) {
        double own = 0;
        auto way = wayFrom(head, end, next, own);
        if (own > length) {
            length = own;
            longest = std::move(way);
        }
    }
    if (longest.size() < 2) {
        return std::nullopt;
    }
    CentreLine line;
    line.length = length * grid.pixelSize;
    for (const Pixel pixel : longest) {
        line.line.push_back(grid.toMap(pixel.column + 0.5, pixel.row + 0.5));
    }
    return line;
}

} // namespace nunatak::topography
