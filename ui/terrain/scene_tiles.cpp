// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terrain/scene_tiles.h"

#include <utility>

namespace nunatak::ui::terrain {

SceneTiles::SceneTiles(std::shared_ptr<const scene::SceneReader> scene, const geo::Grid& base,
                       std::string feature, Stretch elevations, const Progress& progress)
    : m_scene(std::move(scene)), m_feature(std::move(feature)), m_names(m_scene->scene().bands(m_feature)) {
    m_pyramid = TilePyramid(base, base.pixelSize);
    m_elevations = elevations;
    const auto sample = m_scene->read(m_feature, m_names, m_pyramid.pictureGrid({}), progress);
    for (std::size_t i = 0; i < m_names.size(); ++i) {
        m_bands.push_back(summaryOf(m_names[i], sample.band(static_cast<int>(i)), sample.bandSize()));
    }
    m_rootBands = storedBands(sample, m_bands);
}

Image<float> SceneTiles::readHeights(const geo::Grid& samples, const Progress& progress) const {
    if (!m_scene->has("dem", {"elevation"})) {
        return {1, samples.rows, samples.columns, 0.0F};
    }
    return m_scene->read("dem", {"elevation"}, samples, progress);
}

Image<std::uint16_t> SceneTiles::readBands(const geo::Grid& grid, const Progress& progress) const {
    return storedBands(m_scene->read(m_feature, m_names, grid, progress), m_bands);
}

void SceneTiles::readPicture(TileData& tile, const Progress& progress) const {
    tile.bands = tile.id == TileId{} ? m_rootBands : readBands(tile.pictureGrid, progress);
}

} // namespace nunatak::ui::terrain
