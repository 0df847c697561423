// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terrain/drape_style.h"

#include <algorithm>

namespace nunatak::ui::terrain {

std::vector<Composite> availableComposites(const scene::Scene& scene) {
    const std::vector<Composite> known = {{"natural", {"red", "green", "blue"}, "optical"},
                                          {"infrared", {"nir", "red", "green"}, "optical"},
                                          {"ice", {"swir1", "nir", "red"}, "optical"}};
    std::vector<Composite> available;
    for (const auto& composite : known) {
        if (std::all_of(composite.bands.begin(), composite.bands.end(),
                        [&](const std::string& band) { return scene.hasBand("optical", band); })) {
            available.push_back(composite);
        }
    }
    // A scene with too few bands for a colour picture is still worth seeing in grey.
    if (available.empty()) {
        if (const auto bands = scene.bands("optical"); !bands.empty()) {
            available.push_back({"grey", {bands.front(), bands.front(), bands.front()}, "optical"});
        }
    }
    const auto inGrey = [&](const char* name, const char* feature) {
        if (const auto bands = scene.bands(feature); !bands.empty()) {
            available.push_back({name, {bands.front(), bands.front(), bands.front()}, feature});
        }
    };
    inGrey("radar", "co_pol_sar");
    inGrey("cross-polarised radar", "cross_pol_sar");
    inGrey("coherence", "in_sar");
    inGrey("temperature", "thermal");
    if (scene.hasBand("quality", "cloud") && scene.hasBand("quality", "snow")) {
        const bool shadow = scene.hasBand("quality", "cloud_shadow");
        available.push_back({"flags", {"cloud", shadow ? "cloud_shadow" : "cirrus", "snow"}, "quality"});
    }
    inGrey("heights", "dem");
    return available;
}

std::vector<DrapeStyle> availableStyles(const scene::Scene& scene) {
    std::vector<DrapeStyle> styles;
    for (const auto& composite : availableComposites(scene)) {
        styles.push_back({.kind = DrapeKind::Composite, .composite = composite});
    }
    const auto add = [&](DrapeKind kind, const char* name, const char* first, const char* second,
                         const char* colors) {
        if (scene.hasBand("optical", first) && scene.hasBand("optical", second)) {
            styles.push_back(
                {.kind = kind, .composite = {name, {first, second, second}, "optical"}, .colorMap = colors});
        }
    };
    add(DrapeKind::Ratio, "red/SWIR1", "red", "swir1", "ice");
    add(DrapeKind::NormalizedDifference, "NDSI", "green", "swir1", "blue-yellow");
    add(DrapeKind::NormalizedDifference, "NDWI", "green", "nir", "blue-yellow");
    if (scene.hasBand("dem", "elevation")) {
        // Bands that are read with the ground, for what is chosen next.
        const auto atHand = styles.empty() ? std::string("dem") : styles.front().composite.feature;
        styles.push_back({.kind = DrapeKind::Hillshade, .composite = {"hillshade", {}, atHand}});
        styles.push_back({.kind = DrapeKind::Slope, .composite = {"slope", {}, atHand}, .colorMap = "ember"});
        styles.push_back({.kind = DrapeKind::Aspect, .composite = {"aspect", {}, atHand}});
        styles.push_back({.kind = DrapeKind::Elevation,
                          .composite = {"elevation", {}, atHand},
                          .colorMap = "blue-yellow"});
    }
    return styles;
}

} // namespace nunatak::ui::terrain
