// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/products/eopf.h"

#include "base/dates.h"
#include "base/error.h"
#include "raster/virtual_files.h"
#include "scene/products/eopf_attributes.h"
#include "scene/products/numbers.h"
#include "scene/products/product_folder.h"
#include "scene/reflectance.h"

#include <array>
#include <utility>

namespace nunatak::scene::products {

namespace {

constexpr std::array<std::pair<const char*, const char*>, 6> bands{
    {{"blue", "b02"}, {"green", "b03"}, {"red", "b04"}, {"nir", "b08"}, {"swir1", "b11"}, {"swir2", "b12"}}};

/// The attributes of a group or an array: .zattrs (Zarr 2) or zarr.json (Zarr 3).
std::optional<EopfAttributes> attributesOf(const std::string& folder) {
    for (const char* name : {"/.zattrs", "/zarr.json"}) {
        const std::string file = folder + name;
        if (raster::fileExists(file)) {
            return parseEopfAttributes(raster::readText(file, mostMetadata), file);
        }
    }
    return std::nullopt;
}

bool isArray(const std::string& folder) {
    return raster::fileExists(folder + "/.zarray") || raster::fileExists(folder + "/zarr.json");
}

/// measurements/reflectance/r10m/b02, the finest there is; empty: none.
std::string arrayOf(const std::string& store, const std::string& band) {
    for (const char* size : {"r10m", "r20m", "r60m"}) {
        const std::string array = std::string("/measurements/reflectance/") + size + "/" + band;
        if (isArray(store + array)) {
            return array;
        }
    }
    return {};
}

Error notReadHere(const std::string& path, const std::string& why) {
    return Error(
        "\"" + path + "\" is a Sentinel-2 product in the EOPF Zarr format, which the GDAL of this program " +
        why +
        "; GDAL reads such products with their place from version 3.12 on. Download the product as SAFE, or "
        "convert its bands to GeoTIFF.");
}

/// An array as GDAL opens it with its place: by its folder, or through the store, whose groups say more.
raster::RasterInfo infoOf(const std::string& store, const std::string& array, const std::string& path) {
    std::string reason;
    for (const std::string& file : {store + array, "ZARR:\"" + store + "\":" + array}) {
        try {
            const raster::RasterReader reader(file);
            if (reader.info().isGeoreferenced()) {
                return reader.info();
            }
            reason = "reads without the place of its pixels";
        } catch (const Cancelled&) {
            throw;
        } catch (const Error& error) {
            reason = reason.empty() ? std::string("cannot read (") + error.what() + ")" : reason;
        }
    }
    throw notReadHere(path, reason);
}

} // namespace

bool isZarr(const std::string& name) {
    return endsWith(name, ".zarr") || endsWith(name, ".zarr.zip");
}

Product openEopf(const std::string& path, const std::string& given) {
    std::string store = path;
    while (store.size() > 1 && store.ends_with('/')) {
        store.pop_back();
    }
    if (endsWith(store, ".zip") && !raster::isFolder(store)) {
        store = "/vsizip/" + store;
    }
    const auto attributes = attributesOf(store);
    const std::string blue = arrayOf(store, "b02");
    if (blue.empty()) {
        throw Error("\"" + path +
                    "\" is a Zarr store without Sentinel-2 reflectance (measurements/reflectance); export "
                    "what you need "
                    "of it as GeoTIFF and give that.");
    }
    Product product;
    product.isMain = true;
    product.given = given;
    product.name = attributes && !attributes->name.empty() ? attributes->name : nameOf(path);
    const auto end = product.name.find(".zarr");
    product.name.resize(std::min(product.name.size(), end));
    const bool surface = product.name.find("MSIL1C") == std::string::npos;
    product.sensor = "Sentinel-2 MSI";
    product.kind = std::string("Sentinel-2 Level-") + (surface ? "2A" : "1C") + ", EOPF Zarr";
    if (attributes) {
        const DateReading date = readDate(attributes->datetime);
        product.date = date.kind == DateReading::Kind::Date ? date.date : std::string();
        if (const auto day = attributes->datetime.find('T'); day != std::string::npos) {
            product.time = timeIn(std::string_view(attributes->datetime).substr(day + 1));
        }
        product.sunElevation = attributes->sunElevation;
        product.sunAzimuth = attributes->sunAzimuth;
    }
    for (const auto& [name, number] : bands) {
        std::string array = arrayOf(store, number);
        if (array.empty() && std::string(name) == "nir") {
            array = arrayOf(store, "b8a");
        }
        if (array.empty()) {
            throw Error("\"" + path + "\" lacks the band " + number + "; download it again.");
        }
        SceneRaster raster;
        raster.feature = "optical";
        const raster::RasterInfo info = infoOf(store, array, path);
        raster.file = info.path;
        raster.bands = {1};
        raster.bandNames = {name};
        raster.noData = 0;
        const auto factors = attributesOf(store + array);
        const raster::BandInfo& band = info.bands.front();
        if (factors && factors->scale && *factors->scale > 0) {
            raster.scale = *factors->scale;
            raster.offset = factors->offset.value_or(0);
            takeBackFileScale(raster, band);
        } else if (band.scale == 1 && band.offset == 0 && !band.dataType.starts_with("Float")) {
            throw Error("\"" + path + "\" does not say how the numbers of " + number +
                        " become reflectance (scale_factor, add_offset); download it again.");
        }
        product.rasters.push_back(std::move(raster));
    }
    if (surface) {
        product.notes.emplace_back(surfaceNote);
    }
    return product;
}

} // namespace nunatak::scene::products
