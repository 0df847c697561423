// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "raster/raster_reader.h"

#include <string>
#include <vector>

namespace nunatak::prediction {

/// What a raster of another program holds.
enum class ForeignKind {
    Share, ///< a probability or a confidence, 0 to 1
    Mask,  ///< glacier or not
};

/// One band of such a raster (of two, background and glacier, the last) as numbers from 0 to 1, NaN where it
/// has no data.
///
/// In a mask 0 is no glacier, also where the file declares it as no data, and 1 is glacier. 255 is no data
/// beside a 1, as in masks of three values; in one of 0 and 255 alone it is glacier, as in pictures in black
/// and white. `notes` say so. In a probability or confidence no number stands for no data but what the file
/// declares (or -9999, as in any raster); what rounding puts less than 1e-5 beyond 0 or 1 is 0 or 1.
class ForeignBand {
public:
    /// Reads a mask once to see which numbers it holds. Throws Error: no raster, no place, not north-up, more
    /// than two bands, other numbers in a mask; Cancelled.
    ForeignBand(const std::string& file, ForeignKind kind, const Progress& progress);

    geo::Grid grid() const { return *m_reader.info().northUpGrid(); }
    /// Whole rows. Throws Error where a number lies outside of 0 to 1.
    Image<float> rows(int row, int count) const;
    const std::vector<std::string>& notes() const { return m_notes; }

private:
    void lookAtMask(const Progress& progress);

    std::string m_file;
    ForeignKind m_kind;
    raster::RasterReader m_reader;
    std::vector<int> m_band;
    float m_ice = 1; ///< the number of a mask that means glacier
    std::vector<std::string> m_notes;
};

/// What tells one raster from another: the SHA-256 of a file, else a number of the text by which GDAL opens
/// it (NETCDF:…, /vsicurl/…) and of its size. Throws Error when it cannot be read.
std::string fingerprintOfRaster(const std::string& raster);

} // namespace nunatak::prediction
