// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/scene.h"
#include "scene/simulation/place.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace nunatak::scene::simulation {

/// The ice of a whole picture, pixel by pixel.
struct Glaciers {
    Image<std::int32_t> numbers; ///< 0 none, else a glacier's number, which is its identity at all dates
    int count = 0;               ///< the highest number
};

/// Calls `work` for every tile of a picture, row after row; fraction is what is done before it.
void forTiles(const geo::Grid& picture,
              const std::function<void(const geo::PixelWindow&, double fraction)>& work);

/// Every glacier of a place: parts of ice that flow to the same end. What an inventory leaves out (under
/// 20,000 m²) is no glacier.
Glaciers findGlaciers(const Place& place, const Progress& progress);

/// What is left of them at a later date, with the same numbers.
Glaciers findLater(const Place& later, const Glaciers& first, const Progress& progress);

/// A polygon along pixel edges, or several, for each number that has pixels; identities depend on the seed
/// and the number alone, names and attributes are those of given outlines.
std::vector<outlines::Outline> outlinesOf(const Place& place, const Glaciers& glaciers, const Scene& scene);

/// A UUID in the form of version 4 that depends on the seed alone, so that a scene made again has the same
/// identities.
std::string uuidOf(std::uint64_t seed, std::uint64_t number);

} // namespace nunatak::scene::simulation
