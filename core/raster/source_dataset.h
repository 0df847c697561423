// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/grid.h"
#include "raster/raster_reader.h"

#include <gdal.h>

#include <memory>
#include <string>
#include <vector>

namespace nunatak::raster {

/// The full raster or one of its overviews.
struct Level {
    int overview = -1; ///< -1: the full raster
    int columns = 0;
    int rows = 0;
    double columnScale = 1; ///< full pixels per pixel of this level
    double rowScale = 1;
};

/// How a level is thinned out while it is read: blocks of full pixels become one.
struct Reduction {
    Level level;
    int columns = 1; ///< pixels of the level that become one
    int rows = 1;
    bool average = true; ///< false: the middle one is taken
    /// Size of the level when thinned out.
    int reducedColumns() const { return (level.columns + columns - 1) / columns; }
    int reducedRows() const { return (level.rows + rows - 1) / rows; }
};

/// An open raster: its description, and its pixels as values with NaN for no data.
class SourceDataset {
public:
    explicit SourceDataset(const std::string& path);

    const RasterInfo& info() const { return m_info; }
    /// Throws Error when the raster has no such band.
    void checkBands(std::span<const int> bands) const;

    /// The coarsest level of `band` whose pixels are not larger than these (in full pixels).
    Level levelFor(int band, double columnsPerPixel, double rowsPerPixel) const;
    /// Pixels of a level, thinned out; `window` in thinned-out pixels and inside the raster. Row by row.
    std::vector<float> read(int band, const Reduction& reduction, const geo::PixelWindow& window) const;

private:
    struct Closer {
        void operator()(void* dataset) const { GDALClose(dataset); }
    };

    void describe();
    void readLevel(int band, int overview, const geo::PixelWindow& window, float* values) const;
    void applyMask(int band, int overview, const geo::PixelWindow& window, float* values) const;
    void toValues(int band, float* values, std::size_t count) const;
    [[noreturn]] void throwUnreadable() const;

    std::unique_ptr<void, Closer> m_dataset;
    RasterInfo m_info;
};

} // namespace nunatak::raster
