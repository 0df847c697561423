// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation_landscape.h"

#include "scene/simulation_divides.h"
#include "scene/simulation_drainage.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace nunatak::scene::simulation {

namespace {

/// A pixel is what most of its neighbourhood is: without strips of a pixel's width that no inventory would
/// draw.
Image<std::uint8_t> withoutSlivers(const Image<std::uint8_t>& mask) {
    Image<std::uint8_t> current = mask;
    for (int pass = 0; pass < 2; ++pass) {
        const Image<std::uint8_t> before = current;
        forRows(mask.rows(), [&](int row) {
            for (int column = 0; column < mask.columns(); ++column) {
                int covered = 0;
                int seen = 0;
                for (int y = std::max(0, row - 1); y <= std::min(mask.rows() - 1, row + 1); ++y) {
                    for (int x = std::max(0, column - 1); x <= std::min(mask.columns() - 1, column + 1);
                         ++x) {
                        covered += before.at(0, y, x);
                        ++seen;
                    }
                }
                current.at(0, row, column) = 2 * covered > seen ? 1 : 0;
            }
        });
    }
    return current;
}

/// Where the ice surface stands clear of the ground; thin ice does not hold on steep ground.
Image<std::uint8_t> iceMask(const Field& ground, const Field& slope, const Field& iceSurface,
                            const Field& thickness) {
    Image<std::uint8_t> mask(1, ground.rows(), ground.columns());
    forRows(ground.rows(), [&](int row) {
        for (int column = 0; column < ground.columns(); ++column) {
            const double clear = iceSurface.at(0, row, column) - ground.at(0, row, column);
            const double needed = 5 + 32 * smoothStep(0.45, 0.85, slope.at(0, row, column));
            mask.at(0, row, column) = clear > needed && thickness.at(0, row, column) > 4 ? 1 : 0;
        }
    });
    return withoutSlivers(mask);
}

/// Debris as the flow carries it: rock walls feed it, ice that melts leaves it behind, so its share grows
/// towards the tongue's end. Streaks below the meeting of two walls become medial moraines.
Field debrisConcentration(std::uint64_t seed, const Landscape& land, const Field& slope,
                          const Drainage& drainage) {
    const Field& surface = land.surface;
    Field walls(1, surface.rows(), surface.columns());
    for (std::size_t i = 0; i < walls.values().size(); ++i) {
        walls.values()[i] = land.glacier.values()[i] == 0
                                ? static_cast<float>(smoothStep(0.55, 1.0, slope.values()[i]))
                                : 0.0F;
    }
    walls = blurred(walls, std::max(1, static_cast<int>(75 / land.cell + 0.5)), 2);
    std::vector<double> ice(walls.values().size(), 0.0);
    std::vector<double> rock(walls.values().size(), 0.0);
    Field share(1, surface.rows(), surface.columns());
    const int rows = surface.rows();
    const int columns = surface.columns();
    const auto& level = drainage.filled.values();
    for (auto it = drainage.order.rbegin(); it != drainage.order.rend(); ++it) {
        const auto here = static_cast<std::size_t>(*it);
        if (land.glacier.values()[here] == 0) {
            continue;
        }
        const int row = *it / columns;
        const int column = *it % columns;
        const double above = surface.values()[here] - land.equilibriumLine;
        ice[here] = std::max(0.3, ice[here] + std::clamp(above * (above > 0 ? 0.004 : 0.009), -6.0, 1.2));
        const double falls =
            smoothStep(-0.1, 0.5, fractal(seed + 61, column * land.cell / 1100, row * land.cell / 1100, 3));
        rock[here] += walls.values()[here] * falls;
        share.values()[here] = static_cast<float>(rock[here] / ice[here]);
        // To all lower neighbours by their slope: to the steepest alone, streaks would run along the grid.
        std::array<std::pair<std::size_t, double>, 8> lower;
        std::size_t count = 0;
        double total = 0;
        for (int y = std::max(0, row - 1); y <= std::min(rows - 1, row + 1); ++y) {
            for (int x = std::max(0, column - 1); x <= std::min(columns - 1, column + 1); ++x) {
                const auto at = static_cast<std::size_t>(y) * static_cast<std::size_t>(columns) +
                                static_cast<std::size_t>(x);
                const double fall = (static_cast<double>(level[here]) - level[at]) *
                                    (y != row && x != column ? 0.70710678118654752 : 1.0);
                if (fall > 0) {
                    lower[count++] = {at, fall * fall * fall};
                    total += fall * fall * fall;
                }
            }
        }
        for (std::size_t i = 0; i < count; ++i) {
            const double part = lower[i].second / total;
            ice[lower[i].first] += ice[here] * part;
            rock[lower[i].first] += rock[here] * part;
        }
    }
    return blurred(share, 1, 2);
}

Field debrisOf(std::uint64_t seed, const Landscape& land, const Field& slope, const Drainage& drainage) {
    const Field concentration = debrisConcentration(seed, land, slope, drainage);
    std::vector<float> onTongues;
    for (std::size_t i = 0; i < concentration.values().size(); ++i) {
        if (land.glacier.values()[i] != 0 && land.surface.values()[i] < land.equilibriumLine) {
            onTongues.push_back(concentration.values()[i]);
        }
    }
    Field debris(1, concentration.rows(), concentration.columns());
    if (onTongues.empty()) {
        return debris;
    }
    Random random(seed, 62);
    const double share = random.uniform(0.22, 0.42); // of the tongues' area
    const auto rank = static_cast<std::ptrdiff_t>((1 - share) * static_cast<double>(onTongues.size() - 1));
    std::nth_element(onTongues.begin(), onTongues.begin() + rank, onTongues.end());
    const double threshold = std::max(1e-6, static_cast<double>(onTongues[static_cast<std::size_t>(rank)]));
    forRows(debris.rows(), [&](int row) {
        for (int column = 0; column < debris.columns(); ++column) {
            const auto number = static_cast<std::uint64_t>(land.glacier.at(0, row, column));
            if (number == 0) {
                continue;
            }
            // Some glaciers have much rock above them that crumbles, others none.
            const double crumbling =
                0.25 + 1.5 * static_cast<double>(mixed(seed + 63 + number) >> 11) * 0x1.0p-53;
            const double patches =
                1 + 0.7 * fractal(seed + 64, column * land.cell / 240, row * land.cell / 240, 3);
            const double below = land.equilibriumLine - land.surface.at(0, row, column);
            const double melted = smoothStep(-20, 120, below); // above the line snow buries it
            const double value = concentration.at(0, row, column) * crumbling * patches * melted;
            debris.at(0, row, column) =
                static_cast<float>(smoothStep(0.75 * threshold, 1.35 * threshold, value));
        }
    });
    return debris;
}

/// Water in hollows; numbered parts that are too small or too shallow are only wet ground.
Field lakesOf(const Landscape& land, const Drainage& drainage) {
    Image<std::int32_t> hollows(1, land.surface.rows(), land.surface.columns());
    for (std::size_t i = 0; i < hollows.values().size(); ++i) {
        const float depth = drainage.filled.values()[i] - land.surface.values()[i];
        hollows.values()[i] = depth > 1.5F && land.glacier.values()[i] == 0 ? 1 : 0;
    }
    numberParts(hollows, std::max(4, static_cast<int>(12000 / (land.cell * land.cell))));
    Field water(1, hollows.rows(), hollows.columns());
    for (std::size_t i = 0; i < hollows.values().size(); ++i) {
        water.values()[i] =
            hollows.values()[i] != 0 ? drainage.filled.values()[i] - land.surface.values()[i] : 0.0F;
    }
    return water;
}

} // namespace

