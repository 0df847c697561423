// SPDX-License-Identifier: GPL-3.0-or-later
#include "network_predictor.h"

#include "calibration.h"

namespace nunatak::prediction {

std::vector<std::string> inferenceNotes(const models::Manifest& model, const Inference& inference) {
    std::vector<std::string> notes;
    if (inference.dropoutPasses > 0 && !model.trainedWithDropout) {
        notes.push_back(
            "The model " + model.name +
            " was trained without dropout, so the spread of its MC dropout passes says little about "
            "how sure it is.");
    }
    if (inference.dropoutPasses == 1 && !inference.testTimeAugmentation) {
        notes.emplace_back("A single pass of MC dropout has no spread; ask for more passes.");
    }
    if (!calibrationFor(model, inference.name())) {
        std::string others;
        for (const auto& calibration : model.calibrations) {
            others += (others.empty() ? "" : ", ") + calibration.inference;
        }
        notes.push_back("The confidence is not calibrated: the model " + model.name +
                        (others.empty() ? " has no calibration."
                                        : " was calibrated for another inference (" + others + ")."));
    }
    return notes;
}

} // namespace nunatak::prediction
