// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "golden.h"
#include "models/module_loader.h"
#include "models/weight_layout.h"
#include "support/plain_test.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <dlfcn.h>

using namespace nunatak;
using namespace nunatak::tests;
using models::LearningParts;
using models::LearnOptions;
using models::NamedTensors;
using models::Tensor;

namespace {

double largestDifference(const NamedTensors& a, const NamedTensors& b) {
    NUNATAK_CHECK_EQUAL(a.size(), b.size());
    double largest = 0;
    for (const auto& [name, tensor] : a) {
        largest = std::max(largest, nunatak::tests::largestDifference(tensor, b.at(name)));
    }
    return largest;
}

LearnOptions withRate(double rate) {
    LearnOptions options;
    options.rate = rate;
    return options;
}

std::unique_ptr<models::Network> smallNetwork(std::uint64_t seed = 1, int location = 0) {
    return testModule().create(smallSpec(location), seed, testDevice());
}

// The module

void theModuleSaysWhatItIs() {
    NUNATAK_CHECK(testModule().description().find("LibTorch") == 0);
    NUNATAK_CHECK(&testModule() == &testModule());
}

void aModuleOfAnotherInterfaceVersionIsRefused() {
    testModule();
    void* handle = ::dlopen(NUNATAK_BUILD_DIRECTORY "/lib/nunatak/nunatak_models.so", RTLD_NOW | RTLD_LOCAL);
    NUNATAK_CHECK(handle != nullptr);
    auto factory =
        reinterpret_cast<decltype(&nunatak_models_module)>(::dlsym(handle, "nunatak_models_module"));
    NUNATAK_CHECK(factory != nullptr);
    NUNATAK_CHECK(factory(models::interfaceVersion) != nullptr);
    NUNATAK_CHECK(factory(models::interfaceVersion + 1) == nullptr);
    NUNATAK_CHECK_THROWS(Error, "another interface version", models::loadModule(NUNATAK_OLD_MODULE));
}

void filesThatAreNoModulesAreRefusedWithTheirName() {
    NUNATAK_CHECK_THROWS(Error, "none.so is not there", models::loadModule("none.so"));
    NUNATAK_CHECK_THROWS(Error, "cannot be loaded",
                         models::loadModule(NUNATAK_TEST_DATA "/../CMakeLists.txt"));
}

void errorsOfTheModuleAreErrorsOfTheProgram() {
    // Thrown behind dlopen, caught here by type.
    auto spec = smallSpec();
    spec.tile = 17;
    NUNATAK_CHECK_THROWS(Error, "multiple of 16", testModule().create(spec, 1, testDevice()));
    NUNATAK_CHECK_THROWS(Error, "quantum", testModule().create(smallSpec(), 1, {"quantum", 1}));
    NUNATAK_CHECK_THROWS(Error, "threads", testModule().create(smallSpec(), 1, {"cpu", -1}));
}

// Prediction

void predictionsAreProbabilitiesOfTheTilesShape() {
    const auto probability = smallNetwork()->predict(discBatch(smallSpec(), 3, 7).input, {}).get();
    NUNATAK_CHECK((probability.shape == std::vector<std::int64_t>{3, 16, 16}));
    NUNATAK_CHECK(std::all_of(probability.values.begin(), probability.values.end(),
                              [](float p) { return p > 0 && p < 1; }));
}

void theSameSeedMakesTheSameNetwork() {
    NUNATAK_CHECK(smallNetwork(1)->weights() == smallNetwork(1)->weights());
    NUNATAK_CHECK(smallNetwork(1)->weights() != smallNetwork(2)->weights());
    const auto batch = discBatch(smallSpec(), 2, 7).input;
    NUNATAK_CHECK(smallNetwork(1)->predict(batch, {}).get() == smallNetwork(1)->predict(batch, {}).get());
}

void freshWeightsAreGlorotUniform() {
    const auto spec = smallSpec();
    const auto weights = models::initialWeights(spec, 5);
    const auto& kernel = weights.at("unet/encoder4/conv2/kernel"); // 3 × 3, 32 → 32
    const double limit = std::sqrt(6.0 / (9 * 32 + 9 * 32));
    double squares = 0;
    for (const float value : kernel.values) {
        NUNATAK_CHECK(std::abs(value) <= limit);
        squares += static_cast<double>(value) * static_cast<double>(value);
    }
    NUNATAK_CHECK_NEAR(squares / static_cast<double>(kernel.values.size()), limit * limit / 3,
                       limit * limit * 0.01);
    NUNATAK_CHECK_EQUAL(weights.at("unet/encoder4/conv2/bias").values.at(0), 0.0f);
    NUNATAK_CHECK_EQUAL(weights.at("unet/encoder4/norm2/moving_variance").values.at(0), 1.0f);
}

void tilesOfABatchDoNotInfluenceEachOther() {
    auto network = smallNetwork();
    const auto spec = smallSpec();
    const auto together = network->predict(discBatch(spec, 3, 7).input, {}).get();
    auto alone = discBatch(spec, 3, 7).input;
    for (auto& [name, tensor] : alone.features) {
        tensor.shape[0] = 1;
        tensor.values.resize(static_cast<std::size_t>(tensor.elements()));
    }
    const auto first = network->predict(alone, {}).get();
    for (std::size_t i = 0; i < first.values.size(); ++i) {
        NUNATAK_CHECK_NEAR(together.values[i], first.values[i], 1e-5);
    }
}

void activationsAreThoseBeforeTheOutput() {
    auto network = smallNetwork();
    const auto batch = discBatch(smallSpec(), 2, 7).input;
    const auto activations = network->activations(batch, {}).get();
    const auto probability = network->predict(batch, {}).get();
    NUNATAK_CHECK((activations.shape == std::vector<std::int64_t>{2, 4, 16, 16}));
    const auto weights = network->weights();
    const auto& kernel = weights.at("heads/output/kernel").values;
    const auto& bias = weights.at("heads/output/bias").values;
    for (std::size_t pixel = 0; pixel < 256; ++pixel) {
        double difference = bias[1] - bias[0];
        for (std::size_t channel = 0; channel < 4; ++channel) {
            difference += (kernel[4 + channel] - kernel[channel]) * activations.values[channel * 256 + pixel];
        }
        NUNATAK_CHECK_NEAR(probability.values[pixel], 1 / (1 + std::exp(-difference)), 1e-5);
    }
}

void aBatchThatDoesNotFitIsRefusedWithItsFeature() {
    auto network = smallNetwork();
    auto batch = discBatch(smallSpec(), 2, 7).input;
    auto missing = batch;
    missing.features.erase("dem");
    NUNATAK_CHECK_THROWS(Error, "dem", network->predict(missing, {}).get());
    auto wrong = batch;
    wrong.features.at("dem").shape = {2, 2, 16, 8};
    NUNATAK_CHECK_THROWS(Error, "the feature dem of shape (2, 1, 16, 16)", network->predict(wrong, {}).get());
    auto gap = batch;
    gap.features.at("optical").values[5] = std::numeric_limits<float>::quiet_NaN();
    NUNATAK_CHECK_THROWS(Error, "the feature optical", network->predict(gap, {}).get());
    NUNATAK_CHECK_THROWS(Error, "no features", network->predict({}, {}).get());
    auto located = smallNetwork(1, 12);
    NUNATAK_CHECK_THROWS(Error, "location vector", located->predict(batch, {}).get());
}

void aStopTokenCancelsWhatHasNotBegun() {
    auto network = smallNetwork();
    std::stop_source stop;
    stop.request_stop();
    const auto batch = discBatch(smallSpec(), 2, 7);
    NUNATAK_CHECK_THROWS(Cancelled, "cancelled", network->predict(batch.input, stop.get_token()).get());
    NUNATAK_CHECK_THROWS(Cancelled, "cancelled", network->learn(batch, {}, stop.get_token()));
    NUNATAK_CHECK_EQUAL(network->predict(batch.input, {}).get().shape.at(0), 2);
}

void predictionsStillQueuedWhenTheNetworkGoesAreAnswered() {
    std::vector<std::future<Tensor>> answers;
    {
        auto network = smallNetwork();
        for (int i = 0; i < 20; ++i) {
            answers.push_back(network->predict(discBatch(smallSpec(), 4, 7).input, {}));
        }
    }
    for (auto& answer : answers) {
        try {
            NUNATAK_CHECK_EQUAL(answer.get().shape.at(0), 4);
        } catch (const Cancelled&) {
        }
    }
}

void dropoutFollowsItsSeed() {
    auto network = smallNetwork();
    auto batch = discBatch(smallSpec(), 2, 7).input;
    const auto plain = network->predict(batch, {}).get();
    batch.dropoutSeed = 3;
    const auto first = network->predict(batch, {}).get();
    NUNATAK_CHECK(network->predict(batch, {}).get() == first);
    batch.dropoutSeed = 4;
    NUNATAK_CHECK(network->predict(batch, {}).get() != first);
    NUNATAK_CHECK(first != plain);
}

// Weights

void wrongWeightsAreNamed() {
    const auto spec = smallSpec();
    const auto weights = models::initialWeights(spec, 1);
    auto missing = weights;
    missing.erase("unet/decoder2/up/kernel");
    NUNATAK_CHECK_THROWS(Error, "unet/decoder2/up/kernel is missing",
                         testModule().open(spec, missing, testDevice()));
    auto extra = weights;
    extra["surplus"] = {{1}, {0}};
    NUNATAK_CHECK_THROWS(Error, "surplus is not one of this network",
                         testModule().open(spec, extra, testDevice()));
    auto shape = weights;
    shape.at("heads/output/kernel").shape = {4, 2};
    NUNATAK_CHECK_THROWS(Error, "heads/output/kernel has the shape (4, 2); the network needs (2, 4)",
                         testModule().open(spec, shape, testDevice()));
    auto poisoned = weights;
    poisoned.at("heads/output/bias").values[0] = std::numeric_limits<float>::infinity();
    NUNATAK_CHECK_THROWS(Error, "heads/output/bias", testModule().open(spec, poisoned, testDevice()));
    NUNATAK_CHECK(testModule().open(spec, weights, testDevice())->weights() == weights);
}

// Learning

void learningReducesTheLossAndPredictionFollows() {
    auto network = smallNetwork();
    const auto batch = discBatch(smallSpec(), 8, 7);
    const auto before = network->predict(batch.input, {}).get();
    const double first = network->learn(batch, withRate(5e-3), {}).loss;
    double last = first;
    for (int step = 0; step < 120; ++step) {
        last = network->learn(batch, withRate(5e-3), {}).loss;
    }
    NUNATAK_CHECK(last < 0.3 * first);
    // BatchNorm's moving statistics follow slowly; by now prediction sees the discs as well.
    const auto after = network->predict(batch.input, {}).get();
    NUNATAK_CHECK(after != before);
    int right = 0;
    for (std::size_t i = 0; i < after.values.size(); ++i) {
        const auto pixel = i % 256;
        const bool glacier = batch.labels.values[(2 * (i / 256) + 1) * 256 + pixel] > 0.5f;
        right += (after.values[i] > 0.5f) == glacier ? 1 : 0;
    }
    NUNATAK_CHECK(right > 0.9 * static_cast<double>(after.values.size()));
}

void pixelsNobodyLookedAtDoNotInfluenceGradients() {
    const auto spec = smallSpec();
    auto batch = discBatch(spec, 2, 7);
    for (std::size_t i = 0; i < 300; ++i) {
        batch.weights.values[i] = 0;
    }
    LearnOptions options;
    options.apply = false;
    options.wantGradients = true;
    const auto expected = smallNetwork()->learn(batch, options, {});
    for (std::size_t i = 0; i < 256; ++i) {
        batch.labels.values[i] = std::numeric_limits<float>::quiet_NaN();
        batch.labels.values[256 + i] = 17;
    }
    const auto actual = smallNetwork()->learn(batch, options, {});
    NUNATAK_CHECK_NEAR(actual.loss, expected.loss, 0);
    NUNATAK_CHECK(actual.gradients == expected.gradients);
    // A label that was looked at does count.
    batch.labels.values[512 + 200] = 1 - batch.labels.values[512 + 200];
    NUNATAK_CHECK(smallNetwork()->learn(batch, options, {}).gradients != expected.gradients);
}

void aStepWhereNobodyLookedChangesNoTrainedWeight() {
    auto network = smallNetwork();
    const auto before = network->weights();
    auto batch = discBatch(smallSpec(), 2, 7);
    std::fill(batch.weights.values.begin(), batch.weights.values.end(), 0.0f);
    LearnOptions options;
    options.batchNormFrozen = true;
    NUNATAK_CHECK_NEAR(network->learn(batch, options, {}).loss, 0, 0);
    NUNATAK_CHECK(network->weights() == before);
}

void labelsAndWeightsThatCannotBeAreRefused() {
    auto network = smallNetwork();
    const auto before = network->weights();
    auto batch = discBatch(smallSpec(), 2, 7);
    batch.labels.values[9] = std::numeric_limits<float>::quiet_NaN();
    NUNATAK_CHECK_THROWS(Error, "label", network->learn(batch, {}, {}));
    batch = discBatch(smallSpec(), 2, 7);
    batch.weights.values[9] = -1;
    NUNATAK_CHECK_THROWS(Error, "weight", network->learn(batch, {}, {}));
    batch = discBatch(smallSpec(), 2, 7);
    batch.weights.shape = {2, 256};
    NUNATAK_CHECK_THROWS(Error, "pixel weights of shape (2, 16, 16)", network->learn(batch, {}, {}));
    NUNATAK_CHECK_THROWS(Error, "learning rate",
                         network->learn(discBatch(smallSpec(), 2, 7), withRate(-1), {}));
    NUNATAK_CHECK(network->weights() == before);
}

void gradientsAreThoseOfFiniteDifferences() {
    const auto spec = smallSpec(4);
    auto batch = discBatch(spec, 2, 7);
    const auto weights = models::initialWeights(spec, 3);
    LearnOptions options;
    options.apply = false;
    options.wantGradients = true;
    options.batchNormFrozen = true;
    const auto result = testModule().open(spec, weights, testDevice())->learn(batch, options, {});
    auto lossWith = [&](const NamedTensors& changed, const models::LearnBatch& changedBatch) {
        return testModule().open(spec, changed, testDevice())->learn(changedBatch, options, {}).loss;
    };
    const float step = 2e-3f;
    for (const auto* name :
         {"heads/output/bias", "heads/deep_supervision/bias", "unet/decoder3/up_norm/beta"}) {
        auto up = weights;
        auto down = weights;
        up.at(name).values[0] += step;
        down.at(name).values[0] -= step;
        const double slope = (lossWith(up, batch) - lossWith(down, batch)) / (2.0 * step);
        NUNATAK_CHECK_NEAR(result.gradients.at(name).values[0], slope, 2e-3 + 0.02 * std::abs(slope));
    }
    NUNATAK_CHECK(result.locationGradient.has_value());
    NUNATAK_CHECK((result.locationGradient->shape == std::vector<std::int64_t>{2, 4}));
    double largest = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        auto up = batch;
        auto down = batch;
        up.input.location->values[i] += step;
        down.input.location->values[i] -= step;
        const double slope = (lossWith(weights, up) - lossWith(weights, down)) / (2.0 * step);
        NUNATAK_CHECK_NEAR(result.locationGradient->values[i], slope, 1e-3 + 0.02 * std::abs(slope));
        largest = std::max(largest, std::abs(slope));
    }
    NUNATAK_CHECK(largest > 2e-3);
}