int numberParts(Image<std::int32_t>& numbers, int smallest) {
    const int rows = numbers.rows();
    const int columns = numbers.columns();
    Image<std::int32_t> fresh(1, rows, columns);
    std::vector<int> part;
    int count = 0;
    for (int start = 0; start < rows * columns; ++start) {
        const auto at = static_cast<std::size_t>(start);
        const int number = numbers.values()[at];
        if (number == 0 || fresh.values()[at] != 0) {
            continue;
        }
        ++count;
        part.assign(1, start);
        fresh.values()[at] = count;
        for (std::size_t i = 0; i < part.size(); ++i) {
            const int row = part[i] / columns;
            const int column = part[i] % columns;
            const auto visit = [&](int y, int x) {
                if (y >= 0 && x >= 0 && y < rows && x < columns && numbers.at(0, y, x) == number &&
                    fresh.at(0, y, x) == 0) {
                    fresh.at(0, y, x) = count;
                    part.push_back(y * columns + x);
                }
            };
            visit(row - 1, column);
            visit(row + 1, column);
            visit(row, column - 1);
            visit(row, column + 1);
        }
        if (part.size() < static_cast<std::size_t>(smallest)) {
            for (const int pixel : part) {
                fresh.values()[static_cast<std::size_t>(pixel)] = 0;
                numbers.values()[static_cast<std::size_t>(pixel)] = 0;
            }
            --count;
        }
    }
    numbers = std::move(fresh);
    return count;
}

