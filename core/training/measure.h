// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/area_pixels.h"

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

/// Predicts the looked-at pixels of an area as a real prediction does (tiles, blending, threshold 0.5) and
/// counts them. Throws Error; Cancelled.
Agreement measure(models::Network& network, const models::Manifest& manifest, AreaPixels& area,
                  const Progress& progress);

} // namespace nunatak::training
