// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation/place.h"

#include "scene/simulation/drainage.h"
#include "scene/simulation/relief.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace nunatak::scene::simulation {

namespace {

constexpr double reliefCell = 60;
constexpr double marginMetres = 3840;
constexpr double leastThickness = 4; // metres: less is a patch of snow
constexpr double reachMetres = 1500; // within which two streams make one glacier of their ice
constexpr float noLake = -1e6F;

geo::Grid coarseGrid(const geo::Grid& picture, const Layout& layout) {
    return {picture.crs,
            picture.left - layout.margin * picture.pixelSize,
            picture.top + layout.margin * picture.pixelSize,
            picture.pixelSize * layout.factor,
            layout.columns,
            layout.rows};
}

/// Ground that an ice age has carved and polished, on the finer grid of the relief.
void followIceAge(Field& relief, const Field& before, const Ice& ice, int times) {
    Field change = ice.bed;
    for (std::size_t i = 0; i < change.values().size(); ++i) {
        change.values()[i] -= before.values()[i];
    }
    change = enlarged(change, times, relief.rows(), relief.columns());
    const Field polished = enlarged(ice.polished, times, relief.rows(), relief.columns());
    const Field smooth = blurred(relief, 2, 2);
    for (std::size_t i = 0; i < relief.values().size(); ++i) {
        const double worn = std::clamp(static_cast<double>(polished.values()[i]), 0.0, 1.0);
        relief.values()[i] =
            static_cast<float>(mix(relief.values()[i], smooth.values()[i], worn)) + change.values()[i];
    }
}

/// Ice under given outlines: as thick as the slope lets it be at a stress of 1 bar (Nye 1952).
Ice iceUnder(const GivenData& given, const Field& surface, const geo::Grid& grid) {
    Ice ice;
    ice.bed = surface;
    ice.thickness = Field(1, surface.rows(), surface.columns());
    ice.polished = Field(1, surface.rows(), surface.columns());
    const auto numbers = burnt(given.outlines, grid);
    const Field slope = gradient(blurred(surface, 2, 2), grid.pixelSize);
    std::vector<float> heights;
    for (std::size_t i = 0; i < surface.values().size(); ++i) {
        if (numbers.values()[i] != 0) {
            heights.push_back(surface.values()[i]);
            const double sine =
                std::max(0.04, slope.values()[i] / std::sqrt(1.0 + slope.values()[i] * slope.values()[i]));
            ice.thickness.values()[i] = static_cast<float>(std::clamp(11.0 / sine, 12.0, 260.0));
        }
    }
    Field shape = ice.thickness;
    shape = blurred(shape, 1, 1); // thinner towards the sides
    for (std::size_t i = 0; i < shape.values().size(); ++i) {
        auto& thickness = ice.thickness.values()[i];
        thickness = thickness > 0 ? std::max(6.0F, std::min(thickness, shape.values()[i])) : 0.0F;
        ice.bed.values()[i] -= thickness;
    }
    if (heights.empty()) {
        ice.equilibriumLine = quantile(surface, 1);
    } else {
        const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
        std::nth_element(heights.begin(), middle, heights.end());
        ice.equilibriumLine = *middle;
    }
    ice.maximum = blurred(ice.thickness, 2, 2);
    for (std::size_t i = 0; i < surface.values().size(); ++i) {
        if (surface.values()[i] > ice.equilibriumLine) {
            ice.maximum.values()[i] = 0;
        }
    }
    return ice;
}

Image<std::uint8_t> coarseMask(const Field& thickness) {
    Image<std::uint8_t> mask(1, thickness.rows(), thickness.columns());
    for (std::size_t i = 0; i < mask.values().size(); ++i) {
        mask.values()[i] = thickness.values()[i] > leastThickness ? 1 : 0;
    }
    return mask;
}

/// Levels of lakes, one cell wider than the hollows, so that the shore is where the finer ground says.
Field lakeLevels(const Place& place) {
    const Drainage drainage = drainageOf(place.surface);
    const int rows = place.surface.rows();
    const int columns = place.surface.columns();
    Field levels(1, rows, columns, noLake);
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            const float level = drainage.filled.at(0, row, column);
            // A measured surface is that of its lakes: only ground that ice has left since can hold new ones.
            const bool likely =
                place.given == nullptr || (!place.melted.empty() && place.melted.at(0, row, column) > 1);
            const float least = place.given ? 5.0F : 1.5F;
            if (level - place.surface.at(0, row, column) < least || !likely) {
                continue;
            }
            for (int y = std::max(0, row - 1); y <= std::min(rows - 1, row + 1); ++y) {
                for (int x = std::max(0, column - 1); x <= std::min(columns - 1, column + 1); ++x) {
                    levels.at(0, y, x) = std::max(levels.at(0, y, x), level);
                }
            }
        }
    }
    return levels;
}

/// The highest ground within a square of cells: what a ray of light must clear to be free for as long.
Field highestAround(const Field& field, int radius) {
    const int rows = field.rows();
    const int columns = field.columns();
    Field across(1, rows, columns);
    Field result(1, rows, columns);
    forRows(rows, [&](int row) {
        for (int column = 0; column < columns; ++column) {
            const auto* begin = field.row(0, row) + std::max(0, column - radius);
            const auto* end = field.row(0, row) + std::min(columns, column + radius + 1);
            across.at(0, row, column) = *std::max_element(begin, end);
        }
    });
    forRows(rows, [&](int row) {
        std::copy_n(across.row(0, row), columns, result.row(0, row));
        for (int y = std::max(0, row - radius); y <= std::min(rows - 1, row + radius); ++y) {
            for (int column = 0; column < columns; ++column) {
                result.at(0, row, column) = std::max(result.at(0, row, column), across.at(0, y, column));
            }
        }
    });
    return result;
}

