// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/virtual_gaps.h"

#include "raster/dataset_handle.h"
#include "raster/file_layout.h"
#include "raster/gdal_messages.h"

#include <algorithm>
#include <cstring>

namespace nunatak::raster {

double shareOfGaps(const std::string& path, const geo::PixelWindow& window) {
    const DatasetHandle dataset = openDataset(path);
    GDALRasterBandH band = GDALGetRasterBand(dataset.get(), 1);
    int isDeclared = 0;
    GDALGetRasterNoDataValue(band, &isDeclared);
    if (std::strcmp(GDALGetDriverShortName(GDALGetDatasetDriver(dataset.get())), "VRT") != 0 ||
        isDeclared != 0 || hasMask(band)) {
        return 0;
    }
    const int left = std::clamp(window.column, 0, GDALGetRasterXSize(dataset.get()));
    const int top = std::clamp(window.row, 0, GDALGetRasterYSize(dataset.get()));
    const int columns = std::min(window.column + window.columns, GDALGetRasterXSize(dataset.get())) - left;
    const int rows = std::min(window.row + window.rows, GDALGetRasterYSize(dataset.get())) - top;
    if (columns <= 0 || rows <= 0) {
        return 0;
    }
    double percent = 100;
    const int status = GDALGetDataCoverageStatus(band, left, top, columns, rows, 0, &percent);
    takeGdalMessage();
    return (status & GDAL_DATA_COVERAGE_STATUS_UNIMPLEMENTED) != 0 ? 0 : 1 - percent / 100;
}

} // namespace nunatak::raster
