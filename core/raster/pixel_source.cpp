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
/// Of blocks with a longer side, the middle is looked at: a huge raster without overviews shall not need all
/// its pixels for a picture.
constexpr int mostAveraged = 512;

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
    read(band, reduction, window, result.data());
    return result;
}

void PixelSource::read(int band, const Reduction& reduction, const geo::PixelWindow& window,
                       float* result) const {
    const int overview = reduction.level.overview;
    if (reduction.columns == 1 && reduction.rows == 1) {
        readLevel(band, overview, window, result);
        return;
    }
    if (reduction.columns > mostAveraged || reduction.rows > mostAveraged) {
        for (int place = 0; place < window.columns * window.rows; ++place) {
            result[place] = middleOfBlock(band, reduction,
                                          fullWindow(reduction, {window.column + place % window.columns,
                                                                 window.row + place / window.columns, 1, 1}));
        }
        return;
    }
    const std::int64_t blockPixels = std::int64_t(reduction.columns) * reduction.rows;
    const auto columnsAtOnce =
        static_cast<int>(std::clamp<std::int64_t>(stripPixels / blockPixels, 1, window.columns));
    const auto rowsAtOnce = static_cast<int>(
        std::clamp<std::int64_t>(stripPixels / (blockPixels * columnsAtOnce), 1, window.rows));
    std::vector<float> strip;
    for (int row = 0; row < window.rows; row += rowsAtOnce) {
        for (int column = 0; column < window.columns; column += columnsAtOnce) {
            const int columns = std::min(columnsAtOnce, window.columns - column);
            const int rows = std::min(rowsAtOnce, window.rows - row);
            const auto full =
                fullWindow(reduction, {window.column + column, window.row + row, columns, rows});
            strip.resize(static_cast<std::size_t>(full.columns) * static_cast<std::size_t>(full.rows));
            readLevel(band, overview, full, strip.data());
            for (int i = 0; i < columns * rows; ++i) {
                const int x = i % columns * reduction.columns;
                const int y = i / columns * reduction.rows;
                const int width = std::min(reduction.columns, full.columns - x);
                const int height = std::min(reduction.rows, full.rows - y);
                const float* block = strip.data() + static_cast<std::ptrdiff_t>(y) * full.columns + x;
                result[static_cast<std::size_t>(row + i / columns) *
                           static_cast<std::size_t>(window.columns) +
                       static_cast<std::size_t>(column + i % columns)] =
                    reduction.average
                        ? meanOfBlock(block, full.columns, width, height)
                        : block[static_cast<std::ptrdiff_t>(height / 2) * full.columns + width / 2];
            }
        }
    }
}

geo::PixelWindow PixelSource::fullWindow(const Reduction& reduction, const geo::PixelWindow& window) {
    geo::PixelWindow full;
    full.column = window.column * reduction.columns;
    full.row = window.row * reduction.rows;
    full.columns =
        static_cast<int>(std::min<std::int64_t>(
            reduction.level.columns, (std::int64_t(window.column) + window.columns) * reduction.columns)) -
        full.column;
    full.rows = static_cast<int>(std::min<std::int64_t>(
                    reduction.level.rows, (std::int64_t(window.row) + window.rows) * reduction.rows)) -
                full.row;
    return full;
}

float PixelSource::middleOfBlock(int band, const Reduction& reduction, const geo::PixelWindow& block) const {
    geo::PixelWindow part;
    part.columns = std::min(block.columns, reduction.average ? mostAveraged : 1);
    part.rows = std::min(block.rows, reduction.average ? mostAveraged : 1);
    part.column = block.column + (reduction.average ? (block.columns - part.columns) / 2 : block.columns / 2);
    part.row = block.row + (reduction.average ? (block.rows - part.rows) / 2 : block.rows / 2);
    std::vector<float> values(static_cast<std::size_t>(part.columns) * static_cast<std::size_t>(part.rows));
    readLevel(band, reduction.level.overview, part, values.data());
    return meanOfBlock(values.data(), part.columns, part.columns, part.rows);
}

Image<float> resampledOnGrid(const PixelSource& source, const RasterInfo& place, std::span<const int> bands,
                             const geo::Grid& target, Resampling resampling, const std::stop_token& stop) {
    const geo::CoordinateTransform toSource(target.crs, place.crs);
    std::optional<double> wrapFrom;
    if (place.crs.isGeographic()) {
        wrapFrom = place.extent().center().x - 180;
    }
    const TargetMapping mapping(target, *place.geoTransform, &toSource, wrapFrom);
    return resample(source, bands, mapping, target.columns, target.rows, resampling, stop);
}

Image<float> resampledOnGrid(const PixelSource& source, const geo::Grid& sourceGrid,
                             std::span<const int> bands, const geo::Grid& target, Resampling resampling,
                             const std::stop_token& stop) {
    RasterInfo place;
    place.columns = sourceGrid.columns;
    place.rows = sourceGrid.rows;
    place.crs = sourceGrid.crs;
    place.geoTransform = {sourceGrid.left, sourceGrid.pixelSize, 0, sourceGrid.top, 0, -sourceGrid.pixelSize};
    return resampledOnGrid(source, place, bands, target, resampling, stop);
}

} // namespace nunatak::raster
