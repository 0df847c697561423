// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/scene.h"
#include "ui/terrain/view_stretch.h"

#include <array>
#include <string>
#include <vector>

namespace nunatak::ui::terrain {

/// Which bands make the picture.
struct Composite {
    std::string name;                 ///< natural, infrared, ice
    std::array<std::string, 3> bands; ///< shown as red, green, blue
    std::string feature = "optical";  ///< whose bands they are
    bool operator==(const Composite&) const = default;
};
/// Name of a composite of optical bands that the user put together.
inline constexpr const char* bandsOfChoice = "bands";

/// The composites a scene has the bands for, the one to begin with first: natural (red, green, blue),
/// infrared (nir, red, green), ice (swir1, nir, red), or grey where there are too few; then each of the other
/// features in grey, and the flags (cloud, cloud shadow, snow) of a quality raster.
std::vector<Composite> availableComposites(const scene::Scene& scene);

/// What the ground is painted with.
enum class DrapeKind {
    Composite,            ///< three bands
    Ratio,                ///< first band / second
    NormalizedDifference, ///< (first − second) / (first + second)
    Hillshade,            ///< grey, lit
    Slope,
    Aspect,
    Elevation
};

enum class StretchKind { Percentile, MinMax };
/// Of which pixels.
enum class StretchOf {
    Scene, ///< all
    View,  ///< what is in view, measured anew whenever it rests
    Fixed  ///< what was in view when the user took it; also for other scenes
};

/// The direction light comes from. Azimuth in degrees clockwise from true north, elevation above the horizon.
struct Sun {
    double azimuth = 315;
    double elevation = 45;
    bool operator==(const Sun&) const = default;
};

/// A raster blended over the picture.
struct OverlayStyle {
    std::string colorMap = "ice";
    double low = 0; ///< value of the map's first colour
    double high = 1;
    double opacity = 0; ///< 0 hidden, 1 nothing of the picture beneath
    bool operator==(const OverlayStyle&) const = default;
};

/// How the ground is painted; changing it reads no file.
struct DrapeStyle {
    DrapeKind kind = DrapeKind::Composite;
    Composite composite = {}; ///< of a ratio the first two bands; its name is the style's
    StretchKind stretch = StretchKind::Percentile;
    StretchOf stretchOf = StretchOf::Scene;
    ViewStretch viewStretch = {}; ///< of View and Fixed; empty: as the whole scene until it is measured
    double gamma = 1;
    std::string colorMap = "ice"; ///< of ratios, slope and elevation
    double shading = 0;           ///< of a picture by the hillshade: 0 unlit, for the sun is in it already
    bool multidirectional = false;
    Sun sun = {};
    double contourInterval = 0; ///< metres; 0: none
    OverlayStyle overlay = {};
    bool operator==(const DrapeStyle&) const = default;

    /// Shows bands of a feature, not the ground's shape.
    bool showsBands() const {
        return kind == DrapeKind::Composite || kind == DrapeKind::Ratio ||
               kind == DrapeKind::NormalizedDifference;
    }
};

/// The styles a scene has the bands for: its composites, red/SWIR1, NDSI, NDWI, and those of the ground.
std::vector<DrapeStyle> availableStyles(const scene::Scene& scene);

/// A range of values and what is painted with it, for a legend; none for composites, hillshade and aspect.
struct Legend {
    std::string colorMap;
    double low = 0;
    double high = 1;
    std::string unit; ///< m, °, or nothing
};

} // namespace nunatak::ui::terrain
