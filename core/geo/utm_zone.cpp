// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/utm_zone.h"

#include <cmath>

namespace nunatak::geo {

int utmZone(double longitude, double latitude) {
    const double wrapped = longitude - 360 * std::floor((longitude + 180) / 360);
    if (latitude >= 56 && latitude < 64 && wrapped >= 3 && wrapped < 12) {
        return 32;
    }
    if (latitude >= 72 && wrapped >= 0 && wrapped < 42) {
        return wrapped < 9 ? 31 : wrapped < 21 ? 33 : wrapped < 33 ? 35 : 37;
    }
    return static_cast<int>(std::floor((wrapped + 180) / 6)) % 60 + 1;
}

} // namespace nunatak::geo
