// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/tile_engine.h"
#include "models/manifest.h"
#include "training/training.h"

#include <cstdint>

namespace nunatak::training {

/// The pixels of a training area at the model's pixel size: normalised features, what is ice, where one may
/// learn. Holds what lies around the looked-at places, a tile further on each side, so that every tile with
/// something to learn is whole.
class AreaPixels final : public engine::TileSource {
public:
    /// Throws Error when the scene lacks bands that the model needs; Cancelled.
    AreaPixels(const TrainingArea& area, const models::Manifest& manifest, const Progress& progress);

    /// The window of the scene's grid (at the model's pixel size) that is held.
    const engine::Window& window() const { return m_window; }
    /// Columns and rows of the whole grid.
    int gridColumns() const { return m_gridColumns; }
    int gridRows() const { return m_gridRows; }

    /// 1 where there is ice; of window() size.
    const Image<std::uint8_t>& ice() const { return m_ice; }
    /// 1 where somebody looked and every feature has data; of window() size.
    const Image<std::uint8_t>& learnable() const { return m_learnable; }
    std::size_t learnablePixels() const { return m_learnablePixels; }
    std::size_t icePixels() const { return m_icePixels; }

    /// Any window of the grid, zeros where nothing is held; with the engine's mask of usable pixels.
    std::map<std::string, Image<float>> tile(const engine::Window& window) const;
    /// The same, for the engine.
    std::map<std::string, Image<float>> read(const engine::Window& window, std::stop_token stop) override;
    /// True when a window has a pixel to learn from.
    bool hasLearnable(const engine::Window& window) const;

private:
    int m_gridColumns = 0;
    int m_gridRows = 0;
    engine::Window m_window;
    std::map<std::string, Image<float>> m_features; ///< and the mask of usable pixels
    Image<std::uint8_t> m_ice;
    Image<std::uint8_t> m_learnable;
    std::size_t m_learnablePixels = 0;
    std::size_t m_icePixels = 0;
};

} // namespace nunatak::training