void twoAccumulatedHalvesLearnWhatTheWholeBatchDoes() {
    const auto spec = smallSpec();
    auto whole = discBatch(spec, 4, 7);
    // Halves in which unequally much was looked at.
    std::fill(whole.weights.values.begin(), whole.weights.values.begin() + 400, 0.0f);
    auto half = [&](std::size_t index) {
        auto take = [&](const Tensor& tensor) {
            Tensor part = tensor;
            part.shape[0] = 2;
            const auto size = tensor.values.size() / 2;
            const auto begin = tensor.values.begin() + static_cast<std::ptrdiff_t>(index * size);
            part.values.assign(begin, begin + static_cast<std::ptrdiff_t>(size));
            return part;
        };
        models::LearnBatch batch{{}, take(whole.labels), take(whole.weights)};
        for (const auto& [name, tensor] : whole.input.features) {
            batch.input.features[name] = take(tensor);
        }
        return batch;
    };
    LearnOptions options;
    options.batchNormFrozen = true;
    auto once = smallNetwork();
    once->learn(whole, options, {});
    auto twice = smallNetwork();
    const auto before = twice->weights();
    options.apply = false;
    twice->learn(half(0), options, {});
    NUNATAK_CHECK(twice->weights() == before);
    options.apply = true;
    twice->learn(half(1), options, {});
    NUNATAK_CHECK(largestDifference(once->weights(), before) > 5e-4);
    // Adam's first step is rate × sign wherever the gradient is not tiny; where it is, rounding moves it.
    const auto a = once->weights();
    const auto b = twice->weights();
    NUNATAK_CHECK(
        nunatak::tests::largestDifference(a.at("heads/output/kernel"), b.at("heads/output/kernel")) < 1e-5);
    NUNATAK_CHECK(nunatak::tests::medianDifference(a.at("unet/encoder2/conv1/kernel"),
                                                   b.at("unet/encoder2/conv1/kernel")) < 1e-6);
}

