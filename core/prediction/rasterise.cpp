// SPDX-License-Identifier: GPL-3.0-or-later
#include "prediction/polygonise.h"

#include "base/error.h"
#include "geo/shape_operations.h"
#include "raster/gdal_messages.h"
#include "raster/raster_reader.h"

#include <array>
#include <memory>
#include <string>

#include <cpl_conv.h>
#include <gdal.h>
#include <gdal_alg.h>
#include <ogr_api.h>

namespace nunatak::prediction {

namespace {

struct CloseDataset {
    void operator()(GDALDatasetH dataset) const { GDALClose(dataset); }
};
using Dataset = std::unique_ptr<void, CloseDataset>;

struct DestroyGeometry {
    void operator()(OGRGeometryH geometry) const { OGR_G_DestroyGeometry(geometry); }
};
using Geometry = std::unique_ptr<void, DestroyGeometry>;

[[noreturn]] void fail(const std::string& what) {
    throw Error(what + raster::gdalReason() + "; is there enough memory?");
}

/// A GDAL view of pixels that stay ours.
Dataset datasetOver(void* pixels, int columns, int rows, GDALDataType type, const geo::Grid& grid) {
    Dataset dataset(GDALCreate(GDALGetDriverByName("MEM"), "", columns, rows, 0, type, nullptr));
    if (!dataset) {
        fail("The pixels for outlines could not be made");
    }
    std::array<char, 64> address{};
    address[static_cast<std::size_t>(
        CPLPrintPointer(address.data(), pixels, static_cast<int>(address.size() - 1)))] = '\0';
    const std::string option = std::string("DATAPOINTER=") + address.data();
    const std::array<const char*, 2> options{option.c_str(), nullptr};
    if (GDALAddBand(dataset.get(), type, const_cast<char**>(options.data())) != CE_None) {
        fail("The pixels for outlines could not be made");
    }
    std::array<double, 6> transform{grid.left, grid.pixelSize, 0, grid.top, 0, -grid.pixelSize};
    GDALSetGeoTransform(dataset.get(), transform.data());
    return dataset;
}

/// Index + 1 of the last shape that lies in (or, if `allTouched`, touches) each pixel.
Image<std::int32_t> drawn(const std::vector<geo::MultiPolygon>& shapes, const geo::Grid& grid,
                          bool allTouched) {
    Image<std::int32_t> labels(1, grid.rows, grid.columns);
    std::vector<Geometry> owned;
    std::vector<OGRGeometryH> geometries;
    std::vector<double> values;
    const geo::Extent extent = grid.extent();
    for (std::size_t i = 0; i < shapes.size() && !labels.empty(); ++i) {
        if (shapes[i].empty() || !geo::extentOf(shapes[i]).intersects(extent)) {
            continue;
        }
        const auto wkb = geo::toWkb(shapes[i]);
        OGRGeometryH geometry = nullptr;
        if (OGR_G_CreateFromWkb(wkb.data(), nullptr, &geometry, static_cast<int>(wkb.size())) !=
            OGRERR_NONE) {
            fail("An outline could not be drawn as pixels");
        }
        owned.emplace_back(geometry);
        geometries.push_back(geometry);
        values.push_back(static_cast<double>(i + 1));
    }
    if (geometries.empty()) {
        return labels;
    }
    raster::initialiseGdal();
    raster::takeGdalMessage(); // of others before
    const Dataset raster = datasetOver(labels.values().data(), grid.columns, grid.rows, GDT_Int32, grid);
    const int band = 1;
    const std::array<const char*, 2> options{allTouched ? "ALL_TOUCHED=TRUE" : nullptr, nullptr};
    if (GDALRasterizeGeometries(raster.get(), 1, &band, static_cast<int>(geometries.size()),
                                geometries.data(), nullptr, nullptr, values.data(),
                                const_cast<char**>(options.data()), nullptr, nullptr) != CE_None) {
        fail("Outlines could not be drawn as pixels");
    }
    GDALFlushCache(raster.get());
    return labels;
}

} // namespace

Image<std::int32_t> rasterise(const std::vector<geo::MultiPolygon>& shapes, const geo::Grid& grid) {
    return drawn(shapes, grid, false);
}

Image<std::int32_t> touchedPixels(const std::vector<geo::MultiPolygon>& shapes, const geo::Grid& grid) {
    return drawn(shapes, grid, true);
}

} // namespace nunatak::prediction
