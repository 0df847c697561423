// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "geo/grid.h"
#include "raster/raster_reader.h"

#include <span>
#include <stop_token>
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
    bool sparse = false; ///< of a block's rows only the middle one is read
    /// Size of the level when thinned out.
    int reducedColumns() const { return (level.columns + columns - 1) / columns; }
    int reducedRows() const { return (level.rows + rows - 1) / rows; }
};

/// Where resampling takes its pixels from: a file, or something computed as it is asked for.
class PixelSource {
public:
    virtual ~PixelSource() = default;

    virtual int columns() const = 0;
    virtual int rows() const = 0;
    Level fullLevel() const { return {-1, columns(), rows(), 1, 1}; }
    /// The coarsest level of `band` whose pixels are not larger than these (in full pixels).
    virtual Level levelFor(int band, double columnsPerPixel, double rowsPerPixel) const;
    /// True when announce() does something.
    virtual bool isShared() const { return false; }
    /// Says that these pixels will be read right away (a window as in read()).
    virtual void announce(std::span<const int>, const Reduction&, const geo::PixelWindow&) const {}
    /// Pixels of a level, thinned out; `window` in thinned-out pixels and inside the raster. Row by row.
    void read(int band, const Reduction& reduction, const geo::PixelWindow& window, float* values) const;
    std::vector<float> read(int band, const Reduction& reduction, const geo::PixelWindow& window) const;
    /// The same of several bands, one after the other in `values`. They are read part by part: a file that
    /// keeps its bands together is gone through once.
    void read(std::span<const int> bands, const Reduction& reduction, const geo::PixelWindow& window,
              float* values) const;

protected:
    PixelSource() = default;
    PixelSource(const PixelSource&) = default;
    PixelSource& operator=(const PixelSource&) = default;
    /// The row of the level that a sparse reduction reads for one row of a thinned-out window.
    static geo::PixelWindow middleRow(const Reduction& reduction, const geo::PixelWindow& window, int row);
    /// The pixels of the level under a thinned-out window.
    static geo::PixelWindow fullWindow(const Reduction& reduction, const geo::PixelWindow& window);
    /// Pixels of a level as values, NaN for no data; the window lies inside the level.
    virtual void readLevel(int band, int overview, const geo::PixelWindow& window, float* values) const = 0;

private:
    void readSparse(std::span<const int> bands, const Reduction& reduction, const geo::PixelWindow& window,
                    float* values) const;
    float middleOfBlock(int band, const Reduction& reduction, const geo::PixelWindow& block) const;
};

/// Pixels of a source with the place and system of a file, whatever way round that lies, resampled onto
/// `target`.
Image<float> resampledOnGrid(const PixelSource& source, const RasterInfo& place, std::span<const int> bands,
                             const geo::Grid& target, Resampling resampling,
                             const std::stop_token& stop = {});
/// Pixels of a source that lies on `sourceGrid`, resampled onto `target` as RasterReader::readOnGrid does it.
Image<float> resampledOnGrid(const PixelSource& source, const geo::Grid& sourceGrid,
                             std::span<const int> bands, const geo::Grid& target, Resampling resampling,
                             const std::stop_token& stop = {});

} // namespace nunatak::raster
