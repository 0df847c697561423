// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation/glaciers.h"

#include "scene/simulation/parts.h"
#include "scene/simulation/patch.h"
#include "scene/simulation/rings.h"

#include <algorithm>
#include <cstdio>

namespace nunatak::scene::simulation {

namespace {

constexpr double smallestGlacier = 20000; // m²
constexpr double smallestPart = 150000;   // m²: smaller ones beside a glacier are a piece of it

int pixelsOf(double area, double pixelSize) {
    return static_cast<int>(area / (pixelSize * pixelSize)) + 1;
}

void place(const Image<std::int32_t>& tile, const geo::PixelWindow& window, Image<std::int32_t>& whole) {
    for (int row = 0; row < window.rows; ++row) {
        std::copy_n(tile.row(0, row), window.columns, whole.row(0, window.row + row) + window.column);
    }
}

} // namespace

void forTiles(const geo::Grid& picture,
              const std::function<void(const geo::PixelWindow&, double fraction)>& work) {
    // Finer pixels need more of them around a tile, so the tile is larger.
    const int side = picture.pixelSize < 20 ? 1024 : 512;
    for (int row = 0; row < picture.rows; row += side) {
        for (int column = 0; column < picture.columns; column += side) {
            const geo::PixelWindow window{column, row, std::min(side, picture.columns - column),
                                          std::min(side, picture.rows - row)};
            work(window, (row + static_cast<double>(window.rows) * column / picture.columns) / picture.rows);
        }
    }
}

Glaciers findGlaciers(const Place& scenery, const Progress& progress) {
    Glaciers glaciers;
    glaciers.numbers = Image<std::int32_t>(1, scenery.grid.rows, scenery.grid.columns);
    forTiles(scenery.grid, [&](const geo::PixelWindow& window, double fraction) {
        progress.report(0.7 * fraction, "Shaping glaciers");
        place(iceIn(scenery, window), window, glaciers.numbers);
    });
    progress.report(0.7, "Shaping glaciers");
    if (scenery.given && !scenery.given->outlines.empty()) {
        glaciers.count = static_cast<int>(scenery.given->outlines.size());
    } else {
        joinSmallParts(glaciers.numbers, pixelsOf(smallestPart, scenery.pixel()));
        glaciers.count = numberParts(glaciers.numbers, pixelsOf(smallestGlacier, scenery.pixel()));
    }
    progress.report(1, "Shaping glaciers");
    return glaciers;
}

Glaciers findLater(const Place& later, const Glaciers& first, const Progress& progress) {
    Glaciers glaciers = first;
    forTiles(later.grid, [&](const geo::PixelWindow& window, double fraction) {
        progress.report(0.7 * fraction, "Melting glaciers");
        const auto ice = iceIn(later, window);
        for (int row = 0; row < window.rows; ++row) {
            for (int column = 0; column < window.columns; ++column) {
                if (ice.at(0, row, column) == 0) {
                    glaciers.numbers.at(0, window.row + row, window.column + column) = 0;
                }
            }
        }
    });
    Image<std::int32_t> parts = glaciers.numbers;
    numberParts(parts, pixelsOf(smallestGlacier, later.pixel()));
    for (std::size_t i = 0; i < parts.values().size(); ++i) {
        if (parts.values()[i] == 0) {
            glaciers.numbers.values()[i] = 0;
        }
    }
    progress.report(1, "Melting glaciers");
    return glaciers;
}

std::vector<outlines::Outline> outlinesOf(const Place& place, const Glaciers& glaciers, const Scene& scene) {
    Image<std::int32_t> parts = glaciers.numbers;
    const int count = numberParts(parts, 1);
    std::vector<std::int32_t> owner(static_cast<std::size_t>(count) + 1, 0);
    for (std::size_t i = 0; i < parts.values().size(); ++i) {
        owner[static_cast<std::size_t>(parts.values()[i])] = glaciers.numbers.values()[i];
    }
    auto polygons = outlineParts(parts, count, place.grid);
    std::vector<geo::MultiPolygon> shapes(static_cast<std::size_t>(glaciers.count) + 1);
    for (std::size_t i = 0; i < polygons.size(); ++i) {
        shapes[static_cast<std::size_t>(owner[i + 1])].push_back(std::move(polygons[i]));
    }
    std::vector<outlines::Outline> result;
    for (std::size_t number = 1; number < shapes.size(); ++number) {
        if (shapes[number].empty()) {
            continue;
        }
        outlines::Outline outline;
        if (place.given && !place.given->outlines.empty()) {
            outline = place.given->outlines[number - 1];
        } else {
            outline.name = "Simulated glacier " + std::to_string(number);
        }
        outline.uuid = uuidOf(place.seed, number);
        outline.srcDate = scene.date;
        outline.sceneId = scene.id;
        outline.sensor = scene.sensor;
        outline.geometry = std::move(shapes[number]);
        result.push_back(std::move(outline));
    }
    return result;
}

std::string uuidOf(std::uint64_t seed, std::uint64_t number) {
    const std::uint64_t high = mixed(seed * 2 + 1) ^ mixed(number);
    const std::uint64_t low = mixed(high ^ mixed(number + 0x5151));
    char text[37];
    std::snprintf(text, sizeof text, "%08x-%04x-4%03x-%04x-%012llx", static_cast<unsigned>(high >> 32),
                  static_cast<unsigned>(high >> 16 & 0xFFFF), static_cast<unsigned>(high & 0x0FFF),
                  static_cast<unsigned>(low >> 48 & 0x3FFF) | 0x8000U,
                  static_cast<unsigned long long>(low & 0xFFFFFFFFFFFFULL));
    return text;
}

} // namespace nunatak::scene::simulation
