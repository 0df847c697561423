// SPDX-License-Identifier: GPL-3.0-or-later
#include "topography/glacier_surface.h"

#include "geo/crs.h"
#include "prediction/polygonise.h"
#include "topography/centre_line.h"
#include "topography/glacier_grid.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <vector>

namespace nunatak::topography {

namespace {

constexpr double leastShare = 0.99;   ///< of the glacier's pixels that have a height
constexpr double leastRelief = 5;     ///< m
constexpr double lowestOnEarth = -99; ///< m: below it a height is none
constexpr double degreesPerRadian = 180 / std::numbers::pi;

struct Gradient {
    double east = 0;  ///< m of height per m
    double south = 0; ///< the same to the south
};

/// From the neighbours on both sides; NaN beside a void.
Gradient gradientAt(const Image<float>& heights, int row, int column, double pixel) {
    const auto slope = [&](int rowA, int columnA, int rowB, int columnB) {
        const double distance = pixel * ((rowB - rowA) + (columnB - columnA));
        return (static_cast<double>(heights.at(0, rowB, columnB)) - heights.at(0, rowA, columnA)) / distance;
    };
    return {slope(row, std::max(column - 1, 0), row, std::min(column + 1, heights.columns() - 1)),
            slope(std::max(row - 1, 0), column, std::min(row + 1, heights.rows() - 1), column)};
}

/// The mean of the two in the middle where their number is even.
double medianOf(std::vector<float>& values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1) {
        return *middle;
    }
    const float below = *std::max_element(values.begin(), middle);
    return (static_cast<double>(below) + *middle) / 2;
}

Image<std::uint8_t> icePixels(const geo::MultiPolygon& shape, const geo::Grid& grid) {
    const auto inside = prediction::rasterise({shape}, grid);
    Image<std::uint8_t> ice(1, grid.rows, grid.columns);
    std::transform(inside.values().begin(), inside.values().end(), ice.values().begin(),
                   [](std::int32_t value) { return static_cast<std::uint8_t>(value != 0 ? 1 : 0); });
    return ice;
}

/// Voids get the mean of what is known beside them, from their rims inwards: they are few under the ice, and
/// beside it they only feed the smoothing.
void fillFromTheRims(Image<float>& heights) {
    std::vector<std::size_t> missing;
    for (std::size_t i = 0; i < heights.values().size(); ++i) {
        if (!std::isfinite(heights.values()[i])) {
            missing.push_back(i);
        }
    }
    const auto columns = static_cast<std::size_t>(heights.columns());
    while (!missing.empty()) {
        std::vector<std::pair<std::size_t, float>> found;
        std::vector<std::size_t> left;
        for (const std::size_t i : missing) {
            const auto row = static_cast<int>(i / columns);
            const auto column = static_cast<int>(i % columns);
            double sum = 0;
            int count = 0;
            for (int r = std::max(row - 1, 0); r <= std::min(row + 1, heights.rows() - 1); ++r) {
                for (int c = std::max(column - 1, 0); c <= std::min(column + 1, heights.columns() - 1); ++c) {
                    if (const float height = heights.at(0, r, c); std::isfinite(height)) {
                        sum += height;
                        ++count;
                    }
                }
            }
            if (count > 0) {
                found.emplace_back(i, static_cast<float>(sum / count));
            } else {
                left.push_back(i);
            }
        }
        if (found.empty()) {
            return; // nothing is known at all
        }
        for (const auto& [i, height] : found) {
            heights.values()[i] = height;
        }
        missing = std::move(left);
    }
}

/// The place of the outer outline nearest to a point.
geo::Point nearestOnOutline(const geo::MultiPolygon& shape, geo::Point point) {
    geo::Point best = point;
    double least = std::numeric_limits<double>::infinity();
    for (const auto& part : shape) {
        for (std::size_t i = 0; i < part.outer.size(); ++i) {
            const auto& a = part.outer[i];
            const auto& b = part.outer[(i + 1) % part.outer.size()];
            const double length = (b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y);
            const double along =
                length > 0
                    ? std::clamp(((point.x - a.x) * (b.x - a.x) + (point.y - a.y) * (b.y - a.y)) / length,
                                 0.0, 1.0)
                    : 0;
            const geo::Point here{a.x + along * (b.x - a.x), a.y + along * (b.y - a.y)};
            const double distance = std::hypot(here.x - point.x, here.y - point.y);
            if (distance < least) {
                least = distance;
                best = here;
            }
        }
    }
    return best;
}

} // namespace

