// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/simulation/sunlight.h"

namespace nunatak::scene::simulation {

/// Clouds over a picture: heaps of thick cloud and veils of thin cloud, and where they take the sun away.
class Clouds {
public:
    /// `cover` is the share of the picture under clouds of either kind, 0..1.
    Clouds(const Place& place, std::uint64_t weather, double cover, const Sun& sun);

    bool any() const { return m_cover > 0; }
    /// Opacity of thick and of thin cloud seen from above, 0..1; place in metres from the upper left corner.
    double thick(double x, double y) const;
    double thin(double x, double y) const;
    /// Share of the sun that reaches the ground at a place and height.
    double transmission(double x, double y, double height) const;

private:
    double heaps(double x, double y) const;
    double veils(double x, double y) const;

    std::uint64_t m_weather;
    double m_cover;
    Sun m_sun;
    double m_base; ///< of the thick clouds, metres above the sea
    double m_heapThreshold = 9;
    double m_veilThreshold = 9;
};

} // namespace nunatak::scene::simulation
