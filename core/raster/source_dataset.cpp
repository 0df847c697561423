// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/source_dataset.h"

#include "base/error.h"
#include "raster/gdal_messages.h"
#include "raster/pixel_values.h"
#include "raster/raster_view.h"

#include <cpl_conv.h>
#include <gdal.h>
#include <ogr_srs_api.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <type_traits>

namespace nunatak::raster {

namespace {

constexpr float nothing = std::numeric_limits<float>::quiet_NaN();

std::string inQuotes(const std::string& path) {
    return "\"" + path + "\"";
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

/// As our own views say it.
PowerScale powerScaleOf(GDALRasterBandH band) {
    const char* said = GDALGetMetadataItem(band, powerScaleItem, nullptr);
    const std::string text = said != nullptr ? said : "";
    return text == powerScaleText(PowerScale::Decibels)    ? PowerScale::Decibels
           : text == powerScaleText(PowerScale::Amplitude) ? PowerScale::Amplitude
                                                           : PowerScale::Linear;
}

/// GDAL's six numbers, when they can be turned round: no pixel size of 0, no number that is none.
bool isUsable(const std::array<double, 6>& t) {
    const double determinant = t[1] * t[5] - t[2] * t[4];
    return std::isnormal(determinant) && std::isfinite(1 / determinant) &&
           std::all_of(t.begin(), t.end(), [](double number) { return std::isfinite(number); });
}

} // namespace

SourceDataset::SourceDataset(const std::string& path) : m_tiles(path), m_dataset(openDataset(path)) {
    m_tiles.describe(m_dataset.get());
    m_layout.info.path = path;
    describe();
    m_layout = layoutOf(m_dataset.get(), std::move(m_layout.info));
    takeGdalMessage();
}

void SourceDataset::describe() {
    GDALDatasetH dataset = m_dataset.get();
    RasterInfo& info = m_layout.info;
    info.columns = GDALGetRasterXSize(dataset);
    info.rows = GDALGetRasterYSize(dataset);
    for (char** item = GDALGetMetadata(dataset, nullptr); item != nullptr && *item != nullptr; ++item) {
        const std::string text = *item;
        if (const auto equals = text.find('='); equals != std::string::npos) {
            info.metadata[text.substr(0, equals)] = text.substr(equals + 1);
        }
    }
    std::array<double, 6> transform{};
    if (GDALGetGeoTransform(dataset, transform.data()) == CE_None && isUsable(transform)) {
        info.geoTransform = transform;
    }
    info.crs = crsOf(dataset, info.path, info);
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
        description.scale = given != 0 && scale != 0 && std::isfinite(scale) ? scale : 1;
        const double offset = GDALGetRasterOffset(band, &given);
        description.offset = given != 0 && std::isfinite(offset) ? offset : 0;
        description.unit = GDALGetRasterUnitType(band);
        description.hasMask = hasMask(band);
        description.usualVoids = GDALGetMetadataItem(band, usualVoidsItem, nullptr) != nullptr;
        description.power = powerScaleOf(band);
        info.bands.push_back(std::move(description));
    }
}

void SourceDataset::readLevel(int band, int overview, const geo::PixelWindow& window, float* values) const {
    takeGdalMessage();
    const WithoutNeighbours without(m_layout.holdsAll);
    if ((overview >= 0 || !m_tiles.read(window, values)) &&
        !readPixels(bandOf(m_dataset, band, overview), window, GDT_Float32, values)) {
        throwUnreadable(info().path);
    }
    toValues(info().bands[static_cast<std::size_t>(band) - 1], values,
             static_cast<std::size_t>(window.columns) * static_cast<std::size_t>(window.rows));
    if (m_layout.masks.contains(band)) {
        applyMask(band, overview, window, values);
    }
}

void SourceDataset::applyMask(int band, int overview, const geo::PixelWindow& window, float* values) const {
    GDALRasterBandH full = GDALGetRasterBand(m_dataset.get(), band);
    GDALRasterBandH mask = GDALGetMaskBand(full);
    if (overview >= 0) {
        GDALRasterBandH thinned = bandOf(m_dataset, band, overview);
        mask = overviewOfSize(mask, GDALGetRasterBandXSize(thinned), GDALGetRasterBandYSize(thinned));
    }
    std::vector<unsigned char> valid(static_cast<std::size_t>(window.columns) *
                                     static_cast<std::size_t>(window.rows));
    if (!readPixels(mask, window, GDT_Byte, valid.data())) {
        throwUnreadable(info().path);
    }
    for (std::size_t i = 0; i < valid.size(); ++i) {
        if (valid[i] == 0) {
            values[i] = nothing;
        }
    }
}

} // namespace nunatak::raster
