// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/json_fields.h"
#include "scene/scene.h"

#include <functional>

namespace nunatak::scene {

/// How the paths of a scene are written.
using PathText = std::function<std::string(const std::string&)>;

/// A raster as an entry of scene.json (docs/scene-format.md).
nlohmann::ordered_json toJsonValue(const SceneRaster& raster, const PathText& pathText);
/// And back. Throws Error that says which field is wrong.
SceneRaster rasterFrom(const JsonFields& fields);

} // namespace nunatak::scene