void onlyThePartThatShallLearnsChanges() {
    for (const auto parts : {LearningParts::Heads, LearningParts::Decoder}) {
        auto network = smallNetwork();
        const auto before = network->weights();
        LearnOptions options;
        options.parts = parts;
        options.wantGradients = true;
        const auto result = network->learn(discBatch(smallSpec(), 2, 7), options, {});
        const auto after = network->weights();
        for (const auto& slot : models::weightLayout(smallSpec())) {
            const bool learns =
                slot.part == models::NetworkPart::Heads ||
                (slot.part == models::NetworkPart::Decoder && parts == LearningParts::Decoder);
            if (!learns) {
                NUNATAK_CHECK(after.at(slot.name) == before.at(slot.name));
            }
            NUNATAK_CHECK_EQUAL(result.gradients.contains(slot.name), learns && slot.trainable);
        }
        NUNATAK_CHECK(after.at("heads/output/kernel") != before.at("heads/output/kernel"));
        NUNATAK_CHECK_EQUAL(after.at("unet/decoder1/up/kernel") != before.at("unet/decoder1/up/kernel"),
                            parts == LearningParts::Decoder);
    }
}

void frozenBatchNormKeepsItsStatistics() {
    for (const bool frozen : {false, true}) {
        auto network = smallNetwork();
        const auto before = network->weights();
        LearnOptions options;
        options.batchNormFrozen = frozen;
        network->learn(discBatch(smallSpec(), 2, 7), options, {});
        const auto after = network->weights();
        for (const auto& slot : models::weightLayout(smallSpec())) {
            // Of one token a tile, normalised over two tiles, both are mirror images: their mean may be
            // exactly 0.
            const bool mayStay =
                slot.name.starts_with("transformer/up/") && slot.name.ends_with("moving_mean");
            if (!slot.trainable && (frozen || !mayStay)) {
                NUNATAK_CHECK_EQUAL(after.at(slot.name) == before.at(slot.name), frozen);
            }
        }
    }
}

