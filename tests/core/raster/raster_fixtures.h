// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "raster/raster_reader.h"

#include <cmath>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <functional>
#include <optional>
#include <random>
#include <string>

#include <gdal.h>
#include <ogr_srs_api.h>

namespace nunatak::tests {

/// A GeoTIFF as other programs make them, written with GDAL itself and not with our writer.
struct TiffFixture {
    int columns = 0;
    int rows = 0;
    int bands = 1;
    GDALDataType type = GDT_Float32;
    std::string crs = "EPSG:32632"; ///< empty: none
    std::array<double, 6> transform{600000, 30, 0, 5200000, 0, -30};
    bool hasTransform = true;
    std::optional<double> noData = std::nullopt;
    /// Value of a pixel (band from 1, column, row).
    std::function<double(int, int, int)> value = [](int, int, int) { return 0; };
    /// Called before the file is closed.
    std::function<void(GDALDatasetH)> finish = [](GDALDatasetH) {};
    std::vector<std::string> options = {};
};

inline std::string writeTiff(const std::filesystem::path& path, const TiffFixture& fixture) {
    raster::initialiseGdal();
    std::vector<const char*> options;
    for (const std::string& option : fixture.options) {
        options.push_back(option.c_str());
    }
    options.push_back(nullptr);
    GDALDatasetH dataset = GDALCreate(GDALGetDriverByName("GTiff"), path.c_str(), fixture.columns,
                                      fixture.rows, fixture.bands, fixture.type, options.data());
    std::array<double, 6> transform = fixture.transform;
    if (fixture.hasTransform) {
        GDALSetGeoTransform(dataset, transform.data());
    }
    if (!fixture.crs.empty()) {
        OGRSpatialReferenceH system = OSRNewSpatialReference(nullptr);
        OSRSetFromUserInput(system, fixture.crs.c_str());
        OSRSetAxisMappingStrategy(system, OAMS_TRADITIONAL_GIS_ORDER);
        GDALSetSpatialRef(dataset, system);
        OSRDestroySpatialReference(system);
    }
    for (int band = 1; band <= fixture.bands; ++band) {
        GDALRasterBandH handle = GDALGetRasterBand(dataset, band);
        if (fixture.noData) {
            GDALSetRasterNoDataValue(handle, *fixture.noData);
        }
        std::vector<double> line(static_cast<std::size_t>(fixture.columns));
        for (int row = 0; row < fixture.rows; ++row) {
            for (int column = 0; column < fixture.columns; ++column) {
                line[static_cast<std::size_t>(column)] = fixture.value(band, column, row);
            }
            if (GDALRasterIO(handle, GF_Write, 0, row, fixture.columns, 1, line.data(), fixture.columns, 1,
                             GDT_Float64, 0, 0) != CE_None) {
                throw std::runtime_error("the fixture cannot be written");
            }
        }
    }
    fixture.finish(dataset);
    GDALClose(dataset);
    return path.string();
}

/// The same bits, NaN included.
inline bool same(float a, float b) {
    return std::memcmp(&a, &b, sizeof(float)) == 0 || (std::isnan(a) && std::isnan(b));
}

/// Reproducible noise in 0..1.
inline double noise(int band, int column, int row) {
    std::uint32_t h = static_cast<std::uint32_t>(band) * 73856093u ^
                      static_cast<std::uint32_t>(column) * 19349663u ^
                      static_cast<std::uint32_t>(row) * 83492791u;
    h ^= h >> 13;
    h *= 0x5bd1e995u;
    h ^= h >> 15;
    return static_cast<double>(h % 10007u) / 10007.0;
}

} // namespace nunatak::tests
