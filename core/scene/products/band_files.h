// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/open_scene.h"
#include "scene/products/band_file_names.h"
#include "scene/products/product.h"

#include <string>
#include <vector>

namespace nunatak::scene::products {

/// A file of one band, whose name says which one.
struct BandFile {
    std::string path;
    std::string given; ///< path as given
    BandFileName name;
};

/// Files of one acquisition that cannot be used by their names alone.
struct UnclearBands {
    std::vector<std::string> files;
    std::string why; ///< a clause
};

/// Puts files of one acquisition together by what their names have in common: HLS, Sentinel-2, Landsat's
/// surface reflectance, bands of a catalogue's item. What is not used is in the products' notes. Reflectance
/// as the product's documents say, with the file's own scale where there is one; where neither says it, by
/// the numbers or `storage`. Throws Error: a file that cannot be read, numbers that can be several things.
std::vector<Product> productsOf(const std::vector<BandFile>& files, ReflectanceStorage storage,
                                std::vector<UnclearBands>& unclear);

} // namespace nunatak::scene::products
