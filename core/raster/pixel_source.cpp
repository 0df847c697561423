// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/pixel_source.h"

#include "raster/resample.h"
#include "raster/target_mapping.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

namespace nunatak::raster {

namespace {

constexpr float nothing = std::numeric_limits<float>::quiet_NaN();
/// Pixels held at once while a level is thinned out.
constexpr std::int64_t stripPixels = 4'000'000;

/// Mean of the values that are there, NaN where more than half are missing.
float meanOfBlock(const float* values, int stride, int columns, int rows) {
    double sum = 0;
    int count = 0;
    for (int r = 0; r < rows; ++r) {
        for (int c = 0; c < columns; ++c) {
            const float value = values[static_cast<std::ptrdiff_t>(r) * stride + c];
            if (!std::isnan(value)) {
                sum += value;
                ++count;
            }
        }
    }
    return 2 * count >= columns * rows && count > 0 ? static_cast<float>(sum / count) : nothing;
}

} // namespace

Level PixelSource::levelFor(int, double, double) const {
    return fullLevel();
}

std::vector<float> PixelSource::read(int band, const Reduction& reduction,
                                     const geo::PixelWindow& window) const {
    std::vector<float> result(static_cast<std::size_t>(window.columns) *
                              static_cast<std::size_t>(window.rows));
    const int overview = reduction.level.overview;
    if (reduction.columns == 1 && reduction.rows == 1) {
        readLevel(band, overview, window, result.data());
        return result;
    }
    const int left = window.column * reduction.columns;
    const int width =
        std::min(reduction.level.columns, (window.column + window.columns) * reduction.columns) - left;
    const auto rowsAtOnce = static_cast<int>(
        std::clamp<std::int64_t>(stripPixels / (std::int64_t(width) * reduction.rows), 1, window.rows));
    std::vector<float> strip;
    for (int first = 0; first < window.rows; first += rowsAtOnce) {
        const int last = std::min(first + rowsAtOnce, window.rows);
        const int top = (window.row + first) * reduction.rows;
        const int bottom = std::min(reduction.level.rows, (window.row + last) * reduction.rows);
        strip.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(bottom - top));
        readLevel(band, overview, {left, top, width, bottom - top}, strip.data());
        for (int r = first; r < last; ++r) {
            const int y = (window.row + r) * reduction.rows - top;
            const int height = std::min(reduction.rows, bottom - top - y);
            for (int c = 0; c < window.columns; ++c) {
                const int x = c * reduction.columns;
                const int blockWidth = std::min(reduction.columns, width - x);
                const float* block = strip.data() + static_cast<std::ptrdiff_t>(y) * width + x;
                result[static_cast<std::size_t>(r) * static_cast<std::size_t>(window.columns) +
                       static_cast<std::size_t>(c)] =
                    reduction.average
                        ? meanOfBlock(block, width, blockWidth, height)
                        : block[static_cast<std::ptrdiff_t>(height / 2) * width + blockWidth / 2];
            }
        }
    }
    return result;
}

Image<float> resampledOnGrid(const PixelSource& source, const RasterInfo& place, std::span<const int> bands,
                             const geo::Grid& target, Resampling resampling) {
    const geo::CoordinateTransform toSource(target.crs, place.crs);
    std::optional<double> wrapFrom;
    if (place.crs.isGeographic()) {
        wrapFrom = place.extent().center().x - 180;
    }
    const TargetMapping mapping(target, *place.geoTransform, &toSource, wrapFrom);
    return resample(source, bands, mapping, target.columns, target.rows, resampling);
}

Image<float> resampledOnGrid(const PixelSource& source, const geo::Grid& sourceGrid,
                             std::span<const int> bands, const geo::Grid& target, Resampling resampling) {
    RasterInfo place;
    place.columns = sourceGrid.columns;
    place.rows = sourceGrid.rows;
    place.crs = sourceGrid.crs;
    place.geoTransform = {sourceGrid.left, sourceGrid.pixelSize, 0, sourceGrid.top, 0, -sourceGrid.pixelSize};
    return resampledOnGrid(source, place, bands, target, resampling);
}

} // namespace nunatak::raster
