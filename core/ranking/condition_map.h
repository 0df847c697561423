// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/claim.h"
#include "base/image.h"
#include "base/progress.h"
#include "ranking/sun.h"
#include "scene/scene_reader.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace nunatak::ranking {

/// What is true of a pixel; a byte of the condition map has a bit for each.
enum Condition : std::uint8_t {
    Covered = 1, ///< the scene has data
    Cloud = 2,   ///< by the product's own flag, which fires on bright ice too
    Snow = 4,    ///< snow or ice: NDSI > 0.4 and NIR reflectance > 0.11
    Shadow = 8,  ///< terrain keeps the sun away
};

/// Dozier (1989) with the thresholds of MODIS' and Landsat's snow products (Hall et al. 1995).
inline constexpr float leastNdsi = 0.4F; ///< (green − SWIR1) / (green + SWIR1)
inline constexpr float leastNir = 0.11F; ///< water is darker
/// Pixels finer than this are looked at several together, so that scenes of different sensors are measured
/// alike: a mixed pixel beside snow passes the thresholds, so snow grows with the pixels
/// (docs/performance.md).
inline constexpr double coarsestMetres = 30;

/// The conditions of each pixel of a scene.
struct ConditionMap {
    /// The scene's, in the largest whole multiple of its pixels up to coarsestMetres (its own if larger).
    geo::Grid grid;
    Image<std::uint8_t> bits; ///< Condition
    /// Why a condition is unknown everywhere, a sentence each; empty when it is known.
    std::string cloudUnknown;
    std::string snowUnknown;
    std::string shadowUnknown;

    bool knows(Condition condition) const;
};

/// The grid that a scene's conditions are measured on.
geo::Grid conditionGrid(const geo::Grid& sceneGrid);

/// Reads a scene strip by strip and keeps one byte a pixel. Shadow is cast by the scene's elevation model, as
/// far as it reaches beyond the scene towards the sun (up to 30 km). Throws Error when the scene has no
/// optical bands or a raster cannot be read; Cancelled.
ConditionMap conditionMap(const scene::SceneReader& scene, const Progress& progress = {});

/// The conditions at the middles of another grid's pixels, 0 beyond the scene. Any coordinate system.
Image<std::uint8_t> onGrid(const ConditionMap& map, const geo::Grid& target, const Progress& progress = {});

/// Writes a GeoTIFF with a band for each condition that is known (snow, cast_shadow, cloud): 1 where it
/// holds, 0 where it does not, 255 where the scene has no data. Throws Error.
void writeConditions(const ConditionMap& map, const std::filesystem::path& file,
                     const Claim& claim = {"ranking"});

} // namespace nunatak::ranking
