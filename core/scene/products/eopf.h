// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/products/product.h"

namespace nunatak::scene::products {

/// True for the name of a Zarr store: NAME.zarr, NAME.zarr.zip.
bool isZarr(const std::string& name);

/// A Sentinel-2 product in ESA's EOPF Zarr format: bands as measurements/reflectance/r10m/b02 …, factors in
/// the arrays' attributes (EOPF, Product Structure and Format Definition). GDAL reads where its pixels lie
/// from version 3.12 on. Throws Error: no such product, or a GDAL that cannot read it, with what to do.
Product openEopf(const std::string& path, const std::string& given);

} // namespace nunatak::scene::products
