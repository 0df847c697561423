// SPDX-License-Identifier: GPL-3.0-or-later
#include "prediction/debris_cover.h"

#include "geo/crs.h"
#include "geo/pixel_areas.h"
#include "geo/shape_operations.h"
#include "prediction/band_ratio_map.h"
#include "prediction/confidence.h"
#include "prediction/polygonise.h"

#include <cmath>
#include <limits>

namespace nunatak::prediction {

namespace {

/// What is undecided in a window: shadow or no data in the scene, or a model that is unsure.
Image<std::uint8_t> decidable(const scene::SceneReader& scene, const geo::Grid& window,
                              const DebrisOptions& options) {
    const auto blue = scene.read("optical", {"blue"}, window);
    Image<std::uint8_t> decided(1, window.rows, window.columns, 1);
    for (std::size_t i = 0; i < decided.values().size(); ++i) {
        const float value = blue.values()[i];
        decided.values()[i] =
            std::isfinite(value) && static_cast<double>(value) >= options.ratio.minimumBlue ? 1 : 0;
    }
    if (options.confidence) {
        const auto confidence = options.confidence(window);
        for (std::size_t i = 0; i < decided.values().size(); ++i) {
            // Written so that a NaN is undecided.
            if (!(static_cast<double>(confidence.values()[i]) >= options.confidenceThreshold)) {
                decided.values()[i] = 0;
            }
        }
    }
    return decided;
}

class Splitter {
public:
    Splitter(const scene::SceneReader& scene, const BandRatioMap& map, const DebrisOptions& options)
        : m_scene(scene), m_grid(scene.scene().grid), m_map(map), m_options(options), m_areas(m_grid) {}

    /// `shape` in the grid's crs.
    DebrisCover split(const geo::MultiPolygon& shape) {
        DebrisCover cover;
        cover.share = std::numeric_limits<double>::quiet_NaN();
        const auto part = geo::windowCovering(m_grid, geo::extentOf(shape).grown(m_grid.pixelSize));
        if (part.empty()) {
            return cover;
        }
        const auto window = m_grid.window(part.column, part.row, part.columns, part.rows);
        const auto inside = rasterise({shape}, window);
        const auto decided = decidable(m_scene, window, m_options);
        Image<std::uint8_t> debris(1, window.rows, window.columns, Background);
        for (int row = 0; row < window.rows; ++row) {
            for (int column = 0; column < window.columns; ++column) {
                if (inside.at(0, row, column) == 0) {
                    continue;
                }
                const double pixelArea = m_areas.at(row + part.row, column + part.column);
                const auto ratio = m_map.classes.at(0, row + part.row, column + part.column);
                if (ratio == NotPredicted || decided.at(0, row, column) == 0) {
                    cover.undecidedArea += pixelArea;
                } else if (ratio == Glacier) {
                    cover.cleanArea += pixelArea;
                } else {
                    cover.debrisArea += pixelArea;
                    debris.at(0, row, column) = Glacier;
                }
            }
        }
        if (cover.cleanArea + cover.debrisArea > 0) {
            cover.share = cover.debrisArea / (cover.cleanArea + cover.debrisArea);
        }
        for (const auto& piece :
             polygonise(debris, window, m_options.minimumArea, m_options.outlineForm).glaciers) {
            cover.debris.insert(cover.debris.end(), piece.begin(), piece.end());
        }
        return cover;
    }

private:
    const scene::SceneReader& m_scene;
    geo::Grid m_grid;
    const BandRatioMap& m_map;
    const DebrisOptions& m_options;
    geo::PixelAreas m_areas;
};

} // namespace

std::vector<DebrisCover> debrisCover(const std::vector<outlines::OutlineSet::Handle>& glaciers,
                                     const geo::Crs& crs, const scene::SceneReader& scene,
                                     const DebrisOptions& options, const Progress& progress) {
    const auto& grid = scene.scene().grid;
    const auto map = mapBandRatio(scene, grid, options.ratio, progress.part(0, 0.5));
    Splitter splitter(scene, map, options);
    const geo::CoordinateTransform toScene(crs, grid.crs);
    const geo::CoordinateTransform back(grid.crs, crs);
    std::vector<DebrisCover> covers;
    for (std::size_t i = 0; i < glaciers.size(); ++i) {
        progress.report(0.5 + 0.5 * static_cast<double>(i) / static_cast<double>(glaciers.size()),
                        "Splitting ice and debris");
        progress.throwIfStopped();
        auto cover = splitter.split(toScene(glaciers[i]->geometry));
        cover.uuid = glaciers[i]->uuid;
        cover.debris = back(cover.debris);
        if (!back.isIdentity() && !cover.debris.empty() && !geo::invalidReason(cover.debris).empty()) {
            cover.debris = geo::madeValid(cover.debris);
        }
        covers.push_back(std::move(cover));
    }
    return covers;
}

} // namespace nunatak::prediction
