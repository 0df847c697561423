// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/network_spec.h"

#include "base/error.h"

#include <algorithm>
#include <set>

namespace nunatak::models {

namespace {

// Wide enough for any network of this family that fits a machine, narrow enough that the product of all sizes
// cannot ask for more than a few gigabytes.
constexpr int maxTile = 1024;
constexpr int maxFilters = 256;
constexpr int maxEmbedding = 1024;
constexpr int maxBlocks = 48;
constexpr int maxMlp = 4096;
constexpr std::size_t maxFeatures = 16;
constexpr std::size_t maxBands = 64;

void checkRange(const char* what, int value, int least, int most) {
    if (value < least || value > most) {
        throw Error("The network's " + std::string(what) + " is " + std::to_string(value) +
                    "; it must lie in " + std::to_string(least) + " to " + std::to_string(most) + ".");
    }
}

bool isIdentifier(const std::string& name) {
    return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

void checkFeature(const FeatureSpec& feature) {
    if (!isIdentifier(feature.name)) {
        throw Error("A feature of the network is called \"" + feature.name.substr(0, 64) +
                    "\"; names consist of small letters, digits and underscores.");
    }
    if (feature.bands.empty() || feature.bands.size() > maxBands) {
        throw Error("The network's feature " + feature.name + " has " + std::to_string(feature.bands.size()) +
                    " bands; it must have 1 to " + std::to_string(maxBands) + ".");
    }
    std::set<std::string> seen;
    for (const auto& band : feature.bands) {
        if (!isIdentifier(band)) {
            throw Error("A band of the network's feature " + feature.name + " is called \"" +
                        band.substr(0, 64) + "\"; names consist of small letters, digits and underscores.");
        }
        if (!seen.insert(band).second) {
            throw Error("The network's feature " + feature.name + " lists the band " + band + " twice.");
        }
    }
}

} // namespace

void NetworkSpec::validate() const {
    if (architecture != "glavitu" && architecture != "resunet") {
        throw Error("The network's architecture is \"" + architecture.substr(0, 64) +
                    "\"; this version knows \"glavitu\" and \"resunet\".");
    }
    if (architecture == "resunet" && deepSupervision) {
        throw Error("A network of the architecture \"resunet\" has no deep supervision.");
    }
    checkRange("tile size", tile, 16, maxTile);
    if (tile % 16 != 0) {
        throw Error("The network's tile size is " + std::to_string(tile) + "; it must be a multiple of 16.");
    }
    checkRange("number of filters", filters, 1, maxFilters);
    checkRange("embedding width", embedding, 1, maxEmbedding);
    checkRange("number of transformer blocks", blocks, 1, maxBlocks);
    checkRange("number of attention heads", heads, 1, embedding);
    if (embedding % heads != 0) {
        throw Error("The network's embedding width " + std::to_string(embedding) +
                    " cannot be shared among " + std::to_string(heads) +
                    " attention heads; it must be a multiple of their number.");
    }
    checkRange("hidden width", mlp, 1, maxMlp);
    if (location != 0 && location != 4 && location != 12) {
        throw Error("The network's location vector has length " + std::to_string(location) +
                    "; it must be 0 (none), 4 (coordinates) or 12 (regions).");
    }
    if (features.empty() || features.size() > maxFeatures) {
        throw Error("The network has " + std::to_string(features.size()) + " features; it must have 1 to " +
                    std::to_string(maxFeatures) + ".");
    }
    std::set<std::string> seen;
    for (const auto& feature : features) {
        checkFeature(feature);
        if (!seen.insert(feature.name).second) {
            throw Error("The network lists the feature " + feature.name + " twice.");
        }
    }
}

} // namespace nunatak::models
