// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace nunatak::exchange {

/// The sentences for a file that could not be written: which, why (`reason`, of the system or of GDAL; empty:
/// unknown), and what to do.
std::string notWritten(const std::filesystem::path& file, const std::string& reason);

} // namespace nunatak::exchange
