// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: whatever the bytes are, they are the metadata of a Landsat product or one Error.
#include "base/error.h"
#include "scene/products/landsat.h"

#include <cmath>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace nunatak::scene;
    try {
        const auto mtl =
            products::Mtl::parse(std::string(reinterpret_cast<const char*>(data), size), "fuzz_MTL.txt");
        for (const SceneRaster& raster : products::landsatProduct(mtl, "/folder").rasters) {
            const bool outside =
                raster.file.rfind("/folder/") != 0 || raster.file.find('/', 8) != std::string::npos;
            if (outside || !std::isfinite(raster.scale) || raster.bands.size() != raster.bandNames.size()) {
                std::abort();
            }
        }
    } catch (const nunatak::Error&) {
        // Refused, as it should be.
    }
    return 0;
}
