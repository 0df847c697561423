// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/raster_writer.h"

#include "base/error.h"
#include "base/staging_folder.h"
#include "base/whole_file.h"
#include "raster/gdal_messages.h"
#include "raster/raster_reader.h"

#include <cpl_string.h>
#include <gdal.h>
#include <ogr_srs_api.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace nunatak::raster {

namespace {

/// An overview is made as long as the next coarser one is larger than a screen's tile.
constexpr int smallestOverview = 256;

GDALDataType gdalType(PixelType type) {
    switch (type) {
    case PixelType::UInt8:
        return GDT_Byte;
    case PixelType::UInt16:
        return GDT_UInt16;
    case PixelType::Float32:
        break;
    }
    return GDT_Float32;
}

double largest(PixelType type) {
    return type == PixelType::UInt8 ? 255 : 65535;
}

struct OptionList {
    char** list = nullptr;
    ~OptionList() { CSLDestroy(list); }
    void set(const char* name, const char* value) { list = CSLSetNameValue(list, name, value); }
};

void setCrs(GDALDatasetH dataset, const geo::Crs& crs) {
    OGRSpatialReferenceH system = OSRNewSpatialReference(crs.wkt().c_str());
    OSRSetAxisMappingStrategy(system, OAMS_TRADITIONAL_GIS_ORDER);
    GDALSetSpatialRef(dataset, system);
    OSRDestroySpatialReference(system);
}

} // namespace

struct RasterWriter::Impl {
    std::filesystem::path path;
    RasterLayout layout;
    Claim claim;
    std::optional<StagingFolder> staging;
    std::filesystem::path temporary;
    GDALDatasetH dataset = nullptr;

    ~Impl() {
        if (dataset != nullptr) {
            GDALClose(dataset);
        }
        takeGdalMessage();
    }

    [[noreturn]] void fail(const std::string& what) const {
        throw Error("The raster \"" + path.string() + "\" cannot be " + what + gdalReason() +
                    "; is the disk full or the folder not writable?");
    }

    void create();
    void describeBands() const;
    void buildOverviews() const;
    void orderForCloud();
    std::vector<float> stored(const float* values, std::size_t count) const;
};

void RasterWriter::Impl::create() {
    const geo::Grid& grid = layout.grid;
    if (grid.columns <= 0 || grid.rows <= 0 || layout.bandNames.empty()) {
        throw Error("The raster \"" + path.string() + "\" would have no pixels, so it is not written.");
    }
    const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
    if (!std::filesystem::is_directory(folder)) {
        throw Error("The raster \"" + path.string() + "\" cannot be written: there is no folder \"" +
                    folder.string() + "\"; make it first.");
    }
    throwUnlessFree(path, claim);
    staging.emplace(folder);
    temporary = staging->path() / "raster.tif";
    initialiseGdal();
    takeGdalMessage();
    OptionList options;
    options.set("TILED", "YES");
    options.set("COMPRESS", "DEFLATE");
    options.set("PREDICTOR", layout.type == PixelType::Float32 ? "3" : "2");
    options.set("BIGTIFF", "IF_SAFER");
    if (layout.cloudOptimised) {
        options.set("ZLEVEL", "1"); // written once more when all of it is there
    }
    dataset = GDALCreate(GDALGetDriverByName("GTiff"), temporary.c_str(), grid.columns, grid.rows,
                         static_cast<int>(layout.bandNames.size()), gdalType(layout.type), options.list);
    if (dataset == nullptr) {
        fail("made");
    }
    std::array<double, 6> transform{grid.left, grid.pixelSize, 0, grid.top, 0, -grid.pixelSize};
    GDALSetGeoTransform(dataset, transform.data());
    if (!grid.crs.empty()) {
        setCrs(dataset, grid.crs);
    }
    for (const auto& [name, value] : layout.metadata) {
        GDALSetMetadataItem(dataset, name.c_str(), value.c_str(), nullptr);
    }
    describeBands();
}

void RasterWriter::Impl::describeBands() const {
    for (std::size_t i = 0; i < layout.bandNames.size(); ++i) {
        GDALRasterBandH band = GDALGetRasterBand(dataset, static_cast<int>(i) + 1);
        GDALSetDescription(band, layout.bandNames[i].c_str());
        if (layout.noData) {
            GDALSetRasterNoDataValue(band, *layout.noData);
        } else if (layout.type == PixelType::Float32) {
            GDALSetRasterNoDataValue(band, std::numeric_limits<double>::quiet_NaN());
        }
        if (layout.scale != 1 || layout.offset != 0) {
            GDALSetRasterScale(band, layout.scale);
            GDALSetRasterOffset(band, layout.offset);
        }
    }
}

