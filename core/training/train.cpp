// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/area_pixels.h"
#include "training/examples.h"
#include "training/hold_out.h"
#include "training/measure.h"
#include "training/own_ice.h"
#include "training/recalibrate.h"
#include "training/sampler.h"
#include "training/smaller_batches.h"
#include "training/training.h"

#include "base/counted.h"
#include "base/error.h"
#include "geo/shape_operations.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>

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
    if (!(options.holdOut >= 0 && options.holdOut <= 0.5)) {
        throw Error("The share that is held out must be 0 to 0.5 of the reviewed glaciers.");
    }
    if (!(options.replayShare >= 0 && options.replayShare < 1) || !(options.changedWeight > 0)) {
        throw Error("The share of replayed tiles must be 0 or more and less than 1, the weight of what was "
                    "changed above 0.");
    }
}

constexpr auto measuringNow = "Measuring the model as it is";

/// The engine would say "Predicting", which is not what the user asked for.
Progress quietly(const Progress& part, const char* stage) {
    return Progress([part, stage](double fraction, std::string_view) { part.report(fraction, stage); },
                    part.stopToken());
}

/// What is done for each of several areas, with a progress of one stage.
template <typename Work>
void forEach(std::vector<AreaPixels>& areas, const Progress& progress, const char* stage, const Work& work) {
    for (std::size_t i = 0; i < areas.size(); ++i) {
        const auto count = static_cast<double>(areas.size());
        work(areas[i],
             quietly(progress.part(static_cast<double>(i) / count, static_cast<double>(i + 1) / count),
                     stage));
    }
}

double measureAll(models::Network& network, const models::Manifest& manifest, std::vector<AreaPixels>& areas,
                  const Progress& progress, const char* stage) {
    Agreement all;
    forEach(areas, progress, stage, [&](AreaPixels& area, const Progress& part) {
        if (!area.isReplay()) {
            all.add(measure(network, manifest, area, part));
        }
    });
    return all.iou();
}

std::vector<AreaPixels> pixelsOf(const std::vector<TrainingArea>& areas, const models::Manifest& manifest,
                                 std::vector<std::string>& notes, const Progress& progress) {
    std::vector<AreaPixels> pixels;
    pixels.reserve(areas.size());
    for (std::size_t i = 0; i < areas.size(); ++i) {
        const auto count = static_cast<double>(areas.size());
        pixels.emplace_back(
            areas[i], manifest,
            progress.part(static_cast<double>(i) / count, static_cast<double>(i + 1) / count));
        for (const auto& note : pixels.back().notes()) {
            if (!areas[i].isReplay && std::ranges::find(notes, note) == notes.end()) {
                notes.push_back(note);
            }
        }
    }
    return pixels;
}

/// Measures on the hold-out now and then, and keeps the weights that did best; of those that did about as
/// well the last, which the falling rate has settled.
class Best {
public:
    Best(models::Network& network, const models::Manifest& manifest, std::vector<AreaPixels>& held, int steps)
        : m_network(network), m_manifest(manifest), m_held(held), m_every(std::max(1, (steps + 9) / 10)) {}

    /// False when the best weights are so old that it is time to end.
    bool goOnAfter(int step, bool isLast, const Progress& progress) {
        if (m_held.empty() || (step % m_every != 0 && !isLast)) {
            return true;
        }
        const double iou = measureAll(m_network, m_manifest, m_held, progress, "Measuring what was learnt");
        m_measured = {step, iou};
        m_kept.most = std::max(m_kept.most, iou);
        if (m_kept.step == 0 || iou >= m_kept.most - asGood) {
            m_kept.step = step;
            m_kept.iou = iou;
            m_kept.of = isLast ? models::NamedTensors() : m_network.state();
        }
        return step - m_kept.step < patience * m_every;
    }

    void restore() {
        if (!m_kept.of.empty()) {
            m_network.restore(m_kept.of);
        }
    }
    int step() const { return m_kept.step; }
    double iou() const { return m_kept.iou; }
    const KeptWeights& kept() const { return m_kept; }
    void goOnFrom(KeptWeights kept) { m_kept = std::move(kept); }
    /// What was measured since it was last asked.
    std::optional<MeasuredAt> news() { return std::exchange(m_measured, std::nullopt); }

private:
    static constexpr int patience = 5; ///< of the ten times that it is measured
    static constexpr double asGood = 0.005;

