// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/mean_confidence.h"

#include "base/error.h"
#include "prediction/polygonise.h"
#include "prediction/predict_scene.h"

#include <array>
#include <cmath>

namespace nunatak::tasks {

namespace {

std::optional<double> meanOf(const raster::RasterReader& reader, const geo::Grid& grid,
                             const geo::MultiPolygon& shape) {
    const auto window = geo::windowCovering(grid, geo::extentOf(shape));
    if (window.empty()) {
        return std::nullopt;
    }
    constexpr std::array<int, 1> band{1};
    const auto values = reader.readWindow(band, window, window.columns, window.rows);
    const auto inside =
        prediction::rasterise({shape}, grid.window(window.column, window.row, window.columns, window.rows));
    double sum = 0;
    std::size_t count = 0;
    for (std::size_t i = 0; i < inside.values().size(); ++i) {
        if (inside.values()[i] != 0 && std::isfinite(values.values()[i])) {
            sum += values.values()[i];
            ++count;
        }
    }
    return count > 0 ? std::optional(sum / static_cast<double>(count)) : std::nullopt;
}

} // namespace

std::optional<double> MeanConfidence::of(const outlines::Outline& outline) {
    if (outline.modelFingerprint.empty()) {
        return std::nullopt;
    }
    try {
        const auto* reader = rasterOf(outline);
        const auto grid = reader != nullptr ? reader->info().northUpGrid() : std::nullopt;
        return grid ? meanOf(*reader, *grid, geo::CoordinateTransform(m_crs, grid->crs)(outline.geometry))
                    : std::nullopt;
    } catch (const Cancelled&) {
        throw;
    } catch (const Error&) { // a raster that can be made again is no reason to hand in nothing
        return std::nullopt;
    }
}

const raster::RasterReader* MeanConfidence::rasterOf(const outlines::Outline& outline) {
    const auto [place, isNew] = m_rasters.try_emplace(outline.sceneId + '\n' + outline.model + '\n' +
                                                      outline.modelFingerprint + '\n' + outline.run);
    if (isNew) {
        const auto settings = m_settings.find(outline.run);
        if (const auto file = prediction::confidenceFileOf(
                m_folder, outline, settings == m_settings.end() ? std::string() : settings->second)) {
            place->second = std::make_unique<raster::RasterReader>(file->string());
        }
    }
    return place->second.get();
}

} // namespace nunatak::tasks
