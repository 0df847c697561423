// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/tile_engine.h"

namespace nunatak::engine {

/// The rows of the scene that tiles still reach: weighted sums in float64, as many rows as a tile is high,
/// used as a ring. Rows that no later tile reaches are divided by their weights and handed to the sink.
class BlendBand {
public:
    BlendBand(int columns, int rows, const TilingOptions& options, RowSink& sink);

    /// Goes on where an earlier run stopped. Throws Error when the rows do not fit.
    void restore(const OpenRows& open);
    /// Adds a tile. Tiles come from north to south: none lies north of the one before it.
    void add(const Window& window, const Image<float>& answer);
    /// Hands over the rows before this one, which no later tile reaches.
    void handOverTo(int row);
    /// What is not handed over yet.
    OpenRows open(int nextTiles) const;

private:
    int m_columns;
    int m_rows;
    int m_tile;
    int m_bands;
    RowSink& m_sink;
    Image<double> m_kernel;
    Image<double> m_sums;
    Image<double> m_weights;
    int m_next = 0;    ///< first row not handed over yet
    int m_reached = 0; ///< end of the rows that tiles have reached
};

} // namespace nunatak::engine
