// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/grid.h"

#include <gdal.h>

#include <string>

namespace nunatak::raster {

/// Tiles of a raster as this program writes them: a local GeoTIFF of one band of floats, packed by deflate
/// after its bytes were set apart and differenced (Adobe Photoshop TIFF Technical Note 3: predictor 3).
/// libtiff undoes the differences byte by byte, each of which waits for the one before; that takes as long as
/// all else.
class FloatTiles {
public:
    /// Before GDAL opens the file, so that both mean the same one.
    explicit FloatTiles(const std::string& path);
    ~FloatTiles();
    FloatTiles(const FloatTiles&) = delete;
    FloatTiles& operator=(const FloatTiles&) = delete;

    /// What GDAL opened. Reads nothing from then on where it is another file, or packed in another way.
    void describe(GDALDatasetH dataset);
    /// The stored numbers of a window, row by row, where it is one tile of the full raster. False where it is
    /// not, or GDAL has to be asked what is there: no tile is stored, or it does not unpack.
    bool read(const geo::PixelWindow& window, float* values) const;

private:
    void close();

    std::string m_path;
    int m_file = -1;
    GDALRasterBandH m_band = nullptr;
    int m_columns = 0; ///< of the raster
    int m_rows = 0;
    int m_tileColumns = 0;
    int m_tileRows = 0;
};

} // namespace nunatak::raster
