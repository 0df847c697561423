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

/// What the attributes of an EOPF product or of one of its arrays say. Empty texts and none for what they do
/// not.
struct EopfAttributes {
    std::string name;
    std::string platform; ///< "sentinel-2a"
    std::string datetime; ///< as written, ISO 8601
    std::optional<double> sunElevation;
    std::optional<double> sunAzimuth;
    std::optional<double> scale;
    std::optional<double> offset;
};
/// Reads .zattrs or zarr.json, whatever the text is. `file` is its name. Throws Error when it is no JSON.
EopfAttributes parseEopfAttributes(const std::string& json, const std::string& file);

} // namespace nunatak::scene::products
