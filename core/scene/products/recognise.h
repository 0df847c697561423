// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "scene/open_scene.h"
#include "scene/products/product.h"

namespace nunatak::scene::products {

struct Recognised {
    std::vector<Product> products;
    std::vector<UnknownRaster> unknown;
};

/// What lies at a path: a product, its metadata file, an archive, a raster, or a folder of those.
/// Throws Error: nothing there, damaged, a product that cannot be used; Cancelled.
Recognised recognise(const std::string& path, ReflectanceStorage storage, const Progress& progress);

} // namespace nunatak::scene::products
