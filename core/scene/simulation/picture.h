// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/scene.h"
#include "scene/simulation/clouds.h"
#include "scene/simulation/glaciers.h"
#include "scene/simulation/surfaces.h"

#include <filesystem>

namespace nunatak::scene::simulation {

/// A satellite's view of a place on one day.
struct Acquisition {
    Season season;
    Sun sun;
    double cloud = 0; ///< share of the picture
};

/// Makes the features that the scene names tile by tile and writes each as a cloud-optimised GeoTIFF where
/// the scene says. Throws Error, Cancelled; then no file is left.
void writePicture(const Place& place, const Glaciers& glaciers, const Acquisition& acquisition,
                  const Scene& scene, const Claim& claim, const Progress& progress);

/// The file of a feature, such as elevation.tif.
std::string fileOf(const std::string& feature);

} // namespace nunatak::scene::simulation
