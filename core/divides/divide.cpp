// SPDX-License-Identifier: GPL-3.0-or-later
#include "divides/divide.h"

#include "divides/label_lines.h"
#include "divides/smooth_heights.h"
#include "geo/ground_scale.h"
#include "geo/rings.h"
#include "geo/shape_operations.h"
#include "prediction/polygonise.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>
#include <tuple>

namespace nunatak::divides {

namespace {

constexpr int margin = 4;        ///< pixels of the grid around the outline
constexpr int lineReach = 2;     ///< pixels that divides are drawn beyond the ice, to cross the outline
constexpr double mostVoid = 0.1; ///< share of the outline
constexpr float leastRelief = 1; ///< m

geo::Grid gridAround(const geo::MultiPolygon& outline, const geo::Grid& posting) {
    const geo::Extent extent = geo::extentOf(outline);
    const geo::Point first = posting.toPixel({extent.xmin, extent.ymax});
    const geo::Point last = posting.toPixel({extent.xmax, extent.ymin});
    const int left = static_cast<int>(std::floor(first.x)) - margin;
    const int top = static_cast<int>(std::floor(first.y)) - margin;
    return posting.window(left, top, static_cast<int>(std::ceil(last.x)) + margin - left,
                          static_cast<int>(std::ceil(last.y)) + margin - top);
}

Image<std::uint8_t> drawnGround(const geo::MultiPolygon& outline, const geo::Grid& grid) {
    Image<std::uint8_t> ground(1, grid.rows, grid.columns, Beside);
    const auto mark = [&](const Image<std::int32_t>& drawn, Ground as) {
        for (std::size_t i = 0; i < drawn.bandSize(); ++i) {
            if (drawn.values()[i] != 0) {
                ground.values()[i] = as;
            }
        }
    };
    mark(prediction::touchedPixels({outline}, grid), Touched);
    mark(prediction::rasterise({outline}, grid), Ice);
    return ground;
}

/// Why a surface cannot be divided; empty where it can.
std::string whyNot(const Surface& surface, const Voids& voids) {
    const auto missing = static_cast<double>(voids.filled + voids.left) /
                         static_cast<double>(std::max<std::size_t>(voids.pixels, 1));
    if (missing > mostVoid || voids.left > 0) {
        return "The elevation model has no heights for " +
               std::to_string(std::max(1L, std::lround(100 * missing))) + " % of it.";
    }
    float lowest = std::numeric_limits<float>::infinity();
    float highest = -lowest;
    for (std::size_t i = 0; i < surface.heights.bandSize(); ++i) {
        if (surface.ground.values()[i] == Ice) {
            lowest = std::min(lowest, surface.heights.values()[i]);
            highest = std::max(highest, surface.heights.values()[i]);
        }
    }
    if (highest < lowest) {
        return "It is smaller than a pixel of the elevation model.";
    }
    return highest - lowest < leastRelief ? "The elevation model has no relief there." : "";
}

Partition whole(const geo::MultiPolygon& outline) {
    Partition result;
    result.pieces.push_back({0, outline, geo::planarArea(outline)});
    return result;
}

/// Owners of ice that has none (-1), from those beside it, the lowest ground first.
void flood(Image<std::int32_t>& owners, const Watersheds& on) {
    using Entry = std::tuple<float, std::uint64_t, Pixel>; // height, order of coming, pixel
    const Neighbourhood hood(owners.columns(), owners.rows());
    auto& values = owners.values();
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    std::uint64_t order = 0;
    const auto heightOf = [&](Pixel pixel) {
        const float height = on.heights.values()[pixel];
        return std::isnan(height) ? -std::numeric_limits<float>::infinity() : height;
    };
    const auto isOpen = [&](Pixel pixel) { return values[pixel] < 0 && on.ground.values()[pixel] != Beside; };
    for (Pixel pixel = 0; pixel < values.size(); ++pixel) {
        bool isRim = false;
        if (values[pixel] >= 0) {
            hood.forEach(pixel, [&](Pixel next, std::size_t) { isRim = isRim || isOpen(next); });
        }
        if (isRim) {
            queue.emplace(heightOf(pixel), order++, pixel);
        }
    }
    while (!queue.empty()) {
        const auto [height, came, pixel] = queue.top();
        queue.pop();
        hood.forEach(pixel, [&, level = height, from = pixel](Pixel next, std::size_t) {
            if (isOpen(next)) {
                values[next] = values[from];
                queue.emplace(std::max(level, heightOf(next)), order++, next);
            }
        });
    }
}

/// Takes owners from pixels of earlier glaciers that are far from ice beyond them: there the earlier lines
/// themselves divide.
void keepNear(Image<std::int32_t>& owners, const Image<std::int32_t>& earlier,
              const Image<std::uint8_t>& ground) {
    Image<std::int32_t> near(1, owners.rows(), owners.columns(), -1);
    for (std::size_t i = 0; i < near.bandSize(); ++i) {
        near.values()[i] = earlier.values()[i] == 0 && ground.values()[i] != Beside ? 0 : -1;
    }
    spread(
        near, [](std::size_t) { return false; }, lineReach);
    for (std::size_t i = 0; i < near.bandSize(); ++i) {
        if (near.values()[i] < 0) {
            owners.values()[i] = -1;
        }
    }
}

} // namespace

Watersheds groundOf(const geo::MultiPolygon& outline, const Elevation& elevation, const Progress& progress) {
    Watersheds found;
    found.outline = outline;
    if (const std::string invalid = geo::invalidReason(outline); !invalid.empty()) {
        found.why = "The outline is not valid: " + invalid + ".";
        return found;
    }
    found.grid = gridAround(outline, elevation.posting);
    const double scale = geo::groundMetresPerUnit(found.grid.crs, found.grid.extent().center());
    found.pixelArea = std::pow(found.grid.pixelSize * scale, 2);
    progress.report(0, "Reading heights");
    Surface surface{{}, drawnGround(outline, found.grid)};
    surface.heights = elevation.read ? elevation.read(found.grid, progress.stopToken())
                                     : Image<float>(1, found.grid.rows, found.grid.columns,
                                                    std::numeric_limits<float>::quiet_NaN());
    progress.report(0.75, "Filling voids");
    found.voids = fillVoids(surface, progress.part(0.75, 1));
    found.ground = std::move(surface.ground);
    found.heights = std::move(surface.heights);
    return found;
}

Watersheds watershedsOf(const geo::MultiPolygon& outline, const Elevation& elevation,
                        const Progress& progress) {
    Watersheds found = groundOf(outline, elevation, progress.part(0, 0.4));
    Surface surface{std::move(found.heights), std::move(found.ground)};
    if (found.why.empty()) {
        found.why = whyNot(surface, found.voids);
    }
    if (found.why.empty()) {
        smoothHeights(surface.heights, repeatsOf(surface.heights), progress.part(0.4, 0.5));
        found.basins = basinsOf(surface, progress.part(0.5, 1));
    }
    found.ground = std::move(surface.ground);
    found.heights = std::move(surface.heights);
    return found;
}

Partition dividedByRelief(const Watersheds& watersheds, const Thresholds& thresholds) {
    const auto glacierOf = mergeBasins(watersheds.basins, thresholds, watersheds.pixelArea);
    if (std::all_of(glacierOf.begin(), glacierOf.end(), [](std::int32_t glacier) { return glacier == 0; })) {
        return whole(watersheds.outline);
    }
    const auto& labels = watersheds.basins.labels;
    Image<std::int32_t> owners(1, labels.rows(), labels.columns(), -1);
    for (std::size_t i = 0; i < labels.bandSize(); ++i) {
        if (labels.values()[i] > 0) {
            owners.values()[i] = glacierOf[static_cast<std::size_t>(labels.values()[i] - 1)];
        }
    }
    spread(
        owners, [&](std::size_t pixel) { return watersheds.ground.values()[pixel] != Beside; }, lineReach);
    return partition(watersheds.outline, linesBetween(owners, watersheds.grid), owners, watersheds.grid,
                     thresholds.area, Apart::ToNearest);
}

Partition dividedLike(const Watersheds& watersheds, std::span<const outlines::OutlineHandle> earlier,
                      double leastArea) {
    std::vector<geo::MultiPolygon> shapes;
    std::vector<std::int32_t> numbers; // of these in `earlier`
    std::vector<geo::Line> lines;
    const geo::Extent extent = watersheds.grid.extent();
    for (std::size_t i = 0; i < earlier.size(); ++i) {
        if (!earlier[i]->extent().intersects(extent)) {
            continue;
        }
        shapes.push_back(earlier[i]->geometry);
        numbers.push_back(static_cast<std::int32_t>(i));
        geo::forEachRing(shapes.back(), [&](const geo::Ring& ring, int, int) {
            if (geo::extentOf({{ring, {}}}).intersects(extent)) {
                lines.push_back(ring);
                lines.back().push_back(ring.front());
            }
        });
    }
    const Image<std::int32_t> seeds = prediction::rasterise(shapes, watersheds.grid);
    Image<std::int32_t> owners(1, seeds.rows(), seeds.columns(), -1);
    for (std::size_t i = 0; i < seeds.bandSize(); ++i) {
        if (watersheds.ground.values()[i] != Beside && seeds.values()[i] > 0) {
            owners.values()[i] = numbers[static_cast<std::size_t>(seeds.values()[i] - 1)];
        }
    }
    flood(owners, watersheds);
    Image<std::int32_t> traced = owners;
    spread(
        traced, [](std::size_t) { return false; }, lineReach);
    keepNear(traced, seeds, watersheds.ground);
    for (geo::Line& line : linesBetween(traced, watersheds.grid)) {
        lines.push_back(std::move(line));
    }
    return partition(watersheds.outline, lines, owners, watersheds.grid, leastArea, Apart::ToOwner);
}

} // namespace nunatak::divides