    models::Network& m_network;
    const models::Manifest& m_manifest;
    std::vector<AreaPixels>& m_held;
    int m_every;
    KeptWeights m_kept;
    std::optional<MeasuredAt> m_measured;
};

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
    const auto parted = heldOut(areas, options.measure ? options.holdOut : 0, options.seed);
    auto pixels = pixelsOf(parted.learnt, manifest, result.notes, progress.part(0, 0.08));
    auto held = pixelsOf(parted.held, manifest, result.notes, progress.part(0.08, 0.1));
    std::size_t leftOut = 0;
    const auto leaveOut = [&](AreaPixels& area, const Progress& part) {
        leftOut += leaveOutOwnIce(network, manifest, area, part);
    };
    constexpr auto looking = "Looking for ice that nobody reviewed";
    forEach(pixels, progress.part(0.1, 0.14), looking, leaveOut);
    forEach(held, progress.part(0.14, 0.15), looking, leaveOut);
    Sampler sampler(pixels, network.spec(),
                    {.labelSmoothing = options.labelSmoothing,
                     .augment = options.augment,
                     .seed = options.seed,
                     .changedWeight = options.changedWeight,
                     .replayShare = options.replayShare,
                     .augmentation = {}});
    if (std::ranges::none_of(
            pixels, [](const AreaPixels& area) { return !area.isReplay() && area.icePixels() > 0; })) {
        throw Error("There is nothing to learn from: no outline lies in a part of the scene that has data.");
    }

    const double learningBegins = options.measure ? 0.2 : 0.15;
    const double learningEnds = options.measure ? 0.95 : 1.0;
    auto& judged = parted.held.empty() ? pixels : held;
    Course silent;
    Course& course = options.course != nullptr ? *options.course : silent;
    const auto wasMeasured = [&](const MeasuredAt& at) {
        result.course.push_back(at);
        course.measured(at);
    };
    const auto interrupted = course.begin();
    // Nobody looks at examples who does not follow the course.
    std::optional<ExampleTiles> examples;
    if (options.course != nullptr && options.measure) {
        examples.emplace(judged, parted.held.empty() ? parted.learnt : parted.held, manifest);
        examples->look(network, quietly(progress.part(0.15, 0.16), measuringNow));
        course.examples(examples->tiles());
    }
    if (options.measure) {
        result.measured.emplace();
        result.measured->reviewed = parted.reviewed;
        result.measured->heldOut = parted.heldOut;
        result.measured->missing = parted.missing;
        if (!interrupted) {
            wasMeasured({0, measureAll(network, manifest, judged, progress.part(0.16, learningBegins),
                                       measuringNow)});
        }
    }
    const Progress learning = progress.part(learningBegins, learningEnds);
    models::LearnOptions step;
    step.parts = options.parts;
    step.batchNormFrozen = options.batchNormFrozen;
    step.focalGamma = options.focalGamma;
    Best best(network, manifest, held, options.steps);
    int first = 0;
    if (interrupted) {
        network.restore(interrupted->network);
        if (!sampler.throwOnFrom(interrupted->dice)) {
            throw Error("What was kept of the interrupted training is damaged; begin it anew.");
        }
        first = interrupted->step;
        result.losses = interrupted->losses;
        result.course = interrupted->measured;
        best.goOnFrom(interrupted->best);
    }
    SmallerBatches learner(network, sampler, options.batch, [&](const std::string& sentence) {
        result.notes.push_back(sentence);
        course.note(sentence);
    });
    for (int i = first; i < options.steps; ++i) {
        const auto fraction = [&](int done) { return static_cast<double>(done) / options.steps; };
        learning.report(fraction(i), "Learning");
        step.rate = rateAt(options, i);
        const double loss = learner.learn(step, progress.stopToken());
        if (!std::isfinite(loss)) {
            throw Error("Learning got out of hand at step " + std::to_string(i + 1) +
                        ": the loss is no number. Try again with a smaller learning rate.");
        }
        result.losses.push_back(loss);
        if (options.onStep) {
            options.onStep(i + 1, loss);
        }
        const auto part = learning.part(fraction(i), fraction(i + 1));
        const bool goesOn = best.goOnAfter(i + 1, i + 1 == options.steps, part);
        if (const auto news = best.news()) {
            wasMeasured(*news);
            if (examples) {
                course.examples(examples->lookAgain(network, quietly(part, "Measuring what was learnt")));
            }
        }
        if (!goesOn) {
            break;
        }
        if (i + 1 < options.steps && course.wantsState(i + 1)) {
            course.keep({i + 1, sampler.dice(), result.losses, result.course, network.state(), best.kept()});
        }
    }
    best.restore();
    if (result.measured) {
        result.measured->bestStep = parted.held.empty() ? options.steps : best.step();
        if (parted.held.empty()) {
            wasMeasured({options.steps, measureAll(network, manifest, pixels, progress.part(learningEnds, 1),
                                                   "Measuring what was learnt")});
        }
        const auto ground = parted.held.empty()
                                ? std::string("what it learnt from, which makes it look surer than it is")
                                : counted(parted.heldOut, "glacier") + " that it did not learn from";
        result.calibration =
            recalibrated(network, manifest, judged, parted.held.empty() ? parted.learnt : parted.held, ground,
                         quietly(progress.part(learningEnds, 1), "Measuring how sure it is"));
        result.measured->iouBefore = result.course.front().iou;
        result.measured->iouAfter = parted.held.empty() ? result.course.back().iou : best.iou();
        if (examples) {
            course.examples(examples->lookAgain(network, quietly(progress.part(1, 1), "Done")));
        }
    }
    if (leftOut > 0) {
        result.notes.push_back(
            std::to_string(leftOut) +
            " pixels beside the outlines that the model calls ice were left out: nobody has "
            "reviewed them.");
    }
    progress.report(1, "Done");
    return result;
}

} // namespace nunatak::training
