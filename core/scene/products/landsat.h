// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/products/mtl.h"
#include "scene/products/product.h"
#include "scene/products/product_folder.h"

namespace nunatak::scene::products {

/// A Landsat 4-9 Collection 2 product, Level-1 or Level-2. `file` is its metadata file, beside which the
/// bands lie. Level-1 numbers become reflectance at the top of the atmosphere by the file's own factors and
/// the sine of the sun's elevation, thermal ones brightness temperature by its K1 and K2 (USGS, Landsat
/// Collection 2 Level-1 data format control books). Throws Error: MSS, Collection 1, a band that is missing
/// or of another size, a number that does not parse.
Product openLandsat(const std::string& file, const std::string& given);

/// The same from the metadata alone, without looking at any raster; `folder` is where the bands lie.
Product landsatProduct(const Mtl& mtl, const std::string& folder);

} // namespace nunatak::scene::products
