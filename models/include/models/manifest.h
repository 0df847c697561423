// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/network_spec.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace nunatak::models {

/// How one band becomes a number in 0..1: (f(x) − minimum) / (maximum − minimum), f the identity or log10(x + 1e-6).
struct BandScaling {
    double minimum = 0;
    double maximum = 1;
    bool logarithmic = false;
    bool operator==(const BandScaling&) const = default;
};

/// model.json beside weights.safetensors: everything about a model that is not a weight.
struct Manifest {
    std::string name;    ///< the registry's name, also the folder's
    int version = 1;     ///< grows with each fine-tuning
    std::string parent;  ///< fingerprint of the model it was fine-tuned from, empty for the first
    NetworkSpec network;
    double pixelSize = 10;                             ///< metres; prediction and training run at this size
    std::map<std::string, std::vector<BandScaling>> scaling; ///< by feature, one per band
    std::vector<std::string> requiredFeatures;         ///< where one has no data the result has none
    std::string provenance;                            ///< how it was trained, in a sentence or two
    std::map<std::string, double> metrics;             ///< such as validation_iou
    std::string created;                               ///< ISO 8601, UTC
    std::string fingerprint;                           ///< SHA-256 (hex) of the weights file

    /// Scalings as published with GlaViTU for the six features.
    static std::map<std::string, std::vector<BandScaling>> publishedScaling(const std::vector<FeatureSpec>& features);
};

/// Throws Error naming the file and the field that is missing, of the wrong type or out of range.
Manifest readManifest(const std::filesystem::path& modelJson);
/// Writes through a temporary file that is renamed. Throws Error.
void writeManifest(const Manifest& manifest, const std::filesystem::path& modelJson);

} // namespace nunatak::models
