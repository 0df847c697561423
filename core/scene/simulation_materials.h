// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/simulation_landscape.h"

#include <array>

namespace nunatak::scene::simulation {

inline constexpr int bandCount = 6; ///< blue, green, red, nir, swir1, swir2
using Spectrum = std::array<double, bandCount>;

/// What covers the ground of a whole scene: weather and rocks of its seed.
class Materials {
public:
    Materials(std::uint64_t seed, const Landscape& land);

    /// Reflectance of one pixel's mixture under even light. Callable from several threads.
    Spectrum at(int row, int column) const;

private:
    Spectrum rock(double x, double y) const;
    Spectrum land(int row, int column, double x, double y) const;
    Spectrum ice(int row, int column, double x, double y) const;
    double snowShare(int row, int column, double x, double y, bool onIce) const;

    std::uint64_t m_seed;
    const Landscape& m_land;
    Field m_slope;
    Field m_hollow;    ///< metres below the surroundings' mean
    double m_snowLine; ///< of the season, off the glaciers
    double m_firnLine; ///< on them
    double m_treeLine;
    double m_rockOffset; ///< which rocks the region has
};

} // namespace nunatak::scene::simulation
