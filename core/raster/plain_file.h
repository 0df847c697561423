// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace nunatak::raster {

/// Throws Error where the path is a pipe, a socket or a device: opening one waits for whoever writes into it,
/// which nobody may ever do, and cannot be stopped. Any other path, GDAL's own included, is none of its
/// business.
void throwIfDevice(const std::string& path);

} // namespace nunatak::raster
