// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/area_pixels.h"
#include "training/measure.h"
#include "training/sampler.h"
#include "training/training.h"

#include "base/error.h"
#include "geo/shape_operations.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace nunatak::training {

namespace {

void check(const TrainingOptions& options, const std::vector<TrainingArea>& areas) {
    if (areas.empty()) {
        throw Error("There is nothing to learn from: give at least one scene with outlines.");
    }
    if (options.steps < 1 || options.batch < 1) {
        throw Error("Learning needs at least one step and one tile a step.");
    }
    if (!(options.rate > 0) || !std::isfinite(options.rate)) {
        throw Error("The learning rate must be a number above 0.");
    }
    if (!(options.labelSmoothing >= 0 && options.labelSmoothing < 1)) {
        throw Error("Label smoothing must be 0 or more and less than 1.");
    }
    if (!(options.focalGamma >= 0 && options.focalGamma <= 100)) {
        throw Error("The gamma of the focal loss must be a number from 0 to 100 (2 as published).");
    }
}

double measureAll(models::Network& network, const models::Manifest& manifest, std::vector<AreaPixels>& areas,
                  const Progress& progress, const char* stage) {
    Agreement all;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        const auto count = static_cast<double>(areas.size());
        const Progress part =
            progress.part(static_cast<double>(i) / count, static_cast<double>(i + 1) / count);
        // The engine would say "Predicting" here, which is not what the user asked for.
        const Progress quiet([&](double fraction, std::string_view) { part.report(fraction, stage); },
                             progress.stopToken());
        all.add(measure(network, manifest, areas[i], quiet));
    }
    return all.iou();
}

/// From the rate at the first step to nearly 0 at the last, along half a cosine.
double rateAt(const TrainingOptions& options, int step) {
    return options.rate * 0.5 * (1 + std::cos(std::numbers::pi * step / options.steps));
}

} // namespace

geo::MultiPolygon lookedAtAround(const std::vector<geo::MultiPolygon>& corrected, double distance) {
    std::vector<geo::MultiPolygon> grown;
    grown.reserve(corrected.size());
    for (const auto& shape : corrected) {
        grown.push_back(geo::buffered(shape, distance));
    }
    return geo::unionOf(grown);
}

TrainingResult train(models::Network& network, const models::Manifest& manifest,
                     const std::vector<TrainingArea>& areas, const TrainingOptions& options,
                     const Progress& progress) {
    check(options, areas);
    TrainingResult result;
    std::vector<AreaPixels> pixels;
    pixels.reserve(areas.size());
    std::size_t ice = 0;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        const auto count = static_cast<double>(areas.size());
        pixels.emplace_back(
            areas[i], manifest,
            progress.part(0.1 * static_cast<double>(i) / count, 0.1 * static_cast<double>(i + 1) / count));
        ice += pixels.back().icePixels();
        for (const auto& note : pixels.back().notes()) {
            if (std::ranges::find(result.notes, note) == result.notes.end()) {
                result.notes.push_back(note);
            }
        }
    }
    Sampler sampler(pixels, network.spec(), {options.labelSmoothing, options.augment, options.seed});
    if (ice == 0) {
        throw Error("There is nothing to learn from: no outline lies in a part of the scene that has data.");
    }

    const double learningBegins = options.measure ? 0.2 : 0.1;
    const double learningEnds = options.measure ? 0.9 : 1.0;
    if (options.measure) {
        result.iouBefore = measureAll(network, manifest, pixels, progress.part(0.1, learningBegins),
                                      "Measuring the model as it is");
    }
    const Progress learning = progress.part(learningBegins, learningEnds);
    models::LearnOptions step;
    step.parts = options.parts;
    step.batchNormFrozen = options.batchNormFrozen;
    step.focalGamma = options.focalGamma;
    for (int i = 0; i < options.steps; ++i) {
        learning.report(static_cast<double>(i) / options.steps, "Learning");
        step.rate = rateAt(options, i);
        const auto learnt = network.learn(sampler.draw(options.batch), step, progress.stopToken());
        if (!std::isfinite(learnt.loss)) {
            throw Error("Learning got out of hand at step " + std::to_string(i + 1) +
                        ": the loss is no number. Try again with a smaller learning rate.");
        }
        result.losses.push_back(learnt.loss);
        if (options.onStep) {
            options.onStep(i + 1, learnt.loss);
        }
    }
    if (options.measure) {
        result.iouAfter = measureAll(network, manifest, pixels, progress.part(learningEnds, 1),
                                     "Measuring what was learnt");
    }
    progress.report(1, "Done");
    return result;
}

} // namespace nunatak::training
