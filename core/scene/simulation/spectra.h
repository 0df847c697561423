// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>

namespace nunatak::scene::simulation {

inline constexpr int bandCount = 6; ///< blue, green, red, nir, swir1, swir2
using Spectrum = std::array<double, bandCount>;

/// Reflectances of pure surfaces in the bands of Landsat's OLI, rounded and chosen within the ranges that
/// these give: snow by grain size after Wiscombe and Warren (1980) and Warren (2019); firn, bare and dirty
/// ice after Zeng et al. (1984), Winther (1993) and Naegeli et al. (2015); rocks, soil, grass and conifers in
/// the USGS Spectral Library 7 (Kokaly et al. 2017) and the ECOSTRESS library (Meerdink et al. 2019); water,
/// clear and with rock flour, after measurements collected in the same libraries.
namespace endmembers {
inline constexpr Spectrum freshSnow{0.96, 0.96, 0.95, 0.87, 0.16, 0.12};
inline constexpr Spectrum oldSnow{0.82, 0.81, 0.78, 0.66, 0.06, 0.05};
inline constexpr Spectrum firn{0.66, 0.66, 0.62, 0.50, 0.045, 0.035};
inline constexpr Spectrum bareIce{0.56, 0.56, 0.50, 0.35, 0.03, 0.025};
inline constexpr Spectrum dirtyIce{0.25, 0.26, 0.25, 0.20, 0.065, 0.05};
inline constexpr Spectrum gneiss{0.15, 0.17, 0.19, 0.22, 0.26, 0.23};
inline constexpr Spectrum limestone{0.25, 0.29, 0.32, 0.35, 0.37, 0.32};
inline constexpr Spectrum schist{0.09, 0.10, 0.115, 0.14, 0.165, 0.155};
inline constexpr Spectrum rustyRock{0.10, 0.14, 0.20, 0.25, 0.31, 0.27};
inline constexpr Spectrum moraine{0.17, 0.19, 0.21, 0.235, 0.275, 0.25};
inline constexpr Spectrum meadow{0.05, 0.09, 0.07, 0.38, 0.23, 0.12};
inline constexpr Spectrum forest{0.03, 0.045, 0.035, 0.24, 0.11, 0.055};
inline constexpr Spectrum alpineGrass{0.085, 0.115, 0.13, 0.25, 0.28, 0.20};
inline constexpr Spectrum clearWater{0.075, 0.06, 0.035, 0.015, 0.006, 0.004};
inline constexpr Spectrum milkyWater{0.17, 0.20, 0.16, 0.07, 0.012, 0.008};
inline constexpr Spectrum thickCloud{0.70, 0.69, 0.70, 0.73, 0.56, 0.43};
inline constexpr Spectrum thinCloud{0.62, 0.60, 0.60, 0.62, 0.34, 0.27};
} // namespace endmembers

/// `share` of b in a.
inline Spectrum blend(const Spectrum& a, const Spectrum& b, double share) {
    Spectrum result{};
    for (std::size_t band = 0; band < result.size(); ++band) {
        result[band] = a[band] + (b[band] - a[band]) * share;
    }
    return result;
}

inline Spectrum scaled(Spectrum spectrum, double factor) {
    for (auto& value : spectrum) {
        value *= factor;
    }
    return spectrum;
}

} // namespace nunatak::scene::simulation
