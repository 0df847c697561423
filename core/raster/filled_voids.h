// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "raster/pixel_source.h"

namespace nunatak::raster {

/// A raster whose voids are filled as it is read, by GDAL's inverse distance interpolation between the pixels
/// around them (GDALFillNodata), up to `reach` pixels from the nearest one. A window holds what the whole
/// raster holds there.
class FilledVoids final : public PixelSource {
public:
    static constexpr int reach = 100;

    /// `source` must outlive this.
    explicit FilledVoids(const PixelSource& source) : m_source(source) {}

    int columns() const override { return m_source.columns(); }
    int rows() const override { return m_source.rows(); }

protected:
    void readLevel(int band, int overview, const geo::PixelWindow& window, float* values) const override;

private:
    const PixelSource& m_source;
};

} // namespace nunatak::raster