Landscape makeLandscape(std::uint64_t seed, const Relief& relief, const Ice& ice, const Progress& progress) {
    const int rows = relief.detail.rows();
    const int columns = relief.detail.columns();
    Landscape land;
    land.cell = relief.cell;
    land.equilibriumLine = ice.equilibriumLine;

    const Field bed = enlarged(ice.bed, relief.factor, rows, columns);
    const Field thickness = enlarged(ice.thickness, relief.factor, rows, columns);
    const Field maximum = enlarged(ice.maximum, relief.factor, rows, columns);
    Field ground = bed;
    Field iceSurface = bed;
    Field advanced = bed;
    for (std::size_t i = 0; i < ground.values().size(); ++i) {
        // Ice polishes its bed, so the detail under thick ice is weak.
        const auto rough = static_cast<float>(1 - 0.75 * smoothStep(10, 60, maximum.values()[i]));
        ground.values()[i] += relief.detail.values()[i] * rough;
        iceSurface.values()[i] += thickness.values()[i];
        advanced.values()[i] += maximum.values()[i];
    }
    const Field slope = gradient(ground, land.cell);
    progress.report(0.2, "Shaping glaciers");
    auto mask = iceMask(ground, slope, iceSurface, thickness);
    const auto before = iceMask(ground, slope, advanced, maximum);

    land.surface = ground;
    land.forefield = Field(1, rows, columns);
    for (std::size_t i = 0; i < mask.values().size(); ++i) {
        if (mask.values()[i] != 0) {
            // A little unevenness, or flow on the smooth surface would follow the grid.
            const double x = static_cast<double>(i % static_cast<std::size_t>(columns)) * land.cell;
            const double y = static_cast<double>(i / static_cast<std::size_t>(columns)) * land.cell;
            land.surface.values()[i] =
                iceSurface.values()[i] + static_cast<float>(2.5 * fractal(seed + 60, x / 260, y / 260, 3));
        } else if (before.values()[i] != 0) {
            land.forefield.values()[i] = 1;
        }
    }
    progress.report(0.35, "Shaping glaciers");
    const Drainage drainage = drainageOf(land.surface);
    const double pixelArea = land.cell * land.cell;
    land.glacier = glacierBasins(mask, drainage, static_cast<int>(1500 / land.cell),
                                 static_cast<int>(150000 / pixelArea));
    land.glaciers = numberParts(land.glacier, static_cast<int>(20000 / pixelArea));
    progress.report(0.7, "Shaping glaciers");
    land.debris = debrisOf(seed, land, gradient(land.surface, land.cell), drainage);
    land.water = lakesOf(land, drainage);
    for (std::size_t i = 0; i < mask.values().size(); ++i) {
        land.surface.values()[i] += land.water.values()[i];
    }
    progress.report(1, "Shaping glaciers");
    return land;
}

Landscape cropped(const Landscape& landscape, int row, int column, int rows, int columns, double smallest) {
    Landscape result;
    result.cell = landscape.cell;
    result.equilibriumLine = landscape.equilibriumLine;
    result.surface = cut(landscape.surface, row, column, rows, columns);
    result.glacier = cut(landscape.glacier, row, column, rows, columns);
    result.debris = cut(landscape.debris, row, column, rows, columns);
    result.forefield = cut(landscape.forefield, row, column, rows, columns);
    result.water = cut(landscape.water, row, column, rows, columns);
    result.glaciers =
        numberParts(result.glacier, static_cast<int>(smallest / (landscape.cell * landscape.cell)) + 1);
    for (std::size_t i = 0; i < result.debris.values().size(); ++i) {
        if (result.glacier.values()[i] == 0) {
            result.debris.values()[i] = 0;
        }
    }
    return result;
}

} // namespace nunatak::scene::simulation
