// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/simulation/glaciers.h"
#include "scene/simulation/optical.h"
#include "scene/simulation/patch.h"

#include <memory>

// A small invented place, made once for all tests of a program.
namespace nunatak::tests {

inline constexpr std::uint64_t placeSeed = 7;

inline geo::Grid pictureGrid(int columns, int rows, double pixelSize = 30) {
    return {geo::Crs::fromUserInput("EPSG:32632"), 600000, 5200020, pixelSize, columns, rows};
}

struct SmallPlace {
    scene::simulation::Place place =
        scene::simulation::makePlace(placeSeed, pictureGrid(288, 256), nullptr, {});
    scene::simulation::Glaciers glaciers = scene::simulation::findGlaciers(place, {});
    geo::PixelWindow whole{0, 0, 288, 256};
    scene::simulation::Season season{placeSeed, 232, false, {}};
    scene::simulation::Sun sun = scene::simulation::sunOn(232, 46.9, placeSeed);

    /// With so many pixels beyond `window` as light and shadow need.
    scene::simulation::Patch patchAround(const geo::PixelWindow& window) const {
        return patchOf(place, glaciers.numbers, scene::simulation::grown(window, 80),
                       scene::simulation::grown(window, 24));
    }

    Image<float> optical(const geo::PixelWindow& window, const scene::simulation::Season& on,
                         double cloud = 0) const {
        const auto patch = patchAround(window);
        const scene::simulation::Surfaces surfaces(place, on, patch);
        const scene::simulation::Clouds clouds(place, on.weather, cloud, sun);
        const auto light = illuminationOf(place, patch, scene::simulation::grown(window, 24), sun, clouds);
        return opticalOf(place, patch, surfaces, light, sun, clouds, window, on.weather);
    }
};

} // namespace nunatak::tests
