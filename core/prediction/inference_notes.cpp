// SPDX-License-Identifier: GPL-3.0-or-later
#include "network_predictor.h"

#include "calibration.h"

namespace nunatak::prediction {

std::vector<std::string> inferenceNotes(const models::Manifest& model, const Inference& inference,
                                        double threshold, double pixelSize) {
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
    const CalibratedFor prediction{inference.name(), threshold, pixelSize};
    if (calibrationFor(model, prediction) == nullptr) {
        notes.push_back(uncalibratedNote(model, prediction));
    }
    return notes;
}

} // namespace nunatak::prediction
