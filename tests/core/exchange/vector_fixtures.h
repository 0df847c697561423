// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "raster/raster_reader.h"

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <QtTest>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace nunatak::tests {

/// A feature to write: its shape as WKT (empty: none) and its texts.
struct TestFeature {
    std::string wkt;
    std::vector<std::pair<std::string, std::string>> texts;
};

inline std::string boxText(double xmin, double ymin, double xmax, double ymax) {
    const auto point = [](double x, double y) { return std::to_string(x) + " " + std::to_string(y); };
    return "POLYGON((" + point(xmin, ymin) + "," + point(xmax, ymin) + "," + point(xmax, ymax) + "," +
           point(xmin, ymax) + "," + point(xmin, ymin) + "))";
}

/// A square of 200 m in zone 32, number `place` of a row.
inline std::string squareText(int place, double half = 100) {
    const double x = 600000 + 300.0 * place;
    constexpr double y = 5150000;
    return boxText(x - half, y - half, x + half, y + half);
}

/// Writes a layer; into a file that is there already when `appends`. The driver follows the ending.
inline void writeLayer(const std::filesystem::path& file, const std::vector<TestFeature>& features,
                       const std::string& name = "outlines", int epsg = 32632, bool appends = false,
                       OGRwkbGeometryType type = wkbUnknown) {
    raster::initialiseGdal();
    const bool isShapefile = file.extension() == ".shp";
    auto* driver = GetGDALDriverManager()->GetDriverByName(isShapefile ? "ESRI Shapefile" : "GPKG");
    std::unique_ptr<GDALDataset, GDALDatasetUniquePtrDeleter> dataset(
        appends ? static_cast<GDALDataset*>(
                      GDALOpenEx(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_UPDATE, nullptr, nullptr, nullptr))
                : driver->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    OGRSpatialReference reference;
    reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    if (epsg != 0) {
        reference.importFromEPSG(epsg);
    }
    const char* const raw[] = {"ENCODING=", nullptr};
    auto* layer =
        dataset->CreateLayer(name.c_str(), epsg != 0 ? &reference : nullptr, isShapefile ? wkbPolygon : type,
                             isShapefile ? const_cast<char**>(raw) : nullptr);
    QVERIFY(layer != nullptr);
    for (const auto& feature : features) {
        for (const auto& [field, text] : feature.texts) {
            if (layer->GetLayerDefn()->GetFieldIndex(field.c_str()) < 0) {
                OGRFieldDefn definition(field.c_str(), OFTString);
                QVERIFY(layer->CreateField(&definition) == OGRERR_NONE);
            }
        }
    }
    for (const auto& feature : features) {
        OGRFeature made(layer->GetLayerDefn());
        for (const auto& [field, text] : feature.texts) {
            made.SetField(field.c_str(), text.c_str());
        }
        if (!feature.wkt.empty()) {
            OGRGeometry* shape = nullptr;
            QVERIFY(OGRGeometryFactory::createFromWkt(feature.wkt.c_str(), nullptr, &shape) == OGRERR_NONE);
            made.SetGeometryDirectly(shape);
        }
        QVERIFY(layer->CreateFeature(&made) == OGRERR_NONE);
    }
}

/// Copies all files of a folder into a zip file, under `inside/`.
inline void addToZip(const std::filesystem::path& zip, const std::filesystem::path& folder,
                     const std::string& inside) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (!entry.is_regular_file()) {
            continue;
        }
        std::ifstream in(entry.path(), std::ios::binary);
        const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
        const std::string name = "/vsizip/" + zip.string() + "/" + inside + entry.path().filename().string();
        VSILFILE* out = VSIFOpenL(name.c_str(), "wb");
        QVERIFY(out != nullptr);
        QCOMPARE(VSIFWriteL(bytes.data(), 1, bytes.size(), out), bytes.size());
        QCOMPARE(VSIFCloseL(out), 0);
    }
}

} // namespace nunatak::tests
