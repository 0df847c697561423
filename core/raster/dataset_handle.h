// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/grid.h"

#include <gdal.h>

#include <memory>
#include <string>

namespace nunatak::raster {

struct DatasetCloser {
    void operator()(void* dataset) const { GDALClose(dataset); }
};
using DatasetHandle = std::unique_ptr<void, DatasetCloser>;

/// Opens what may also hold rasters instead of being one. Throws Error when it is missing or no raster.
DatasetHandle openContainer(const std::string& path);
/// Opens a raster for reading. Throws Error when it is missing, no raster, or one that holds several.
DatasetHandle openDataset(const std::string& path);
/// A band or one of its overviews (-1: the band itself); null when there is none.
GDALRasterBandH bandOf(const DatasetHandle& dataset, int band, int overview);
/// Pixels of a band or overview as `type`, row by row. False when there is no such band or reading fails.
bool readPixels(GDALRasterBandH band, const geo::PixelWindow& window, GDALDataType type, void* pixels);
/// Throws that reading failed, with GDAL's reason.
[[noreturn]] void throwUnreadable(const std::string& path);

/// GDAL asks a server for some forty files that could lie beside a picture, one after the other. While this
/// is held, it does not for pictures that hold all about themselves; the user's own setting counts.
class WithoutNeighbours {
public:
    /// `wanted` as from holdsAll().
    explicit WithoutNeighbours(bool wanted);
    ~WithoutNeighbours();
    WithoutNeighbours(const WithoutNeighbours&) = delete;
    WithoutNeighbours& operator=(const WithoutNeighbours&) = delete;

    /// True for a remote file of a format that needs no other beside it.
    static bool holdsAll(const std::string& path);

private:
    bool m_set;
};

} // namespace nunatak::raster
