// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/band_names.h"

#include "base/error.h"
#include "base/letters.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace nunatak::scene {

const std::vector<FeatureNames>& knownFeatures() {
    static const std::vector<FeatureNames> features{
        {"optical", {"blue", "green", "red", "nir", "swir1", "swir2"}},
        {"dem", {"elevation", "slope"}},
        {"co_pol_sar", {"ascending", "descending"}},
        {"cross_pol_sar", {"ascending", "descending"}},
        {"in_sar", {"ascending", "descending"}},
        {"thermal", {"thermal"}},
        {"quality", {"cloud", "cloud_shadow", "cirrus", "snow"}},
    };
    return features;
}

const std::vector<std::string_view>& knownBands(const std::string& feature) {
    std::vector<std::string_view> names;
    for (const FeatureNames& known : knownFeatures()) {
        if (known.feature == feature) {
            return known.bands;
        }
        names.push_back(known.feature);
    }
    throw Error("There is no feature called \"" + feature + "\"; a scene can have " + listed(names) + ".");
}

std::string canonicalBand(const std::string& feature, const std::string& text) {
    // "SWIR 1", "swir_1" and "SWIR-1" are one.
    std::string name;
    for (const char c : text) {
        if (c != ' ' && c != '_' && c != '-') {
            name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
    }
    // Names of the SpatioTemporal Asset Catalog's common bands, and of what elevation models call themselves.
    static const std::vector<std::pair<std::string_view, std::string_view>> others{
        {"nir08", "nir"},
        {"swir16", "swir1"},
        {"swir22", "swir2"},
        {"nirnarrow", "nir"}, // HLS
        {"nearinfrared", "nir"},
        {"shortwaveinfrared1", "swir1"},
        {"shortwaveinfrared2", "swir2"},
        {"height", "elevation"},
        {"dem", "elevation"}};
    for (const auto& [other, ours] : others) {
        if (name == other) {
            name = ours;
            break;
        }
    }
    const auto& bands = knownBands(feature);
    return std::find(bands.begin(), bands.end(), name) != bands.end() ? name : std::string();
}

bool isBandName(const std::string& feature, const std::string& text) {
    return canonicalBand(feature, text) == lowerCase(text);
}

std::string listed(const std::vector<std::string_view>& names) {
    std::string text;
    for (const std::string_view name : names) {
        text += (text.empty() ? "" : ", ") + std::string(name);
    }
    return text;
}

} // namespace nunatak::scene
