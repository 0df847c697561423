// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"
#include "models/manifest.h"
#include "models/model_set.h"
#include "models/registry.h"
#include "scene/scene_reader.h"

#include <string>
#include <vector>

// Where on Earth a model thinks it is (Maslov et al. 2025).
namespace nunatak::prediction {

/// The regions of the published models in the order of the one-hot vector, the last is unknown:
/// ALP AN AWA CA GR HMA LL NZ SA SC SVAL.
const std::vector<std::string>& publishedRegions();

/// Throws Error naming the codes there are unless `code` is one of the eleven regions (unknown is none).
void throwUnlessRegion(const std::string& code);

/// What the entries of a model's region vector mean: the manifest's names, else the published ones.
std::vector<std::string> regionEntries(const models::Manifest& model);

/// True for models that want the coordinates of each tile (coordinate encoding).
bool isCoordinateEncoding(const models::Manifest& model);

struct Location {
    std::vector<float> vector; ///< of all tiles; empty for networks without one, or where each has its own
    std::string description;   ///< such as "region ALP", "unknown region", "46.8° N 10.8° E"
    std::vector<std::string> warnings;
};

/// The vector for a scene. For region encoding `region` is auto (by the RGI region the scene's centre lies
/// in), a code, unknown, or twelve numbers "v1,…,v12"; for coordinate encoding it must be auto and the vector
/// is empty, since each tile has its own (tile_coordinates.h), as published. For other models it must be auto
/// and the vector is empty; a model of one region warns when the scene lies elsewhere. Throws Error with what
/// is allowed when it does not fit the model.
Location locationFor(const models::Manifest& model, const scene::Scene& scene, const std::string& region);

/// The code of the published region a place lies in, by the RGI first-order region; "unknown" with a warning
/// outside those trained on. Degrees, WGS 84.
std::string regionAt(double latitude, double longitude, std::vector<std::string>& warnings);

/// Longitude (x) and latitude (y) of a scene's middle, degrees, WGS 84.
geo::Point sceneCentre(const scene::Scene& scene);

/// The regional strategy: the name or path of the member of a set that is meant for where the scene lies. A
/// member with a polygon around the scene's middle comes first, then one with the region's code, then the
/// set's model for everywhere else. Throws Error naming the regions there are when the set has none for it.
std::string modelFor(const models::ModelSet& set, const scene::Scene& scene,
                     std::vector<std::string>& warnings);

} // namespace nunatak::prediction
