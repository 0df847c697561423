// SPDX-License-Identifier: GPL-3.0-or-later
#include "location.h"

#include "base/error.h"
#include "geo/crs.h"
#include "location_regions.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <numeric>

namespace nunatak::prediction {

namespace {

constexpr const char* unknownRegion = "unknown";

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const auto& text : texts) {
        all += (all.empty() ? "" : ", ") + text;
    }
    return all;
}

/// "46.8° N 10.8° E".
std::string textOf(const geo::Point& place) {
    char text[64];
    std::snprintf(text, sizeof text, "%.1f° %s %.1f° %s", std::abs(place.y), place.y < 0 ? "S" : "N",
                  std::abs(place.x), place.x < 0 ? "W" : "E");
    return text;
}

/// "v1,…,v12" as numbers; empty when the text is something else.
std::vector<float> numbersIn(const std::string& text) {
    std::vector<float> numbers;
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find(',', begin), text.size());
        while (begin < end && text[begin] == ' ') {
            ++begin;
        }
        float number = 0;
        const auto result = std::from_chars(text.data() + begin, text.data() + end, number);
        if (result.ec != std::errc() || result.ptr != text.data() + end) {
            return {};
        }
        numbers.push_back(number);
        begin = end + 1;
    }
    return numbers;
}

Location mixture(const models::Manifest& model, const std::string& text, const std::vector<float>& numbers) {
    const auto wanted = static_cast<std::size_t>(model.network.location);
    if (numbers.size() != wanted) {
        throw Error("The region vector of the model " + model.name + " has " + std::to_string(wanted) +
                    " numbers, not " + std::to_string(numbers.size()) + ".");
    }
    const auto usable = [](float number) { return std::isfinite(number) && number >= 0; };
    const float sum = std::accumulate(numbers.begin(), numbers.end(), 0.0F);
    if (!std::all_of(numbers.begin(), numbers.end(), usable) || !(sum > 0)) {
        throw Error("A mixture of regions is made of shares from 0 on, at least one of them above 0; \"" +
                    text.substr(0, 100) + "\" is not.");
    }
    // With the numbers: rasters of another mixture are another result, and are told apart by this text.
    Location location{numbers, "mixture of regions " + text, {}};
    if (std::abs(sum - 1) > 0.01F) {
        location.warnings.push_back("The shares of the regions add up to " + std::to_string(sum) +
                                    ", not to 1, as the model was trained; they are used as they are.");
    }
    return location;
}

Location oneHot(const models::Manifest& model, const std::string& code) {
    const auto entries = regionEntries(model);
    const auto entry = std::find(entries.begin(), entries.end(), code);
    if (entry == entries.end()) {
        throw Error("The model " + model.name + " knows no region \"" + code.substr(0, 64) +
                    "\"; give auto, optimise, one of " + joined(entries) + ", or " +
                    std::to_string(entries.size()) + " shares separated by commas.");
    }
    std::vector<float> vector(entries.size(), 0.0F);
    vector[static_cast<std::size_t>(entry - entries.begin())] = 1;
    return {vector, code == unknownRegion ? "unknown region" : "region " + code, {}};
}

Location regionVector(const models::Manifest& model, const scene::Scene& scene, const std::string& region) {
    if (region != "auto") {
        const auto numbers = numbersIn(region);
        return numbers.empty() ? oneHot(model, region) : mixture(model, region, numbers);
    }
    const auto place = sceneCentre(scene);
    std::vector<std::string> warnings;
    auto code = regionAt(place.y, place.x, warnings);
    const auto entries = regionEntries(model);
    if (std::find(entries.begin(), entries.end(), code) == entries.end()) {
        warnings.push_back("The scene lies in the region " + code + ", which the model " + model.name +
                           " was not trained on; it is taken as unknown.");
        code = unknownRegion;
    }
    auto location = oneHot(model, code);
    location.warnings = std::move(warnings);
    return location;
}

