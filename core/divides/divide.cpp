// SPDX-License-Identifier: GPL-3.0-or-later
#include "divides/divide.h"

#include "base/error.h"
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
constexpr const char* drawing = "Drawing divides";

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
void flood(Image<std::int32_t>& owners, const Watersheds& on, const Progress& progress) {
    constexpr std::size_t often = 65536;                   // pixels
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
    for (std::size_t done = 0; !queue.empty(); ++done) {
        if (done % often == 0) {
            progress.throwIfStopped();
        }
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

/// Of each basin the glacier that it belongs to.
std::vector<std::int32_t> glaciersOf(const Watersheds& watersheds, const Thresholds& thresholds,
                                     const JoinedBasins& joined) {
    auto glacierOf = mergeBasins(watersheds.basins, thresholds, watersheds.pixelArea);
    for (const auto& [a, b] : joined) {
        const std::int32_t one = glacierOf.at(static_cast<std::size_t>(a));
        const std::int32_t other = glacierOf.at(static_cast<std::size_t>(b));
        std::replace(glacierOf.begin(), glacierOf.end(), std::max(one, other), std::min(one, other));
    }
    return glacierOf;
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
    return found;
}

Partition dividedByRelief(const Watersheds& watersheds, const Thresholds& thresholds,
                          const JoinedBasins& joined, const Progress& progress) {
    const auto glacierOf = glaciersOf(watersheds, thresholds, joined);
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
    progress.report(0.1, drawing);
    spread(
        owners, [&](std::size_t pixel) { return watersheds.ground.values()[pixel] != Beside; }, lineReach);
    progress.report(0.3, drawing);
    const auto lines = linesBetween(owners, watersheds.grid);
    progress.report(0.5, drawing);
    return partition(watersheds.outline, lines, owners, watersheds.grid, thresholds.area, Apart::ToNearest);
}

std::optional<std::pair<std::int32_t, std::int32_t>> basinsBeside(const Watersheds& watersheds,
                                                                  const Thresholds& thresholds,
                                                                  const JoinedBasins& joined,
                                                                  geo::Point place) {
    constexpr int reach = 2; // pixels
    const auto glacierOf = glaciersOf(watersheds, thresholds, joined);
    const auto& labels = watersheds.basins.labels;
    const geo::Point at = watersheds.grid.toPixel(place);
    const int middleColumn = static_cast<int>(std::floor(at.x));
    const int middleRow = static_cast<int>(std::floor(at.y));
    std::optional<std::pair<std::int32_t, std::int32_t>> found;
    double nearest = reach;
    const auto look = [&](int column, int row, int nextColumn, int nextRow) {
        if (column < 0 || row < 0 || nextColumn >= labels.columns() || nextRow >= labels.rows()) {
            return;
        }
        const std::int32_t a = labels.at(0, row, column) - 1;
        const std::int32_t b = labels.at(0, nextRow, nextColumn) - 1;
        // Where both pixels meet.
        const double away =
            std::hypot((column + nextColumn + 1) / 2.0 - at.x, (row + nextRow + 1) / 2.0 - at.y);
        if (a >= 0 && b >= 0 && away <= nearest &&
            glacierOf[static_cast<std::size_t>(a)] != glacierOf[static_cast<std::size_t>(b)]) {
            nearest = away;
            found = std::minmax(a, b);
        }
    };
    for (int row = middleRow - reach; row <= middleRow + reach; ++row) {
        for (int column = middleColumn - reach; column <= middleColumn + reach; ++column) {
            look(column, row, column + 1, row);
            look(column, row, column, row + 1);
        }
    }
    return found;
}

Partition dividedLike(const Watersheds& watersheds, std::span<const outlines::OutlineHandle> earlier,
                      double leastArea, const Progress& progress) {
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
    progress.report(0.2, drawing);
    flood(owners, watersheds, progress);
    progress.report(0.4, drawing);
    Image<std::int32_t> traced = owners;
    spread(
        traced, [](std::size_t) { return false; }, lineReach);
    keepNear(traced, seeds, watersheds.ground);
    for (geo::Line& line : linesBetween(traced, watersheds.grid)) {
        lines.push_back(std::move(line));
    }
    progress.report(0.6, drawing);
    try {
        return partition(watersheds.outline, lines, owners, watersheds.grid, leastArea, Apart::ToOwner);
    } catch (const Error&) {
        // Where both were one line once and were rounded since, they cross within a rounding, over and over.
        progress.throwIfStopped();
    }
    traced = owners;
    spread(
        traced, [](std::size_t) { return false; }, lineReach);
    Partition drawn = partition(watersheds.outline, linesBetween(traced, watersheds.grid), owners,
                                watersheds.grid, leastArea, Apart::ToOwner);
    drawn.isDrawnAnew = true;
    return drawn;
}

} // namespace nunatak::divides
