// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tensor.h"

#include <filesystem>

namespace nunatak::tests {

/// All numbers of an HDF5 file that the tests trust, as float: datasets by path, numeric attributes as
/// "<path of the object>@<name>". Of a file of Keras' weights also every weight as "keras/<four digits>/<its
/// name>", numbered in Keras' own order. Throws std::runtime_error.
models::NamedTensors readHdf5Arrays(const std::filesystem::path& file);

} // namespace nunatak::tests
