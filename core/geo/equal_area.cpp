// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/equal_area.h"

#include "geo/four.h"
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

/// From sines of latitudes. Snyder (1987), equation 10-15 with 3-12 and the equator as standard parallel,
/// y = a q / 2. With z = (e sin φ)², 1 / (1 − z) + artanh(√z) / √z is the series of (1 + 1 / (2k + 1)) zᵏ,
/// whose eighth term is beyond the digits of a double.
[[gnu::always_inline]] inline void toNorthing(Four& sine) {
    constexpr int terms = 8;
    const Four z = squaredEccentricity * sine * sine;
    Four sum{};
    for (int k = terms; k-- > 0;) {
        sum = sum * z + (1 + 1.0 / (2 * k + 1));
    }
    sine = semiMajor * (1 - squaredEccentricity) / 2 * sine * sum;
}

/// The sines of latitudes that are not far from a first one, by Taylor's series about it: a third of the time
/// of std::sin().
class NearbySine {
public:
    static constexpr double reach = 0.1; ///< radians; there the series are full doubles

    explicit NearbySine(double latitude)
        : m_latitude(latitude), m_sine(std::sin(latitude * radians)), m_cosine(std::cos(latitude * radians)) {
    }

    /// In the place of the latitudes.
    [[gnu::always_inline]] void operator()(Four& latitude) const {
        const Four d = (latitude - m_latitude) * radians;
        const Four s = d * d;
        const Four sine = d * (1 + s * (-1. / 6 + s * (1. / 120 + s * (-1. / 5040 + s * (1. / 362880)))));
        const Four cosine =
            1 + s * (-1. / 2 + s * (1. / 24 + s * (-1. / 720 + s * (1. / 40320 + s * (-1. / 3628800)))));
        latitude = m_sine * cosine + m_cosine * sine;
    }

private:
    double m_latitude;
    double m_sine;
    double m_cosine;
};

struct AnySine {
    void operator()(Four& latitude) const {
        latitude = Four{std::sin(latitude[0] * radians), std::sin(latitude[1] * radians),
                        std::sin(latitude[2] * radians), std::sin(latitude[3] * radians)};
    }
};

/// About the ring's own beginning, so that it keeps its digits. `toSine` is of latitudes in degrees.
template <typename Sine> [[gnu::always_inline]] inline double areaOf(const Ring& ring, const Sine& toSine) {
    const double west = ring.front().x;
    Four south = Four{} + ring.front().y;
    toSine(south);
    toNorthing(south);
    Four twice{};
    Four lastX{};
    Four lastY{};
    for (std::size_t i = 1; i < ring.size(); i += 4) { // and back to the beginning, where x and y are 0
        const Point& a = ring[i];
        const Point& b = ring[std::min(i + 1, ring.size() - 1)]; // the last one again adds nothing
        const Point& c = ring[std::min(i + 2, ring.size() - 1)];
        const Point& d = ring[std::min(i + 3, ring.size() - 1)];
        const Four x = semiMajor * radians * (Four{a.x, b.x, c.x, d.x} - west);
        Four y = {a.y, b.y, c.y, d.y};
        toSine(y);
        toNorthing(y);
        y -= south;
        twice += Four{lastX[3], x[0], x[1], x[2]} * y - x * Four{lastY[3], y[0], y[1], y[2]};
        lastX = x;
        lastY = y;
    }
    return std::abs((twice[0] + twice[1]) + (twice[2] + twice[3])) / 2;
}

NUNATAK_FOR_AVX2 double areaOfWide(const Ring& ring, const NearbySine& sine) {
    return areaOf(ring, sine);
}

double areaOf(const Ring& ring) {
    if (ring.size() < 3) {
        return 0;
    }
    const auto [south, north] = std::minmax_element(ring.begin(), ring.end(),
                                                    [](const Point& a, const Point& b) { return a.y < b.y; });
    if (!((north->y - south->y) * radians < NearbySine::reach)) {
        return areaOf(ring, AnySine());
    }
    const NearbySine sine(ring.front().y);
    return hasAvx2() ? areaOfWide(ring, sine) : areaOf(ring, sine);
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