void averagedWeightsFollowTheWeights() {
    auto network = smallNetwork();
    const auto start = network->weights();
    NUNATAK_CHECK(network->averagedWeights() == start);
    for (int step = 0; step < 5; ++step) {
        network->learn(discBatch(smallSpec(), 2, 7), withRate(1e-2), {});
    }
    const auto now = network->weights();
    const auto averaged = network->averagedWeights();
    // The bias of the output moves one way for five steps, so its average lies between.
    const float from = start.at("heads/output/bias").values[0];
    const float to = now.at("heads/output/bias").values[0];
    const float between = averaged.at("heads/output/bias").values[0];
    NUNATAK_CHECK(std::abs(to - from) > 1e-3f);
    NUNATAK_CHECK((between - from) * (to - between) > 0);
    NUNATAK_CHECK(testModule().open(smallSpec(), averaged, testDevice())->weights() == averaged);
}

void restoredLearningContinuesAsIfNeverInterrupted() {
    const auto spec = smallSpec(12);
    auto network = smallNetwork(1, 12);
    for (unsigned step = 0; step < 3; ++step) {
        network->learn(discBatch(spec, 2, step), withRate(1e-2), {});
    }
    LearnOptions accumulate;
    accumulate.apply = false;
    network->learn(discBatch(spec, 2, 50), accumulate, {});
    const auto state = network->state();
    auto other = smallNetwork(99, 12);
    other->restore(state);
    NUNATAK_CHECK(other->state() == state);
    for (unsigned step = 3; step < 6; ++step) {
        const auto a = network->learn(discBatch(spec, 2, step), withRate(1e-2), {});
        const auto b = other->learn(discBatch(spec, 2, step), withRate(1e-2), {});
        NUNATAK_CHECK_NEAR(a.loss, b.loss, 0);
    }
    NUNATAK_CHECK(network->weights() == other->weights());
    NUNATAK_CHECK(network->state() == other->state());
    const auto batch = discBatch(spec, 2, 8).input;
    NUNATAK_CHECK(network->predict(batch, {}).get() == other->predict(batch, {}).get());
}

