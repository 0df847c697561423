// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/area_pixels.h"

#include <algorithm>

namespace nunatak::training {

/// Pixels counted by what they are and what they were taken for.
struct Agreement {
    std::size_t both = 0;     ///< ice, and predicted as such
    std::size_t missed = 0;   ///< ice, but not predicted
    std::size_t invented = 0; ///< predicted, but no ice

    void add(const Agreement& other);
    /// Intersection over union; 1 where there is no ice and none was predicted.
    double iou() const;
};

/// Above this probability a pixel is ice, as for a prediction.
inline constexpr float iceAbove = 0.5F;

/// Predicts the looked-at pixels of an area as a real prediction does (tiles, blending). Throws Error;
/// Cancelled.
void predictLearnable(models::Network& network, const models::Manifest& manifest, AreaPixels& area,
                      engine::RowSink& sink, const Progress& progress);

/// Each row of each block among some rows of the grid: visit(block, row of the grid).
template <typename Visit>
void forBlockRows(const AreaPixels& area, int firstRow, int rows, const Visit& visit) {
    for (const auto& block : area.blocks()) {
        const int end = std::min(block.firstRow + block.state.rows(), firstRow + rows);
        for (int row = std::max(block.firstRow, firstRow); row < end; ++row) {
            visit(block, row);
        }
    }
}

/// Predicts the looked-at pixels of an area and counts them. Throws Error; Cancelled.
Agreement measure(models::Network& network, const models::Manifest& manifest, AreaPixels& area,
                  const Progress& progress);

} // namespace nunatak::training
