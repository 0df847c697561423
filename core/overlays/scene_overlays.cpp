// SPDX-License-Identifier: GPL-3.0-or-later
#include "overlays/scene_overlays.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nunatak::overlays {

namespace {

constexpr float none = std::numeric_limits<float>::quiet_NaN();

void keepFlags(Image<float>& values) {
    for (float& value : values.values()) {
        value = value > 0.5F ? 1.0F : none;
    }
}

void toDecibels(Image<float>& power) {
    for (float& value : power.values()) {
        value = value > 0 ? 10.0F * std::log10(value) : none;
    }
}

Overlay bandOf(const std::shared_ptr<const scene::SceneReader>& scene, const std::string& feature,
               const std::string& band) {
    Overlay overlay;
    overlay.id = "scene:" + feature + "/" + band;
    overlay.origin = Origin::Scene;
    overlay.key = band;
    const bool isFlag = feature == "quality" || band == "void";
    const bool isPower = feature == "co_pol_sar" || feature == "cross_pol_sar";
    if (isFlag) {
        overlay.quantity = Quantity::Flag;
    } else if (feature == "in_sar") {
        overlay.quantity = Quantity::Share;
    }
    overlay.detail = isPower || feature == "in_sar" || feature == "quality" ? feature : "";
    overlay.unit = band == "elevation"    ? "m"
                   : band == "slope"      ? "°"
                   : feature == "thermal" ? "K"
                   : isPower              ? "dB"
                                          : "";
    overlay.read = [scene, feature, band, isFlag, isPower](const geo::Grid& grid, const Progress& progress) {
        auto values = scene->read(feature, {band}, grid, progress);
        if (isFlag) {
            keepFlags(values);
        } else if (isPower) {
            toDecibels(values);
        }
        return values;
    };
    return overlay;
}

} // namespace

std::vector<Overlay> overlaysOfScene(const std::shared_ptr<const scene::SceneReader>& scene) {
    std::vector<Overlay> overlays;
    const auto add = [&](const std::string& feature, const std::vector<std::string>& bands) {
        for (const auto& band : bands) {
            if (scene->has(feature, {band})) {
                overlays.push_back(bandOf(scene, feature, band));
            }
        }
    };
    const auto& described = scene->scene();
    add("quality", described.bands("quality"));
    add("dem", {"elevation", "slope"});
    const bool fills = std::any_of(described.rasters.begin(), described.rasters.end(),
                                   [](const scene::SceneRaster& raster) { return raster.fillVoids; });
    if (fills) {
        add("dem", {"void"});
    }
    for (const char* feature : {"thermal", "co_pol_sar", "cross_pol_sar", "in_sar", "optical"}) {
        add(feature, described.bands(feature));
    }
    return overlays;
}

} // namespace nunatak::overlays
