// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/true_north.h"

#include "base/error.h"

#include <cmath>
#include <numbers>

namespace nunatak::geo {

namespace {

constexpr double step = 0.001; // degrees of latitude, about 111 m
constexpr auto wgs84 = "EPSG:4326";

} // namespace

TrueNorth::TrueNorth(const Crs& crs)
    : m_toDegrees(crs, Crs::fromUserInput(wgs84)), m_fromDegrees(Crs::fromUserInput(wgs84), crs) {}

double TrueNorth::bearing(Point point) const {
    try {
        const auto place = m_toDegrees(point);
        if (std::abs(place.y) + step > 90) {
            return 0;
        }
        // Both ends through the same transform, so that what rounds in one rounds in the other.
        const auto here = m_fromDegrees(Point{place.x, place.y - step});
        const auto north = m_fromDegrees(Point{place.x, place.y + step});
        return std::atan2(north.x - here.x, north.y - here.y) * 180 / std::numbers::pi;
    } catch (const Error&) {
        return 0;
    }
}

} // namespace nunatak::geo
