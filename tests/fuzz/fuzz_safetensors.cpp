// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: whatever the bytes are, they are tensors or one Error.
#include "base/error.h"
#include "fuzz_input.h"
#include "models/safetensors.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const nunatak::tests::FuzzInput input(data, size);
    try {
        std::size_t values = 0;
        for (const auto& [name, tensor] : nunatak::models::readSafetensors(input.path())) {
            if (static_cast<std::int64_t>(tensor.values.size()) != tensor.elements()) {
                std::abort();
            }
            values += tensor.values.size();
        }
        if (values * sizeof(float) > size) {
            std::abort(); // more came out than was in the file
        }
    } catch (const nunatak::Error&) {
        // Refused, as it should be.
    }
    return 0;
}
