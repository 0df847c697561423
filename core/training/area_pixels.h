// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/tile_engine.h"
#include "models/manifest.h"
#include "prediction/tile_coordinates.h"
#include "training/training.h"

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace nunatak::training {

/// The pixels of a training area at the model's pixel size: normalised features, what is ice, where one may
/// learn. Held in blocks, and only those around the looked-at places, a tile further on each side, so that
/// every tile with something to learn is whole and what lies between places far apart costs nothing.
class AreaPixels final : public engine::TileSource {
public:
    /// Throws Error when the scene lacks bands that the model needs, or its region is none the model knows;
    /// Cancelled.
    AreaPixels(const TrainingArea& area, const models::Manifest& manifest, const Progress& progress);

    static constexpr int blockSide = 128; ///< pixels
    /// What a block knows of each pixel, as bits.
    enum State : std::uint8_t {
        Usable = 1,    ///< every required feature has data
        Ice = 2,       ///< half of it or more lies in an outline
        Learnable = 4, ///< somebody looked, and it is usable
        Changed = 8,   ///< an expert said otherwise than what was there before; with a margin
        Judged = 16,   ///< somebody said whether there is ice, whatever a model makes of it
        LeftOut = 32,  ///< measured on, where it is learnable, but not learnt from
    };
    static constexpr int changedMargin = 2; ///< pixels around what was changed
    struct Block {
        int firstRow = 0; ///< of the grid
        int firstColumn = 0;
        Image<std::uint8_t> state;
        Image<std::uint8_t> ice; ///< the share of what is known of each pixel, 255: all of it
        std::map<std::string, Image<float>> features;
    };
    /// Row by row of blocks, from west to east.
    const std::vector<Block>& blocks() const { return m_blocks; }

    /// Columns and rows of the whole grid.
    int gridColumns() const { return m_gridColumns; }
    int gridRows() const { return m_gridRows; }
    /// State of a pixel of the grid, 0 where it is not held.
    std::uint8_t state(int row, int column) const;
    /// The share of a pixel that is ice, 0 to 1; 0 where it is not held.
    float ice(int row, int column) const;
    /// Nothing is learnt from these pixels (row, column) after all.
    void leaveOut(const std::vector<std::pair<int, int>>& pixels);
    bool holds(int row, int column) const {
        return row >= 0 && column >= 0 && row < m_gridRows && column < m_gridColumns &&
               m_places.contains({row / blockSide, column / blockSide});
    }
    static bool teaches(std::uint8_t state) { return (state & (Learnable | LeftOut)) == Learnable; }
    /// Pixels that teach.
    std::size_t learnablePixels() const { return m_learnablePixels; }
    std::size_t icePixels() const { return m_icePixels; }

    /// The location vector of all tiles; empty for networks without one, or where each tile has its own.
    const std::vector<float>& location() const { return m_location; }
    /// The vector of an unknown region, for networks that have one; empty otherwise.
    const std::vector<float>& unknownLocation() const { return m_unknownLocation; }
    bool isComplete() const { return m_isComplete; }
    bool isReplay() const { return m_isReplay; }
    /// What the user should know about where the model thinks it is, each a sentence.
    const std::vector<std::string>& notes() const { return m_notes; }

    /// Any window of the grid, zeros where nothing is held; with the engine's mask of usable pixels and, for
    /// coordinate encoding, the tile's location vector.
    std::map<std::string, Image<float>> tile(const engine::Window& window) const;
    /// The same, for the engine.
    std::map<std::string, Image<float>> read(const engine::Window& window, std::stop_token stop) override;
    /// True when a window has a pixel to learn from.
    bool hasLearnable(const engine::Window& window) const;

private:
    /// Row and column in blocks.
    using Place = std::pair<int, int>;
    void read(const TrainingArea& area, const models::Manifest& manifest, const geo::Grid& grid,
              const std::vector<geo::MultiPolygon>& lookedAt, const std::vector<Place>& needed,
              const Progress& progress);
    /// What was said of the pixels of a strip of blocks.
    struct Said {
        Image<float> ice;    ///< shares of the pixels
        Image<float> looked; ///< at, shares
        Image<std::int32_t> changed;
        Image<std::int32_t> regions;
    };
    Block blockOf(const Place& place, const engine::Window& strip,
                  const std::map<std::string, Image<float>>& pixels, const Said& said);
    std::uint8_t stateOf(const Said& said, int row, int column, bool usable);
    /// Where a pixel is held; none where it is not.
    const Block* blockAt(int row, int column) const;
    template <typename Visit> void forBlocksIn(const engine::Window& window, Visit visit) const;

    models::NetworkSpec m_network;
    int m_gridColumns = 0;
    int m_gridRows = 0;
    std::vector<Block> m_blocks;
    std::map<Place, std::size_t> m_places; ///< in m_blocks
    std::size_t m_learnablePixels = 0;
    std::size_t m_icePixels = 0;
    std::vector<float> m_location;
    std::vector<float> m_unknownLocation;
    bool m_isComplete = true;
    bool m_isReplay = false;
    std::vector<std::string> m_notes;
    std::unique_ptr<const prediction::TileCoordinates> m_coordinates;
};

} // namespace nunatak::training
