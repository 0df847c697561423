// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/products/landsat.h"

#include "base/error.h"
#include "raster/virtual_files.h"

namespace nunatak::scene::products {

namespace {

/// Every file is there, and the bands have one size: a download that stopped half-way is noticed here.
void checkFilesOf(const Product& product) {
    const SceneRaster* first = nullptr;
    raster::RasterInfo firstInfo;
    for (const SceneRaster& raster : product.rasters) {
        if (!raster.file.starts_with("/vsicurl") && !raster.file.starts_with("/vsis3") &&
            !raster::fileExists(raster.file)) {
            throw Error(
                "The product " + product.name + " lacks the file " + nameOf(raster.file) +
                " that its metadata name; download it again, or give the rasters you have one by one.");
        }
        if (raster.feature != "optical") {
            continue;
        }
        const raster::RasterInfo info = raster::RasterReader(raster.file).info();
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
    if (lower(file).find(".gz/") != std::string::npos || lower(file).find(".tgz/") != std::string::npos) {
        product.notes.emplace_back(
            "The scene lies in a compressed archive, which is slow to read from; unpack it to work with it.");
    }
    checkFilesOf(product);
    return product;
}

} // namespace nunatak::scene::products
