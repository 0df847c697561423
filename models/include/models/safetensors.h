// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tensor.h"

#include <filesystem>
#include <map>
#include <string>

namespace nunatak::models {

/// Tensors by name from a safetensors file (F32 only). Bounds are checked before anything is allocated: a
/// truncated, oversized, overlapping or non-finite file throws Error saying what is wrong with which file.
NamedTensors readSafetensors(const std::filesystem::path& file);

/// Writes through a temporary file that is synced and renamed. Throws Error.
void writeSafetensors(const NamedTensors& tensors, const std::map<std::string, std::string>& metadata,
                      const std::filesystem::path& file);

/// SHA-256 of a file, lower-case hex. Throws Error when it cannot be read.
std::string fileSha256(const std::filesystem::path& file);

} // namespace nunatak::models
