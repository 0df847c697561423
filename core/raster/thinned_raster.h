// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "raster/pixel_source.h"

namespace nunatak::raster {

/// A raster seen through larger pixels: the mean of factor × factor of the file's own, NaN where more than
/// half of them have no data. The blocks are counted from the raster's corner, so a window holds what the
/// whole holds there. With a factor of 1 it is the raster as it is.
class ThinnedRaster final : public PixelSource {
public:
    /// `reader` must outlive this.
    ThinnedRaster(const RasterReader& reader, int factor, std::stop_token stop = {})
        : m_reader(reader), m_factor(factor), m_stop(std::move(stop)) {}

    int columns() const override { return (m_reader.info().columns + m_factor - 1) / m_factor; }
    int rows() const override { return (m_reader.info().rows + m_factor - 1) / m_factor; }
    /// The raster's description with the pixels of this one.
    RasterInfo place() const;

protected:
    /// Throws as RasterReader::readWindow.
    void readLevel(int band, int overview, const geo::PixelWindow& window, float* values) const override;

private:
    /// Fills a part of `values`; `stride` of them to a row.
    void readPart(int band, const geo::PixelWindow& part, float* values, int stride) const;

    const RasterReader& m_reader;
    int m_factor;
    std::stop_token m_stop;
};

} // namespace nunatak::raster
