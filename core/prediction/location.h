// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/manifest.h"
#include "models/registry.h"
#include "scene/scene_reader.h"

#include <string>
#include <vector>

// Where on Earth a model thinks it is (Maslov et al. 2025).
namespace nunatak::prediction {

/// The regions of the published models in the order of the one-hot vector, the last is unknown:
/// ALP AN AWA CA GR HMA LL NZ SA SC SVAL.
const std::vector<std::string>& publishedRegions();

struct Location {
    std::vector<float> vector; ///< empty for networks without one
    std::string description;   ///< such as "region ALP", "unknown region", "46.8° N 10.8° E"
    std::vector<std::string> warnings;
};

/// The vector for a scene. For region encoding `region` is auto (by the RGI region the scene's centre lies
/// in), a code, unknown, or twelve numbers "v1,…,v12"; for coordinate encoding it must be auto: sin and cos
/// of the centre's latitude and longitude in radians. Throws Error with what is allowed when it does not fit
/// the model.
Location locationFor(const models::Manifest& model, const scene::Scene& scene, const std::string& region);

/// The code of the published region a place lies in, by the RGI first-order region; "unknown" with a warning
/// outside those trained on. Degrees, WGS 84.
std::string regionAt(double latitude, double longitude, std::vector<std::string>& warnings);

} // namespace nunatak::prediction
