// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/equal_area.h"

#include "geo/paths.h"
#include "geo/rings.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace nunatak::geo {

namespace {

constexpr double semiMajor = 6378137; // WGS 84
constexpr double flattening = 1 / 298.257223563;
constexpr double squaredEccentricity = flattening * (2 - flattening);
constexpr double radians = std::numbers::pi / 180;

/// Snyder (1987), equation 10-15 with 3-12 and the equator as standard parallel, y = a q / 2, of the sine of
/// a latitude. With z = (e sin φ)², 1 / (1 − z) + artanh(√z) / √z is the series of (1 + 1 / (2k + 1)) zᵏ,
/// whose eighth term is beyond the digits of a double.
double northing(double sine) {
    constexpr int terms = 8;
    const double z = squaredEccentricity * sine * sine;
    double sum = 0;
    for (int k = terms; k-- > 0;) {
        sum = sum * z + (1 + 1.0 / (2 * k + 1));
    }
    return semiMajor * (1 - squaredEccentricity) / 2 * sine * sum;
}

/// The sines of latitudes that are not far from a first one, by Taylor's series about it: a third of the time
/// of std::sin().
class NearbySine {
public:
    static constexpr double reach = 0.1; ///< radians; there the series are full doubles

    explicit NearbySine(double latitude)
        : m_latitude(latitude), m_sine(std::sin(latitude * radians)), m_cosine(std::cos(latitude * radians)) {
    }

    double operator()(double latitude) const {
        const double d = (latitude - m_latitude) * radians;
        const double s = d * d;
        const double sine = d * (1 + s * (-1. / 6 + s * (1. / 120 + s * (-1. / 5040 + s * (1. / 362880)))));
        const double cosine =
            1 + s * (-1. / 2 + s * (1. / 24 + s * (-1. / 720 + s * (1. / 40320 + s * (-1. / 3628800)))));
        return m_sine * cosine + m_cosine * sine;
    }

private:
    double m_latitude;
    double m_sine;
    double m_cosine;
};

/// About the ring's own beginning, so that it keeps its digits. `sine` is of a latitude in degrees.
template <typename Sine> double areaOf(const Ring& ring, const Sine& sine) {
    const double west = ring.front().x;
    const double south = northing(sine(ring.front().y));
    double twice = 0;
    double x = 0;
    double y = 0;
    for (std::size_t i = 1; i < ring.size(); ++i) { // and back to the beginning, where x and y are 0
        const double nextX = semiMajor * radians * (ring[i].x - west);
        const double nextY = northing(sine(ring[i].y)) - south;
        twice += x * nextY - nextX * y;
        x = nextX;
        y = nextY;
    }
    return std::abs(twice) / 2;
}

double areaOf(const Ring& ring) {
    if (ring.size() < 3) {
        return 0;
    }
    const auto [south, north] = std::minmax_element(ring.begin(), ring.end(),
                                                    [](const Point& a, const Point& b) { return a.y < b.y; });
    if ((north->y - south->y) * radians < NearbySine::reach) {
        return areaOf(ring, NearbySine(ring.front().y));
    }
    return areaOf(ring, [](double latitude) { return std::sin(latitude * radians); });
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
