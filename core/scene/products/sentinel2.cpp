// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/products/sentinel2.h"

#include "base/error.h"
#include "raster/virtual_files.h"
#include "scene/products/product_folder.h"
#include "scene/products/sentinel2_metadata.h"
#include "scene/reflectance.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace nunatak::scene::products {

namespace {

constexpr std::array<std::pair<const char*, const char*>, 6> bands{
    {{"blue", "B02"}, {"green", "B03"}, {"red", "B04"}, {"nir", "B08"}, {"swir1", "B11"}, {"swir2", "B12"}}};

std::string imageOf(const Sentinel2Metadata& metadata, const std::string& band, const std::string& file) {
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

bool isRemote(const std::string& path) {
    constexpr std::array<const char*, 6> systems{"/vsicurl", "/vsis3",  "/vsigs",
                                                 "/vsiaz",   "/vsioss", "/vsiswift"};
    return std::any_of(systems.begin(), systems.end(),
                       [&](const char* system) { return path.starts_with(system); });
}

std::string folderOfFile(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? "." : path.substr(0, slash);
}

/// B02 of …_B02.jp2, …_B02_10m.jp2, B02.tif: the finest in a folder; empty: none.
std::string imageIn(const std::string& folder, const std::string& band) {
    const std::vector<std::string> names = raster::namesIn(folder);
    for (const char* size : {"_10m", "_20m", "_60m", ""}) {
        for (const char* ending : {".jp2", ".tif", ".tiff"}) {
            const std::string end = band + size + ending;
            for (const std::string& name : names) {
                const bool whole = name.size() == end.size() || name[name.size() - end.size() - 1] == '_';
                if (endsWith(name, end) && whole) {
                    return folder + "/" + name;
                }
            }
        }
    }
    return {};
}

/// Where the image of a band is: where the metadata say, or, where somebody renamed folders or files,
/// wherever the product has it. Empty when it has none.
std::string whereItLies(const std::string& product, const std::string& image, const std::string& band,
                        const Sentinel2Metadata& metadata) {
    const std::string named = product + "/" + image;
    if (isRemote(product) || raster::fileExists(named)) {
        return named;
    }
    std::vector<std::string> granules;
    for (const std::string& name : raster::namesIn(product + "/GRANULE")) {
        granules.push_back(product + "/GRANULE/" + name);
    }
    // Of several tiles the one meant; one alone may have any name.
    const std::string tile = sentinel2TileIn(metadata.granule.empty() ? image : metadata.granule);
    if (granules.size() > 1) {
        std::erase_if(granules,
                      [&](const std::string& name) { return sentinel2TileIn(nameOf(name)) != tile; });
    }
    if (granules.size() > 1) {
        return {};
    }
    granules.push_back(product);
    for (const std::string& granule : granules) {
        for (const char* inside : {"/IMG_DATA/R10m", "/IMG_DATA/R20m", "/IMG_DATA/R60m", "/IMG_DATA", ""}) {
            if (const std::string found = imageIn(granule + inside, band); !found.empty()) {
                return found;
            }
        }
    }
    return {};
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
        const std::string image = imageOf(metadata, band, file);
        raster.file =
            whereItLies(folder, image, image.find("_B8A") != std::string::npos ? "B8A" : band, metadata);
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
        if (raster.file.empty()) {
            throw Error("The product " + product.name + " lacks the file \"" + folder + "/" + image +
                        "\" that its metadata name, and has no other image of " + band +
                        "; a folder may have been renamed or lost when it was copied: download it again.");
        }
        const raster::RasterInfo info = raster::RasterReader(raster.file).info();
        if (product.rasters.empty()) {
            first = info;
        }
        checkBand(raster, info, first);
        takeBackFileScale(raster, info.bands.front());
        product.rasters.push_back(std::move(raster));
    }
}

void addQuality(Product& product, const Sentinel2Metadata& metadata, const Sentinel2Tile& tile,
                const std::string& folder) {
    SceneRaster quality;
    quality.feature = "quality";
    if (metadata.surface && metadata.images.contains("SCL")) {
        // Classes of the scene classification: 3 cloud shadow, 8 and 9 cloud, 10 thin cirrus, 11 snow or ice.
        quality.file = whereItLies(folder, metadata.images.at("SCL"), "SCL", metadata);
        quality.bandNames = {"cloud", "cloud_shadow", "cirrus", "snow"};
        quality.bands = {1, 1, 1, 1};
        quality.flags = {{-1, {8, 9}}, {-1, {3}}, {-1, {10}}, {-1, {11}}};
    } else if (!metadata.surface && !tile.cloudMask.empty()) {
        // Bands of the classification mask: opaque clouds, cirrus, snow and ice.
        quality.file = folder + "/" + tile.cloudMask;
        const std::string& image = product.rasters.front().file;
        if (const auto end = image.find("/IMG_DATA");
            end != std::string::npos && !raster::fileExists(quality.file)) {
            quality.file =
                image.substr(0, end) + "/QI_DATA/" + nameOf(tile.cloudMask); // a granule that was renamed
        }
        quality.bandNames = {"cloud", "cirrus", "snow"};
        quality.bands = {1, 2, 3};
        quality.flags = {{-1, {1}}, {-1, {1}}, {-1, {1}}};
    }
    if (!quality.file.empty() && raster::fileExists(quality.file)) {
        product.rasters.push_back(std::move(quality));
    }
}

/// The metadata of the tile in its granule's folder; empty: none.
std::string tileMetadataOf(const Product& product) {
    const std::string& image = product.rasters.front().file;
    const auto end = image.find("/IMG_DATA");
    if (end == std::string::npos) {
        return {};
    }
    const std::string granule = image.substr(0, end);
    if (raster::fileExists(granule + "/MTD_TL.xml")) {
        return granule + "/MTD_TL.xml";
    }
    for (const std::string& name : raster::namesIn(granule)) {
        if (isSentinel2TileMetadata(name)) {
            return granule + "/" + name;
        }
    }
    return {};
}

} // namespace

