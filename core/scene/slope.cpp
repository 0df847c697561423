// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/slope.h"

#include "geo/ground_scale.h"
#include "raster/filled_voids.h"
#include "raster/thinned_raster.h"
#include "scene/stored_values.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

namespace nunatak::scene {

namespace {

constexpr float nothing = std::numeric_limits<float>::quiet_NaN();

/// Horn's difference at an inner pixel; NaN where one of the nine heights is missing.
float slopeAt(const Image<float>& z, int row, int column, double cell) {
    const float* above = z.row(0, row - 1) + column;
    const float* here = z.row(0, row) + column;
    const float* below = z.row(0, row + 1) + column;
    if (std::isnan(here[0])) {
        return nothing;
    }
    const double eastward =
        (above[1] + 2.0 * here[1] + below[1] - above[-1] - 2.0 * here[-1] - below[-1]) / (8 * cell);
    const double southward =
        (below[-1] + 2.0 * below[0] + below[1] - above[-1] - 2.0 * above[0] - above[1]) / (8 * cell);
    return static_cast<float>(std::atan(std::hypot(eastward, southward)) * 180 / std::numbers::pi);
}

/// Next to a void the difference cannot be taken though the height is known: the mean of the slopes around
/// it.
float slopeBeside(const Image<float>& slope, int row, int column) {
    double sum = 0;
    int count = 0;
    for (int r = row - 1; r <= row + 1; ++r) {
        for (int c = column - 1; c <= column + 1; ++c) {
            if (const float value = slope.at(0, r, c); !std::isnan(value)) {
                sum += value;
                ++count;
            }
        }
    }
    return count > 0 ? static_cast<float>(sum / count) : nothing;
}

/// `cellAt` gives the metres of a pixel.
template <typename CellAt> Image<float> slopeOf(const Image<float>& elevation, const CellAt& cellAt) {
    const int rows = elevation.rows();
    const int columns = elevation.columns();
    Image<float> inner(1, rows, columns, nothing);
    if (rows < 3 || columns < 3) {
        return inner;
    }
    for (int r = 1; r + 1 < rows; ++r) {
        for (int c = 1; c + 1 < columns; ++c) {
            inner.at(0, r, c) = slopeAt(elevation, r, c, cellAt(r, c));
        }
    }
    Image<float> slope = inner;
    for (int r = 0; r < rows; ++r) {
        for (int c = 0; c < columns; ++c) {
            const int innerRow = std::clamp(r, 1, rows - 2);
            const int innerColumn = std::clamp(c, 1, columns - 2);
            float& value = slope.at(0, r, c);
            if (std::isnan(elevation.at(0, r, c)) || !std::isnan(value)) {
                continue;
            }
            value = inner.at(0, innerRow, innerColumn);
            if (std::isnan(value)) {
                value = slopeBeside(inner, innerRow, innerColumn);
            }
        }
    }
    return slope;
}

/// Slope at the model's own posting as a raster that is computed where it is read.
class SlopeSource final : public raster::PixelSource {
public:
    explicit SlopeSource(const Heights& heights) : m_heights(heights) {}

    int columns() const override { return m_heights.ownGrid().columns; }
    int rows() const override { return m_heights.ownGrid().rows; }

protected:
    void readLevel(int, int, const geo::PixelWindow& window, float* values) const override {
        const Image<float> slope = slopeFrom(
            m_heights.ownGrid().window(window.column, window.row, window.columns, window.rows),
            [this](const geo::Grid& grid) { return m_heights.metres(grid, raster::Resampling::Cubic); });
        std::copy(slope.values().begin(), slope.values().end(), values);
    }

private:
    const Heights& m_heights;
};

} // namespace

Image<float> hornSlope(const Image<float>& elevation, double pixelSizeMetres) {
    return slopeOf(elevation, [&](int, int) { return pixelSizeMetres; });
}

Image<float> hornSlope(const Image<float>& elevation, const geo::Grid& grid) {
    geo::GroundScale scale(grid);
    return slopeOf(elevation, [&](int row, int column) { return grid.pixelSize * scale.at(column, row); });
}

geo::Grid slopeGrid(const raster::RasterInfo& elevation, const geo::Grid& sceneGrid) {
    const auto own = elevation.northUpGrid();
    if (own && elevation.crs.isUtmOrPolarStereographic()) {
        return *own;
    }
    // The posting in metres where the scene is: two steps of one pixel in the elevation model's own
    // coordinates.
    const auto& t = *elevation.geoTransform;
    const geo::CoordinateTransform toMetres(elevation.crs, sceneGrid.crs);
    const geo::Point middle =
        geo::CoordinateTransform(sceneGrid.crs, elevation.crs)(sceneGrid.extent().center());
    std::array<geo::Point, 3> points{middle, geo::Point{middle.x + t[1], middle.y + t[4]},
                                     geo::Point{middle.x + t[2], middle.y + t[5]}};
    toMetres.apply(points);
    const double area = (points[1].x - points[0].x) * (points[2].y - points[0].y) -
                        (points[1].y - points[0].y) * (points[2].x - points[0].x);
    geo::Grid grid;
    grid.crs = sceneGrid.crs;
    grid.pixelSize = std::sqrt(std::abs(area));
    // Around the scene, with room for targets that reach a little beyond it.
    const geo::Extent extent = sceneGrid.extent();
    const geo::Extent roomy =
        extent.grown(8 * grid.pixelSize + 0.25 * std::max(extent.width(), extent.height()));
    grid.left = std::floor(roomy.xmin / grid.pixelSize) * grid.pixelSize;
    grid.top = std::ceil(roomy.ymax / grid.pixelSize) * grid.pixelSize;
    grid.columns = static_cast<int>(std::ceil((roomy.xmax - grid.left) / grid.pixelSize));
    grid.rows = static_cast<int>(std::ceil((grid.top - roomy.ymin) / grid.pixelSize));
    return grid;
}

double Heights::postingsPerPixel(const geo::Grid& target) const {
    return target.pixelSize * target.crs.metresPerUnit() / (m_grid.pixelSize * m_grid.crs.metresPerUnit());
}

Image<float> Heights::stored(const geo::Grid& target, raster::Resampling resampling) const {
    const int bands[] = {m_band};
    if (!m_raster.fillVoids) {
        return m_reader.readOnGrid(bands, target, resampling, m_stop);
    }
    constexpr double noise = 1e-3;
    constexpr double most = 1e6; // of a pixel larger than any model
    const auto factor = static_cast<int>(std::clamp(std::floor(postingsPerPixel(target) + noise), 1.0, most));
    const raster::ThinnedRaster thinned(m_reader, factor, m_stop);
    return raster::resampledOnGrid(raster::FilledVoids(thinned), thinned.place(), bands, target, resampling,
                                   m_stop);
}

Image<float> Heights::metres(const geo::Grid& target, raster::Resampling resampling) const {
    Image<float> heights = stored(target, resampling);
    for (float& value : heights.values()) {
        value = static_cast<float>(toValue(value, m_raster));
    }
    return heights;
}

Image<float> Heights::slope(const geo::Grid& target) const {
    constexpr double coarser = 1.5;
    if (postingsPerPixel(target) < coarser) {
        const int bands[] = {1};
        return raster::resampledOnGrid(SlopeSource(*this), m_grid, bands, target,
                                       raster::Resampling::Bilinear, m_stop);
    }
    return slopeFrom(target,
                     [this](const geo::Grid& grid) { return metres(grid, raster::Resampling::Bilinear); });
}

} // namespace nunatak::scene
