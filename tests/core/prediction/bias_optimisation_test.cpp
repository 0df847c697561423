// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "prediction/bias_optimisation.h"
#include "prediction/location.h"
#include "small_scene.h"

#include <cmath>
#include <numeric>

#include <QtTest>

using namespace nunatak;
using namespace nunatak::prediction;
using tests::FakeNetwork;
using tests::SmallScene;

namespace {

constexpr float noData = std::numeric_limits<float>::quiet_NaN();

/// Background everywhere: the test network's logit is 20 · 0.4 − 10 = −2.
float dark(int, int) {
    return 0.4F;
}

/// Half ice (logit 2), half background (logit −2), in a fine pattern.
float mixed(int row, int column) {
    return (row + column) % 2 == 0 ? 0.6F : 0.4F;
}

FakeNetwork network(const SmallScene& scene, const std::vector<float>& locationWeights) {
    FakeNetwork made(scene.model(12).manifest.network);
    auto weights = made.weights();
    weights["location"].values = locationWeights;
    made.restore(weights);
    return made;
}

BiasOptimisationResult optimise(const SmallScene& scene, FakeNetwork& fake,
                                const BiasOptimisationOptions& options = {}, const Progress& progress = {}) {
    return optimiseBias(fake, scene.model(12).manifest, scene.reader(), options, progress);
}

double entropyOf(const BiasOptimisationResult& result, const std::string& name) {
    for (const auto& [each, entropy] : result.entropies) {
        if (each == name) {
            return entropy;
        }
    }
    return std::nan("");
}

/// Entropy in bits of the test network's answer to a logit.
double bits(double logit) {
    const double p = 1 / (1 + std::exp(-logit));
    return -(p * std::log2(p) + (1 - p) * std::log2(1 - p));
}

} // namespace

class BiasOptimisationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theRegionThatMakesTheNetworkSurestIsFound() {
        const SmallScene scene(dark);
        // CA makes it surer that there is no ice, HMA less sure.
        auto fake = network(scene, {0, 0, 0, -4, 0, 3, 0, 0, 0, 0, 0, 0});
        const auto result = optimise(scene, fake);
        QVERIFY2(result.vector[3] > 0.99F, describe(result).c_str());
        QVERIFY(std::abs(std::accumulate(result.vector.begin(), result.vector.end(), 0.0F) - 1) < 1e-5F);
        QCOMPARE(result.tiles, 64);
        QVERIFY(std::abs(entropyOf(result, "CA") - bits(-6)) < 1e-5);
        QVERIFY(std::abs(entropyOf(result, "HMA") - bits(1)) < 1e-5);
        QVERIFY(std::abs(entropyOf(result, "ALP") - bits(-2)) < 1e-5);
        QVERIFY(std::abs(entropyOf(result, "unknown") - bits(-2)) < 1e-5);
        QVERIFY(std::abs(entropyOf(result, "uniform") - bits(-2 - 1.0 / 12)) < 1e-5);
        QVERIFY(entropyOf(result, "optimised") < entropyOf(result, "CA") + 1e-3);
    }

    void theTableHasUniformUnknownEachRegionAndTheResult() {
        const SmallScene scene(dark);
        auto fake = network(scene, std::vector<float>(12, 0.5F));
        const auto result = optimise(scene, fake);
        std::vector<std::string> names;
        for (const auto& [name, entropy] : result.entropies) {
            names.push_back(name);
        }
        QCOMPARE(names, (std::vector<std::string>{"uniform", "unknown", "ALP", "AN", "AWA", "CA", "GR", "HMA",
                                                  "LL", "NZ", "SA", "SC", "SVAL", "optimised"}));
        const auto text = describe(result);
        for (const auto& name : names) {
            QVERIFY2(text.find(name) != std::string::npos, name.c_str());
        }
        QVERIFY(text.find("ALP 0.083") != std::string::npos);
    }

    void oneRegionIsTakenWhereTheStepsEndAtLess() {
        const SmallScene scene(dark);
        auto fake = network(scene, {0, 0, 0, -4, 0, 3, 0, 0, 0, 0, 0, 0});
        BiasOptimisationOptions options;
        options.steps = 1; // no way to get anywhere
        const auto result = optimise(scene, fake, options);
        QCOMPARE(result.taken, std::string("CA"));
        QCOMPARE(result.vector[3], 1.0F);
        QVERIFY(entropyOf(result, "optimised") > entropyOf(result, "CA"));
        QVERIFY2(describe(result).find("surer with CA alone") != std::string::npos, describe(result).c_str());
        QVERIFY(describe(result).find("the same again: --region 0,0,0,1,0") != std::string::npos);
    }

    void aMixtureIsFoundWhereNoRegionIsBest() {
        // Half ice, half not: any shift makes one half less sure by more than the other gains, so the best
        // vector has as much of the one as of the other.
        const SmallScene scene(mixed);
        std::vector<float> weights(12, -1.5F);
        std::fill_n(weights.begin(), 3, 1.5F);
        auto fake = network(scene, weights);
        const auto result = optimise(scene, fake);
        const double shift = std::inner_product(weights.begin(), weights.end(), result.vector.begin(), 0.0);
        QVERIFY(std::abs(shift) < 0.05);
        QVERIFY(std::abs(entropyOf(result, "optimised") - bits(2)) < 1e-4);
        QVERIFY(entropyOf(result, "optimised") < entropyOf(result, "uniform"));
        QVERIFY(entropyOf(result, "optimised") < entropyOf(result, "ALP"));
        QCOMPARE(result.taken, std::string());
    }

    void theSameSeedGivesTheSameVector() {
        const SmallScene scene([](int row, int column) { return 0.005F * static_cast<float>(row + column); });
        const std::vector<float> weights{0, 1, 2, -1, -2, 0, 1, 2, -1, -2, 0, 1};
        BiasOptimisationOptions options;
        options.tiles = 7;
        options.steps = 20;
        auto first = network(scene, weights);
        auto second = network(scene, weights);
        QCOMPARE(optimise(scene, first, options).vector, optimise(scene, second, options).vector);
        options.seed = 2;
        // Of other tiles the network is sure to another degree.
        const auto one = optimise(scene, first, options);
        const auto other = optimise(scene, second, {});
        QVERIFY(entropyOf(one, "optimised") != entropyOf(other, "optimised"));
    }

    void itEndsWhenNothingMoves() {
        const SmallScene scene(dark);
        auto fake = network(scene, std::vector<float>(12, 0.0F));
        BiasOptimisationOptions options;
        options.steps = 500;
        const auto result = optimise(scene, fake, options);
        QVERIFY(result.steps < 20);
        for (const float share : result.vector) {
            QVERIFY(std::abs(share - 1.0F / 12) < 1e-6F);
        }
        // The published way ends after five epochs without change: one batch each in so small a scene, or
        // 100 × 80 / 16² / 8 = 4.
        options.published = true;
        QCOMPARE(optimise(scene, fake, options).steps, 5 * 4);
    }

    void thePublishedWayGoesTheSameDirectionSlowly() {
        const SmallScene scene(dark);
        auto fake = network(scene, {0, 0, 0, -4, 0, 3, 0, 0, 0, 0, 0, 0});
        BiasOptimisationOptions options;
        options.published = true;
        options.publishedEpochs = 3;
        options.tiles = 4;
        const auto result = optimise(scene, fake, options);
        QCOMPARE(result.steps, 12);
        // Adam moves each logit by its rate a step.
        QVERIFY(std::abs(std::log(result.vector[3] / result.vector[5]) - 2 * 12 * 1e-4F) < 1e-4F);
        QVERIFY(entropyOf(result, "optimised") < entropyOf(result, "uniform"));
        options.publishedRate = 0.3;
        options.publishedEpochs = 12;
        QVERIFY(optimise(scene, fake, options).vector[3] > 0.99F);
    }

    void placesWithoutDataAreNotLookedAt() {
        // Data in the eastern third only; everything else would be taken for ground without ice.
        const SmallScene scene([](int, int column) { return column < 67 ? noData : 0.4F; });
        auto fake = network(scene, std::vector<float>(12, 0.0F));
        BiasOptimisationOptions options;
        options.tiles = 24;
        const auto result = optimise(scene, fake, options);
        QCOMPARE(result.tiles, 24);
        // Reflectance 0, which stands for no data, would make the network very sure (logit −10): not counted.
        QVERIFY(std::abs(entropyOf(result, "uniform") - bits(-2)) < 1e-5);
        const SmallScene empty([](int, int) { return noData; });
        QVERIFY_EXCEPTION_THROWN(optimise(empty, fake), Error);
    }

    void aSmallSceneIsLookedAtOnce() {
        const SmallScene scene(dark);
        auto manifest = scene.model(12).manifest;
        manifest.network.tile = 128; // the scene of 100 × 80 pixels lies in one
        FakeNetwork fake(manifest.network);
        QCOMPARE(optimiseBias(fake, manifest, scene.reader(), {}, {}).tiles, 1);
        manifest.network.tile = 64; // three tiles across and two down cover it
        FakeNetwork other(manifest.network);
        const auto result = optimiseBias(other, manifest, scene.reader(), {}, {});
        QCOMPARE(result.tiles, 6);
        QVERIFY(std::abs(entropyOf(result, "uniform") - bits(-2)) < 1e-5);
    }

    void itSaysHowFarItIsAndCanBeCancelled() {
        const SmallScene scene(dark);
        auto fake = network(scene, {0, 0, 0, -4, 0, 3, 0, 0, 0, 0, 0, 0});
        double last = 0;
        bool falls = false;
        std::string stages;
        const auto record = [&](double fraction, std::string_view stage) {
            falls = falls || fraction < last - 1e-9;
            last = fraction;
            stages += stage;
        };
        optimise(scene, fake, {}, Progress(record, {}));
        QVERIFY(!falls);
        QVERIFY(last > 0.9);
        QVERIFY(stages.find("mean entropy 0.") != std::string::npos);
        std::stop_source stop;
        int reports = 0;
        const auto cancel = [&](double, std::string_view) {
            if (++reports == 20) {
                stop.request_stop();
            }
        };
        QVERIFY_EXCEPTION_THROWN(optimise(scene, fake, {}, Progress(cancel, stop.get_token())), Cancelled);
        QVERIFY(reports <= 21);
    }

    void modelsWithoutARegionVectorAndSettingsThatCannotBeAreRefused() {
        const SmallScene scene(dark);
        for (const int location : {0, 4}) {
            const auto manifest = scene.model(location).manifest;
            FakeNetwork fake(manifest.network);
            QVERIFY_EXCEPTION_THROWN(optimiseBias(fake, manifest, scene.reader(), {}, {}), Error);
        }
        auto fake = network(scene, std::vector<float>(12, 0.0F));
        BiasOptimisationOptions options;
        options.tiles = 0;
        QVERIFY_EXCEPTION_THROWN(optimise(scene, fake, options), Error);
    }
};

QTEST_GUILESS_MAIN(BiasOptimisationTest)
#include "bias_optimisation_test.moc"