std::string sentinel2ProductOf(const std::string& tileMetadata) {
    const std::string product = folderOfFile(folderOfFile(folderOfFile(tileMetadata)));
    for (const std::string& name : raster::namesIn(product)) {
        if (isSentinel2Metadata(name)) {
            return product + "/" + name;
        }
    }
    return {};
}

Product openSentinel2(const std::string& path, const std::string& given) {
    std::string file = path;
    std::string granule;
    if (isSentinel2TileMetadata(nameOf(path))) {
        granule = nameOf(folderOfFile(path));
        file = sentinel2ProductOf(path);
        if (file.empty()) {
            throw Error(
                "\"" + path +
                "\" is of one tile of a Sentinel-2 product, and the product's own metadata (MTD_MSIL1C.xml "
                "or "
                "MTD_MSIL2A.xml), which say how its numbers become reflectance, do not lie two folders above "
                "it; give the whole product.");
        }
    }
    const std::string folder = folderOfFile(file);
    const Sentinel2Metadata metadata = parseSentinel2(raster::readText(file, mostMetadata), file, granule);
    Product product;
    product.isMain = true;
    product.given = given;
    product.name = metadata.uri.empty() ? nameOf(folder) : metadata.uri;
    if (endsWith(product.name, ".SAFE")) {
        product.name.resize(product.name.size() - 5);
    }
    // The old names say the product's tiles nowhere.
    const std::string tileName = sentinel2TileIn(metadata.granule);
    if (!tileName.empty() && product.name.find(tileName) == std::string::npos) {
        product.name += "_" + tileName;
    }
    product.sensor = (metadata.spacecraft.empty() ? "Sentinel-2" : metadata.spacecraft) + " MSI";
    product.kind = product.sensor + " Level-" + (metadata.surface ? "2A" : "1C") + ", processing baseline " +
                   metadata.baseline;
    product.date = metadata.date;
    product.time = metadata.time;
    addBands(product, metadata, folder, file);
    Sentinel2Tile tile;
    if (const std::string tileFile = tileMetadataOf(product); !tileFile.empty()) {
        tile = parseSentinel2Tile(raster::readText(tileFile, mostMetadata), tileFile);
        if (tile.sunZenith) {
            product.sunElevation = 90 - *tile.sunZenith;
        }
        product.sunAzimuth = tile.sunAzimuth;
    }
    addQuality(product, metadata, tile, folder);
    if (metadata.surface) {
        product.notes.emplace_back(surfaceNote);
    }
    return product;
}

} // namespace nunatak::scene::products
