// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "raster/pixel_source.h"
#include "scene/scene.h"

#include <algorithm>
#include <stop_token>

namespace nunatak::scene {

/// Slope in degrees by Horn's third-order finite difference (Horn 1981); edges by the nearest inner pixel,
/// NaN where there is no height or none around it. Fewer than 3 pixels to a side have no slope.
Image<float> hornSlope(const Image<float>& elevation, double pixelSizeMetres);
/// The same of heights on a grid, by distances on the ground: its pixels in metres over the projection's
/// point scale (geo::GroundScale).
Image<float> hornSlope(const Image<float>& elevation, const geo::Grid& grid);

/// The grid on which slope is computed for pixels no coarser than it: the elevation model's own if that is
/// north-up in UTM or polar stereographic, else a metric one at its posting in the coordinate system of the
/// scene. It depends on the scene alone.
geo::Grid slopeGrid(const raster::RasterInfo& elevation, const geo::Grid& sceneGrid);

/// Heights of a scene's elevation model as pixels of any size want them.
class Heights {
public:
    /// `raster` says how what the reader gives becomes metres, and whether voids are filled first. Both must
    /// outlive this.
    Heights(const raster::RasterReader& reader, const SceneRaster& raster, int band,
            const geo::Grid& sceneGrid, std::stop_token stop = {})
        : m_reader(reader), m_raster(raster), m_band(band), m_grid(slopeGrid(reader.info(), sceneGrid)),
          m_stop(std::move(stop)) {}

    const geo::Grid& ownGrid() const { return m_grid; }
    /// How often the posting goes into a pixel of `target`.
    double postingsPerPixel(const geo::Grid& target) const;
    /// Stored numbers on a grid, NaN where there is none. A model much finer than the grid is averaged to
    /// about its pixels; then voids are filled, so that as much of them is whatever the posting.
    Image<float> stored(const geo::Grid& target, raster::Resampling resampling) const;
    /// Metres on a grid.
    Image<float> metres(const geo::Grid& target, raster::Resampling resampling) const;
    /// Degrees on a grid. Computed at the model's own posting and then resampled, or, for pixels that are
    /// coarser, from heights averaged to these: at 2 m every boulder is steep.
    Image<float> slope(const geo::Grid& target) const;

private:
    const raster::RasterReader& m_reader;
    const SceneRaster& m_raster;
    int m_band;
    geo::Grid m_grid;
    std::stop_token m_stop;
};

/// Slope on `target` from heights in metres that `read` gives for a grid.
template <typename Read> Image<float> slopeFrom(const geo::Grid& target, const Read& read) {
    // Two pixels more on each side: one for the difference, one for the slopes beside a void.
    constexpr int margin = 2;
    const geo::Grid around =
        target.window(-margin, -margin, target.columns + 2 * margin, target.rows + 2 * margin);
    const Image<float> wide = hornSlope(read(around), around);
    Image<float> slope(1, target.rows, target.columns);
    for (int row = 0; row < target.rows; ++row) {
        std::copy_n(wide.row(0, row + margin) + margin, target.columns, slope.row(0, row));
    }
    return slope;
}

} // namespace nunatak::scene
