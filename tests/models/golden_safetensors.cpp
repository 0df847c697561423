// SPDX-License-Identifier: GPL-3.0-or-later
#include "golden.h"
#include "models/safetensors.h"
#include "support/plain_test.h"

#include <cstdlib>
#include <filesystem>

namespace nunatak::tests {

models::NamedTensors readGolden(const std::string& name) {
    const char* folder = std::getenv("NUNATAK_GOLDEN");
    const auto file =
        std::filesystem::path(folder ? folder : NUNATAK_BUILD_DIRECTORY "/golden") / (name + ".safetensors");
    if (!std::filesystem::exists(file)) {
        throw Skipped("needs " + file.string() +
                      ", made by golden_to_safetensors.py; NUNATAK_GOLDEN names its folder");
    }
    return models::readSafetensors(file);
}

} // namespace nunatak::tests
