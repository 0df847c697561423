// SPDX-License-Identifier: GPL-3.0-or-later
#include "outlines/surface_measures.h"

#include <cmath>

namespace nunatak::outlines {

int aspectSector(double degrees) {
    constexpr double width = 45;
    const double turned = std::fmod(degrees + width / 2 + 360, 360.0);
    return static_cast<int>(turned / width) + 1;
}

} // namespace nunatak::outlines
