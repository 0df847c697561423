// SPDX-License-Identifier: GPL-3.0-or-later
#include "terrain/terrain.h"

#include <algorithm>

namespace nunatak::ui::terrain {

std::vector<Composite> availableComposites(const scene::Scene& scene) {
    const std::vector<Composite> known = {{"natural", {"red", "green", "blue"}},
                                          {"infrared", {"nir", "red", "green"}},
                                          {"ice", {"swir1", "nir", "red"}}};
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
            available.push_back({"grey", {bands.front(), bands.front(), bands.front()}});
        }
    }
    return available;
}

} // namespace nunatak::ui::terrain
