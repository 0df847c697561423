// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation/clouds.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace nunatak::scene::simulation {

namespace {

constexpr double thickPart = 0.65; // of the cover
constexpr double above = 900;      // metres from the mean of the ground's range to the clouds

double thresholdFor(std::vector<double> values, double share) {
    const auto rank = static_cast<std::ptrdiff_t>((1 - share) * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + rank, values.end());
    return values[static_cast<std::size_t>(rank)];
}

} // namespace

Clouds::Clouds(const Place& place, std::uint64_t weather, double cover, const Sun& sun)
    : m_weather(weather), m_cover(cover), m_sun(sun),
      m_base((place.lowest + place.highestGround) / 2 + above) {
    if (cover <= 0) {
        return;
    }
    // Thresholds from a lattice over the picture, so that the cover is what was asked for.
    constexpr int lattice = 128;
    const auto point = [&](int i, int size) { return (i + 0.5) / lattice * size * place.pixel(); };
    std::vector<double> heap;
    for (int row = 0; row < lattice; ++row) {
        for (int column = 0; column < lattice; ++column) {
            heap.push_back(heaps(point(column, place.grid.columns), point(row, place.grid.rows)));
        }
    }
    m_heapThreshold = thresholdFor(heap, cover * thickPart);
    // Thin cloud counts where there is no thick one.
    std::vector<double> veil;
    for (int row = 0; row < lattice; ++row) {
        for (int column = 0; column < lattice; ++column) {
            if (heap[static_cast<std::size_t>(row * lattice + column)] < m_heapThreshold) {
                veil.push_back(veils(point(column, place.grid.columns), point(row, place.grid.rows)));
            }
        }
    }
    if (!veil.empty()) {
        m_veilThreshold = thresholdFor(std::move(veil), cover * (1 - thickPart) / (1 - cover * thickPart));
    }
}

double Clouds::heaps(double x, double y) const {
    return fractal(m_weather + 111, x / 5200, y / 5200, 6, 0.58);
}

double Clouds::veils(double x, double y) const {
    // Drawn out by the wind.
    return fractal(m_weather + 112, (0.9 * x + 0.44 * y) / 16000, (0.9 * y - 0.44 * x) / 5000, 5, 0.55);
}

double Clouds::thick(double x, double y) const {
    return any() ? smoothStep(-0.012, 0.10, heaps(x, y) - m_heapThreshold) : 0;
}

double Clouds::thin(double x, double y) const {
    return any() ? 0.55 * smoothStep(-0.01, 0.35, veils(x, y) - m_veilThreshold) : 0;
}

double Clouds::transmission(double x, double y, double height) const {
    if (!any()) {
        return 1;
    }
    const double way = std::max(200.0, m_base - height) / m_sun.up;
    const double fromX = x + way * m_sun.east;
    const double fromY = y - way * m_sun.north;
    return (1 - 0.92 * thick(fromX, fromY)) * (1 - 0.35 * thin(fromX, fromY));
}

} // namespace nunatak::scene::simulation
