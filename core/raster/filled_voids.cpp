// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/filled_voids.h"

#include "base/error.h"
#include "raster/gdal_messages.h"

#include <gdal.h>
#include <gdal_alg.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace nunatak::raster {

namespace {

using Dataset = std::unique_ptr<void, void (*)(void*)>;

Dataset inMemory(int columns, int rows, GDALDataType type) {
    Dataset dataset(GDALCreate(GDALGetDriverByName("MEM"), "", columns, rows, 1, type, nullptr),
                    [](void* handle) { GDALClose(handle); });
    if (!dataset) {
        throw Error("There is not enough memory to fill the voids of an elevation model" + gdalReason() +
                    ".");
    }
    return dataset;
}

void transfer(GDALDatasetH dataset, GDALRWFlag direction, void* values, int columns, int rows,
              GDALDataType type) {
    if (GDALRasterIO(GDALGetRasterBand(dataset, 1), direction, 0, 0, columns, rows, values, columns, rows,
                     type, 0, 0) != CE_None) {
        throw Error("The voids of an elevation model cannot be filled" + gdalReason() + ".");
    }
}

/// What a pixel holds that no other was near enough to fill; no height is that number, while 0 is one: the
/// sea's.
constexpr float unfilled = -3e38F;

void fill(Image<float>& image) {
    const int columns = image.columns();
    const int rows = image.rows();
    std::vector<unsigned char> valid(image.bandSize());
    std::vector<float> values = image.values();
    for (std::size_t i = 0; i < valid.size(); ++i) {
        valid[i] = std::isnan(values[i]) ? 0 : 255;
        values[i] = std::isnan(values[i]) ? unfilled : values[i];
    }
    if (std::find(valid.begin(), valid.end(), 255) == valid.end()) {
        return;
    }
    const Dataset heights = inMemory(columns, rows, GDT_Float32);
    const Dataset mask = inMemory(columns, rows, GDT_Byte);
    transfer(heights.get(), GF_Write, values.data(), columns, rows, GDT_Float32);
    transfer(mask.get(), GF_Write, valid.data(), columns, rows, GDT_Byte);
    // Its work files go to memory, not into the folder the program was started in.
    const char* const options[] = {"TEMP_FILE_DRIVER=MEM", nullptr};
    if (GDALFillNodata(GDALGetRasterBand(heights.get(), 1), GDALGetRasterBand(mask.get(), 1),
                       FilledVoids::reach, 0, 0, const_cast<char**>(options), nullptr, nullptr) != CE_None) {
        throw Error("The voids of an elevation model cannot be filled" + gdalReason() + ".");
    }
    transfer(heights.get(), GF_Read, values.data(), columns, rows, GDT_Float32);
    for (std::size_t i = 0; i < valid.size(); ++i) {
        if (valid[i] == 0 && values[i] != unfilled) {
            image.values()[i] = values[i];
        }
    }
}

} // namespace

void FilledVoids::readLevel(int band, int, const geo::PixelWindow& window, float* values) const {
    const Reduction none{m_source.fullLevel(), 1, 1, true};
    m_source.read(band, none, window, values);
    const std::ptrdiff_t count = std::ptrdiff_t(window.columns) * window.rows;
    if (std::none_of(values, values + count, [](float v) { return std::isnan(v); })) {
        return;
    }
    const int left = std::max(0, window.column - reach - 1);
    const int top = std::max(0, window.row - reach - 1);
    const int right = std::min(columns(), window.column + window.columns + reach + 1);
    const int bottom = std::min(rows(), window.row + window.rows + reach + 1);
    Image<float> wide(1, bottom - top, right - left);
    m_source.read(band, none, {left, top, right - left, bottom - top}, wide.band(0));
    fill(wide);
    for (int r = 0; r < window.rows; ++r) {
        std::copy_n(wide.row(0, window.row + r - top) + (window.column - left), window.columns,
                    values + static_cast<std::ptrdiff_t>(r) * window.columns);
    }
}

} // namespace nunatak::raster
