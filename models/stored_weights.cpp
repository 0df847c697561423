// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "models/keras_layout.h"
#include "models/registry.h"
#include "models/safetensors.h"
#include "models/weight_layout.h"

namespace nunatak::models {

NamedTensors loadWeights(const StoredModel& model) {
    const auto file = model.weightsFile();
    auto weights = readSafetensors(file);
    if (model.manifest.fingerprint.empty()) {
        throw Error("The manifest in " + model.folder.string() +
                    " names no fingerprint, so nothing says whether the weights beside it belong to it.");
    }
    if (fileSha256(file) != model.manifest.fingerprint) {
        throw Error("The weights file " + file.string() +
                    " is not the one its manifest was written for (the SHA-256 differs): it was damaged or "
                    "exchanged. Import or copy the model again.");
    }
    return weights;
}

NamedTensors verifiedWeights(const StoredModel& model) {
    auto weights = loadWeights(model);
    auto refuse = [&](const std::string& why) {
        throw Error("The weights file " + model.weightsFile().string() +
                    " does not fit its manifest: " + why + ".");
    };
    std::size_t found = 0;
    for (const auto& slot : weightLayout(model.manifest.network)) {
        const auto weight = weights.find(slot.name);
        if (weight == weights.end()) {
            refuse("the weight " + slot.name + " is missing");
        }
        if (weight->second.shape != slot.shape) {
            refuse("the weight " + slot.name + " has the shape " + shapeText(weight->second.shape) +
                   ", and the network needs " + shapeText(slot.shape));
        }
        ++found;
    }
    if (found != weights.size()) {
        refuse("it has " + std::to_string(weights.size()) + " weights, and the network " +
               std::to_string(found));
    }
    return weights;
}

} // namespace nunatak::models
