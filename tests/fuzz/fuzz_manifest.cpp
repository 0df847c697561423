// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: whatever the bytes are, they are a manifest that can be written and read again, or one Error.
#include "base/error.h"
#include "fuzz_input.h"
#include "models/manifest.h"
#include "models/weight_layout.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const nunatak::tests::FuzzInput input(data, size);
    try {
        const auto manifest = nunatak::models::readManifest(input.path());
        if (nunatak::models::weightLayout(manifest.network).empty()) {
            std::abort();
        }
        for (const auto& feature : manifest.network.features) {
            if (manifest.scaling.at(feature.name).size() != feature.bands.size()) {
                std::abort();
            }
        }
    } catch (const nunatak::Error&) {
        // Refused, as it should be.
    }
    return 0;
}