/// A model without a location vector, which may all the same be meant for one region.
Location withoutVector(const models::Manifest& model, const scene::Scene& scene) {
    const bool isRegional =
        model.strategy == models::Strategy::Regional || model.strategy == models::Strategy::Finetuned;
    if (!isRegional || model.regions.empty()) {
        return {};
    }
    Location location{{}, "model of " + joined(model.regions), {}};
    const auto place = sceneCentre(scene);
    const auto* region = glacierRegionAt(place.y, place.x);
    if (!region ||
        std::find(model.regions.begin(), model.regions.end(), region->code) == model.regions.end()) {
        location.warnings.push_back("The model " + model.name + " was trained for " + joined(model.regions) +
                                    ", and the scene lies elsewhere (" + textOf(place) + ").");
    }
    return location;
}

} // namespace

const std::vector<std::string>& publishedRegions() {
    static const std::vector<std::string> regions{"ALP", "AN", "AWA", "CA", "GR",   "HMA",
                                                  "LL",  "NZ", "SA",  "SC", "SVAL", unknownRegion};
    return regions;
}

void throwUnlessRegion(const std::string& code) {
    auto codes = publishedRegions();
    codes.pop_back(); // unknown
    if (std::find(codes.begin(), codes.end(), code) == codes.end()) {
        throw Error("There is no region \"" + code.substr(0, 64) + "\"; there are: " + joined(codes) + ".");
    }
}

std::vector<std::string> regionEntries(const models::Manifest& model) {
    return model.regions.size() == static_cast<std::size_t>(model.network.location) ? model.regions
                                                                                    : publishedRegions();
}

bool isCoordinateEncoding(const models::Manifest& model) {
    return model.network.location > 0 &&
           model.network.location != static_cast<int>(publishedRegions().size());
}

geo::Point sceneCentre(const scene::Scene& scene) {
    const geo::CoordinateTransform toDegrees(scene.grid.crs, geo::Crs::fromUserInput("EPSG:4326"));
    return toDegrees(scene.grid.extent().center());
}

std::string regionAt(double latitude, double longitude, std::vector<std::string>& warnings) {
    const auto* region = glacierRegionAt(latitude, longitude);
    const auto place = textOf({std::remainder(longitude, 360.0), latitude});
    if (!region) {
        warnings.push_back("The place " + place +
                           " lies in no region of the Randolph Glacier Inventory; it is taken as unknown.");
        return unknownRegion;
    }
    if (region->code.empty()) {
        warnings.push_back("The place " + place + " lies in RGI region " + region->number + " (" +
                           region->name +
                           "), which the published models were not trained on; it is taken as unknown.");
        return unknownRegion;
    }
    return region->code;
}

Location locationFor(const models::Manifest& model, const scene::Scene& scene, const std::string& region) {
    if (model.network.location == static_cast<int>(publishedRegions().size())) {
        return regionVector(model, scene, region);
    }
    if (region != "auto") {
        throw Error("The model " + model.name +
                    " takes no region (it is not of the strategy region encoding); "
                    "leave the region at auto.");
    }
    if (isCoordinateEncoding(model)) {
        return {{}, "the coordinates of each tile", {}};
    }
    return withoutVector(model, scene);
}

std::string modelFor(const models::ModelSet& set, const scene::Scene& scene,
                     std::vector<std::string>& warnings) {
    const auto place = sceneCentre(scene);
    for (const auto& member : set.members) {
        geo::Ring ring;
        for (const auto& [longitude, latitude] : member.polygon) {
            ring.push_back({longitude, latitude});
        }
        // A polygon across the antimeridian may count its longitudes on either side of it.
        for (const double turn : {0.0, -360.0, 360.0}) {
            if (!ring.empty() && geo::contains({{ring, {}}}, {place.x + turn, place.y})) {
                return member.model;
            }
        }
    }
    const auto* region = glacierRegionAt(place.y, place.x);
    std::vector<std::string> served;
    for (const auto& member : set.members) {
        if (region && !region->code.empty() &&
            std::find(member.regions.begin(), member.regions.end(), region->code) != member.regions.end()) {
            return member.model;
        }
        served.insert(served.end(), member.regions.begin(), member.regions.end());
    }
    if (set.elsewhere.empty()) {
        throw Error("The model set " + set.name + " has no model for " + textOf(place) + "; it serves " +
                    (served.empty() ? "places of its own" : joined(served)) + ".");
    }
    warnings.push_back("The model set " + set.name + " has no model of the region at " + textOf(place) +
                       "; its model for everywhere else, " + set.elsewhere + ", is used.");
    return set.elsewhere;
}

} // namespace nunatak::prediction
