// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/model_card.h"

#include "base/counted.h"
#include "models/learning_record.h"
#include "models/simulated_only.h"

#include <cstdio>

namespace nunatak::tasks {

namespace {

std::string number(const char* format, double value) {
    char text[32];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

std::string inputs(const models::Manifest& manifest) {
    std::string text;
    for (const auto& feature : manifest.network.features) {
        text += "- " + feature.name + ":";
        for (const auto& band : feature.bands) {
            text += " " + band;
        }
        text += "\n";
    }
    return text;
}

std::string learnt(const models::LearningRecord& record) {
    std::string text = "\n## What it learnt from\n\nTaught from " + record.parent + " v" +
                       std::to_string(record.parentVersion) + ".\n\n";
    for (const auto& from : record.from) {
        text += "- " + counted(from.glaciers, "glacier") + " of " + from.scene +
                (from.date.empty() ? "" : " (" + from.date + ")") + ", fingerprint of the outlines " +
                from.fingerprint + "\n";
    }
    text += "\n| setting | |\n|---|---|\n";
    for (const auto& [name, value] : record.settings) {
        text += "| " + name + " | " + value + " |\n";
    }
    return text;
}

std::string measured(const models::StoredModel& model, const models::LearningRecord* record) {
    std::string text = "\n## What was measured\n\n";
    if (record != nullptr && !record->measured.empty()) {
        text += record->heldOut > 0 ? "IoU on " + counted(record->heldOut, "glacier") + " of " +
                                          std::to_string(record->reviewed) + " that it did not learn from: "
                                    : "IoU on what it learnt from, which says nothing of other glaciers: ";
        text += number("%.3f", record->before) + " before, " + number("%.3f", record->after) + " after.\n";
    } else {
        for (const auto& [name, value] : model.manifest.metrics) {
            text += "- " + name + ": " + number("%.4g", value) + "\n";
        }
        if (model.manifest.metrics.empty()) {
            text += "Nothing is known.\n";
        }
    }
    for (const auto& calibration : model.manifest.calibrations) {
        text += "\nIts confidence is calibrated for " + calibration.inference + " prediction at threshold " +
                number("%g", calibration.threshold) + ", on " + calibration.source +
                ": expected calibration error " + number("%.3f", calibration.eceBefore) + " before, " +
                number("%.3f", calibration.eceAfter) + " after.\n";
    }
    if (model.manifest.calibrations.empty()) {
        text += "\nIts confidence is not calibrated: it ranks places, but is no probability.\n";
    }
    return text;
}

std::string limits(const models::Manifest& manifest, const models::LearningRecord* record) {
    std::string text = "\n## For what, and for what not\n\nOutlines of glaciers in pictures with these "
                       "bands, at pixels of about " +
                       number("%g", manifest.pixelSize) +
                       " m, to be looked at and corrected by somebody who knows glaciers.\n";
    if (models::isSimulatedOnly(manifest)) {
        text += "It has never seen a real satellite picture: expect rock, snow, water and debris to be taken "
                "for ice, and ice to be missed.\n";
    }
    if (record != nullptr) {
        text += "It was taught on few scenes: on other regions, seasons and sensors its model of before may "
                "do better.\n";
    }
    return text;
}

} // namespace

std::string modelCard(const models::StoredModel& model) {
    const auto& manifest = model.manifest;
    const auto record = models::learningRecordOf(model);
    const auto* known = record ? &*record : nullptr;
    std::string text = "# " + (known != nullptr && !known->title.empty() ? known->title : manifest.name) +
                       "\n\n" + manifest.name + " v" + std::to_string(manifest.version) + ", " +
                       manifest.network.architecture + ", made " + manifest.created.substr(0, 10) +
                       ".\nFingerprint of the weights: " + manifest.fingerprint + "\n";
    if (!manifest.parent.empty()) {
        text += "Its parent's: " + manifest.parent + "\n";
    }
    text += "\n" + manifest.provenance + "\n\n## Inputs\n\n" + inputs(manifest);
    if (known != nullptr) {
        text += learnt(*known);
    }
    return text + measured(model, known) + limits(manifest, known);
}

} // namespace nunatak::tasks
