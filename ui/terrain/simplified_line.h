// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "terrain/vec3.h"

#include <vector>

namespace nunatak::ui::terrain {

/// The line with fewer corners, none of the left out ones farther than `tolerance` metres from it (Douglas
/// and Peucker 1973, in space). Its ends stay.
std::vector<Vec3> simplified(const std::vector<Vec3>& line, double tolerance);

} // namespace nunatak::ui::terrain
