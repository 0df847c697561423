// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "geo/grid.h"
#include "raster/raster_reader.h"
#include "review/pixel_bits.h"

#include <string>
#include <vector>

namespace nunatak::review {

struct ConfidenceRequest;

/// Where a model was unsure, from the rasters of a prediction, a bit a pixel.
class LowConfidence {
public:
    /// Chooses what to read. Throws Error when the raster is none of ours; Cancelled.
    LowConfidence(const ConfidenceRequest& request, const Progress& progress);

    const geo::Grid& grid() const { return m_grid; }
    bool isCalibrated() const { return m_isCalibrated; }

    /// Pixels with a confidence, and those of them where it is low.
    struct Ground {
        PixelBits known;
        PixelBits low;
    };
    /// Of the blocks of the raster under these windows; elsewhere nothing is known. On two threads.
    Ground read(const std::vector<geo::PixelWindow>& windows, const Progress& progress) const;

private:
    /// Of the pixels of a row 1 or 0: something is known there; it is low.
    void look(const float* values, int count, std::uint8_t* isKnown, std::uint8_t* isLow) const;
    void take(const Image<float>& pixels, const geo::PixelWindow& window, Ground& ground) const;

    geo::Grid m_grid;
    bool m_isCalibrated = false;
    std::string m_file;
    /// The flags of a prediction say it in a byte a pixel, which is read ten times as fast as its confidence,
    /// for the threshold that the prediction was made with.
    bool m_isFlags = false;
    float m_below = 0; ///< confidence is low
};

} // namespace nunatak::review
