// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/products/recognise.h"

#include "base/error.h"
#include "base/letters.h"
#include "raster/raster_parts.h"
#include "raster/virtual_files.h"
#include "scene/products/elevation.h"
#include "scene/products/elevation_names.h"
#include "scene/products/eopf.h"
#include "scene/products/landsat.h"
#include "scene/products/product_folder.h"
#include "scene/products/radar.h"
#include "scene/products/radar_containers.h"
#include "scene/products/radar_names.h"
#include "scene/products/sentinel2.h"
#include "scene/products/sentinel2_metadata.h"
#include "scene/scene_from_rasters.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <numeric>
#include <set>

namespace nunatak::scene::products {

namespace {

constexpr int deepest = 2;      // folders of folders of products
constexpr int deepestOfAll = 6; // and what lies in products and archives; a link to a folder above has no end

bool isLandsatMetadata(const std::string& name) {
    return endsWith(name, "_MTL.txt") || endsWith(name, "_MTL.json") || endsWith(name, "_MTL.xml");
}

bool isRaster(const std::string& name) {
    constexpr std::array<const char*, 10> endings{".tif", ".tiff", ".vrt", ".jp2", ".img",
                                                  ".hgt", ".bil",  ".dt0", ".dt1", ".dt2"};
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
    if (const auto found = std::find_if(folder.names.begin(), folder.names.end(), isSentinel2Metadata);
        found != folder.names.end()) {
        return folder.at(*found);
    }
    // The folder of one granule within its product.
    const auto tile = std::find_if(folder.names.begin(), folder.names.end(), isSentinel2TileMetadata);
    const bool inProduct = tile != folder.names.end() && !sentinel2ProductOf(folder.at(*tile)).empty();
    return inProduct ? folder.at(*tile) : std::string();
}

Product openMetadata(const std::string& file, const std::string& given) {
    return isLandsatMetadata(file) ? openLandsat(file, given) : openSentinel2(file, given);
}

bool isThermal(const raster::RasterInfo& info) {
    const std::string name = lowerCase(nameOf(info.path)) + " " + lowerCase(info.bands.front().description);
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

void addUnknown(Recognised& result, const raster::RasterReader& reader, const std::string& why) {
    const raster::RasterInfo& info = reader.info();
    const std::string name = nameOf(info.path);
    const bool landsatBand =
        name.size() > 10 && name[0] == 'L' && name[2] == '0' && name[4] == '_' && name[5] == 'L';
    result.unknown.push_back(
        {info.path, static_cast<int>(info.bands.size()),
         landsatBand
             ? name +
                   ": a band of a Landsat product without its metadata file (_MTL.txt), which says how its "
                   "numbers become reflectance; give the folder that has both."
             : name + ": " + why + ".",
         previewOf(reader)});
}

/// A picture of three bands that comes beside the bands, for people to look at.
bool isPicture(const std::string& band) {
    return band == "TCI" || band == "PVI" || band == "visual";
}

/// A mask of clouds or shadows is no picture and no height.
bool isMask(const raster::RasterInfo& info) {
    std::vector<std::string> words(1);
    for (const char c : lowerCase(nameOf(info.path))) {
        if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
            words.back() += c;
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    constexpr std::array<const char*, 9> masks{"mask",   "masks",     "shadow",    "shadows",  "cloud",
                                               "clouds", "cloudmask", "hillshade", "shademask"};
    return info.bands.size() == 1 && std::any_of(masks.begin(), masks.end(), [&](const char* mask) {
               return std::find(words.begin(), words.end(), mask) != words.end();
           });
}

void recogniseRaster(const std::string& file, const std::string& given, ReflectanceStorage storage,
                     Recognised& result) {
    if (const std::string shown = elevationCompanion(file); !shown.empty()) {
        result.notes.push_back(nameOf(file) + " is not used: by its name it shows " + shown +
                               " and no heights (give it with --elevation if it does).");
        return;
    }
    if (isRadarCompanion(nameOf(file))) {
        result.besideRadar.push_back(file);
        return;
    }
    if (auto radar = openRadar(file, given)) {
        result.products.push_back(std::move(*radar));
        return;
    }
    const raster::RasterReader reader(file);
    const raster::RasterInfo& info = reader.info();
    const auto band = bandFileNameOf(nameOf(file));
    const bool isBand = band && (info.bands.size() == 1 || isPicture(band->band));
    if (isBand && band->kind != BandFiles::Plain) {
        result.bandFiles.push_back({file, given, *band});
        return;
    }
    if (looksLikeElevation(info)) {
        result.products.push_back(openElevation(file, given));
        return;
    }
    Product product;
    product.given = given;
    product.name = nameOf(file);
    if (isBand && !isThermal(info)) {
        result.bandFiles.push_back({file, given, *band});
        return;
    }
    if (isThermal(info)) {
        product.kind = "Thermal raster";
        product.rasters.push_back(rasterFrom({"thermal", file}, storage, product.notes));
    } else if (isMask(info)) {
        result.notes.push_back(nameOf(file) + " is a mask by its name, and is not used.");
        return;
    } else if (const std::string why = whyNoOpticalBands(reader); why.empty()) {
        product.kind = "Optical raster";
        product.reflectanceIsGuessed = true;
        product.isMain = true;
        product.rasters.push_back(rasterFrom({"optical", file}, storage, product.notes));
    } else {
        addUnknown(result, reader, why);
        return;
    }
    result.products.push_back(std::move(product));
}

bool holdsSeveral(const std::string& file) {
    try {
        return !raster::rasterParts(file).empty();
    } catch (const Error&) {
        return false;
    }
}

/// A file among those given that is no raster by its name, such as the outlines and the readme in the folder
/// of a scene, does not keep the others from being opened.
void recogniseOther(const std::string& file, const std::string& given, ReflectanceStorage storage,
                    Recognised& result) {
    if (nameOf(file).starts_with("._")) {
        result.leftOut.push_back(
            {nameOf(file), "\"" + file +
                               "\" is what macOS writes beside a file on a disk that is not its "
                               "own, and no raster; give the file \"" +
                               nameOf(file).substr(2) + "\"."});
        return;
    }
    const bool picture = endsWith(file, ".jpg") || endsWith(file, ".jpeg") || endsWith(file, ".png");
    if (isRaster(nameOf(file)) || !raster::fileExists(file)) {
        recogniseRaster(file, given, storage, result);
        return;
    }
    try {
        if (picture && !raster::RasterReader(file).info().isGeoreferenced()) {
            throw Error("The picture \"" + file +
                        "\" does not say where it lies, so it cannot be put on the map.");
        }
        recogniseRaster(file, given, storage, result);
    } catch (const Cancelled&) {
        throw;
    } catch (const Error& error) {
        if (holdsSeveral(file)) { // it has rasters, of which one is to be named
            result.notes.push_back(std::string("Not used: ") + error.what());
            return;
        }
        constexpr std::array<const char*, 5> outlines{".shp", ".gpkg", ".geojson", ".kml", ".gml"};
        const bool vector = std::any_of(outlines.begin(), outlines.end(),
                                        [&](const char* ending) { return endsWith(file, ending); });
        result.leftOut.push_back(
            {nameOf(file),
             vector
                 ? "\"" + file + "\" is no raster; outlines are imported into a project once it has a scene."
                 : error.what()});
    }
}

void recogniseAt(const std::string& path, const std::string& given, int depth, ReflectanceStorage storage,
                 const Progress& progress, Recognised& result);

/// A folder without a product of its own: what its files and folders are.
void recogniseContents(const ProductFolder& folder, int depth, ReflectanceStorage storage,
                       const Progress& progress, Recognised& result) {
    // A folder that holds but one is no folder of products; how many of them lie around each other says
    // nothing.
    const bool onlyOne = folder.names.size() == 1 && depth < deepestOfAll;
    for (const std::string& name : folder.names) {
        progress.throwIfStopped();
        const std::string path = folder.at(name);
        const bool inside = (endsWith(name, ".safe") && lowerCase(name) != "manifest.safe") ||
                            isArchive(name) || endsWith(name, ".dim") || isZarr(name) ||
                            isRadarContainer(name);
        const std::size_t before = result.products.size();
        if (inside || isRaster(name)) {
            recogniseAt(path, folder.given, depth + 1, storage, progress, result);
        } else if ((depth < deepest || onlyOne) && !endsWith(name, ".data") && raster::isFolder(path)) {
            const ProductFolder inner{path, folder.given, raster::namesIn(path)};
            if (const std::string metadata = metadataIn(inner); !metadata.empty()) {
                result.products.push_back(openMetadata(metadata, folder.given));
            } else {
                recogniseContents(inner, depth + 1, storage, progress, result);
            }
        }
        // Where it lies within what was given: that is what to give of several.
        for (std::size_t i = before; i < result.products.size(); ++i) {
            std::string& pattern = result.products[i].pattern;
            pattern = pattern.empty() ? path : pattern;
        }
    }
}

/// An elevation model that somebody put into a product's folder is not part of it, and not looked at.
void addBeside(const ProductFolder& folder, const Product& product, Recognised& result) {
    for (const std::string& name : folder.names) {
        const std::string path = folder.at(name);
        const bool own = name.starts_with(product.name) ||
                         std::any_of(product.rasters.begin(), product.rasters.end(),
                                     [&](const SceneRaster& raster) { return raster.file == path; });
        if (isRaster(name) && !own) {
            result.beside.push_back(path);
        }
    }
}

void recogniseAt(const std::string& path, const std::string& given, int depth, ReflectanceStorage storage,
                 const Progress& progress, Recognised& result) {
    if (depth > deepestOfAll) {
        throw Error("\"" + given + "\" holds folders within folders without an end (\"" + path +
                    "\"), perhaps by a link to itself; give the product itself.");
    }
    refuseUncorrected(path);
    const std::string name = nameOf(path);
    if (isLandsatMetadata(name) || isSentinel2Metadata(name) || isSentinel2TileMetadata(name)) {
        result.products.push_back(openMetadata(path, given));
    } else if (isZarr(name)) {
        result.products.push_back(openEopf(path, given));
    } else if (const std::string kind = metadataByContent(path); !kind.empty()) {
        result.products.push_back(kind == "landsat" ? openLandsat(path, given) : openSentinel2(path, given));
    } else if (endsWith(name, ".dim")) {
        result.products.push_back(openSnap(path, given));
    } else if (isRadarContainer(name)) {
        result.products.push_back(openRadarContainer(path, given));
    } else if (isArchive(name) || raster::isFolder(path) || lowerCase(name) == "manifest.safe") {
        ProductFolder folder = folderOf(path);
        folder.given = given;
        refuseUncorrected(folder.path);
        if (folder.names.empty()) {
            throw Error("\"" + path + "\" holds no files; unpack or download it again.");
        }
        if (const std::string metadata = metadataIn(folder); !metadata.empty()) {
            result.products.push_back(openMetadata(metadata, given));
            addBeside(folder, result.products.back(), result);
        } else {
            const std::size_t before =
                result.products.size() + result.unknown.size() + result.bandFiles.size();
            recogniseContents(folder, depth, storage, progress, result);
            const bool nothing =
                before == result.products.size() + result.unknown.size() + result.bandFiles.size();
            if (nothing && folder.ending("manifest.safe")) {
                throw Error(
                    "\"" + folder.path +
                    "\" has a manifest.safe, but no metadata that are known (MTD_MSIL1C.xml, MTD_MSIL2A.xml, "
                    "S2A_OPER_MTD_SAFL1C_….xml): it is cut off, or no Sentinel-2 product; download it "
                    "again.");
            }
        }
    } else {
        recogniseOther(path, given, storage, result);
    }
}

} // namespace

std::string metadataByContent(const std::string& path) {
    if (!endsWith(path, ".txt") && !endsWith(path, ".xml") && !endsWith(path, ".json")) {
        return {};
    }
    if (!raster::fileExists(path)) {
        return {};
    }
    const std::string text = raster::readText(path, mostMetadata);
    return text.find("LANDSAT_METADATA_FILE") != std::string::npos ? "landsat"
           : text.find("_User_Product") != std::string::npos       ? "sentinel2"
                                                                   : "";
}

void recognise(const std::string& path, ReflectanceStorage storage, const Progress& progress,
               Recognised& result) {
    const std::string full = raster::fullRasterPath(path);
    const auto found = [&] {
        return result.products.size() + result.unknown.size() + result.bandFiles.size();
    };
    const std::size_t before = found();
    const std::size_t aside = result.notes.size() + result.leftOut.size() + result.besideRadar.size();
    recogniseAt(full, path, 0, storage, progress, result);
    const bool onlyAside = result.notes.size() + result.leftOut.size() + result.besideRadar.size() > aside;
    if (found() == before && !onlyAside) {
        throw Error("\"" + path +
                    "\" holds nothing that is known: no Landsat or Sentinel-2 metadata, no backscatter, no "
                    "elevation model and no raster with named bands.");
    }
}

void putTogether(Recognised& found, ReflectanceStorage storage) {
    // Given by their folder and their metadata files, or all files of a folder at once.
    std::set<std::string> taken;
    std::set<std::string> landsat;
    std::erase_if(found.products, [&](const Product& product) {
        if (product.rasters.empty()) {
            return false;
        }
        const SceneRaster& first = product.rasters.front();
        std::string key = first.feature + " " + first.file;
        for (const int band : first.bands) {
            key += " " + std::to_string(band);
        }
        return !taken.insert(key).second;
    });
    taken.clear();
    for (const Product& product : found.products) {
        for (const SceneRaster& raster : product.rasters) {
            taken.insert(raster.file);
            if (product.isMain && product.kind.starts_with("Landsat")) {
                landsat.insert(raster.file.substr(0, raster.file.rfind('/') + 1) + product.name);
            }
        }
    }
    for (const std::string& path : found.beside) {
        const bool used = taken.contains(path) ||
                          std::any_of(found.bandFiles.begin(), found.bandFiles.end(),
                                      [&](const BandFile& file) { return file.path == path; }) ||
                          std::any_of(found.unknown.begin(), found.unknown.end(),
                                      [&](const UnknownRaster& raster) { return raster.file == path; });
        if (!used) {
            found.notes.push_back(
                nameOf(path) +
                " lies in the folder of a product, is none of its files and is not used; give it "
                "as well if it belongs to the scene.");
        }
    }
    // A Landsat product has files that are not used; they begin with its name.
    const auto belongs = [&](const std::string& file) {
        return taken.contains(file) ||
               std::any_of(landsat.begin(), landsat.end(),
                           [&](const std::string& start) { return file.starts_with(start); });
    };
    std::erase_if(found.bandFiles, [&](const BandFile& file) { return belongs(file.path); });
    std::erase_if(found.unknown, [&](const UnknownRaster& raster) { return belongs(raster.file); });
    std::erase_if(found.products, [&](const Product& product) {
        const bool single = product.rasters.size() == 1 && product.sensor.empty();
        return single && std::any_of(landsat.begin(), landsat.end(), [&](const std::string& start) {
                   return product.rasters.front().file.starts_with(start);
               });
    });
    std::vector<UnclearBands> unclear;
    std::vector<Product> products = productsOf(found.bandFiles, storage, unclear);
    std::move(products.begin(), products.end(), std::back_inserter(found.products));
    for (const UnclearBands& question : unclear) {
        for (const std::string& file : question.files) {
            const raster::RasterReader reader(file);
            if (const auto band = bandFileNameOf(nameOf(file));
                band && isPicture(band->band) && whyNoOpticalBands(reader).empty()) {
                // All there is, then.
                Product product;
                product.given = file;
                product.kind = "Optical raster";
                product.name = nameOf(file);
                product.isMain = true;
                product.reflectanceIsGuessed = true;
                product.rasters.push_back(rasterFrom({"optical", file}, storage, product.notes));
                found.products.push_back(std::move(product));
                continue;
            }
            addUnknown(found, reader, question.why);
        }
    }
    found.bandFiles.clear();
}

} // namespace nunatak::scene::products
