// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "raster/file_layout.h"
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

    const RasterInfo& info() const { return m_layout.info; }
    const FileLayout& layout() const { return m_layout; }

    int columns() const override { return info().columns; }
    int rows() const override { return info().rows; }
    Level levelFor(int band, double columnsPerPixel, double rowsPerPixel) const override {
        return m_layout.levelFor(band, columnsPerPixel, rowsPerPixel);
    }
    /// The stored numbers of a block, layout.bytesOf(key) bytes, band after band. Throws Error.
    void readBlock(const FileLayout& layout, const BlockKey& key, void* pixels) const;

protected:
    void readLevel(int band, int overview, const geo::PixelWindow& window, float* values) const override;

private:
    struct Closer {
        void operator()(void* dataset) const { GDALClose(dataset); }
    };

    void describe();
    GDALRasterBandH levelOf(int band, int overview) const;
    static CPLErr readPart(GDALRasterBandH band, const geo::PixelWindow& window, GDALDataType type,
                           void* pixels);
    void applyMask(int band, int overview, const geo::PixelWindow& window, float* values) const;
    [[noreturn]] void throwUnreadable() const;

    std::unique_ptr<void, Closer> m_dataset;
    FileLayout m_layout;
};

} // namespace nunatak::raster
