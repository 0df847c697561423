// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/thinned_raster.h"

#include <algorithm>

namespace nunatak::raster {

RasterInfo ThinnedRaster::place() const {
    RasterInfo info = m_reader.info();
    info.columns = columns();
    info.rows = rows();
    if (info.geoTransform) {
        for (const std::size_t i : {1U, 2U, 4U, 5U}) {
            (*info.geoTransform)[i] *= m_factor;
        }
    }
    return info;
}

void ThinnedRaster::readLevel(int band, int, const geo::PixelWindow& window, float* values) const {
    // The last block of a row or column may be smaller, which would make a window's blocks uneven: those are
    // read by themselves.
    const int wholeColumns =
        std::clamp(m_reader.info().columns / m_factor - window.column, 0, window.columns);
    const int wholeRows = std::clamp(m_reader.info().rows / m_factor - window.row, 0, window.rows);
    const auto read = [&](int column, int row, int columns, int rows) {
        if (columns > 0 && rows > 0) {
            readPart(band, {window.column + column, window.row + row, columns, rows},
                     values + static_cast<std::ptrdiff_t>(row) * window.columns + column, window.columns);
        }
    };
    read(0, 0, wholeColumns, wholeRows);
    read(wholeColumns, 0, window.columns - wholeColumns, wholeRows);
    read(0, wholeRows, wholeColumns, window.rows - wholeRows);
    read(wholeColumns, wholeRows, window.columns - wholeColumns, window.rows - wholeRows);
}

void ThinnedRaster::readPart(int band, const geo::PixelWindow& part, float* values, int stride) const {
    const int bands[] = {band};
    geo::PixelWindow full{part.column * m_factor, part.row * m_factor, part.columns * m_factor,
                          part.rows * m_factor};
    full.columns = std::min(full.columns, m_reader.info().columns - full.column);
    full.rows = std::min(full.rows, m_reader.info().rows - full.row);
    const Image<float> pixels = m_reader.readWindow(bands, full, part.columns, part.rows, m_stop);
    for (int row = 0; row < part.rows; ++row) {
        std::copy_n(pixels.row(0, row), part.columns, values + static_cast<std::ptrdiff_t>(row) * stride);
    }
}

} // namespace nunatak::raster
