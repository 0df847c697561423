// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/equal_area.h"

#include "geo/paths.h"
#include "geo/rings.h"

#include <cmath>
#include <numbers>

namespace nunatak::geo {

namespace {

constexpr double semiMajor = 6378137; // WGS 84
constexpr double flattening = 1 / 298.257223563;
const double eccentricity = std::sqrt(flattening * (2 - flattening));
constexpr double radians = std::numbers::pi / 180;

/// Snyder (1987), equation 10-15 with 3-12 and the equator as standard parallel: y = a q / 2.
double northing(double latitude) {
    const double sine = std::sin(latitude * radians);
    const double e = eccentricity;
    const double q = (1 - e * e) * (sine / (1 - e * e * sine * sine) + std::atanh(e * sine) / e);
    return semiMajor * q / 2;
}

/// About the ring's own beginning, so that it keeps its digits.
double areaOf(const Ring& ring) {
    if (ring.size() < 3) {
        return 0;
    }
    const double west = ring.front().x;
    const double south = northing(ring.front().y);
    double twice = 0;
    double x = 0;
    double y = 0;
    for (std::size_t i = 1; i <= ring.size(); ++i) {
        const auto& point = ring[i % ring.size()];
        const double nextX = semiMajor * radians * (point.x - west);
        const double nextY = northing(point.y) - south;
        twice += x * nextY - nextX * y;
        x = nextX;
        y = nextY;
    }
    return std::abs(twice) / 2;
}

} // namespace

double equalAreaOf(const MultiPolygon& degrees) {
    double area = 0;
    forEachRing(degrees, [&](const Ring& ring, int part, int number) {
        if (!isPath(degrees[static_cast<std::size_t>(part)])) {
            area += (number == 0 ? 1 : -1) * areaOf(ring);
        }
    });
    return area;
}

} // namespace nunatak::geo
