// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/products/product.h"

namespace nunatak::scene::products {

/// A Sentinel-2 Level-1C or 2A product. `file` is its metadata file (MTD_MSIL1C.xml, MTD_MSIL2A.xml) in the
/// SAFE folder. Reflectance = (number + offset) / quantification value, both as the metadata say; 0 is no
/// data. Throws Error: damaged metadata, a band that is missing or covers another place than the others.
Product openSentinel2(const std::string& file, const std::string& given);

} // namespace nunatak::scene::products
