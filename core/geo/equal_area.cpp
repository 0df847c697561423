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

/// Two latitudes at once; compilers make one instruction of each operation where the processor has it.
using Pair = double __attribute__((vector_size(2 * sizeof(double))));

/// Snyder (1987), equation 10-15 with 3-12 and the equator as standard parallel, y = a q / 2, of the sine of
/// a latitude. With z = (e sin φ)², 1 / (1 − z) + artanh(√z) / √z is the series of (1 + 1 / (2k + 1)) zᵏ,
/// whose eighth term is beyond the digits of a double.
Pair northing(Pair sine) {
    constexpr int terms = 8;
    const Pair z = squaredEccentricity * sine * sine;
    Pair sum{};
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

    Pair operator()(Pair latitude) const {
        const Pair d = (latitude - m_latitude) * radians;
        const Pair s = d * d;
        const Pair sine = d * (1 + s * (-1. / 6 + s * (1. / 120 + s * (-1. / 5040 + s * (1. / 362880)))));
        const Pair cosine =
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
    const double south = northing(sine(Pair{} + ring.front().y))[0];
    double twice = 0;
    double x = 0;
    double y = 0;
    for (std::size_t i = 1; i < ring.size(); i += 2) { // and back to the beginning, where x and y are 0
        const Point& a = ring[i];
        const Point& b = i + 1 < ring.size() ? ring[i + 1] : a; // twice the last adds nothing
        const Pair nextX = semiMajor * radians * (Pair{a.x, b.x} - west);
        const Pair nextY = northing(sine(Pair{a.y, b.y})) - south;
        twice += x * nextY[0] - nextX[0] * y + (nextX[0] * nextY[1] - nextX[1] * nextY[0]);
        x = nextX[1];
        y = nextY[1];
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
    return areaOf(ring, [](Pair latitude) {
        return Pair{std::sin(latitude[0] * radians), std::sin(latitude[1] * radians)};
    });
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
