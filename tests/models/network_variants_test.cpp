// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "golden.h"
#include "models/weight_layout.h"
#include "support/plain_test.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <iterator>
#include <thread>

using namespace nunatak;
using namespace nunatak::tests;
using models::FeatureBatch;
using models::NamedTensors;
using models::NetworkSpec;
using models::Tensor;

// The kinds of networks and of arithmetic besides the published ones.

namespace {

NetworkSpec resUNet() {
    auto spec = smallSpec();
    spec.architecture = "resunet";
    spec.deepSupervision = false;
    return spec;
}

/// Fresh weights, but biases and statistics that are not zero and one, so that each matters.
NamedTensors livelyWeights(const NetworkSpec& spec, std::uint64_t seed) {
    auto weights = models::initialWeights(spec, seed);
    unsigned state = 1;
    for (auto& [name, tensor] : weights) {
        const bool positive = name.ends_with("moving_variance") || name.ends_with("gamma");
        if (tensor.shape.size() != 1) {
            continue;
        }
        for (auto& value : tensor.values) {
            state = state * 1664525u + 1013904223u;
            const float drawn = static_cast<float>(state >> 8) / 16777216.0f;
            value = positive ? 0.5f + drawn : 0.4f * (drawn - 0.5f);
        }
    }
    return weights;
}

/// Probabilities by way of the last activations.
Tensor probabilityByLayers(models::Network& network, const FeatureBatch& batch) {
    const auto activations = network.activations(batch, {}).get();
    const auto weights = network.weights();
    const auto& kernel = weights.at("heads/output/kernel").values;
    const auto& bias = weights.at("heads/output/bias").values;
    const auto channels = static_cast<std::size_t>(activations.shape[1]);
    const auto pixels = static_cast<std::size_t>(activations.shape[2] * activations.shape[3]);
    Tensor probability{{activations.shape[0], activations.shape[2], activations.shape[3]}, {}};
    for (std::size_t i = 0; i < static_cast<std::size_t>(probability.elements()); ++i) {
        double difference = bias[1] - bias[0];
        for (std::size_t c = 0; c < channels; ++c) {
            difference +=
                static_cast<double>(kernel[channels + c] - kernel[c]) *
                static_cast<double>(activations.values[(i / pixels * channels + c) * pixels + i % pixels]);
        }
        probability.values.push_back(static_cast<float>(1 / (1 + std::exp(-difference))));
    }
    return probability;
}

/// LibTorch computes a learning step layer by layer, and of one class alone its loss is the mean of −ln p
/// over the pixels that count: here those of one row, of one column, or all.
void agreesWithLibTorch(NetworkSpec spec, NamedTensors weights, models::LearnBatch batch,
                        const Tensor& probability) {
    spec.deepSupervision = false;
    weights.erase("heads/deep_supervision/kernel");
    weights.erase("heads/deep_supervision/bias");
    auto network = testModule().open(spec, weights, {"cpu", 2});
    models::LearnOptions options;
    options.apply = false;
    options.batchNormFrozen = true;
    options.focalGamma = 0;
    const auto tile = static_cast<std::size_t>(spec.tile);
    const std::size_t pixels = tile * tile;
    for (std::size_t i = 0; i < batch.labels.values.size(); ++i) {
        batch.labels.values[i] = i / pixels % 2 == 1 ? 1.0f : 0.0f;
    }
    // At both edges, in the middle, and all of them.
    const std::size_t lines[] = {0, 1, tile / 2 - 1, tile / 2, tile - 2, tile - 1, tile};
    for (std::size_t k = 0; k < 2 * std::size(lines); ++k) {
        const std::size_t line = lines[k / 2];
        double sum = 0, count = 0;
        for (std::size_t i = 0; i < probability.values.size(); ++i) {
            const std::size_t pixel = i % pixels;
            const bool counts = line == tile || (k % 2 == 0 ? pixel / tile : pixel % tile) == line;
            batch.weights.values[i] = counts ? 1.0f : 0.0f;
            if (counts) {
                sum -= std::log(static_cast<double>(probability.values[i]));
                ++count;
            }
        }
        NUNATAK_CHECK_NEAR(network->learn(batch, options, {}).loss, sum / count, 2e-5);
    }
}

void bothWaysAgree(const NetworkSpec& spec, int tiles) {
    const auto weights = livelyWeights(spec, 3);
    auto network = testModule().open(spec, weights, {"cpu", 2});
    const auto discs = discBatch(spec, tiles, 7);
    const auto& batch = discs.input;
    const auto probability = network->predict(batch, {}).get();
    const double difference = largestDifference(probability, probabilityByLayers(*network, batch));
    NUNATAK_CHECK(difference < 1e-5);
    agreesWithLibTorch(spec, weights, discs, probability);
    // Not a map that any network would give.
    const auto [least, most] = std::minmax_element(probability.values.begin(), probability.values.end());
    NUNATAK_CHECK(*most - *least > 0.01f);
}

void thePlainResUNetPredictsAndLearns() {
    bothWaysAgree(resUNet(), 3);
    for (const auto& slot : models::weightLayout(resUNet())) {
        NUNATAK_CHECK(slot.part != models::NetworkPart::Transformer);
        NUNATAK_CHECK(!slot.name.starts_with("heads/deep"));
    }
    auto network = testModule().create(resUNet(), 1, testDevice());
    const auto batch = discBatch(resUNet(), 4, 7);
    models::LearnOptions options;
    options.rate = 5e-3;
    const double first = network->learn(batch, options, {}).loss;
    double last = first;
    for (int step = 0; step < 40; ++step) {
        last = network->learn(batch, options, {}).loss;
    }
    NUNATAK_CHECK(last < 0.6 * first);
}

void withoutDeepSupervisionTheLossIsThatOfTheOutputAlone() {
    auto spec = smallSpec();
    const auto weights = livelyWeights(spec, 3);
    auto without = spec;
    without.deepSupervision = false;
    auto fewer = weights;
    fewer.erase("heads/deep_supervision/kernel");
    fewer.erase("heads/deep_supervision/bias");
    models::LearnOptions options;
    options.apply = false;
    options.batchNormFrozen = true;
    const auto batch = discBatch(spec, 2, 7);
    auto both = testModule().open(spec, weights, testDevice());
    auto one = testModule().open(without, fewer, testDevice());
    NUNATAK_CHECK(one->learn(batch, options, {}).loss < both->learn(batch, options, {}).loss);
    NUNATAK_CHECK(one->predict(batch.input, {}).get() == both->predict(batch.input, {}).get());
    NUNATAK_CHECK_THROWS(Error, "deep_supervision", testModule().open(without, weights, testDevice()));
}

void sizesThatFillNoVectorAgreeWithLibTorch() {
    // Channels are padded to 16, heads as well; the deepest map here is 2 × 2 and 6 × 6 pixels.
    auto spec = smallSpec(4);
    bothWaysAgree(spec, 2);
    spec.tile = 48;
    spec.filters = 5;
    spec.embedding = 12;
    spec.heads = 3;
    spec.mlp = 7;
    bothWaysAgree(spec, 1);
    spec.filters = 24;
    bothWaysAgree(spec, 1);
}

void neitherBatchNorThreadsChangeABit() {
    const auto spec = goldenSpec("tiny");
    const auto weights = livelyWeights(spec, 3);
    const auto batch = discBatch(spec, 5, 7).input;
    const auto expected = testModule().open(spec, weights, {"cpu", 1})->predict(batch, {}).get();
    auto network = testModule().open(spec, weights, {"cpu", 3});
    NUNATAK_CHECK(network->predict(batch, {}).get() == expected);
    FeatureBatch last;
    for (const auto& [name, tensor] : batch.features) {
        const auto each = static_cast<std::ptrdiff_t>(tensor.values.size() / 5);
        last.features[name] = {{1, tensor.shape[1], tensor.shape[2], tensor.shape[3]},
                               {tensor.values.end() - each, tensor.values.end()}};
    }
    const auto alone = network->predict(last, {}).get();
    NUNATAK_CHECK(std::equal(alone.values.begin(), alone.values.end(), expected.values.end() - 64 * 64));
}

void predictionFollowsTheWeights() {
    auto network = testModule().create(smallSpec(), 1, testDevice());
    const auto batch = discBatch(smallSpec(), 2, 7);
    const auto before = network->predict(batch.input, {}).get();
    const auto state = network->state();
    network->learn(batch, {}, {});
    NUNATAK_CHECK(network->predict(batch.input, {}).get() != before);
    NUNATAK_CHECK(largestDifference(network->predict(batch.input, {}).get(),
                                    probabilityByLayers(*network, batch.input)) < 1e-5);
    network->restore(state);
    NUNATAK_CHECK(network->predict(batch.input, {}).get() == before);
}

void aPredictionIsCancelledWithinATile() {
    auto spec = goldenSpec("tiny");
    spec.tile = 256;
    auto network = testModule().create(spec, 1, testDevice());
    const auto batch = discBatch(spec, 4, 7).input;
    network->predict(discBatch(spec, 1, 7).input, {}).get();
    std::stop_source stop;
    auto answer = network->predict(batch, stop.get_token());
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    stop.request_stop();
    NUNATAK_CHECK_THROWS(Cancelled, "cancelled", answer.get());
    NUNATAK_CHECK_EQUAL(network->predict(discBatch(spec, 1, 7).input, {}).get().shape.at(0), 1);
}

void halfPrecisionStaysNearAndIsRepeatable() {
    const auto spec = goldenSpec("tiny");
    const auto weights = livelyWeights(spec, 3);
    const auto batch = discBatch(spec, 2, 7).input;
    const auto exact = testModule().open(spec, weights, testDevice())->predict(batch, {}).get();
    auto device = testDevice();
    device.precision = models::Precision::BFloat16;
    auto network = testModule().open(spec, weights, device);
    const auto rough = network->predict(batch, {}).get();
    NUNATAK_CHECK(network->predict(batch, {}).get() == rough);
    double sum = 0;
    for (std::size_t i = 0; i < exact.values.size(); ++i) {
        sum += std::abs(static_cast<double>(exact.values[i]) - static_cast<double>(rough.values[i]));
    }
    const double mean = sum / static_cast<double>(exact.values.size());
    std::printf("bf16: probabilities within %.2g on average\n", mean);
    NUNATAK_CHECK(mean < 0.01);
    NUNATAK_CHECK(mean > 1e-6);
    device.precision = models::Precision::Float16;
    NUNATAK_CHECK_THROWS(Error, "fp16 needs a GPU", testModule().open(spec, weights, device));
}

void halfPrecisionKnowsNeitherBatchNorThreads() {
    const auto spec = goldenSpec("tiny");
    const auto weights = livelyWeights(spec, 3);
    auto device = testDevice();
    device.precision = models::Precision::BFloat16;
    device.threads = 1;
    const auto three =
        testModule().open(spec, weights, device)->predict(discBatch(spec, 3, 7).input, {}).get();
    device.threads = 2;
    auto network = testModule().open(spec, weights, device);
    NUNATAK_CHECK(network->predict(discBatch(spec, 3, 7).input, {}).get() == three);
    const auto one = network->predict(discBatch(spec, 1, 7).input, {}).get();
    for (std::size_t i = 0; i < one.values.size(); ++i) {
        NUNATAK_CHECK_NEAR(one.values[i], three.values[i], 0);
    }
}

void halfPrecisionOfTheGoldenNetworkStaysNear() {
    const auto spec = goldenSpec("tiny_loc");
    const auto io = readGolden("tiny_loc_io");
    auto device = testDevice();
    device.precision = models::Precision::BFloat16;
    auto network = testModule().open(spec, goldenWeights("tiny_loc_weights", spec), device);
    const auto rough = network->predict(goldenBatch(io, spec), {}).get();
    const auto& exact = io.at("outputs/output").values;
    double sum = 0;
    for (std::size_t i = 0; i < rough.values.size(); ++i) {
        sum += std::abs(static_cast<double>(exact[2 * i + 1]) - static_cast<double>(rough.values[i]));
    }
    NUNATAK_CHECK(sum / static_cast<double>(rough.values.size()) < 0.02);
}

void theEntropysGradientIsThatOfFiniteDifferences() {
    const auto spec = smallSpec(4);
    const auto weights = livelyWeights(spec, 3);
    auto network = testModule().open(spec, weights, testDevice());
    const auto batch = discBatch(spec, 2, 7).input;
    models::Tensor pixels{{2, spec.tile, spec.tile}, {}};
    for (std::int64_t i = 0; i < pixels.elements(); ++i) {
        pixels.values.push_back(i % 3 == 0 ? 0.0F : 1.0F); // a pixel without data does not count
    }
    const auto result = network->locationEntropy(batch, pixels, {});
    NUNATAK_CHECK((result.gradient.shape == std::vector<std::int64_t>{2, 4}));
    // The entropy itself, from the probabilities.
    auto entropyOf = [&](const FeatureBatch& changed) {
        double sum = 0;
        const auto predicted = network->predict(changed, {}).get();
        for (std::size_t i = 0; i < predicted.values.size(); ++i) {
            const auto p = static_cast<double>(predicted.values[i]);
            sum -= static_cast<double>(pixels.values[i]) * (p * std::log2(p) + (1 - p) * std::log2(1 - p));
        }
        return sum;
    };
    NUNATAK_CHECK_NEAR(result.entropy, entropyOf(batch), 1e-2);
    double largest = 0;
    const float step = 1e-2f;
    for (std::size_t i = 0; i < 8; ++i) {
        auto up = batch;
        auto down = batch;
        up.location->values[i] += step;
        down.location->values[i] -= step;
        const double slope = (entropyOf(up) - entropyOf(down)) / (2.0 * static_cast<double>(step));
        NUNATAK_CHECK_NEAR(result.gradient.values[i], slope, 0.05 + 0.03 * std::abs(slope));
        largest = std::max(largest, std::abs(slope));
    }
    NUNATAK_CHECK(largest > 0.5);
    NUNATAK_CHECK(network->weights() == weights);
    auto plain = testModule().create(smallSpec(), 1, testDevice());
    NUNATAK_CHECK_THROWS(Error, "no location vector", plain->locationEntropy(batch, pixels, {}));
}

} // namespace

std::vector<PlainTest> nunatak::tests::plainTests() {
    return {
        NUNATAK_PLAIN_TEST(thePlainResUNetPredictsAndLearns),
        NUNATAK_PLAIN_TEST(withoutDeepSupervisionTheLossIsThatOfTheOutputAlone),
        NUNATAK_PLAIN_TEST(sizesThatFillNoVectorAgreeWithLibTorch),
        NUNATAK_PLAIN_TEST(neitherBatchNorThreadsChangeABit),
        NUNATAK_PLAIN_TEST(predictionFollowsTheWeights),
        NUNATAK_PLAIN_TEST(aPredictionIsCancelledWithinATile),
        NUNATAK_PLAIN_TEST(halfPrecisionStaysNearAndIsRepeatable),
        NUNATAK_PLAIN_TEST(halfPrecisionKnowsNeitherBatchNorThreads),
        NUNATAK_PLAIN_TEST(halfPrecisionOfTheGoldenNetworkStaysNear),
        NUNATAK_PLAIN_TEST(theEntropysGradientIsThatOfFiniteDifferences),
    };
}
