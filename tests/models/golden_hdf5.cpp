// SPDX-License-Identifier: GPL-3.0-or-later
#include "golden.h"
#include "support/hdf5_arrays.h"
#include "support/plain_test.h"

#include <filesystem>

namespace nunatak::tests {

models::NamedTensors readGolden(const std::string& name) {
    const auto file = std::filesystem::path(NUNATAK_SHARED_DATA) / "golden" / (name + ".h5");
    if (!std::filesystem::exists(file)) {
        throw Skipped("needs golden/" + name + ".h5 of the shared data, which is not beside this checkout");
    }
    return readHdf5Arrays(file);
}

} // namespace nunatak::tests
