// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: whatever the bytes are, they are the metadata of a Sentinel-2 product, of its tile or of a
// product of SNAP, or one Error for each; and a name of a file is radar's or not.
#include "base/error.h"
#include "scene/products/radar_names.h"
#include "scene/products/sentinel2_metadata.h"

#include <cstdint>
#include <cstdlib>
#include <functional>

namespace {

void refusedOrRead(const std::function<void()>& read) {
    try {
        read();
    } catch (const nunatak::Error&) {
        // Refused, as it should be.
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace nunatak::scene::products;
    const std::string text(reinterpret_cast<const char*>(data), size);
    refusedOrRead([&] {
        const std::string tile =
            size % 2 == 0 ? "" : "S2A_OPER_MSI_L1C_TL_EPA__20150829T140530_A000963_T32TPS_N02.04";
        const auto metadata = parseSentinel2(text, "MTD_MSIL1C.xml", tile);
        for (const auto& [band, image] : metadata.images) {
            if (image.starts_with('/') || image.find("..") != std::string::npos) {
                std::abort(); // out of the product
            }
        }
        if (!(metadata.quantification > 0) || metadata.images.empty()) {
            std::abort();
        }
    });
    refusedOrRead([&] {
        if (parseSentinel2Tile(text, "MTD_TL.xml").cloudMask.find("..") != std::string::npos) {
            std::abort();
        }
    });
    refusedOrRead([&] { parseSnapHeader(text, "product.dim"); });
    constexpr std::size_t longestName = 255;
    const std::string name = text.substr(0, longestName);
    isSentinel1Original(name);
    if (const auto radar = radarNameOf(name)) {
        orbitAt(radar->time, 10, 47);
    }
    return 0;
}
