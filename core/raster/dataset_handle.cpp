// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/dataset_handle.h"

#include "base/error.h"
#include "base/held_file.h"
#include "raster/file_layout.h"
#include "raster/gdal_messages.h"
#include "raster/plain_file.h"
#include "raster/raster_reader.h"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace nunatak::raster {

namespace {

constexpr const char* neighbourOption = "GDAL_DISABLE_READDIR_ON_OPEN";
constexpr std::array wholeFormats{"tif", "tiff", "jp2"};

std::string inQuotes(const std::string& path) {
    return "\"" + path + "\"";
}

[[noreturn]] void throwCannotOpen(const std::string& path) {
    const std::string reason = gdalReason();
    VSIStatBufL status;
    if (VSIStatL(path.c_str(), &status) != 0) {
        throw Error("The raster " + inQuotes(path) + " does not exist; check the path.");
    }
    if (VSI_ISDIR(status.st_mode)) {
        throw Error(inQuotes(path) + " is a folder and no raster that can be read; give a file in it.");
    }
    if (status.st_size == 0) {
        throw Error("The raster " + inQuotes(path) + " is empty; copy it again.");
    }
    throw Error(inQuotes(path) + " is not a raster that can be read, or is cut off" + reason +
                "; check the file or copy it again.");
}

} // namespace

DatasetHandle openContainer(const std::string& path) {
    throwIfDevice(path);
    throwIfHeldHere(path);
    initialiseGdal();
    takeGdalMessage();
    const WithoutNeighbours without(WithoutNeighbours::holdsAll(path));
    DatasetHandle dataset(GDALOpenEx(path.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                                     nullptr, nullptr, nullptr));
    if (!dataset) {
        throwCannotOpen(path);
    }
    return dataset;
}

namespace {

/// HDF5:"file"://group/variable as NETCDF:"file":/group/variable; empty for other paths.
std::string asNetCdf(const std::string& path) {
    constexpr std::string_view prefix = "HDF5:";
    const auto variable = path.rfind("://");
    return path.starts_with(prefix) && variable != std::string::npos
               ? "NETCDF:" + path.substr(prefix.size(), variable - prefix.size()) + ":" +
                     path.substr(variable + 2)
               : std::string();
}

/// GDAL's HDF5 driver knows no coordinate variables. Where a file has some, as NISAR's products do, the
/// netCDF driver reads the same pixels with their place.
DatasetHandle withItsPlace(DatasetHandle dataset, const std::string& path) {
    std::array<double, 6> transform{};
    const std::string other = asNetCdf(path);
    if (other.empty() || GDALGetGeoTransform(dataset.get(), transform.data()) == CE_None) {
        return dataset;
    }
    DatasetHandle placed(
        GDALOpenEx(other.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY, nullptr, nullptr, nullptr));
    takeGdalMessage();
    const bool same = placed && GDALGetRasterCount(placed.get()) == GDALGetRasterCount(dataset.get()) &&
                      GDALGetRasterXSize(placed.get()) == GDALGetRasterXSize(dataset.get()) &&
                      GDALGetRasterYSize(placed.get()) == GDALGetRasterYSize(dataset.get()) &&
                      GDALGetGeoTransform(placed.get(), transform.data()) == CE_None;
    return same ? std::move(placed) : std::move(dataset);
}

} // namespace

DatasetHandle openDataset(const std::string& path) {
    auto dataset = withItsPlace(openContainer(path), path);
    if (GDALGetRasterCount(dataset.get()) == 0) {
        // The netCDF driver gives these as a list alone, not one by one.
        const char* first =
            CSLFetchNameValue(GDALGetMetadata(dataset.get(), "SUBDATASETS"), "SUBDATASET_1_NAME");
        throw Error(first != nullptr
                        ? inQuotes(path) + " holds several rasters; name one of them, such as " + first + "."
                        : inQuotes(path) + " holds no raster bands.");
    }
    return dataset;
}

GDALRasterBandH bandOf(const DatasetHandle& dataset, int band, int overview) {
    GDALRasterBandH full = GDALGetRasterBand(dataset.get(), band);
    return overview >= 0 ? GDALGetOverview(full, overview) : full;
}

bool readPixels(GDALRasterBandH band, const geo::PixelWindow& window, GDALDataType type, void* pixels) {
    return band != nullptr &&
           GDALRasterIO(band, GF_Read, window.column, window.row, window.columns, window.rows, pixels,
                        window.columns, window.rows, type, 0, 0) == CE_None;
}

void throwUnreadable(const std::string& path) {
    throw Error("The raster " + inQuotes(path) + " cannot be read to its end" + gdalReason() +
                "; it may be truncated: copy it again.");
}

WithoutNeighbours::WithoutNeighbours(bool wanted)
    : m_set(wanted && CPLGetConfigOption(neighbourOption, nullptr) == nullptr) {
    if (m_set) {
        CPLSetThreadLocalConfigOption(neighbourOption, "EMPTY_DIR");
    }
}

WithoutNeighbours::~WithoutNeighbours() {
    if (m_set) {
        CPLSetThreadLocalConfigOption(neighbourOption, nullptr);
    }
}

bool WithoutNeighbours::holdsAll(const std::string& path) {
    const std::string extension = CPLGetExtension(path.c_str());
    return isRemotePath(path) &&
           std::any_of(wholeFormats.begin(), wholeFormats.end(),
                       [&](const char* format) { return EQUAL(extension.c_str(), format); });
}

} // namespace nunatak::raster
