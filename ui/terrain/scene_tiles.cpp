// SPDX-License-Identifier: GPL-3.0-or-later
#include "terrain/scene_tiles.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace nunatak::ui::terrain {

namespace {

BandSummary summaryOf(const std::string& name, const float* values, std::size_t count) {
    BandSummary summary;
    summary.name = name;
    summary.percentiles = percentileStretch(values, count);
    float least = std::numeric_limits<float>::infinity();
    float most = -least;
    for (std::size_t i = 0; i < count; ++i) {
        if (std::isfinite(values[i])) {
            least = std::min(least, values[i]);
            most = std::max(most, values[i]);
        }
    }
    summary.range = most > least ? Stretch{least, most} : summary.percentiles;
    // A sample of means does not reach the extremes of single pixels.
    const float margin = summary.range.high - summary.range.low;
    summary.stored = {summary.range.low - margin, summary.range.high + margin};
    return summary;
}

} // namespace

SceneTiles::SceneTiles(std::shared_ptr<const scene::SceneReader> scene, const geo::Grid& base,
                       Stretch elevations, const Progress& progress)
    : m_scene(std::move(scene)), m_names(m_scene->scene().bands("optical")) {
    m_pyramid = TilePyramid(base, base.pixelSize);
    m_elevations = elevations;
    const auto sample =
        m_scene->read("optical", m_names, m_pyramid.pictureGrid({}), progress);
    for (std::size_t i = 0; i < m_names.size(); ++i) {
        m_bands.push_back(summaryOf(m_names[i], sample.band(static_cast<int>(i)), sample.bandSize()));
    }
}

Image<float> SceneTiles::readHeights(const geo::Grid& samples, const Progress& progress) const {
    if (!m_scene->has("dem", {"elevation"})) {
        return {1, samples.rows, samples.columns, 0.0F};
    }
    return m_scene->read("dem", {"elevation"}, samples, progress);
}

void SceneTiles::readPicture(TileData& tile, const Progress& progress) const {
    const auto pixels = m_scene->read("optical", m_names, tile.pictureGrid, progress);
    tile.bands = Image<std::uint16_t>(pixels.bands(), pixels.rows(), pixels.columns());
    for (int band = 0; band < pixels.bands(); ++band) {
        const auto& stored = m_bands[static_cast<std::size_t>(band)].stored;
        const float scale = 65534.0F / std::max(stored.high - stored.low, 1e-30F);
        const float* from = pixels.band(band);
        auto* to = tile.bands.band(band);
        for (std::size_t i = 0; i < pixels.bandSize(); ++i) {
            to[i] = std::isfinite(from[i])
                        ? static_cast<std::uint16_t>(
                              1.5F + std::clamp((from[i] - stored.low) * scale, 0.0F, 65534.0F))
                        : 0;
        }
    }
}

} // namespace nunatak::ui::terrain
