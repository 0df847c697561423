// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "prediction/network_predictor.h"
#include "prediction/scene_tile_source.h"
#include "prediction/test_time_augmentation.h"
#include "support/fake_models.h"
#include "support/hdf5_arrays.h"
#include "support/shared_data.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <set>

#include <QtTest>

using namespace nunatak;
using namespace nunatak::prediction;

namespace {

constexpr int side = 16;
constexpr std::size_t pixels = static_cast<std::size_t>(side) * side;

using Tile = std::map<std::string, Image<float>>;

models::NetworkSpec spec() {
    models::NetworkSpec made;
    made.tile = side;
    made.features = {{"optical", {"red", "swir1"}}};
    return made;
}

/// A tile whose pixels all differ, usable everywhere.
Tile tile(float first) {
    Tile made{{"optical", Image<float>(2, side, side)},
              {SceneTileSource::usable, Image<float>(1, side, side, 1.0F)}};
    auto& values = made.at("optical").values();
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = first + static_cast<float>(i) / static_cast<float>(values.size());
    }
    return made;
}

/// What a network was asked.
struct Question {
    std::vector<float> optical;
    std::size_t tiles = 0;
    std::optional<std::uint64_t> seed;
};

/// Answers with the first band, plus, where dropout is active, a number that depends on seed and position in
/// the batch as masks do. Or with answers that were prepared.
class RecordingNetwork final : public models::Network {
public:
    explicit RecordingNetwork(models::NetworkSpec networkSpec) : m_spec(std::move(networkSpec)) {}

    std::vector<Question> questions;
    std::vector<std::vector<float>> prepared;
    std::size_t waiting = 0;
    std::size_t mostWaiting = 0;

    const models::NetworkSpec& spec() const override { return m_spec; }
    std::future<models::Tensor> predict(models::FeatureBatch batch, std::stop_token stop) override {
        const auto& optical = batch.features.at("optical");
        const auto count = static_cast<std::size_t>(optical.shape[0]);
        const auto tilePixels = static_cast<std::size_t>(m_spec.tile * m_spec.tile);
        questions.push_back({optical.values, count, batch.dropoutSeed});
        models::Tensor answer{{optical.shape[0], m_spec.tile, m_spec.tile}, {}};
        if (!prepared.empty()) {
            answer.values = prepared.at(questions.size() - 1);
        } else {
            for (std::size_t i = 0; i < count; ++i) {
                const float shift =
                    batch.dropoutSeed ? static_cast<float>((*batch.dropoutSeed + i) % 1000) * 1e-5F : 0.0F;
                const auto* band = optical.values.data() + i * optical.shape[1] * tilePixels;
                for (std::size_t pixel = 0; pixel < tilePixels; ++pixel) {
                    answer.values.push_back(band[pixel] * 0.5F + shift);
                }
            }
        }
        mostWaiting = std::max(mostWaiting, ++waiting);
        return std::async(std::launch::deferred, [this, answer, stop = std::move(stop)] {
            --waiting;
            if (stop.stop_requested()) {
                throw Cancelled();
            }
            return answer;
        });
    }
    std::future<models::Tensor> activations(models::FeatureBatch, std::stop_token) override { return {}; }
    models::LearnResult learn(const models::LearnBatch&, const models::LearnOptions&,
                              std::stop_token) override {
        return {};
    }
    models::LocationEntropy locationEntropy(models::FeatureBatch, models::Tensor, std::stop_token) override {
        return {};
    }
    models::NamedTensors weights() const override { return {}; }
    models::NamedTensors averagedWeights() const override { return {}; }
    models::NamedTensors state() const override { return {}; }
    void restore(const models::NamedTensors&) override {}

private:
    models::NetworkSpec m_spec;
};

std::vector<Image<float>> ask(RecordingNetwork& network, const Inference& inference,
                              std::vector<Tile> tiles) {
    return networkPredictor(network, "test", inference)(std::move(tiles), {}).get();
}

Inference inference(bool augmented, int dropoutPasses) {
    return {augmented, dropoutPasses, 1};
}

