// SPDX-License-Identifier: GPL-3.0-or-later
#include "golden.h"
#include "models/keras_layout.h"
#include "support/plain_test.h"

#include <algorithm>
#include <cstdio>
#include <map>

using namespace nunatak;
using namespace nunatak::tests;

namespace {

/// The glacier's channel of (N, H, W, 2).
models::Tensor glacierChannel(const models::Tensor& both) {
    models::Tensor one{{both.shape.at(0), both.shape.at(1), both.shape.at(2)}, {}};
    for (std::size_t i = 1; i < both.values.size(); i += 2) {
        one.values.push_back(both.values[i]);
    }
    return one;
}

/// A vector of zero expectation whose gradient is rounding noise: the bias of a convolution before a
/// BatchNorm.
bool isBiasBeforeNorm(const models::WeightSlot& slot, const std::vector<models::WeightSlot>& slots) {
    if (slot.kerasLeaf != "bias" || slot.name.ends_with("projection/bias")) {
        return false;
    }
    const auto gamma = slot.name.substr(0, slot.name.rfind('/'));
    auto norm = gamma;
    for (const auto& [from, to] : {std::pair{"/conv", "/norm"}, std::pair{"/dense", "/norm"}}) {
        const auto at = norm.rfind(from);
        if (at != std::string::npos) {
            norm.replace(at, std::string(from).size(), to);
        }
    }
    return norm != gamma && std::any_of(slots.begin(), slots.end(),
                                        [&](const auto& other) { return other.name == norm + "/gamma"; });
}

void probabilitiesAgree(const std::string& name) {
    const auto spec = goldenSpec(name);
    const auto io = readGolden(name + "_io");
    auto network = testModule().open(spec, goldenWeights(name + "_weights", spec), {"cpu", 2});
    const auto probability = network->predict(goldenBatch(io, spec), {}).get();
    const double difference = largestDifference(probability, glacierChannel(io.at("outputs/output")));
    std::printf("%s: probabilities within %.2g\n", name.c_str(), difference);
    NUNATAK_CHECK(difference <= 2e-5);
}

void oneStepAgrees(const std::string& name) {
    const auto spec = goldenSpec(name);
    const auto golden = readGolden(name + "_train_step");
    const auto slots = models::weightLayout(spec);
    const auto keras = kerasArrays(readGolden(name + "_weights"));
    auto network = testModule().open(spec, goldenWeights(name + "_weights", spec), testDevice());
    models::LearnOptions options;
    options.focalGamma = 2;
    options.apply = false;
    options.wantGradients = true;
    const auto result = network->learn(goldenLearnBatch(name, spec), options, {});
    NUNATAK_CHECK_NEAR(result.loss, golden.at("@loss").values.at(0), 1e-5);

    const auto after = network->weights();
    double worstGradient = 0;
    double worstStatistic = 0;
    for (std::size_t i = 0; i < slots.size(); ++i) {
        const auto& slot = slots[i];
        const auto& kerasName = keras.at(i).first;
        if (slot.trainable) {
            const auto expected = models::fromKeras(slot, golden.at("grads/" + kerasName));
            worstGradient =
                std::max(worstGradient, largestDifference(result.gradients.at(slot.name), expected));
        } else {
            const auto expected = models::fromKeras(slot, golden.at("moving_after/" + kerasName));
            worstStatistic = std::max(worstStatistic, largestDifference(after.at(slot.name), expected));
        }
    }
    std::printf("%s: gradients within %.2g, moving statistics within %.2g\n", name.c_str(), worstGradient,
                worstStatistic);
    NUNATAK_CHECK(worstGradient <= 1e-5);
    NUNATAK_CHECK(worstStatistic <= 1e-5);
    NUNATAK_CHECK_EQUAL(result.locationGradient.has_value(), spec.location > 0);
}

void fiveStepsOfAdamAgree(const std::string& name) {
    const auto spec = goldenSpec(name);
    const auto golden = readGolden(name + "_adam");
    const auto& rates = golden.at("@learning_rates").values;
    const auto& losses = golden.at("@losses").values;
    auto network = testModule().open(spec, goldenWeights(name + "_weights", spec), testDevice());
    const auto batch = goldenLearnBatch(name, spec);
    for (std::size_t step = 0; step < rates.size(); ++step) {
        models::LearnOptions options;
        options.focalGamma = 2;
        options.rate = rates[step];
        NUNATAK_CHECK_NEAR(network->learn(batch, options, {}).loss, losses[step], 3e-5);
    }
    const auto slots = models::weightLayout(spec);
    const auto keras = kerasArrays(golden);
    const auto learnt = network->weights();
    double worstWeight = 0;
    double worstMedian = 0;
    double worstStatistic = 0;
    for (std::size_t i = 0; i < slots.size(); ++i) {
        const auto expected = models::fromKeras(slots[i], keras.at(i).second);
        const auto& actual = learnt.at(slots[i].name);
        if (!slots[i].trainable) {
            worstStatistic = std::max(worstStatistic, largestDifference(actual, expected));
        } else if (!isBiasBeforeNorm(slots[i], slots)) {
            worstWeight = std::max(worstWeight, largestDifference(actual, expected));
            worstMedian = std::max(worstMedian, medianDifference(actual, expected));
        }
    }
    std::printf("%s: after five steps weights within %.2g (worst median of an array %.2g), statistics %.2g\n",
                name.c_str(), worstWeight, worstMedian, worstStatistic);
    NUNATAK_CHECK(worstWeight <= 5e-4);
    NUNATAK_CHECK(worstStatistic <= 2e-3);
}

void tinyProbabilitiesAgreeWithKeras() {
    probabilitiesAgree("tiny");
}
void probabilitiesWithAllFeaturesAndALocationAgreeWithKeras() {
    probabilitiesAgree("tiny_loc");
}
void publishedSizeProbabilitiesAgreeWithKeras() {
    probabilitiesAgree("full");
}
void aTrainingStepHasTheLossGradientsAndStatisticsOfKeras() {
    oneStepAgrees("tiny");
}
void aTrainingStepWithALocationAgreesWithKeras() {
    oneStepAgrees("tiny_loc");
}
void fiveStepsOfAdamEndWhereKerasEnds() {
    fiveStepsOfAdamAgree("tiny");
}
void fiveStepsOfAdamWithALocationEndWhereKerasEnds() {
    fiveStepsOfAdamAgree("tiny_loc");
}

void aFileOfAnotherModelOfTheSameProcessIsReadByPosition() {
    const auto spec = goldenSpec("tiny_loc");
    NUNATAK_CHECK(goldenWeights("tiny_loc_weights", spec) ==
                  goldenWeights("tiny_loc_weights_second_model", spec));
}

void weightsGoBackToKerasAsTheyCame() {
    const auto spec = goldenSpec("tiny_loc");
    const auto arrays = kerasArrays(readGolden("tiny_loc_weights"));
    const auto weights = goldenWeights("tiny_loc_weights", spec);
    const auto slots = models::weightLayout(spec);
    NUNATAK_CHECK_EQUAL(slots.size(), arrays.size());
    for (std::size_t i = 0; i < slots.size(); ++i) {
        NUNATAK_CHECK(models::toKeras(slots[i], weights.at(slots[i].name)) == arrays[i].second);
        NUNATAK_CHECK(arrays[i].first.ends_with("/" + slots[i].kerasLeaf + ":0"));
    }
}

} // namespace

std::vector<PlainTest> nunatak::tests::plainTests() {
    return {
        NUNATAK_PLAIN_TEST(weightsGoBackToKerasAsTheyCame),
        NUNATAK_PLAIN_TEST(aFileOfAnotherModelOfTheSameProcessIsReadByPosition),
        NUNATAK_PLAIN_TEST(tinyProbabilitiesAgreeWithKeras),
        NUNATAK_PLAIN_TEST(probabilitiesWithAllFeaturesAndALocationAgreeWithKeras),
        NUNATAK_PLAIN_TEST(aTrainingStepHasTheLossGradientsAndStatisticsOfKeras),
        NUNATAK_PLAIN_TEST(aTrainingStepWithALocationAgreesWithKeras),
        NUNATAK_PLAIN_TEST(fiveStepsOfAdamEndWhereKerasEnds),
        NUNATAK_PLAIN_TEST(fiveStepsOfAdamWithALocationEndWhereKerasEnds),
        NUNATAK_PLAIN_TEST(publishedSizeProbabilitiesAgreeWithKeras),
    };
}
