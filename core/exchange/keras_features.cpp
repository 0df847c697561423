// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/keras_weights.h"

#include "base/error.h"

#include <algorithm>

namespace nunatak::exchange {

namespace {

/// As published (Maslov et al. 2025).
const std::vector<models::FeatureSpec>& publishedFeatures() {
    static const std::vector<models::FeatureSpec> features{
        {"optical", {"blue", "green", "red", "nir", "swir1", "swir2"}},
        {"dem", {"elevation", "slope"}},
        {"co_pol_sar", {"ascending", "descending"}},
        {"cross_pol_sar", {"ascending", "descending"}},
        {"in_sar", {"ascending", "descending"}},
        {"thermal", {"thermal"}},
    };
    return features;
}

std::vector<std::string> splitAtCommas(const std::string& text) {
    std::vector<std::string> words{""};
    for (const char c : text) {
        if (c == ',') {
            words.emplace_back();
        } else {
            words.back() += c;
        }
    }
    return words;
}

} // namespace

std::vector<models::FeatureSpec> featuresFrom(const std::vector<std::string>& words) {
    std::vector<models::FeatureSpec> features;
    for (const auto& word : words) {
        const auto equals = word.find('=');
        const auto name = word.substr(0, equals);
        const auto& all = publishedFeatures();
        const auto known =
            std::find_if(all.begin(), all.end(), [&](const auto& f) { return f.name == name; });
        if (known == all.end()) {
            std::string names;
            for (const auto& feature : all) {
                names += (names.empty() ? "" : ", ") + feature.name;
            }
            throw Error("There is no feature called \"" + name.substr(0, 64) + "\"; a model can have " +
                        names + ".");
        }
        features.push_back(*known);
        if (equals != std::string::npos) {
            features.back().bands = splitAtCommas(word.substr(equals + 1));
        }
    }
    return features;
}

} // namespace nunatak::exchange
