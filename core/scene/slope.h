// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "raster/pixel_source.h"
#include "scene/scene.h"

#include <stop_token>

namespace nunatak::scene {

/// The grid on which slope is computed: the elevation model's own if that is north-up in UTM or polar
/// stereographic, else a metric one at its posting in the coordinate system of the scene. It depends on the
/// scene alone.
geo::Grid slopeGrid(const raster::RasterInfo& elevation, const geo::Grid& sceneGrid);

/// Slope as a raster that is computed where it is read.
class SlopeSource final : public raster::PixelSource {
public:
    /// `raster` says how what the reader gives becomes metres, and whether voids are filled first. Both must
    /// outlive this.
    SlopeSource(const raster::RasterReader& reader, const SceneRaster& raster, int band, geo::Grid grid,
                std::stop_token stop = {});

    int columns() const override { return m_grid.columns; }
    int rows() const override { return m_grid.rows; }

protected:
    void readLevel(int band, int overview, const geo::PixelWindow& window, float* values) const override;

private:
    const raster::RasterReader& m_reader;
    const SceneRaster& m_raster;
    int m_band;
    geo::Grid m_grid;
    std::stop_token m_stop;
};

} // namespace nunatak::scene
