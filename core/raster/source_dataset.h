// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/grid.h"
#include "raster/pixel_source.h"
#include "raster/raster_reader.h"

#include <gdal.h>

#include <memory>
#include <string>
#include <vector>

namespace nunatak::raster {

/// An open raster: its description, and its pixels as values with NaN for no data.
class SourceDataset final : public PixelSource {
public:
    explicit SourceDataset(const std::string& path);

    const RasterInfo& info() const { return m_info; }
    /// Throws Error when the raster has no such band.
    void checkBands(std::span<const int> bands) const;

    int columns() const override { return m_info.columns; }
    int rows() const override { return m_info.rows; }
    Level levelFor(int band, double columnsPerPixel, double rowsPerPixel) const override;

protected:
    void readLevel(int band, int overview, const geo::PixelWindow& window, float* values) const override;

private:
    struct Closer {
        void operator()(void* dataset) const { GDALClose(dataset); }
    };

    void describe();
    void applyMask(int band, int overview, const geo::PixelWindow& window, float* values) const;
    void toValues(int band, float* values, std::size_t count) const;
    [[noreturn]] void throwUnreadable() const;

    std::unique_ptr<void, Closer> m_dataset;
    RasterInfo m_info;
};

} // namespace nunatak::raster
