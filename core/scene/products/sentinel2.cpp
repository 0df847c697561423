// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/products/sentinel2.h"

#include "base/error.h"
#include "raster/virtual_files.h"
#include "scene/products/product_folder.h"
#include "scene/products/sentinel2_metadata.h"

#include <array>
#include <cmath>
#include <utility>

namespace nunatak::scene::products {

namespace {

constexpr std::array<std::pair<const char*, const char*>, 6> bands{
    {{"blue", "B02"}, {"green", "B03"}, {"red", "B04"}, {"nir", "B08"}, {"swir1", "B11"}, {"swir2", "B12"}}};

const std::string& imageOf(const Sentinel2Metadata& metadata, const std::string& band,
                           const std::string& file) {
    auto found = metadata.images.find(band);
    if (found == metadata.images.end() && band == "B08") {
        found = metadata.images.find("B8A"); // a product of 20 m bands alone has the narrower one
    }
    if (found == metadata.images.end()) {
        throw Error("\"" + file + "\" names no image of the band " + band +
                    "; it is damaged: download the product again.");
    }
    return found->second;
}

void checkBand(const SceneRaster& raster, const raster::RasterInfo& info, const raster::RasterInfo& first) {
    const auto apart = [](double a, double b) { return std::abs(a - b) > 1; };
    const geo::Extent a = info.extent();
    const geo::Extent b = first.extent();
    if (apart(a.xmin, b.xmin) || apart(a.xmax, b.xmax) || apart(a.ymin, b.ymin) || apart(a.ymax, b.ymax)) {
        throw Error("The bands of the product do not cover the same place: " + nameOf(raster.file) + " has " +
                    std::to_string(info.columns) + " by " + std::to_string(info.rows) +
                    " pixels, which end elsewhere than those of " + nameOf(first.path) + " (" +
                    std::to_string(first.columns) + " by " + std::to_string(first.rows) +
                    "); download it again.");
    }
}

void addBands(Product& product, const Sentinel2Metadata& metadata, const std::string& folder,
              const std::string& file) {
    raster::RasterInfo first;
    for (const auto& [name, band] : bands) {
        SceneRaster raster;
        raster.feature = "optical";
        raster.file = folder + "/" + imageOf(metadata, band, file);
        raster.bands = {1};
        raster.bandNames = {name};
        raster.noData = 0;
        const auto offset = metadata.offsets.find(band);
        if (offset == metadata.offsets.end() && !metadata.offsets.empty()) {
            throw Error("\"" + file + "\" has offsets, but none for the band " + band +
                        "; it is damaged: download the product again.");
        }
        raster.scale = 1 / metadata.quantification;
        raster.offset = (offset == metadata.offsets.end() ? 0 : offset->second) / metadata.quantification;
        if (!raster.file.starts_with("/vsicurl") && !raster::fileExists(raster.file)) {
            throw Error("The product " + product.name + " lacks the file " + nameOf(raster.file) +
                        " that its metadata name; download it again.");
        }
        const raster::RasterInfo info = raster::RasterReader(raster.file).info();
        if (product.rasters.empty()) {
            first = info;
        }
        checkBand(raster, info, first);
        product.rasters.push_back(std::move(raster));
    }
}

void addQuality(Product& product, const Sentinel2Metadata& metadata, const Sentinel2Tile& tile,
                const std::string& folder) {
    SceneRaster quality;
    quality.feature = "quality";
    if (metadata.surface && metadata.images.contains("SCL")) {
        // Classes of the scene classification: 3 cloud shadow, 8 and 9 cloud, 10 thin cirrus, 11 snow or ice.
        quality.file = folder + "/" + metadata.images.at("SCL");
        quality.bandNames = {"cloud", "cloud_shadow", "cirrus", "snow"};
        quality.bands = {1, 1, 1, 1};
        quality.flags = {{-1, {8, 9}}, {-1, {3}}, {-1, {10}}, {-1, {11}}};
    } else if (!metadata.surface && !tile.cloudMask.empty()) {
        // Bands of the classification mask: opaque clouds, cirrus, snow and ice.
        quality.file = folder + "/" + tile.cloudMask;
        quality.bandNames = {"cloud", "cirrus", "snow"};
        quality.bands = {1, 2, 3};
        quality.flags = {{-1, {1}}, {-1, {1}}, {-1, {1}}};
    }
    if (!quality.file.empty() && raster::fileExists(quality.file)) {
        product.rasters.push_back(std::move(quality));
    }
}

/// GRANULE/L1C_T46RER_A032448_20210908T043714 of any image.
std::string granuleOf(const Sentinel2Metadata& metadata) {
    const std::string& image = metadata.images.begin()->second;
    const auto end = image.find("/IMG_DATA");
    return end == std::string::npos ? std::string() : image.substr(0, end);
}

} // namespace

Product openSentinel2(const std::string& file, const std::string& given) {
    const std::string folder = file.substr(0, file.rfind('/'));
    const Sentinel2Metadata metadata = parseSentinel2(raster::readText(file, mostMetadata), file);
    Product product;
    product.isMain = true;
    product.given = given;
    product.name = metadata.uri.empty() ? nameOf(folder) : metadata.uri;
    if (endsWith(product.name, ".SAFE")) {
        product.name.resize(product.name.size() - 5);
    }
    product.sensor = (metadata.spacecraft.empty() ? "Sentinel-2" : metadata.spacecraft) + " MSI";
    product.kind = product.sensor + " Level-" + (metadata.surface ? "2A" : "1C") + ", processing baseline " +
                   metadata.baseline;
    product.date = metadata.date;
    product.time = metadata.time;
    Sentinel2Tile tile;
    const std::string tileFile = folder + "/" + granuleOf(metadata) + "/MTD_TL.xml";
    if (raster::fileExists(tileFile)) {
        tile = parseSentinel2Tile(raster::readText(tileFile, mostMetadata), tileFile);
        if (tile.sunZenith) {
            product.sunElevation = 90 - *tile.sunZenith;
        }
        product.sunAzimuth = tile.sunAzimuth;
    }
    addBands(product, metadata, folder, file);
    addQuality(product, metadata, tile, folder);
    if (metadata.surface) {
        product.notes.emplace_back(surfaceNote);
    }
    return product;
}

} // namespace nunatak::scene::products
