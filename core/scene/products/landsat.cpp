// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/products/landsat.h"

#include "base/error.h"
#include "base/letters.h"
#include "raster/virtual_files.h"
#include "scene/reflectance.h"

#include <algorithm>

namespace nunatak::scene::products {

namespace {

bool isRemote(const std::string& file) {
    return file.starts_with("/vsicurl") || file.starts_with("/vsis3") || file.starts_with("/vsigs") ||
           file.starts_with("/vsiaz");
}

/// The file that the metadata name, or the one in the folder that ends as it does (_SR_B4.TIF), where
/// somebody renamed them all.
std::string whereItLies(const std::string& file, const std::string& product) {
    if (isRemote(file) || raster::fileExists(file)) {
        return file;
    }
    const ProductFolder folder = folderOf(file.substr(0, file.rfind('/')));
    const std::string name = nameOf(file);
    if (!name.starts_with(product) || name.size() == product.size()) {
        return {};
    }
    const std::string end = name.substr(product.size());
    const auto same = [&](const std::string& other) { return endsWith(other, end); };
    const bool one = std::count_if(folder.names.begin(), folder.names.end(), same) == 1;
    return one ? folder.at(*folder.ending(end)) : std::string();
}

/// Every file is there, and the bands have one size: a download that stopped half-way is noticed here.
void checkFilesOf(Product& product) {
    const SceneRaster* first = nullptr;
    raster::RasterInfo firstInfo;
    for (SceneRaster& raster : product.rasters) {
        const std::string named = raster.file;
        raster.file = whereItLies(named, product.name);
        if (raster.file.empty()) {
            throw Error(
                "The product " + product.name + " lacks the file \"" + named +
                "\" that its metadata name; download it again, or give the rasters you have one by one.");
        }
        if (!raster.fillFile.empty()) {
            raster.fillFile = whereItLies(raster.fillFile, product.name);
        }
        if (raster.feature == "quality") {
            continue;
        }
        const raster::RasterInfo info = raster::RasterReader(raster.file).info();
        takeBackFileScale(raster, info.bands.front());
        if (raster.feature != "optical") {
            continue;
        }
        if (first == nullptr) {
            first = &raster;
            firstInfo = info;
        } else if (info.columns != firstInfo.columns || info.rows != firstInfo.rows) {
            throw Error("The bands of the product " + product.name +
                        " have different sizes: " + nameOf(raster.file) + " has " +
                        std::to_string(info.columns) + " by " + std::to_string(info.rows) + " pixels, " +
                        nameOf(first->file) + " " + std::to_string(firstInfo.columns) + " by " +
                        std::to_string(firstInfo.rows) + "; download it again.");
        }
    }
}

} // namespace

Product openLandsat(const std::string& file, const std::string& given) {
    const auto slash = file.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : file.substr(0, slash);
    Product product = landsatProduct(Mtl::parse(raster::readText(file, mostMetadata), file), folder);
    product.given = given;
    if (lowerCase(file).find(".gz/") != std::string::npos ||
        lowerCase(file).find(".tgz/") != std::string::npos) {
        product.notes.emplace_back(
            "The scene lies in a compressed archive, which is slow to read from; unpack it to work with it.");
    }
    checkFilesOf(product);
    return product;
}

} // namespace nunatak::scene::products
