// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <filesystem>
#include <string>

namespace nunatak::tests {

/// What the pictures are taken of: the demo's scene with an inventory of its glaciers, the largest of which
/// is two that share an ice divide, and an earlier outline of both as a reference.
struct PictureProject {
    std::string file;
    std::string west; ///< UUIDs of the two
    std::string east;
    std::string twin;          ///< of one with two parts
    geo::Point twinsSecond;    ///< in the middle of its second part
    geo::Point dividesMiddle;  ///< the vertex of the divide that is farthest in the ice
    geo::MultiPolygon complex; ///< both together
};

/// Makes the demo in `folder` and, from what is in it, pictures.gpkg.
PictureProject makePictureProject(const std::filesystem::path& folder);

} // namespace nunatak::tests
