// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/learning_record.h"

#include "geo/shape_operations.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace nunatak::training {

namespace {

std::string shortNumber(double number) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", number);
    return text;
}

const char* nameOf(models::LearningParts parts) {
    switch (parts) {
    case models::LearningParts::Heads:
        return "heads";
    case models::LearningParts::Decoder:
        return "decoder";
    case models::LearningParts::All:
        break;
    }
    return "all";
}

} // namespace

std::string fingerprintOf(const TrainingArea& area) {
    std::uint64_t all = 1469598103934665603U; // FNV-1a over the sorted fingerprints of each kind of shape
    const auto add = [&](std::uint64_t value) {
        for (int i = 0; i < 8; ++i) {
            all = (all ^ ((value >> (8 * i)) & 0xFF)) * 1099511628211U;
        }
    };
    std::uint64_t kind = 0;
    for (const auto* shapes : std::array{&area.glaciers, &area.removed, &area.changed, &area.regions}) {
        std::vector<std::uint64_t> each;
        for (const auto& shape : *shapes) {
            each.push_back(geo::fingerprint(shape));
        }
        std::ranges::sort(each);
        add(++kind);
        std::ranges::for_each(each, add);
    }
    char text[20];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(all));
    return text;
}

models::LearningRecord recordOf(const models::StoredModel& parent, const std::vector<TrainingArea>& areas,
                                const TrainingOptions& options, const TrainingResult& result) {
    models::LearningRecord record;
    record.title = options.title;
    record.parent = parent.manifest.name;
    record.parentVersion = parent.manifest.version;
    int replayed = 0;
    for (const auto& area : areas) {
        if (area.isReplay) {
            ++replayed;
            continue;
        }
        const auto& scene = area.scene->scene();
        record.from.push_back(
            {scene.name, scene.date, static_cast<int>(area.glaciers.size()), fingerprintOf(area)});
    }
    record.settings = {{"steps", std::to_string(options.steps)},
                       {"batch", std::to_string(options.batch)},
                       {"rate", shortNumber(options.rate)},
                       {"label smoothing", shortNumber(options.labelSmoothing)},
                       {"focal gamma", shortNumber(options.focalGamma)},
                       {"augmentation", options.augment ? "as published" : "none"},
                       {"weight of what was changed", shortNumber(options.changedWeight)},
                       {"hold-out", shortNumber(options.holdOut)},
                       {"BatchNorm", options.batchNormFrozen ? "frozen" : "learning"},
                       {"parts", nameOf(options.parts)},
                       {"seed", std::to_string(options.seed)}};
    if (replayed > 0) {
        record.settings["replay"] = shortNumber(options.replayShare);
    }
    record.losses = result.losses;
    for (const auto& at : result.course) {
        record.measured.emplace_back(at.step, at.iou);
    }
    if (result.measured) {
        record.reviewed = result.measured->reviewed;
        record.heldOut = result.measured->heldOut;
        record.before = result.measured->iouBefore;
        record.after = result.measured->iouAfter;
        record.bestStep = result.measured->bestStep;
    }
    return record;
}

} // namespace nunatak::training
