// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/network.h"

#include <filesystem>

namespace nunatak::models {

/// Loads the module on the first call (dlopen, RTLD_LOCAL) and keeps it for the life of the process; about
/// 0.7 s the first time, so call it from a job. Throws Error when the file is missing, does not load or has
/// another version.
ModelsModule& loadModule(const std::filesystem::path& moduleFile);

} // namespace nunatak::models