/// What follows from bed and ice. The flow is that of the first date: a retreat leaves divides where they
/// were.
void settle(Place& place) {
    place.surface = place.ice.bed;
    for (std::size_t i = 0; i < place.surface.values().size(); ++i) {
        if (place.ice.thickness.values()[i] > leastThickness) {
            place.surface.values()[i] += place.ice.thickness.values()[i];
        }
    }
    place.highest = highestAround(place.surface, 8);
    place.lakeLevel = lakeLevels(place);
    const auto [low, high] =
        std::minmax_element(place.surface.values().begin(), place.surface.values().end());
    place.lowest = *low;
    place.highestGround = *high;
}

double debrisThresholdOf(const Place& place, double share) {
    std::vector<double> onTongues;
    const auto& thickness = place.ice.thickness;
    for (int row = 0; row < thickness.rows(); ++row) {
        for (int column = row % 3; column < thickness.columns(); column += 3) {
            if (thickness.at(0, row, column) > leastThickness &&
                place.surface.at(0, row, column) < place.ice.equilibriumLine) {
                onTongues.push_back(originOf(place.flow, place.seed, place.cell(), column, row).stones);
            }
        }
    }
    if (onTongues.empty()) {
        return 1;
    }
    const auto rank = static_cast<std::ptrdiff_t>((1 - share) * static_cast<double>(onTongues.size() - 1));
    std::nth_element(onTongues.begin(), onTongues.begin() + rank, onTongues.end());
    return std::max(0.2, onTongues[static_cast<std::size_t>(rank)]);
}

} // namespace

Layout layoutOf(const geo::Grid& picture) {
    Layout layout;
    layout.reliefFactor = std::max(1, static_cast<int>(reliefCell / picture.pixelSize + 0.5));
    layout.factor = picture.pixelSize < 90 ? 2 * layout.reliefFactor : layout.reliefFactor;
    const auto whole = [&](double pixels) {
        return static_cast<int>(std::ceil(pixels / layout.factor)) * layout.factor;
    };
    layout.margin = whole(marginMetres / picture.pixelSize);
    layout.rows = whole(picture.rows + 2.0 * layout.margin) / layout.factor;
    layout.columns = whole(picture.columns + 2.0 * layout.margin) / layout.factor;
    return layout;
}

Place makePlace(std::uint64_t seed, const geo::Grid& picture, std::shared_ptr<const GivenData> given,
                const Progress& progress) {
    const Layout layout = layoutOf(picture);
    Place place;
    place.seed = seed;
    place.grid = picture;
    place.factor = layout.factor;
    place.reliefFactor = layout.reliefFactor;
    place.margin = layout.margin;
    place.given = std::move(given);
    if (place.given) {
        place.shade = shadeSideOf(picture);
    }
    Field ground;
    if (place.given) {
        progress.report(0.05, "Reading the elevation model");
        ground = elevationOn(place.given->elevation, coarseGrid(picture, layout));
    } else {
        const int times = layout.factor / layout.reliefFactor;
        place.relief = raiseMountains(seed, layout.rows * times, layout.columns * times,
                                      picture.pixelSize * layout.reliefFactor, progress.part(0, 0.4));
        ground = reduced(place.relief, times);
    }
    if (place.given && !place.given->outlines.empty()) {
        place.ice = iceUnder(*place.given, ground, coarseGrid(picture, layout));
    } else {
        place.ice = growIce(seed, ground, place.cell(), place.shade, place.given == nullptr,
                            progress.part(0.4, 0.85));
    }
    if (!place.given) {
        followIceAge(place.relief, ground, place.ice, layout.factor / layout.reliefFactor);
    }
    progress.report(0.86, "Parting glaciers");
    settle(place);
    const auto mask = coarseMask(place.ice.thickness);
    const Field valleys = blurred(place.surface, std::max(1, static_cast<int>(200 / place.cell() + 0.5)), 2);
    place.basins = basinsOf(mask, valleys, place.cell(), reachMetres);
    place.flow = flowLinesOf(mask, place.surface, place.cell());
    Random random(seed, 62);
    place.debrisThreshold = debrisThresholdOf(place, random.uniform(0.25, 0.5));
    progress.report(1, "Parting glaciers");
    return place;
}

Place retreated(const Place& place, double metres) {
    Place later = place;
    const int rows = place.surface.rows();
    const int columns = place.surface.columns();
    later.remaining = Field(1, rows, columns, noLake);
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            const int number = place.basins.numbers.at(0, row, column);
            if (number == 0) {
                continue;
            }
            const double own = std::min(metres, place.basins.longest[static_cast<std::size_t>(number)] / 3);
            const double remaining = place.basins.length.at(0, row, column) - own;
            later.remaining.at(0, row, column) = static_cast<float>(remaining);
            later.ice.thickness.at(0, row, column) *=
                static_cast<float>(smoothStep(-0.5 * metres, 2 * metres, remaining));
        }
    }
    // Beside the ice, what is left is as on it, or its sides would go with its end.
    const Field own = later.remaining;
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            if (place.basins.numbers.at(0, row, column) != 0) {
                continue;
            }
            for (int y = std::max(0, row - 1); y <= std::min(rows - 1, row + 1); ++y) {
                for (int x = std::max(0, column - 1); x <= std::min(columns - 1, column + 1); ++x) {
                    float& value = later.remaining.at(0, row, column);
                    value = std::max(value, own.at(0, y, x));
                }
            }
        }
    }
    later.melted = place.ice.thickness;
    for (std::size_t i = 0; i < later.melted.values().size(); ++i) {
        later.melted.values()[i] -= later.ice.thickness.values()[i];
    }
    settle(later);
    return later;
}

} // namespace nunatak::scene::simulation
