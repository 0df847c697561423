// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/area_pixels.h"

#include "base/error.h"
#include "prediction/polygonise.h"
#include "prediction/predict_scene.h"
#include "prediction/scene_tile_source.h"

#include <algorithm>

namespace nunatak::training {

namespace {

void checkBands(const scene::SceneReader& scene, const models::Manifest& manifest) {
    std::string list;
    for (const auto& band : prediction::missingBands(scene, manifest)) {
        list += (list.empty() ? "" : ", ") + band;
    }
    if (!list.empty()) {
        throw Error("The model " + manifest.name + " cannot learn from the scene " + scene.scene().name +
                    ", which lacks " + list + ": add rasters with these bands, or choose another model.");
    }
}

/// The part of the grid around the looked-at shape with a margin, in pixels.
engine::Window windowAround(const geo::Grid& grid, const geo::MultiPolygon& lookedAt, int margin) {
    const auto found = geo::windowCovering(grid, geo::extentOf(lookedAt).grown(margin * grid.pixelSize));
    return {found.column, found.row, std::max(0, found.columns), std::max(0, found.rows)};
}

/// Copies what two windows share, band by band.
void copyShared(const Image<float>& from, const engine::Window& fromWindow, Image<float>& to,
                const engine::Window& toWindow) {
    const int firstColumn = std::max(fromWindow.column, toWindow.column);
    const int endColumn =
        std::min(fromWindow.column + fromWindow.columns, toWindow.column + toWindow.columns);
    const int firstRow = std::max(fromWindow.row, toWindow.row);
    const int endRow = std::min(fromWindow.row + fromWindow.rows, toWindow.row + toWindow.rows);
    if (firstColumn >= endColumn) {
        return;
    }
    for (int band = 0; band < from.bands(); ++band) {
        for (int row = firstRow; row < endRow; ++row) {
            std::copy_n(from.row(band, row - fromWindow.row) + (firstColumn - fromWindow.column),
                        endColumn - firstColumn,
                        to.row(band, row - toWindow.row) + (firstColumn - toWindow.column));
        }
    }
}

std::vector<geo::MultiPolygon> transformed(const std::vector<geo::MultiPolygon>& shapes, const geo::Crs& from,
                                           const geo::Crs& to) {
    const geo::CoordinateTransform transform(from, to);
    std::vector<geo::MultiPolygon> result;
    result.reserve(shapes.size());
    for (const auto& shape : shapes) {
        result.push_back(transform(shape));
    }
    return result;
}

} // namespace

AreaPixels::AreaPixels(const TrainingArea& area, const models::Manifest& manifest, const Progress& progress) {
    const auto& reader = *area.scene;
    checkBands(reader, manifest);
    const geo::Grid grid = prediction::predictionGrid(reader.scene(), manifest);
    m_gridColumns = grid.columns;
    m_gridRows = grid.rows;
    m_window = {0, 0, grid.columns, grid.rows};
    std::vector<geo::MultiPolygon> lookedAt;
    if (area.lookedAt) {
        lookedAt = transformed({*area.lookedAt}, area.crs, grid.crs);
        m_window = windowAround(grid, lookedAt.front(), manifest.network.tile);
    }
    if (m_window.columns == 0 || m_window.rows == 0) {
        return;
    }

    prediction::SceneTileSource source(reader, manifest, grid,
                                       {m_window.column, m_window.column + m_window.columns});
    constexpr int stripRows = 256; // so that reading needs little more than what is kept
    std::vector<engine::Window> strips;
    for (int row = 0; row < m_window.rows; row += stripRows) {
        strips.push_back({m_window.column, m_window.row + row, m_window.columns,
                          std::min(stripRows, m_window.rows - row)});
    }
    source.expect(strips, progress);
    for (const auto& strip : strips) {
        progress.report(static_cast<double>(strip.row - m_window.row) / m_window.rows, "Reading the scene");
        for (auto& [name, pixels] : source.read(strip, progress.stopToken())) {
            auto& whole = m_features[name];
            if (whole.empty()) {
                whole = Image<float>(pixels.bands(), m_window.rows, m_window.columns);
            }
            copyShared(pixels, strip, whole, m_window);
        }
    }

    const geo::Grid part = grid.window(m_window.column, m_window.row, m_window.columns, m_window.rows);
    const auto glaciers = prediction::rasterise(transformed(area.glaciers, area.crs, grid.crs), part);
    const auto looked = area.lookedAt ? prediction::rasterise(lookedAt, part)
                                      : Image<std::int32_t>(1, m_window.rows, m_window.columns, 1);
    const auto& usable = m_features.at(prediction::SceneTileSource::usable);
    m_ice = Image<std::uint8_t>(1, m_window.rows, m_window.columns);
    m_learnable = m_ice;
    for (std::size_t i = 0; i < m_ice.values().size(); ++i) {
        const bool ice = glaciers.values()[i] != 0;
        const bool learnable = looked.values()[i] != 0 && usable.values()[i] > 0;
        m_ice.values()[i] = ice ? 1 : 0;
        m_learnable.values()[i] = learnable ? 1 : 0;
        m_learnablePixels += learnable ? 1 : 0;
        m_icePixels += learnable && ice ? 1 : 0;
    }
    progress.report(1, "Reading the scene");
}

std::map<std::string, Image<float>> AreaPixels::read(const engine::Window& window, std::stop_token) {
    return tile(window);
}

std::map<std::string, Image<float>> AreaPixels::tile(const engine::Window& window) const {
    std::map<std::string, Image<float>> parts;
    for (const auto& [name, pixels] : m_features) {
        Image<float> part(pixels.bands(), window.rows, window.columns);
        copyShared(pixels, m_window, part, window);
        parts.emplace(name, std::move(part));
    }
    return parts;
}

bool AreaPixels::hasLearnable(const engine::Window& window) const {
    const int firstColumn = std::max(0, window.column - m_window.column);
    const int endColumn = std::min(m_window.columns, window.column + window.columns - m_window.column);
    const int firstRow = std::max(0, window.row - m_window.row);
    const int endRow = std::min(m_window.rows, window.row + window.rows - m_window.row);
    for (int row = firstRow; row < endRow && firstColumn < endColumn; ++row) {
        const auto* pixels = m_learnable.row(0, row);
        if (std::any_of(pixels + firstColumn, pixels + endColumn,
                        [](std::uint8_t value) { return value != 0; })) {
            return true;
        }
    }
    return false;
}

} // namespace nunatak::training
