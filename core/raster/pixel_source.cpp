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
/// Pixels of all bands looked at at once while a level is thinned out.
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

/// `part` of the values, `stride` of them to a row, from the pixels of the level under it.
void thinOut(const float* pixels, const geo::PixelWindow& full, const Reduction& reduction,
             const geo::PixelWindow& part, float* values, int stride) {
    for (int i = 0; i < part.columns * part.rows; ++i) {
        const int x = i % part.columns * reduction.columns;
        const int y = i / part.columns * reduction.rows;
        const int width = std::min(reduction.columns, full.columns - x);
        const int height = std::min(reduction.rows, full.rows - y);
        const float* block = pixels + static_cast<std::ptrdiff_t>(y) * full.columns + x;
        values[static_cast<std::ptrdiff_t>(part.row + i / part.columns) * stride + part.column +
               i % part.columns] =
            reduction.average ? meanOfBlock(block, full.columns, width, height)
                              : block[static_cast<std::ptrdiff_t>(height / 2) * full.columns + width / 2];
    }
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
                       float* values) const {
    const int bands[] = {band};
    read(bands, reduction, window, values);
}

void PixelSource::read(std::span<const int> bands, const Reduction& reduction, const geo::PixelWindow& window,
                       float* values) const {
    const int overview = reduction.level.overview;
    const std::ptrdiff_t bandSize = std::ptrdiff_t(window.columns) * window.rows;
    if (reduction.columns == 1 && reduction.rows == 1) {
        for (const int band : bands) {
            readLevel(band, overview, window, values);
            values += bandSize;
        }
        return;
    }
    if (reduction.columns > mostAveraged || reduction.rows > mostAveraged) {
        for (int place = 0; place < bandSize; ++place) {
            const auto block = fullWindow(reduction, {window.column + place % window.columns,
                                                      window.row + place / window.columns, 1, 1});
            for (std::size_t i = 0; i < bands.size(); ++i) {
                values[static_cast<std::ptrdiff_t>(i) * bandSize + place] =
                    middleOfBlock(bands[i], reduction, block);
            }
        }
        return;
    }
    if (reduction.sparse) {
        readSparse(bands, reduction, window, values);
        return;
    }
    // Blocks of all bands under a strip have to stay until the last band is read.
    const std::int64_t blockPixels =
        std::int64_t(reduction.columns) * reduction.rows * static_cast<std::int64_t>(bands.size());
    const auto columnsAtOnce =
        static_cast<int>(std::clamp<std::int64_t>(stripPixels / blockPixels, 1, window.columns));
    const auto rowsAtOnce = static_cast<int>(
        std::clamp<std::int64_t>(stripPixels / (blockPixels * columnsAtOnce), 1, window.rows));
    std::vector<float> strip;
    for (int row = 0; row < window.rows; row += rowsAtOnce) {
        for (int column = 0; column < window.columns; column += columnsAtOnce) {
            const geo::PixelWindow part{column, row, std::min(columnsAtOnce, window.columns - column),
                                        std::min(rowsAtOnce, window.rows - row)};
            const auto full =
                fullWindow(reduction, {window.column + column, window.row + row, part.columns, part.rows});
            strip.resize(static_cast<std::size_t>(full.columns) * static_cast<std::size_t>(full.rows));
            for (std::size_t i = 0; i < bands.size(); ++i) {
                readLevel(bands[i], overview, full, strip.data());
                thinOut(strip.data(), full, reduction, part,
                        values + static_cast<std::ptrdiff_t>(i) * bandSize, window.columns);
            }
        }
    }
}

void PixelSource::readSparse(std::span<const int> bands, const Reduction& reduction,
                             const geo::PixelWindow& window, float* values) const {
    const std::ptrdiff_t bandSize = std::ptrdiff_t(window.columns) * window.rows;
    auto line = reduction;
    line.rows = 1;
    std::vector<float> pixels;
    for (int row = 0; row < window.rows; ++row) {
        const auto full = middleRow(reduction, window, row);
        pixels.resize(static_cast<std::size_t>(full.columns));
        for (std::size_t i = 0; i < bands.size(); ++i) {
            readLevel(bands[i], reduction.level.overview, full, pixels.data());
            thinOut(pixels.data(), full, line, {0, row, window.columns, 1},
                    values + static_cast<std::ptrdiff_t>(i) * bandSize, window.columns);
        }
    }
}

geo::PixelWindow PixelSource::middleRow(const Reduction& reduction, const geo::PixelWindow& window, int row) {
    auto full = fullWindow(reduction, {window.column, window.row + row, window.columns, 1});
    full.row += full.rows / 2;
    full.rows = 1;
    return full;
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
