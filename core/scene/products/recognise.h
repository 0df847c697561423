// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "scene/open_scene.h"
#include "scene/products/band_files.h"
#include "scene/products/product.h"

namespace nunatak::scene::products {

struct Recognised {
    std::vector<Product> products;
    std::vector<UnknownRaster> unknown;
    std::vector<BandFile> bandFiles;   ///< not put together yet
    std::vector<std::string> notes{};  ///< of rasters that are not used
    std::vector<std::string> beside{}; ///< rasters in a product's folder that are none of its files
    struct LeftOut {
        std::string name;
        std::string why; ///< a sentence
    };
    std::vector<LeftOut> leftOut{};         ///< files that are no rasters
    std::vector<std::string> besideRadar{}; ///< files that come with radar measurements and are none
};

/// Adds what lies at a path: a product, its metadata file, an archive, a raster, or a folder of those.
/// Throws Error: nothing there, damaged, a product that cannot be used; Cancelled.
void recognise(const std::string& path, ReflectanceStorage storage, const Progress& progress,
               Recognised& result);

/// "landsat" or "sentinel2" where a text file is the metadata of a product, whatever its name; empty
/// otherwise.
std::string metadataByContent(const std::string& path);

/// When everything given was looked at: puts files of one band each together, and leaves out what was found
/// twice (a product by its folder and by its metadata file). Throws Error as productsOf.
void putTogether(Recognised& found, ReflectanceStorage storage);

} // namespace nunatak::scene::products
