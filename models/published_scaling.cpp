// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "models/manifest.h"

namespace nunatak::models {

namespace {

struct PublishedBand {
    const char* feature;
    const char* band; ///< null: known by its place within the feature
    std::size_t place;
    BandScaling scaling;
};

// Smallest and largest values of the published training data (Maslov et al. 2025): reflectance at the top of
// the atmosphere, metres, degrees, backscatter as log10(x + 1e-6), coherence, kelvin.
const PublishedBand publishedBands[] = {
    {"optical", "blue", 0, {-0.00373555, 2.0468, false}},
    {"optical", "green", 1, {-0.01996775, 2.1253, false}},
    {"optical", "red", 2, {-0.01857444, 2.2303, false}},
    {"optical", "nir", 3, {-0.02698885, 2.6781, false}},
    {"optical", "swir1", 4, {-0.0254627, 2.1246, false}},
    {"optical", "swir2", 5, {-0.02451179, 2.1602, false}},
    {"dem", "elevation", 0, {-103.29675627, 8349.42706884, false}},
    {"dem", "slope", 1, {0, 88.97835244, false}},
    {"co_pol_sar", nullptr, 0, {-6, 1.75761249, true}},
    {"co_pol_sar", nullptr, 1, {-6, 15.63508564, true}},
    {"cross_pol_sar", nullptr, 0, {-6, 1.38859078, true}},
    {"cross_pol_sar", nullptr, 1, {-6, 15.9050037, true}},
    {"in_sar", nullptr, 0, {0, 0.99999938, false}},
    {"in_sar", nullptr, 1, {0, 0.99999963, false}},
    {"thermal", nullptr, 0, {0, 322.08056641, false}},
};

BandScaling scalingOf(const std::string& feature, const std::string& band, std::size_t place) {
    for (const auto& known : publishedBands) {
        const bool same = known.band ? band == known.band : place == known.place;
        if (feature == known.feature && same) {
            return known.scaling;
        }
    }
    throw Error("There is no published scaling for the band " + band + " of the feature " + feature +
                "; state its minimum and maximum in the model's manifest.");
}

} // namespace

std::map<std::string, std::vector<BandScaling>>
Manifest::publishedScaling(const std::vector<FeatureSpec>& features) {
    std::map<std::string, std::vector<BandScaling>> scaling;
    for (const auto& feature : features) {
        auto& bands = scaling[feature.name];
        for (std::size_t place = 0; place < feature.bands.size(); ++place) {
            bands.push_back(scalingOf(feature.name, feature.bands[place], place));
        }
    }
    return scaling;
}

} // namespace nunatak::models