outlines::MeasuredSurface surfaceOf(const geo::Grid& grid, const Image<float>& heights,
                                    const Image<std::uint8_t>& ice) {
    std::vector<float> known;
    std::size_t pixels = 0;
    double sum = 0;
    double slopes = 0;
    Gradient gradient;
    std::size_t gradients = 0;
    for (int row = 0; row < grid.rows; ++row) {
        for (int column = 0; column < grid.columns; ++column) {
            if (ice.at(0, row, column) == 0) {
                continue;
            }
            ++pixels;
            const float height = heights.at(0, row, column);
            if (!std::isfinite(height)) {
                continue;
            }
            known.push_back(height);
            sum += height;
            const Gradient here = gradientAt(heights, row, column, grid.pixelSize);
            if (std::isfinite(here.east) && std::isfinite(here.south)) {
                gradient.east += here.east;
                gradient.south += here.south;
                slopes += std::atan(std::hypot(here.east, here.south));
                ++gradients;
            }
        }
    }
    if (pixels == 0) {
        return {std::nullopt, fmt::format("no middle of a pixel of {} m lies in it", grid.pixelSize)};
    }
    const double share = static_cast<double>(known.size()) / static_cast<double>(pixels);
    if (share <= leastShare || gradients == 0) {
        return {std::nullopt, known.empty() ? "the elevation model does not reach there"
                                            : fmt::format("the elevation model has heights of {:.0f} % of it",
                                                          std::floor(100 * share))};
    }
    const auto [lowest, highest] = std::minmax_element(known.begin(), known.end());
    if (*lowest <= lowestOnEarth) {
        return {std::nullopt, fmt::format("the elevation model has a height of {:.0f} m in it", *lowest)};
    }
    if (!(*highest - *lowest > leastRelief)) {
        return {std::nullopt, "the elevation model is flat there"};
    }
    outlines::SurfaceMeasures measures;
    measures.lowest = *lowest;
    measures.highest = *highest;
    measures.mean = sum / static_cast<double>(known.size());
    measures.median = medianOf(known);
    const auto count = static_cast<double>(gradients);
    measures.slope = slopes / count * degreesPerRadian;
    // Downhill is against the gradient; heights that rise to the south make the glacier look north.
    double aspect = std::atan2(-gradient.east / count, gradient.south / count) * degreesPerRadian;
    aspect += aspect < 0 ? 360 : 0;
    measures.aspect = aspect;
    measures.aspectSector = outlines::aspectSector(aspect);
    return {measures, {}};
}

outlines::MeasuredSurface surfaceOf(const geo::MultiPolygon& inDegrees, double areaKm2, int utmZone,
                                    const ReadHeights& read, const Progress& progress) {
    const geo::Crs degrees = geo::Crs::fromUserInput("EPSG:4326");
    const geo::Crs utm = utmSystem(utmZone);
    const auto shape = geo::CoordinateTransform(degrees, utm)(inDegrees);
    const geo::Grid grid = glacierGrid(shape, utm, areaKm2);
    Image<float> heights = read(grid, progress.stopToken());
    const auto ice = icePixels(shape, grid);
    auto surface = surfaceOf(grid, heights, ice);
    if (!surface.measures) {
        return surface;
    }
    fillFromTheRims(heights);
    if (const auto line = mainCentreLine(shape, grid, heights, ice, progress)) {
        surface.measures->length = static_cast<int>(std::lround(line->length));
        surface.measures->terminus =
            geo::CoordinateTransform(utm, degrees)(nearestOnOutline(shape, line->line.back()));
    }
    return surface;
}

} // namespace nunatak::topography
