// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nunatak::scene {

/// A feature of a scene and the bands it can have.
struct FeatureNames {
    std::string_view feature;
    std::vector<std::string_view> bands;
};
const std::vector<FeatureNames>& knownFeatures();

/// The bands of a feature. Throws Error that lists the features there are.
const std::vector<std::string_view>& knownBands(const std::string& feature);
/// The name the program uses for a band that somebody wrote as "Red" or "swir16"; empty when it is none of
/// them.
std::string canonicalBand(const std::string& feature, const std::string& text);
/// True for the very name, whatever its case.
bool isBandName(const std::string& feature, const std::string& text);
/// "a, b, c".
std::string listed(const std::vector<std::string_view>& names);

} // namespace nunatak::scene
