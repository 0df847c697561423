// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/scene.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace nunatak::scene {

/// The file or folder on this machine in which a raster lies that GDAL names by a path of its own (an
/// archive, part of a netCDF file); none for one from afar or in memory.
std::optional<std::filesystem::path> localFile(const std::string& raster);

/// What is read when the scene is; no result is written in its place.
std::vector<std::filesystem::path> localFiles(const Scene& scene);

} // namespace nunatak::scene
