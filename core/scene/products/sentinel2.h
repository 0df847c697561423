// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/products/product.h"

namespace nunatak::scene::products {

/// A Sentinel-2 Level-1C or 2A product. `file` is its metadata file (MTD_MSIL1C.xml, MTD_MSIL2A.xml) in the
/// SAFE folder, or that of one of its tiles (MTD_TL.xml) in the folder of its granule. An image that does not
/// lie where the metadata say, as in a granule that was renamed, is looked for in the product. Reflectance =
/// (number + offset) / quantification value, both as the metadata say; 0 is no data. Throws Error: damaged
/// metadata, several tiles, a band that is missing or covers another place than the others.
Product openSentinel2(const std::string& file, const std::string& given);

/// The metadata file of the product that a tile's belongs to, two folders above it; empty where there is
/// none.
std::string sentinel2ProductOf(const std::string& tileMetadata);

} // namespace nunatak::scene::products
