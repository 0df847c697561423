// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation/patch.h"

#include "scene/simulation/parts.h"
#include "scene/simulation/relief.h"

#include <algorithm>
#include <cmath>

namespace nunatak::scene::simulation {

namespace {

/// Ground without ice, and the ice above it today and at its greatest.
struct Layers {
    Field ground;
    Field thickness;
    Field iceSurface;
    Field maximum;
    Field advancedSurface;
};

Field enlargedOnto(const Place& place, const Field& coarse, int factor, const geo::PixelWindow& window) {
    return enlargedPart(coarse, factor, window.row + place.margin, window.column + place.margin, window.rows,
                        window.columns);
}

void addDetail(const Place& place, const geo::PixelWindow& window, const Field& maximum, double strength,
               Field& ground) {
    const Field slope = gradient(ground, place.pixel());
    forRows(window.rows, [&](int row) {
        for (int column = 0; column < window.columns; ++column) {
            // Ice polishes its bed, so the detail under thick ice is weak.
            const double rough = 1 - 0.75 * smoothStep(10, 60, maximum.at(0, row, column));
            ground.at(0, row, column) += static_cast<float>(
                strength * rough *
                reliefDetail(place.seed, (window.column + column) * place.pixel(),
                             (window.row + row) * place.pixel(), slope.at(0, row, column)));
        }
    });
}

Layers layersOf(const Place& place, const geo::PixelWindow& window) {
    Layers layers;
    layers.thickness = enlargedOnto(place, place.ice.thickness, place.factor, window);
    layers.maximum = enlargedOnto(place, place.ice.maximum, place.factor, window);
    const bool measuredIce = place.given && !place.given->outlines.empty();
    if (!place.given) {
        layers.ground = enlargedOnto(place, place.relief, place.reliefFactor, window);
        layers.iceSurface = enlargedOnto(place, place.ice.bed, place.factor, window);
        addDetail(place, window, layers.maximum, 1, layers.ground);
    } else {
        const auto grid = place.grid.window(window.column, window.row, window.columns, window.rows);
        layers.ground = elevationOn(place.given->elevation, grid);
        if (measuredIce && !place.melted.empty()) {
            const Field melted = enlargedOnto(place, place.melted, place.factor, window);
            for (std::size_t i = 0; i < melted.values().size(); ++i) {
                layers.ground.values()[i] -= std::max(0.0F, melted.values()[i]);
            }
        }
        layers.iceSurface = layers.ground;
        // An elevation model with wide posts knows no gullies; light and shade need some.
        const double unknown = smoothStep(1.2, 3, place.given->postingMetres / place.pixel());
        if (unknown > 0) {
            addDetail(place, window, layers.maximum, 0.7 * unknown, layers.ground);
        }
    }
    layers.advancedSurface = layers.iceSurface;
    for (std::size_t i = 0; i < layers.ground.values().size(); ++i) {
        layers.thickness.values()[i] = std::max(0.0F, layers.thickness.values()[i]);
        layers.maximum.values()[i] = std::max(0.0F, layers.maximum.values()[i]);
        if (!measuredIce) {
            layers.iceSurface.values()[i] += layers.thickness.values()[i];
        }
        layers.advancedSurface.values()[i] += layers.maximum.values()[i];
    }
    return layers;
}

/// Where a surface of ice stands clear of the ground; thin ice does not hold on steep ground.
Image<std::uint8_t> clearOf(const Layers& layers, const Field& slope, const Field& iceSurface,
                            const Field& thickness) {
    const Field& ground = layers.ground;
    Image<std::uint8_t> mask(1, ground.rows(), ground.columns());
    forRows(ground.rows(), [&](int row) {
        for (int column = 0; column < ground.columns(); ++column) {
            const double clear = iceSurface.at(0, row, column) - ground.at(0, row, column);
            const double needed = 5 + 28 * smoothStep(0.6, 1.0, slope.at(0, row, column));
            mask.at(0, row, column) = clear > needed && thickness.at(0, row, column) > 4 ? 1 : 0;
        }
    });
    return withoutSlivers(mask);
}

bool isGone(const Place& place, double column, double row) {
    return !place.remaining.empty() && sampled(place.remaining, column, row) <= 0;
}

/// Given outlines within a window, less what has melted since.
Image<std::int32_t> givenIce(const Place& place, const geo::PixelWindow& window) {
    auto numbers = burnt(place.given->outlines,
                         place.grid.window(window.column, window.row, window.columns, window.rows));
    forRows(window.rows, [&](int row) {
        for (int column = 0; column < window.columns; ++column) {
            auto& number = numbers.at(0, row, column);
            if (number != 0 &&
                isGone(place, place.coarse(window.column + column), place.coarse(window.row + row))) {
                number = 0;
            }
        }
    });
    return numbers;
}

/// Grown ice within a window by the basin that it belongs to.
Image<std::int32_t> grownIce(const Place& place, const Layers& layers, const geo::PixelWindow& window) {
    const Field slope = gradient(layers.ground, place.pixel());
    const auto mask = clearOf(layers, slope, layers.iceSurface, layers.thickness);
    Image<std::int32_t> numbers(1, window.rows, window.columns);
    forRows(window.rows, [&](int row) {
        for (int column = 0; column < window.columns; ++column) {
            if (mask.at(0, row, column) == 0) {
                continue;
            }
            const double x = place.coarse(window.column + column);
            const double y = place.coarse(window.row + row);
            if (!isGone(place, x, y)) {
                numbers.at(0, row, column) = basinAt(place.basins, x, y);
            }
        }
    });
    return numbers;
}

Image<std::int32_t> iceFrom(const Place& place, const Layers& layers, const geo::PixelWindow& window) {
    return place.given && !place.given->outlines.empty() ? givenIce(place, window)
                                                         : grownIce(place, layers, window);
}

constexpr int edge = 4; // pixels beyond a window that its mask depends on

/// Share of the ice under rock where stones came this way: none where snow buries them, more and more towards
/// the tongue's end as the ice between them melts.
double debrisAt(const Place& place, double column, double row, double x, double y, double height,
                double stones) {
    const int basin = basinAt(place.basins, column, row);
    if (basin == 0) {
        return 0;
    }
    // Some glaciers have much rock above them that crumbles, others none.
    const double crumbling =
        static_cast<double>(mixed(place.seed + 63 + static_cast<std::uint64_t>(basin) * 977) >> 11) *
        0x1.0p-53;
    const double below = place.ice.equilibriumLine - height;
    const double melted = smoothStep(-40, 140, below);
    const double length = place.basins.longest[static_cast<std::size_t>(basin)];
    const double end =
        1 - smoothStep(0.0, 0.55, sampled(place.basins.length, column, row) / std::max(600.0, length));
    const double patches = 1 + 0.5 * fractal(place.seed + 64, x / 240, y / 240, 3);
    const double concentration =
        (stones / place.debrisThreshold) * (0.45 + 1.5 * crumbling) * (0.6 + 2.2 * end) +
        2.6 * end * end * smoothStep(0.3, 0.8, crumbling);
    return smoothStep(0.7, 1.15, concentration * patches) * melted;
}

void addDebris(const Place& place, const geo::PixelWindow& inner, Patch& patch) {
    forRows(inner.rows, [&](int innerRow) {
        const int row = innerRow + inner.row - patch.window.row;
        const double y = inner.row + innerRow;
        for (int innerColumn = 0; innerColumn < inner.columns; ++innerColumn) {
            const int column = innerColumn + inner.column - patch.window.column;
            const double height = patch.surface.at(0, row, column);
            if (patch.glacier.at(0, row, column) == 0 || height > place.ice.equilibriumLine + 150) {
                continue;
            }
            const double x = inner.column + innerColumn;
            const double coarseColumn = place.coarse(x);
            const double coarseRow = place.coarse(y);
            const Origin origin = originOf(place.flow, place.seed, place.cell(), coarseColumn, coarseRow);
            patch.bands.at(0, row, column) = static_cast<float>(fractal(
                place.seed + 65, origin.column * place.cell() / 330, origin.row * place.cell() / 330, 3));
            const double debris = debrisAt(place, coarseColumn, coarseRow, x * patch.cell, y * patch.cell,
                                           height, origin.stones);
            patch.debris.at(0, row, column) = static_cast<float>(debris);
            // Ice under debris melts unevenly.
            const double hummocks = fractal(place.seed + 66, x * patch.cell / 140, y * patch.cell / 140, 3);
            patch.surface.at(0, row, column) += static_cast<float>(11 * debris * hummocks);
        }
    });
}

} // namespace

geo::PixelWindow grown(const geo::PixelWindow& window, int pixels) {
    return {window.column - pixels, window.row - pixels, window.columns + 2 * pixels,
            window.rows + 2 * pixels};
}

Image<std::int32_t> iceIn(const Place& place, const geo::PixelWindow& window) {
    if (place.given && !place.given->outlines.empty()) {
        return givenIce(place, window);
    }
    const auto wide = grown(window, edge);
    return cut(grownIce(place, layersOf(place, wide), wide), edge, edge, window.rows, window.columns);
}

Patch patchOf(const Place& place, const Image<std::int32_t>& glaciers, const geo::PixelWindow& window,
              const geo::PixelWindow& inner) {
    const auto wide = grown(window, edge);
    const Layers layers = layersOf(place, wide);
    const auto local = iceFrom(place, layers, wide);
    const Field slope = gradient(layers.ground, place.pixel());
    const auto before = clearOf(layers, slope, layers.advancedSurface, layers.maximum);
    Patch patch;
    patch.window = window;
    patch.cell = place.pixel();
    patch.surface = cut(layers.ground, edge, edge, window.rows, window.columns);
    patch.thickness = Field(1, window.rows, window.columns);
    patch.glacier = Image<std::int32_t>(1, window.rows, window.columns);
    patch.forefield = Field(1, window.rows, window.columns);
    patch.water = Field(1, window.rows, window.columns);
    patch.debris = Field(1, window.rows, window.columns);
    patch.bands = Field(1, window.rows, window.columns);
    forRows(window.rows, [&](int row) {
        const int pictureRow = window.row + row;
        for (int column = 0; column < window.columns; ++column) {
            const int pictureColumn = window.column + column;
            const bool inside = pictureRow >= 0 && pictureColumn >= 0 && pictureRow < glaciers.rows() &&
                                pictureColumn < glaciers.columns();
            const int number = inside ? glaciers.at(0, pictureRow, pictureColumn)
                                      : (local.at(0, row + edge, column + edge) != 0 ? 1 : 0);
            float& surface = patch.surface.at(0, row, column);
            const double x = pictureColumn * patch.cell;
            const double y = pictureRow * patch.cell;
            if (number != 0) {
                patch.glacier.at(0, row, column) = number;
                patch.thickness.at(0, row, column) =
                    std::max(5.0F, layers.thickness.at(0, row + edge, column + edge));
                surface = layers.iceSurface.at(0, row + edge, column + edge) +
                          static_cast<float>(2.5 * fractal(place.seed + 60, x / 260, y / 260, 3));
                continue;
            }
            if (before.at(0, row + edge, column + edge) != 0) {
                patch.forefield.at(0, row, column) = 1;
            }
            const int lakeRow = static_cast<int>(std::floor(place.coarse(pictureRow) + 0.5));
            const int lakeColumn = static_cast<int>(std::floor(place.coarse(pictureColumn) + 0.5));
            const float level = place.lakeLevel.at(0, std::clamp(lakeRow, 0, place.lakeLevel.rows() - 1),
                                                   std::clamp(lakeColumn, 0, place.lakeLevel.columns() - 1));
            if (surface < level) {
                patch.water.at(0, row, column) = level - surface;
                surface = level;
            }
        }
    });
    addDebris(place, inner, patch);
    return patch;
}

} // namespace nunatak::scene::simulation
