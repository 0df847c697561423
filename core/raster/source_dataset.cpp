// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/source_dataset.h"

#include "base/error.h"
#include "raster/gdal_messages.h"
#include "raster/pixel_values.h"

#include <cpl_conv.h>
#include <cpl_vsi.h>
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

/// GDAL's six numbers, when they can be turned round: no pixel size of 0, no number that is none.
bool isUsable(const std::array<double, 6>& t) {
    const double determinant = t[1] * t[5] - t[2] * t[4];
    return std::isnormal(determinant) && std::isfinite(1 / determinant) &&
           std::all_of(t.begin(), t.end(), [](double number) { return std::isfinite(number); });
}

/// GDAL asks a server for some forty files that could lie beside a picture, one after the other. Pictures
/// that hold all about themselves are opened without; the user's own setting counts.
class WithoutNeighbours {
public:
    explicit WithoutNeighbours(const std::string& path)
        : m_set(isRemotePath(path) && holdsAll(path) && CPLGetConfigOption(option, nullptr) == nullptr) {
        if (m_set) {
            CPLSetThreadLocalConfigOption(option, "EMPTY_DIR");
        }
    }
    ~WithoutNeighbours() {
        if (m_set) {
            CPLSetThreadLocalConfigOption(option, nullptr);
        }
    }
    WithoutNeighbours(const WithoutNeighbours&) = delete;
    WithoutNeighbours& operator=(const WithoutNeighbours&) = delete;

private:
    static constexpr const char* option = "GDAL_DISABLE_READDIR_ON_OPEN";

    static bool holdsAll(const std::string& path) {
        const std::string extension = CPLGetExtension(path.c_str());
        return std::any_of(wholeFormats.begin(), wholeFormats.end(),
                           [&](const char* format) { return EQUAL(extension.c_str(), format); });
    }
    static constexpr std::array wholeFormats{"tif", "tiff", "jp2"};

    bool m_set;
};

} // namespace

SourceDataset::SourceDataset(const std::string& path) {
    initialiseGdal();
    takeGdalMessage();
    const WithoutNeighbours without(path);
    m_dataset.reset(GDALOpenEx(path.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                               nullptr, nullptr, nullptr));
    if (!m_dataset) {
        throwCannotOpen(path);
    }
    m_layout.info.path = path;
    if (GDALGetRasterCount(m_dataset.get()) == 0) {
        const char* first = GDALGetMetadataItem(m_dataset.get(), "SUBDATASET_1_NAME", "SUBDATASETS");
        throw Error(first != nullptr
                        ? inQuotes(path) + " holds several rasters; name one of them, such as " + first + "."
                        : inQuotes(path) + " holds no raster bands.");
    }
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
        info.bands.push_back(std::move(description));
    }
}

void SourceDataset::readLevel(int band, int overview, const geo::PixelWindow& window, float* values) const {
    takeGdalMessage();
    if (readPart(levelOf(band, overview), window, GDT_Float32, values) != CE_None) {
        throwUnreadable();
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
        GDALRasterBandH thinned = levelOf(band, overview);
        mask = overviewOfSize(mask, GDALGetRasterBandXSize(thinned), GDALGetRasterBandYSize(thinned));
    }
    std::vector<unsigned char> valid(static_cast<std::size_t>(window.columns) *
                                     static_cast<std::size_t>(window.rows));
    if (readPart(mask, window, GDT_Byte, valid.data()) != CE_None) {
        throwUnreadable();
    }
    for (std::size_t i = 0; i < valid.size(); ++i) {
        if (valid[i] == 0) {
            values[i] = nothing;
        }
    }
}

void SourceDataset::readBlock(const FileLayout& layout, const BlockKey& key, void* pixels) const {
    const auto window = layout.windowOf(key);
    const auto type = layout.planes.at(key.plane).type;
    takeGdalMessage();
    CPLErr failed = CE_None;
    if (key.plane == FileLayout::allBands) {
        GDALDatasetH level = m_dataset.get();
        if (key.level > 0) {
            // In most formats the overviews of all bands are a dataset of their own.
            GDALRasterBandH overview = GDALGetOverview(GDALGetRasterBand(level, 1), key.level - 1);
            level = overview != nullptr ? GDALGetBandDataset(overview) : nullptr;
        }
        const int bands = layout.planes.at(key.plane).bands;
        const LevelLayout& size = layout.levelOf(key);
        if (level != nullptr && GDALGetRasterCount(level) == bands &&
            GDALGetRasterXSize(level) == size.columns && GDALGetRasterYSize(level) == size.rows) {
            failed =
                GDALDatasetRasterIO(level, GF_Read, window.column, window.row, window.columns, window.rows,
                                    pixels, window.columns, window.rows, type, bands, nullptr, 0, 0, 0);
        } else {
            const auto bytes = layout.bytesOf(key) / static_cast<std::size_t>(bands);
            for (int band = 1; band <= bands && failed == CE_None; ++band) {
                failed = readPart(levelOf(band, key.level - 1), window, type,
                                  static_cast<unsigned char*>(pixels) + bytes * std::size_t(band - 1));
            }
        }
    } else if (key.plane > 0) {
        failed = readPart(levelOf(key.plane, key.level - 1), window, type, pixels);
    } else {
        GDALRasterBandH mask = GDALGetMaskBand(GDALGetRasterBand(m_dataset.get(), -key.plane));
        failed = readPart(key.level > 0 ? GDALGetOverview(mask, key.level - 1) : mask, window, type, pixels);
    }
    if (failed != CE_None) {
        throwUnreadable();
    }
}

GDALRasterBandH SourceDataset::levelOf(int band, int overview) const {
    GDALRasterBandH full = GDALGetRasterBand(m_dataset.get(), band);
    return overview >= 0 ? GDALGetOverview(full, overview) : full;
}

CPLErr SourceDataset::readPart(GDALRasterBandH band, const geo::PixelWindow& window, GDALDataType type,
                               void* pixels) {
    if (band == nullptr) {
        return CE_Failure;
    }
    return GDALRasterIO(band, GF_Read, window.column, window.row, window.columns, window.rows, pixels,
                        window.columns, window.rows, type, 0, 0);
}

void SourceDataset::throwUnreadable() const {
    throw Error("The raster " + inQuotes(info().path) + " cannot be read to its end" + gdalReason() +
                "; it may be truncated: copy it again.");
}

} // namespace nunatak::raster
