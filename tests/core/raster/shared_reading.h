// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "raster/reader_pool.h"
#include "raster_fixtures.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

namespace nunatak::tests {

using Bands = std::vector<int>;

inline Image<float> window(raster::ReaderPool& pool, const std::string& path, const Bands& bands,
                           const geo::PixelWindow& window, const std::stop_token& stop = {}) {
    return pool.with<Image<float>>(
        path,
        [&](const raster::RasterReader& reader) {
            return reader.readWindow(bands, window, window.columns, window.rows, stop);
        },
        stop);
}

inline bool sameImage(const Image<float>& a, const Image<float>& b) {
    return a.bands() == b.bands() && a.rows() == b.rows() && a.columns() == b.columns() &&
           std::equal(a.values().begin(), a.values().end(), b.values().begin(), same);
}

/// What GDALRasterIO itself gives.
inline Image<float> gdalWindow(const std::string& path, const Bands& bands, const geo::PixelWindow& window) {
    GDALDatasetH dataset = GDALOpen(path.c_str(), GA_ReadOnly);
    Image<float> image(static_cast<int>(bands.size()), window.rows, window.columns);
    for (std::size_t i = 0; i < bands.size(); ++i) {
        if (GDALRasterIO(GDALGetRasterBand(dataset, bands[i]), GF_Read, window.column, window.row,
                         window.columns, window.rows, image.band(static_cast<int>(i)), window.columns,
                         window.rows, GDT_Float32, 0, 0) != CE_None) {
            throw std::runtime_error("GDAL cannot read " + path);
        }
    }
    GDALClose(dataset);
    return image;
}

} // namespace nunatak::tests
