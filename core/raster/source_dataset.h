// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "raster/dataset_handle.h"
#include "raster/file_layout.h"
#include "raster/float_tiles.h"
#include "raster/pixel_source.h"
#include "raster/raster_reader.h"

#include <string>
#include <vector>

namespace nunatak::raster {

/// An open raster: its description, and its pixels as values with NaN for no data.
class SourceDataset final : public PixelSource {
public:
    explicit SourceDataset(const std::string& path);

    const RasterInfo& info() const { return m_layout.info; }
    const FileLayout& layout() const { return m_layout; }

    int columns() const override { return info().columns; }
    int rows() const override { return info().rows; }
    Level levelFor(int band, double columnsPerPixel, double rowsPerPixel) const override {
        return m_layout.levelFor(band, columnsPerPixel, rowsPerPixel);
    }
    /// What is open, for another use.
    DatasetHandle release() && { return std::move(m_dataset); }

protected:
    void readLevel(int band, int overview, const geo::PixelWindow& window, float* values) const override;

private:
    void describe();
    void applyMask(int band, int overview, const geo::PixelWindow& window, float* values) const;

    FloatTiles m_tiles; ///< before what is opened
    DatasetHandle m_dataset;
    FileLayout m_layout;
};

} // namespace nunatak::raster