void aStateThatDoesNotFitIsRefusedAndChangesNothing() {
    auto network = smallNetwork();
    network->learn(discBatch(smallSpec(), 2, 7), {}, {});
    const auto state = network->state();
    auto broken = state;
    broken.erase("adam/second_moment/heads/output/kernel");
    NUNATAK_CHECK_THROWS(Error, "adam/second_moment/heads/output/kernel", network->restore(broken));
    NUNATAK_CHECK_THROWS(Error, "weights/", network->restore({}));
    auto steps = state;
    steps.at("adam/steps").values = {-1, 0};
    NUNATAK_CHECK_THROWS(Error, "adam/steps", network->restore(steps));
    NUNATAK_CHECK(network->state() == state);
}

} // namespace

std::vector<PlainTest> nunatak::tests::plainTests() {
    return {
        NUNATAK_PLAIN_TEST(theModuleSaysWhatItIs),
        NUNATAK_PLAIN_TEST(aModuleOfAnotherInterfaceVersionIsRefused),
        NUNATAK_PLAIN_TEST(filesThatAreNoModulesAreRefusedWithTheirName),
        NUNATAK_PLAIN_TEST(errorsOfTheModuleAreErrorsOfTheProgram),
        NUNATAK_PLAIN_TEST(predictionsAreProbabilitiesOfTheTilesShape),
        NUNATAK_PLAIN_TEST(theSameSeedMakesTheSameNetwork),
        NUNATAK_PLAIN_TEST(freshWeightsAreGlorotUniform),
        NUNATAK_PLAIN_TEST(tilesOfABatchDoNotInfluenceEachOther),
        NUNATAK_PLAIN_TEST(activationsAreThoseBeforeTheOutput),
        NUNATAK_PLAIN_TEST(aBatchThatDoesNotFitIsRefusedWithItsFeature),
        NUNATAK_PLAIN_TEST(aStopTokenCancelsWhatHasNotBegun),
        NUNATAK_PLAIN_TEST(predictionsStillQueuedWhenTheNetworkGoesAreAnswered),
        NUNATAK_PLAIN_TEST(dropoutFollowsItsSeed),
        NUNATAK_PLAIN_TEST(wrongWeightsAreNamed),
        NUNATAK_PLAIN_TEST(learningReducesTheLossAndPredictionFollows),
        NUNATAK_PLAIN_TEST(pixelsNobodyLookedAtDoNotInfluenceGradients),
        NUNATAK_PLAIN_TEST(aStepWhereNobodyLookedChangesNoTrainedWeight),
        NUNATAK_PLAIN_TEST(labelsAndWeightsThatCannotBeAreRefused),
        NUNATAK_PLAIN_TEST(gradientsAreThoseOfFiniteDifferences),
        NUNATAK_PLAIN_TEST(twoAccumulatedHalvesLearnWhatTheWholeBatchDoes),
        NUNATAK_PLAIN_TEST(onlyThePartThatShallLearnsChanges),
        NUNATAK_PLAIN_TEST(frozenBatchNormKeepsItsStatistics),
        NUNATAK_PLAIN_TEST(averagedWeightsFollowTheWeights),
        NUNATAK_PLAIN_TEST(restoredLearningContinuesAsIfNeverInterrupted),
        NUNATAK_PLAIN_TEST(aStateThatDoesNotFitIsRefusedAndChangesNothing),
    };
}