std::vector<float> RasterWriter::Impl::stored(const float* values, std::size_t count) const {
    std::vector<float> result(count);
    const bool whole = layout.type != PixelType::Float32;
    for (std::size_t i = 0; i < count; ++i) {
        if (std::isnan(values[i])) {
            if (whole && !layout.noData) {
                throw Error("The raster \"" + path.string() +
                            "\" has pixels without data, but no number was chosen to mark them.");
            }
            result[i] = layout.noData ? static_cast<float>(*layout.noData) : values[i];
            continue;
        }
        double value = (static_cast<double>(values[i]) - layout.offset) / layout.scale;
        if (whole) {
            value = std::clamp(std::round(value), 0.0, largest(layout.type));
        }
        result[i] = static_cast<float>(value);
    }
    return result;
}

RasterWriter::RasterWriter(const std::filesystem::path& path, const RasterLayout& layout, Claim claim)
    : m_impl(std::make_unique<Impl>()) {
    m_impl->path = path;
    m_impl->layout = layout;
    m_impl->claim = std::move(claim);
    m_impl->create();
}

RasterWriter::~RasterWriter() = default;

void RasterWriter::write(const Image<float>& pixels, int column, int row) {
    const geo::Grid& grid = m_impl->layout.grid;
    if (m_impl->dataset == nullptr) {
        throw Error("The raster \"" + m_impl->path.string() +
                    "\" is finished already; nothing can be added to it.");
    }
    if (pixels.bands() != static_cast<int>(m_impl->layout.bandNames.size()) || column < 0 || row < 0 ||
        column + pixels.columns() > grid.columns || row + pixels.rows() > grid.rows) {
        throw Error("Pixels do not fit into the raster \"" + m_impl->path.string() +
                    "\" where they shall go.");
    }
    takeGdalMessage();
    for (int i = 0; i < pixels.bands(); ++i) {
        std::vector<float> values = m_impl->stored(pixels.band(i), pixels.bandSize());
        if (GDALRasterIO(GDALGetRasterBand(m_impl->dataset, i + 1), GF_Write, column, row, pixels.columns(),
                         pixels.rows(), values.data(), pixels.columns(), pixels.rows(), GDT_Float32, 0,
                         0) != CE_None ||
            gdalFailed()) {
            m_impl->fail("written");
        }
    }
}

void RasterWriter::Impl::buildOverviews() const {
    std::vector<int> factors;
    for (int factor = 2; std::max(layout.grid.columns, layout.grid.rows) / factor >= smallestOverview;
         factor *= 2) {
        factors.push_back(factor);
    }
    if (!factors.empty() && GDALBuildOverviews(dataset, layout.isClasses ? "NEAREST" : "AVERAGE",
                                               static_cast<int>(factors.size()), factors.data(), 0, nullptr,
                                               nullptr, nullptr) != CE_None) {
        fail("finished");
    }
}

/// A COG cannot be written piece by piece: GDAL copies the finished raster into one, overviews included.
void RasterWriter::Impl::orderForCloud() {
    OptionList options;
    options.set("COMPRESS", "DEFLATE");
    options.set("PREDICTOR", "YES");
    options.set("BLOCKSIZE", "256");
    options.set("OVERVIEW_RESAMPLING", layout.isClasses ? "NEAREST" : "AVERAGE");
    options.set("NUM_THREADS", "ALL_CPUS");
    options.set("BIGTIFF", "IF_SAFER");
    const std::filesystem::path copy = staging->path() / "ordered.tif";
    GDALDatasetH ordered = GDALCreateCopy(GDALGetDriverByName("COG"), copy.c_str(), dataset, FALSE,
                                          options.list, nullptr, nullptr);
    const bool whole = ordered != nullptr && !gdalFailed();
    if (ordered != nullptr) {
        GDALClose(ordered);
    }
    if (!whole || gdalFailed()) {
        fail("finished");
    }
    GDALClose(std::exchange(dataset, nullptr));
    temporary = copy;
}

void RasterWriter::complete() {
    Impl& impl = *m_impl;
    if (impl.dataset == nullptr) {
        return;
    }
    takeGdalMessage();
    GDALFlushCache(impl.dataset);
    if (gdalFailed()) {
        impl.fail("finished");
    }
    if (impl.layout.cloudOptimised) {
        impl.orderForCloud();
    } else {
        impl.buildOverviews();
        GDALClose(std::exchange(impl.dataset, nullptr));
    }
    if (gdalFailed()) {
        impl.fail("finished");
    }
    syncFile(impl.temporary); // a power cut shall not leave an empty file under its name
}

void RasterWriter::finish() {
    complete();
    Impl& impl = *m_impl;
    if (!impl.staging) {
        return;
    }
    giveName(impl.temporary, impl.path, impl.claim);
    impl.staging.reset();
    syncFolder(impl.path.parent_path());
}

} // namespace nunatak::raster
