// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/simulation/patch.h"
#include "scene/simulation/spectra.h"

#include <optional>

namespace nunatak::scene::simulation {

/// The season and the year of a picture.
struct Season {
    std::uint64_t weather = 0; ///< a seed of its own: snow and clouds of the day
    int dayOfYear = 232;
    bool south = false; ///< of the equator: the year is half a year off
    std::optional<double>
        snowLine; ///< metres above the sea where the season's snow begins; none: the year says
    /// 0 at the end of summer, when most has melted, 1 half a year from it.
    double winter() const;
};

/// What a pixel is covered with, in shares of its area.
struct Cover {
    double snow = 0;
    double ice = 0;    ///< bare or dirty
    double debris = 0; ///< rock on ice
    double water = 0;
    double forest = 0;
    double grass = 0;
    double rock() const { return 1 - snow - ice - debris - water - forest - grass; }
};

struct Surface {
    Cover cover;
    Spectrum reflectance{}; ///< under even light
};

/// What covers the ground of a patch.
class Surfaces {
public:
    Surfaces(const Place& place, const Season& season, const Patch& patch);

    /// Of one pixel of the patch. Callable from several threads.
    Surface at(int row, int column) const;

private:
    struct Spot; // a pixel's place, height and slope
    Spot spotAt(int row, int column) const;
    Spectrum rock(const Spot& spot) const;
    Surface land(const Spot& spot) const;
    Surface ice(const Spot& spot) const;
    Surface water(const Spot& spot) const;
    double snowShare(const Spot& spot) const;

    std::uint64_t m_seed;
    std::uint64_t m_weather;
    ShadeSide m_shade;
    const Patch& m_patch;
    Field m_slope;
    Field m_hollow; ///< metres below the surroundings' mean
    double m_equilibriumLine;
    double m_snowLine; ///< of the season, off the glaciers
    double m_firnLine; ///< on them
    double m_treeLine;
    double m_rockOffset; ///< which rocks the region has
};

} // namespace nunatak::scene::simulation
