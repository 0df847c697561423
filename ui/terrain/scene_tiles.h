// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/scene_reader.h"
#include "ui/terrain/tile_source.h"

#include <memory>
#include <string>
#include <vector>

namespace nunatak::ui::terrain {

/// Tiles read from a scene's files, all bands of one feature.
class SceneTiles final : public TileSource {
public:
    /// `base`: the scene's pixels in the project's system; `feature`: whose bands are read. Looks at a coarse
    /// sample of each band. Throws Error, Cancelled.
    SceneTiles(std::shared_ptr<const scene::SceneReader> scene, const geo::Grid& base, std::string feature,
               Stretch elevations, const Progress& progress);

    Image<std::uint16_t> readBands(const geo::Grid& grid, const Progress& progress) const override;

protected:
    Image<float> readHeights(const geo::Grid& samples, const Progress& progress) const override;
    void readPicture(TileData& tile, const Progress& progress) const override;

private:
    std::shared_ptr<const scene::SceneReader> m_scene;
    std::string m_feature;
    std::vector<std::string> m_names;
    Image<std::uint16_t> m_rootBands; ///< of the whole scene, which need not be gone through twice
};

} // namespace nunatak::ui::terrain
