// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/source_dataset.h"

#include "base/error.h"
#include "raster/gdal_messages.h"

#include <cpl_conv.h>
#include <cpl_vsi.h>
#include <gdal.h>
#include <ogr_srs_api.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

namespace nunatak::raster {

namespace {

constexpr float nothing = std::numeric_limits<float>::quiet_NaN();

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

using SpatialReference =
    std::unique_ptr<std::remove_pointer_t<OGRSpatialReferenceH>, void (*)(OGRSpatialReferenceH)>;

/// The place of a pixel on the map is one thing, what its heights count from another.
void takeHeightSystem(OGRSpatialReferenceH system, RasterInfo& info) {
    if (OSRIsCompound(system) != 0) {
        if (const char* name = OSRGetAttrValue(system, "VERT_CS", 0)) {
            info.heightSystem = name;
        }
        info.metresPerHeight = OSRGetTargetLinearUnits(system, "VERT_CS", nullptr);
        OSRStripVertical(system);
    } else if (OSRIsGeographic(system) != 0 && OSRGetAxesCount(system) == 3) {
        info.heightSystem = "ellipsoidal height";
        OSRDemoteTo2D(system, nullptr);
    }
}

geo::Crs crsOf(GDALDatasetH dataset, const std::string& path, RasterInfo& info) {
    OGRSpatialReferenceH stored = GDALGetSpatialRef(dataset);
    if (stored == nullptr) {
        return {};
    }
    const SpatialReference copy(OSRClone(stored), &OSRDestroySpatialReference);
    OGRSpatialReferenceH system = copy.get();
    takeHeightSystem(system, info);
    const char* const options[] = {"FORMAT=WKT2_2019", nullptr};
    char* wkt = nullptr;
    const OGRErr failed = OSRExportToWktEx(system, &wkt, options);
    const std::string text = wkt != nullptr ? wkt : "";
    CPLFree(wkt);
    if (failed != OGRERR_NONE || text.empty()) {
        return {};
    }
    try {
        return geo::Crs::fromUserInput(text);
    } catch (const Error& error) {
        throw Error("The coordinate system of " + inQuotes(path) + " cannot be used: " + error.what());
    }
}

std::optional<double> noDataOf(GDALRasterBandH band) {
    int given = 0;
    const double value = GDALGetRasterNoDataValue(band, &given);
    if (given != 0) {
        return value;
    }
    return std::nullopt;
}

/// An alpha band, or a mask beside the pixels: no-data values are looked for by ourselves, on any level.
bool hasMask(GDALRasterBandH band) {
    const int flags = GDALGetMaskFlags(band);
    return (flags & (GMF_ALL_VALID | GMF_NODATA)) == 0;
}

/// What SRTM and many others put into voids, declared or not; no height and no reflectance is ever that
/// number.
bool isUsualVoid(float value) {
    return value == -32768 || value == -9999;
}

GDALRasterBandH overviewOfSize(GDALRasterBandH band, int columns, int rows) {
    for (int i = 0; i < GDALGetOverviewCount(band); ++i) {
        GDALRasterBandH overview = GDALGetOverview(band, i);
        if (overview != nullptr && GDALGetRasterBandXSize(overview) == columns &&
            GDALGetRasterBandYSize(overview) == rows) {
            return overview;
        }
    }
    return nullptr;
}

} // namespace

SourceDataset::SourceDataset(const std::string& path) {
    initialiseGdal();
    takeGdalMessage();
    m_dataset.reset(GDALOpenEx(path.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                               nullptr, nullptr, nullptr));
    if (!m_dataset) {
        throwCannotOpen(path);
    }
    m_info.path = path;
    if (GDALGetRasterCount(m_dataset.get()) == 0) {
        const char* first = GDALGetMetadataItem(m_dataset.get(), "SUBDATASET_1_NAME", "SUBDATASETS");
        throw Error(first != nullptr
                        ? inQuotes(path) + " holds several rasters; name one of them, such as " + first + "."
                        : inQuotes(path) + " holds no raster bands.");
    }
    describe();
    takeGdalMessage();
}

void SourceDataset::describe() {
    GDALDatasetH dataset = m_dataset.get();
    m_info.columns = GDALGetRasterXSize(dataset);
    m_info.rows = GDALGetRasterYSize(dataset);
    for (char** item = GDALGetMetadata(dataset, nullptr); item != nullptr && *item != nullptr; ++item) {
        const std::string text = *item;
        if (const auto equals = text.find('='); equals != std::string::npos) {
            m_info.metadata[text.substr(0, equals)] = text.substr(equals + 1);
        }
    }
    std::array<double, 6> transform{};
    if (GDALGetGeoTransform(dataset, transform.data()) == CE_None &&
        transform[1] * transform[5] - transform[2] * transform[4] != 0) {
        m_info.geoTransform = transform;
    }
    m_info.crs = crsOf(dataset, m_info.path, m_info);
    for (int number = 1; number <= GDALGetRasterCount(dataset); ++number) {
        GDALRasterBandH band = GDALGetRasterBand(dataset, number);
        BandInfo description;
        description.description = GDALGetDescription(band);
        description.colorInterpretation =
            GDALGetColorInterpretationName(GDALGetRasterColorInterpretation(band));
        description.dataType = GDALGetDataTypeName(GDALGetRasterDataType(band));
        description.noData = noDataOf(band);
        int given = 0;
        const double scale = GDALGetRasterScale(band, &given);
        description.scale = given != 0 && scale != 0 ? scale : 1;
        const double offset = GDALGetRasterOffset(band, &given);
        description.offset = given != 0 ? offset : 0;
        description.unit = GDALGetRasterUnitType(band);
        m_info.bands.push_back(std::move(description));
    }
}

void SourceDataset::checkBands(std::span<const int> bands) const {
    for (const int band : bands) {
        if (band < 1 || static_cast<std::size_t>(band) > m_info.bands.size()) {
            throw Error(inQuotes(m_info.path) + " has no band " + std::to_string(band) + "; it has " +
                        std::to_string(m_info.bands.size()) + ".");
        }
    }
}

Level SourceDataset::levelFor(int band, double columnsPerPixel, double rowsPerPixel) const {
    GDALRasterBandH full = GDALGetRasterBand(m_dataset.get(), band);
    Level best = fullLevel();
    for (int i = 0; i < GDALGetOverviewCount(full); ++i) {
        GDALRasterBandH overview = GDALGetOverview(full, i);
        if (overview == nullptr) {
            continue;
        }
        Level level{i, GDALGetRasterBandXSize(overview), GDALGetRasterBandYSize(overview), 1, 1};
        level.columnScale = static_cast<double>(m_info.columns) / level.columns;
        level.rowScale = static_cast<double>(m_info.rows) / level.rows;
        const bool fineEnough =
            level.columnScale <= columnsPerPixel * 1.001 && level.rowScale <= rowsPerPixel * 1.001;
        const bool maskToo =
            !hasMask(full) || overviewOfSize(GDALGetMaskBand(full), level.columns, level.rows) != nullptr;
        if (fineEnough && maskToo && level.columnScale > best.columnScale) {
            best = level;
        }
    }
    return best;
}

void SourceDataset::readLevel(int band, int overview, const geo::PixelWindow& window, float* values) const {
    GDALRasterBandH source = GDALGetRasterBand(m_dataset.get(), band);
    if (overview >= 0) {
        source = GDALGetOverview(source, overview);
    }
    takeGdalMessage();
    if (source == nullptr ||
        GDALRasterIO(source, GF_Read, window.column, window.row, window.columns, window.rows, values,
                     window.columns, window.rows, GDT_Float32, 0, 0) != CE_None) {
        throwUnreadable();
    }
    toValues(band, values, static_cast<std::size_t>(window.columns) * static_cast<std::size_t>(window.rows));
    if (hasMask(GDALGetRasterBand(m_dataset.get(), band))) {
        applyMask(band, overview, window, values);
    }
}

void SourceDataset::applyMask(int band, int overview, const geo::PixelWindow& window, float* values) const {
    GDALRasterBandH full = GDALGetRasterBand(m_dataset.get(), band);
    GDALRasterBandH mask = GDALGetMaskBand(full);
    if (overview >= 0) {
        GDALRasterBandH thinned = GDALGetOverview(full, overview);
        mask = overviewOfSize(mask, GDALGetRasterBandXSize(thinned), GDALGetRasterBandYSize(thinned));
    }
    std::vector<unsigned char> valid(static_cast<std::size_t>(window.columns) *
                                     static_cast<std::size_t>(window.rows));
    if (mask == nullptr ||
        GDALRasterIO(mask, GF_Read, window.column, window.row, window.columns, window.rows, valid.data(),
                     window.columns, window.rows, GDT_Byte, 0, 0) != CE_None) {
        throwUnreadable();
    }
    for (std::size_t i = 0; i < valid.size(); ++i) {
        if (valid[i] == 0) {
            values[i] = nothing;
        }
    }
}

void SourceDataset::toValues(int band, float* values, std::size_t count) const {
    const BandInfo& info = m_info.bands[static_cast<std::size_t>(band) - 1];
    const float noData = info.noData ? static_cast<float>(*info.noData) : nothing;
    // Nothing measured is that large: lowest floats that some programs write for no data without declaring
    // it.
    constexpr float absurd = 1e30F;
    const bool undeclared = !info.noData && info.dataType != "Byte" && info.dataType != "UInt16";
    const bool scaled = info.scale != 1 || info.offset != 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (values[i] == noData || (undeclared && isUsualVoid(values[i])) ||
            !(std::abs(values[i]) < absurd)) {
            values[i] = nothing;
        } else if (scaled) {
            values[i] = static_cast<float>(values[i] * info.scale + info.offset);
        }
    }
}

void SourceDataset::throwUnreadable() const {
    throw Error("The raster " + inQuotes(m_info.path) + " cannot be read to its end" + gdalReason() +
                "; it may be truncated: copy it again.");
}

} // namespace nunatak::raster
