// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/products/recognise.h"

#include "base/error.h"
#include "raster/virtual_files.h"
#include "scene/products/elevation.h"
#include "scene/products/landsat.h"
#include "scene/products/product_folder.h"
#include "scene/products/radar.h"
#include "scene/products/radar_names.h"
#include "scene/products/sentinel2.h"
#include "scene/scene_from_rasters.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <numeric>

namespace nunatak::scene::products {

namespace {

constexpr int deepest = 2; // folders of folders of products

bool isLandsatMetadata(const std::string& name) {
    return endsWith(name, "_MTL.txt") || endsWith(name, "_MTL.json") || endsWith(name, "_MTL.xml");
}

bool isSentinel2Metadata(const std::string& name) {
    const std::string text = lower(name);
    return text == "mtd_msil1c.xml" || text == "mtd_msil2a.xml";
}

bool isRaster(const std::string& name) {
    constexpr std::array<const char*, 7> endings{".tif", ".tiff", ".vrt", ".jp2", ".img", ".hgt", ".bil"};
    return std::any_of(endings.begin(), endings.end(),
                       [&](const char* ending) { return endsWith(name, ending); });
}

/// The metadata file of the product that lies in a folder; the three notations of Landsat's say the same.
std::string metadataIn(const ProductFolder& folder) {
    for (const char* ending : {"_MTL.txt", "_MTL.xml", "_MTL.json"}) {
        std::vector<std::string> found;
        std::copy_if(folder.names.begin(), folder.names.end(), std::back_inserter(found),
                     [&](const std::string& name) { return endsWith(name, ending); });
        if (found.size() > 1) {
            throw Error("\"" + folder.given + "\" holds several Landsat scenes (" + found[0] + ", " +
                        found[1] + "); give the metadata file of one of them.");
        }
        if (!found.empty()) {
            return folder.at(found.front());
        }
    }
    const auto found = std::find_if(folder.names.begin(), folder.names.end(), isSentinel2Metadata);
    return found == folder.names.end() ? std::string() : folder.at(*found);
}

Product openMetadata(const std::string& file, const std::string& given) {
    return isLandsatMetadata(file) ? openLandsat(file, given) : openSentinel2(file, given);
}

bool isThermal(const raster::RasterInfo& info) {
    const std::string name = lower(nameOf(info.path)) + " " + lower(info.bands.front().description);
    return info.bands.size() == 1 &&
           (name.find("thermal") != std::string::npos || name.find("temperature") != std::string::npos ||
            name.find("_lst") != std::string::npos || name.find("lst_") != std::string::npos);
}

/// A small picture of the first bands, for the user to tell them by.
Image<float> previewOf(const raster::RasterReader& reader) {
    constexpr int side = 64;
    constexpr std::size_t mostBands = 12;
    constexpr double mostPixels = 1e8; // that is a second of reading
    const raster::RasterInfo& info = reader.info();
    if (static_cast<double>(info.columns) * info.rows > mostPixels) {
        return {};
    }
    std::vector<int> bands(std::min(info.bands.size(), mostBands));
    std::iota(bands.begin(), bands.end(), 1);
    const double shrink = std::max({1.0, info.columns / double(side), info.rows / double(side)});
    const auto shrunk = [&](int size) { return std::max(1, static_cast<int>(std::lround(size / shrink))); };
    return reader.readWindow(bands, {0, 0, info.columns, info.rows}, shrunk(info.columns), shrunk(info.rows));
}

void addUnknown(Recognised& result, const raster::RasterReader& reader) {
    const raster::RasterInfo& info = reader.info();
    const std::string count =
        info.bands.size() == 1 ? "its one band" : "its " + std::to_string(info.bands.size()) + " bands";
    const std::string name = nameOf(info.path);
    const bool landsatBand =
        name.size() > 10 && name[0] == 'L' && name[2] == '0' && name[4] == '_' && name[5] == 'L';
    result.unknown.push_back(
        {info.path, static_cast<int>(info.bands.size()),
         landsatBand
             ? name +
                   ": a band of a Landsat product without its metadata file (_MTL.txt), which says how its "
                   "numbers become reflectance; give the folder that has both."
             : name + ": neither its name nor the file says what " + count +
                   (info.bands.size() == 1 ? " shows." : " show."),
         previewOf(reader)});
}

void recogniseRaster(const std::string& file, const std::string& given, ReflectanceStorage storage,
                     Recognised& result) {
    if (auto radar = openRadar(file, given)) {
        result.products.push_back(std::move(*radar));
        return;
    }
    const raster::RasterReader reader(file);
    const raster::RasterInfo& info = reader.info();
    if (looksLikeElevation(info)) {
        result.products.push_back(openElevation(file, given));
        return;
    }
    Product product;
    product.given = given;
    product.name = nameOf(file);
    if (isThermal(info)) {
        product.kind = "Thermal raster";
        product.rasters.push_back(rasterFrom({"thermal", file}, storage, product.notes));
    } else if (namesOpticalBands(info)) {
        product.kind = "Optical raster";
        product.isMain = true;
        product.rasters.push_back(rasterFrom({"optical", file}, storage, product.notes));
    } else {
        addUnknown(result, reader);
        return;
    }
    result.products.push_back(std::move(product));
}

void recogniseAt(const std::string& path, const std::string& given, int depth, ReflectanceStorage storage,
                 const Progress& progress, Recognised& result);

/// A folder without a product of its own: what its files and folders are.
void recogniseContents(const ProductFolder& folder, int depth, ReflectanceStorage storage,
                       const Progress& progress, Recognised& result) {
    for (const std::string& name : folder.names) {
        progress.throwIfStopped();
        const std::string path = folder.at(name);
        const bool inside = endsWith(name, ".safe") || isArchive(name) || endsWith(name, ".dim");
        if (inside || isRaster(name)) {
            // The DEM that HyP3 puts beside its backscatter is no good one, as its guide says, and its other
            // layers show the geometry of the image.
            const bool companion =
                name.starts_with("S1") && name.find("_G_") != std::string::npos && !radarNameOf(name);
            if (!companion) {
                recogniseAt(path, folder.given, depth + 1, storage, progress, result);
            }
        } else if (depth < deepest && !endsWith(name, ".data") && raster::isFolder(path)) {
            const ProductFolder inner{path, folder.given, raster::namesIn(path)};
            if (const std::string metadata = metadataIn(inner); !metadata.empty()) {
                result.products.push_back(openMetadata(metadata, folder.given));
            } else {
                recogniseContents(inner, depth + 1, storage, progress, result);
            }
        }
    }
}

void recogniseAt(const std::string& path, const std::string& given, int depth, ReflectanceStorage storage,
                 const Progress& progress, Recognised& result) {
    refuseUncorrected(path);
    const std::string name = nameOf(path);
    if (isLandsatMetadata(name) || isSentinel2Metadata(name)) {
        result.products.push_back(openMetadata(path, given));
    } else if (endsWith(name, ".dim")) {
        result.products.push_back(openSnap(path, given));
    } else if (isArchive(name) || raster::isFolder(path) || lower(name) == "manifest.safe") {
        ProductFolder folder = folderOf(path);
        folder.given = given;
        refuseUncorrected(folder.path);
        if (folder.names.empty()) {
            throw Error("\"" + path + "\" holds no files; unpack or download it again.");
        }
        if (const std::string metadata = metadataIn(folder); !metadata.empty()) {
            result.products.push_back(openMetadata(metadata, given));
        } else {
            recogniseContents(folder, depth, storage, progress, result);
        }
    } else {
        recogniseRaster(path, given, storage, result);
    }
}

} // namespace

Recognised recognise(const std::string& path, ReflectanceStorage storage, const Progress& progress) {
    const bool address = path.starts_with("http://") || path.starts_with("https://");
    std::string full = address ? "/vsicurl/" + path : path;
    std::error_code none;
    if (!full.starts_with("/vsi") && std::filesystem::exists(path, none)) {
        full = std::filesystem::absolute(path).lexically_normal().string();
    }
    Recognised result;
    recogniseAt(full, path, 0, storage, progress, result);
    if (result.products.empty() && result.unknown.empty()) {
        throw Error("\"" + path +
                    "\" holds nothing that is known: no Landsat or Sentinel-2 metadata, no backscatter, no "
                    "elevation model and no raster with named bands.");
    }
    return result;
}

} // namespace nunatak::scene::products