/// Rows × columns × channels → channels × rows × columns.
std::vector<float> channelsFirst(const models::Tensor& tensor, std::size_t offset, std::size_t count,
                                 std::size_t channels) {
    std::vector<float> values(count * channels);
    for (std::size_t pixel = 0; pixel < count; ++pixel) {
        for (std::size_t channel = 0; channel < channels; ++channel) {
            values[channel * count + pixel] = tensor.values[offset + pixel * channels + channel];
        }
    }
    return values;
}

double largestDifference(const std::vector<float>& a, const std::vector<float>& b) {
    double largest = a.size() == b.size() ? 0 : 1e9;
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
        largest = std::max(largest, static_cast<double>(std::abs(a[i] - b[i])));
    }
    return largest;
}

} // namespace

class InferenceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachInferenceHasANameOfItsOwn() {
        QCOMPARE(inference(false, 0).name(), std::string("plain"));
        QCOMPARE(inference(true, 0).name(), std::string("tta"));
        QCOMPARE(inference(false, 5).name(), std::string("mc_dropout"));
        QCOMPARE(inference(true, 5).name(), std::string("tta+mc_dropout"));
        QVERIFY(!inference(false, 1).hasSpread());
        QVERIFY(inference(true, 0).hasSpread());
    }

    void theEightOrientationsAreThoseOfTheGoldenNumbers() {
        NUNATAK_NEEDS_SHARED("golden/algorithms.h5");
        const auto golden = tests::readHdf5Arrays(tests::sharedFile("golden/algorithms.h5"));
        const auto& forward = golden.at("e_tta/index_grid_forward").values;
        std::vector<float> plain(16);
        for (std::size_t i = 0; i < 16; ++i) {
            plain[i] = static_cast<float>(i);
        }
        for (std::size_t fold = 0; fold < orientations.size(); ++fold) {
            std::vector<float> turned(16);
            std::vector<float> back(16);
            orientations[fold].apply(plain.data(), turned.data(), 4);
            orientations[fold].undo(turned.data(), back.data(), 4);
            QVERIFY(std::equal(turned.begin(), turned.end(), forward.begin() + 16 * static_cast<int>(fold)));
            QCOMPARE(back, plain);
        }
    }

    void theAugmentedAnswerIsThatOfTheGoldenNumbers() {
        NUNATAK_NEEDS_SHARED("golden/algorithms.h5");
        NUNATAK_NEEDS_SHARED("golden/tiny_io.h5");
        const auto golden = tests::readHdf5Arrays(tests::sharedFile("golden/algorithms.h5"));
        const auto io = tests::readHdf5Arrays(tests::sharedFile("golden/tiny_io.h5"));
        constexpr std::size_t count = 64 * 64;
        models::NetworkSpec tiny;
        tiny.tile = 64;
        tiny.features = {{"optical", {"blue", "green", "red", "nir", "swir1", "swir2"}}};
        RecordingNetwork network(tiny);
        // The network's raw answers to the eight turned tiles; glacier is the second channel.
        for (std::size_t fold = 0; fold < 8; ++fold) {
            const auto both = channelsFirst(golden.at("e_tta/fold_outputs_raw"), fold * count * 2, count, 2);
            network.prepared.emplace_back(both.begin() + count, both.end());
        }
        Tile sample{{"optical", Image<float>(6, 64, 64)},
                    {SceneTileSource::usable, Image<float>(1, 64, 64, 1.0F)}};
        sample.at("optical").values() = channelsFirst(io.at("inputs/optical"), 0, count, 6);
        const auto answer = ask(network, inference(true, 0), {sample}).front();

        QCOMPARE(network.questions.size(), std::size_t{8});
        QCOMPARE(network.questions[6].optical,
                 channelsFirst(golden.at("e_tta/input_fold6_optical"), 0, count, 6));
        const auto average = channelsFirst(golden.at("e_tta/average"), 0, count, 2);
        const std::vector<float> mean(answer.band(0), answer.band(0) + count);
        QVERIFY(largestDifference(mean, std::vector<float>(average.begin() + count, average.end())) < 1e-6);
        // The spread, against its definition on the answers turned back.
        const auto& back = golden.at("e_tta/fold_outputs_back").values;
        double largest = 0;
        for (std::size_t pixel = 0; pixel < count; ++pixel) {
            double sum = 0;
            double squares = 0;
            for (std::size_t fold = 0; fold < 8; ++fold) {
                const auto value = static_cast<double>(back[(fold * count + pixel) * 2 + 1]);
                sum += value;
                squares += value * value;
            }
            const double deviation = std::sqrt(std::max(0.0, squares / 8 - sum / 8 * sum / 8));
            largest = std::max(largest, std::abs(static_cast<double>(answer.band(1)[pixel]) - deviation));
        }
        QVERIFY(largest < 1e-5);
    }

    void aPlainAnswerIsOneCallWithAllTiles() {
        RecordingNetwork network(spec());
        const auto answers = ask(network, {}, {tile(0), tile(0.1F), tile(0.2F)});
        QCOMPARE(network.questions.size(), std::size_t{1});
        QCOMPARE(network.questions.front().tiles, std::size_t{3});
        QVERIFY(!network.questions.front().seed);
        for (const auto& answer : answers) {
            QCOMPARE(answer.bands(), 1);
        }
        QCOMPARE(answers[2].at(0, 0, 3), (0.2F + 3.0F / (2 * pixels)) * 0.5F);
    }

    void aNetworkThatDoesNotMindTurningHasNoSpread() {
        RecordingNetwork network(spec());
        const auto plain = ask(network, {}, {tile(0)});
        const auto answers = ask(network, inference(true, 0), {tile(0)});
        QCOMPARE(answers.front().bands(), 2);
        QVERIFY(largestDifference(
                    plain.front().values(),
                    {answers.front().band(0), answers.front().band(0) + answers.front().bandSize()}) < 1e-7);
        QVERIFY(std::all_of(answers.front().band(1), answers.front().band(1) + pixels,
                            [](float value) { return value == 0; }));
    }

    void anAugmentedBatchStaysABatch() {
        RecordingNetwork network(spec());
        ask(network, inference(true, 0), {tile(0), tile(0.1F)});
        QCOMPARE(network.questions.size(), std::size_t{8});
        for (const auto& question : network.questions) {
            QCOMPARE(question.tiles, std::size_t{2});
        }
        QCOMPARE(network.mostWaiting, std::size_t{2});
    }

    void meanAndSpreadAreThoseOfTheDropoutPasses() {
        RecordingNetwork network(spec());
        const auto answer = ask(network, inference(false, 7), {tile(0)}).front();
        QCOMPARE(network.questions.size(), std::size_t{7});
        std::set<std::uint64_t> seeds;
        double sum = 0;
        double squares = 0;
        for (const auto& question : network.questions) {
            seeds.insert(*question.seed);
            const double value = 0.5 * static_cast<double>(question.optical[5]) +
                                 static_cast<double>(*question.seed % 1000) * 1e-5;
            sum += value;
            squares += value * value;
        }
        QCOMPARE(seeds.size(), std::size_t{7});
        QVERIFY(std::abs(static_cast<double>(answer.band(0)[5]) - sum / 7) < 1e-6);
        const double deviation = std::sqrt(squares / 7 - sum / 7 * sum / 7);
        QVERIFY(deviation > 1e-4);
        QVERIFY(std::abs(static_cast<double>(answer.band(1)[5]) - deviation) < 1e-6);
    }

    void theMasksOfATileDoNotDependOnItsNeighbours() {
        RecordingNetwork alone(spec());
        RecordingNetwork together(spec());
        const auto single = ask(alone, inference(true, 3), {tile(0.3F)});
        const auto batch = ask(together, inference(true, 3), {tile(0), tile(0.3F), tile(0.1F)});
        QCOMPARE(batch[1].values(), single[0].values());
        QCOMPARE(alone.questions.size(), std::size_t{24});
        // Other tiles, other passes, other orientations and other seeds have other masks.
        std::set<std::uint64_t> seeds;
        for (const auto& question : together.questions) {
            QCOMPARE(question.tiles, std::size_t{1});
            seeds.insert(*question.seed);
        }
        QCOMPARE(seeds.size(), std::size_t{72});
        RecordingNetwork another(spec());
        ask(another, {false, 3, 2}, {tile(0.3F)});
        QVERIFY(!seeds.contains(*another.questions.front().seed));
    }

    void pixelsWithoutDataHaveNoAnswerHoweverTheTileIsTurned() {
        auto gap = tile(0);
        gap.at(SceneTileSource::usable).at(0, 2, 5) = 0;
        for (const bool augmented : {false, true}) {
            RecordingNetwork network(spec());
            const auto answer = ask(network, inference(augmented, 0), {gap}).front();
            for (int band = 0; band < answer.bands(); ++band) {
                for (int row = 0; row < side; ++row) {
                    for (int column = 0; column < side; ++column) {
                        QCOMPARE(std::isnan(answer.at(band, row, column)), row == 2 && column == 5);
                    }
                }
            }
        }
    }

    void tilesWithoutAnyDataCostNothing() {
        auto empty = tile(0);
        empty.at(SceneTileSource::usable) = Image<float>(1, side, side, 0.0F);
        RecordingNetwork network(spec());
        const auto answers = ask(network, inference(true, 0), {empty, tile(0.2F), empty});
        QCOMPARE(network.questions.front().tiles, std::size_t{1});
        QCOMPARE(answers.size(), std::size_t{3});
        QVERIFY(std::isnan(answers[0].at(0, 3, 3)) && std::isnan(answers[2].at(1, 3, 3)));
        QVERIFY(answers[1].at(0, 3, 3) > 0);
        network.questions.clear();
        QVERIFY(std::isnan(ask(network, inference(false, 4), {empty}).front().at(1, 0, 0)));
        QVERIFY(network.questions.empty());
    }

    void aStopEndsTheRemainingPasses() {
        RecordingNetwork network(spec());
        std::stop_source stop;
        auto answer = networkPredictor(network, "test", inference(true, 10))({tile(0)}, stop.get_token());
        QCOMPARE(network.questions.size(), std::size_t{2});
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(answer.get(), Cancelled);
        QCOMPARE(network.questions.size(), std::size_t{2});
    }

    void eachTileMayBringItsOwnLocation() {
        models::NetworkSpec spec;
        spec.tile = 16;
        spec.features = {{"optical", {"red"}}};
        spec.location = 4;
        tests::FakeNetwork network(spec);
        auto weights = network.weights();
        weights["location"].values = {5, 0, 0, 0};
        network.restore(weights);
        const auto tileAt = [](float first) {
            std::map<std::string, Image<float>> tile;
            tile.emplace("optical", Image<float>(1, 16, 16, 0.5F));
            tile.emplace(SceneTileSource::usable, Image<float>(1, 16, 16, 1.0F));
            Image<float> location(4, 1, 1);
            location.values().front() = first;
            tile.emplace(SceneTileSource::location, std::move(location));
            return tile;
        };
        std::vector<std::map<std::string, Image<float>>> tiles{tileAt(1), tileAt(-1)};
        const auto answers = networkPredictor(network, "test")(std::move(tiles), {}).get();
        QVERIFY(std::abs(answers[0].at(0, 3, 3) - 0.9933071F) < 1e-5F); // 1 / (1 + e^-5)
        QVERIFY(std::abs(answers[1].at(0, 3, 3) - 0.0066929F) < 1e-5F);
        auto without = tileAt(1);
        without.erase(SceneTileSource::location);
        QVERIFY_EXCEPTION_THROWN(networkPredictor(network, "test")({without}, {}).get(), Error);
    }

    void whatDoesNotFitIsRefused() {
        RecordingNetwork network(spec());
        QVERIFY_EXCEPTION_THROWN(networkPredictor(network, "test", {}, std::vector<float>(12)), Error);
        QVERIFY_EXCEPTION_THROWN(networkPredictor(network, "test", inference(false, -1)), Error);
        QVERIFY_EXCEPTION_THROWN(networkPredictor(network, "test", inference(false, 1'000'000)), Error);
        network.prepared.emplace_back(pixels - 1, 0.5F);
        QVERIFY_EXCEPTION_THROWN(ask(network, {}, {tile(0)}), Error);
        network.questions.clear();
        network.prepared = {std::vector<float>(pixels, std::numeric_limits<float>::quiet_NaN())};
        QVERIFY_EXCEPTION_THROWN(ask(network, {}, {tile(0)}), Error);
    }
};

QTEST_GUILESS_MAIN(InferenceTest)
#include "inference_test.moc"
