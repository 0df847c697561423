// SPDX-License-Identifier: GPL-3.0-or-later
#include "terrain/terrain.h"

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

} // namespace nunatak::ui::terrain
