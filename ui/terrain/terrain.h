// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "base/progress.h"
#include "geo/grid.h"
#include "scene/scene_reader.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace nunatak::ui::terrain {

/// Which bands make the picture.
struct Composite {
    std::string name;                 ///< natural, infrared, ice
    std::array<std::string, 3> bands; ///< shown as red, green, blue
    std::string feature = "optical";  ///< whose bands they are
};
/// The composites a scene has the bands for, the one to begin with first: natural (red, green, blue),
/// infrared (nir, red, green), ice (swir1, nir, red), or grey where there are too few; then each of the other
/// features in grey, and the flags (cloud, cloud shadow, snow) of a quality raster.
std::vector<Composite> availableComposites(const scene::Scene& scene);

/// Everything the view needs of a scene, as plain arrays in the project's CRS; made on a worker, never
/// changed.
struct Terrain {
    std::string sceneId;
    geo::Grid
        heightGrid; ///< heights at pixel corners' positions: vertex (r, c) lies at heightGrid.toMap(c, r)
    Image<float> heights; ///< (heightGrid.rows + 1) × (heightGrid.columns + 1) metres, no NaN
    geo::Grid drapeGrid;
    std::vector<std::uint8_t> drape; ///< RGBA, row 0 in the north; alpha 0 where the scene has no data
    Composite composite;

    /// Height of the drawn surface (its triangles) at a map point; the nearest edge's outside.
    double heightAt(geo::Point map) const;
};

/// Reads and stretches (2nd to 98th percentile per band) a scene for display.
/// Throws Error, Cancelled.
std::shared_ptr<const Terrain> buildTerrain(const scene::SceneReader& scene, const geo::Crs& projectCrs,
                                            const Composite& composite, const Progress& progress);

} // namespace nunatak::ui::terrain
