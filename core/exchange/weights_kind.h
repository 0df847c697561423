// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace nunatak::exchange {

/// What a file or folder is that holds a network's weights otherwise than in HDF5, and what to do, as the end
/// of a sentence; empty for HDF5 and for what is not known. Only a few bytes at both ends are looked at.
std::string foreignWeights(const std::filesystem::path& file);

} // namespace nunatak::exchange
