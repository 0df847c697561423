// SPDX-License-Identifier: GPL-3.0-or-later
// Predictions of regions beside and over each other.
#include "geo/shape_operations.h"
#include "prediction/prediction_settings.h"
#include "prediction/quality.h"
#include "prediction/tile_selection.h"
#include "run_fixture.h"

#include <functional>
#include <future>

#include <QtTest>

using namespace nunatak;
using namespace nunatak::prediction;
using namespace nunatak::tests;

namespace {

/// Says of a tile's pixels what its brightest one says and where in the tile they lie, so that a pixel that
/// is blended of fewer tiles becomes another.
class TilesMatter final : public models::ModelsModule {
public:
    std::string description() const override { return "tiles matter"; }
    models::Precision fastestPrecision(const std::string&) const override {
        return models::Precision::Float32;
    }
    std::unique_ptr<models::Network> open(const models::NetworkSpec& spec, const models::NamedTensors&,
                                          const models::DeviceOptions&) override {
        return std::make_unique<Net>(spec);
    }
    std::unique_ptr<models::Network> create(const models::NetworkSpec& spec, std::uint64_t,
                                            const models::DeviceOptions&) override {
        return std::make_unique<Net>(spec);
    }

private:
    class Net final : public models::Network {
    public:
        explicit Net(models::NetworkSpec spec) : m_plain(std::move(spec)) {}
        const models::NetworkSpec& spec() const override { return m_plain.spec(); }
        std::future<models::Tensor> predict(models::FeatureBatch batch, std::stop_token stop) override {
            auto answer = m_plain.predict(std::move(batch), stop).get();
            const auto tile = static_cast<std::size_t>(answer.shape[1]);
            for (std::size_t first = 0; first < answer.values.size(); first += tile * tile) {
                float sum = 0;
                for (std::size_t i = 0; i < tile * tile; ++i) {
                    sum += answer.values[first + i];
                }
                for (std::size_t i = 0; i < tile * tile; ++i) {
                    auto& value = answer.values[first + i];
                    value = 0.5F * value + 0.3F * sum / static_cast<float>(tile * tile) +
                            0.2F * static_cast<float>(i % tile) / static_cast<float>(tile);
                }
            }
            std::promise<models::Tensor> done;
            done.set_value(std::move(answer));
            return done.get_future();
        }
        std::future<models::Tensor> activations(models::FeatureBatch, std::stop_token) override { return {}; }
        models::LearnResult learn(const models::LearnBatch&, const models::LearnOptions&,
                                  std::stop_token) override {
            return {};
        }
        models::LocationEntropy locationEntropy(models::FeatureBatch, models::Tensor,
                                                std::stop_token) override {
            return {};
        }
        models::NamedTensors weights() const override { return {}; }
        models::NamedTensors averagedWeights() const override { return {}; }
        models::NamedTensors state() const override { return {}; }
        void restore(const models::NamedTensors&) override {}

    private:
        FakeNetwork m_plain;
    };
};

} // namespace

class PredictSceneRegionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRegionPredictedAgainChangesNothingAndSpoilsNoRim() {
        const SceneFiles files;
        TilesMatter module;
        const auto model = storedModel(files.path("model"));
        const auto predict = [&](const PredictOptions& options) {
            return predictScene(files.reader(), model, module, files.grid.crs, files.results(), options, {});
        };
        for (const int smoothing : {1, 3, 8}) {
            PredictOptions options;
            options.smoothing = smoothing;
            options.inference.testTimeAugmentation = smoothing == 3;
            const auto whole = rastersOf(predict(options));
            options.regionOfInterest = geo::Extent{600615, 5198500, 601410, 5199125};
            const auto region = predict(options);
            QVERIFY(region.joinsOlder && !region.isWholeScene);
            QVERIFY(rastersOf(region) == whole);
            options.regionOfInterest.reset();
            options.within = shapeOf(geo::Extent{600615, 5198500, 600635, 5198520});
            options.within->push_back({{{601000, 5198300}, {602000, 5198800}, {601300, 5199400}}, {}});
            const auto within = predict(options);
            QVERIFY(rastersOf(within) == whole);
            QVERIFY(geo::planarArea(within.computed) < 6e5); // a triangle of 42.5 hectares, and a pixel
            QVERIFY(geo::planarArea(within.computed) > 4e5);
        }
    }

    void aRegionAloneIsWhatItIsInTheWholeScene() {
        const SceneFiles files;
        TilesMatter module;
        const auto model = storedModel(files.path("model"));
        const auto predict = [&](const PredictOptions& options) {
            return predictScene(files.reader(), model, module, files.grid.crs, files.results(), options, {});
        };
        PredictOptions options;
        options.smoothing = 5;
        const auto whole = predict(options);
        const auto everywhere = wholeBand(whole.probability);
        const auto classes = wholeBand(whole.outlines);
        std::filesystem::remove_all(files.results());
        options.regionOfInterest = geo::Extent{600600, 5198500, 601200, 5199100};
        const auto region = predict(options);
        QVERIFY(!region.joinsOlder);
        const auto alone = wholeBand(region.probability);
        const auto aloneClasses = wholeBand(region.outlines);
        for (int row = 0; row < 80; ++row) {
            for (int column = 0; column < 100; ++column) {
                const bool inside = column >= 20 && column < 40 && row >= 30 && row < 50;
                QCOMPARE(std::isnan(alone.at(0, row, column)), !inside);
                if (inside) {
                    QCOMPARE(alone.at(0, row, column), everywhere.at(0, row, column));
                    QCOMPARE(aloneClasses.at(0, row, column), classes.at(0, row, column));
                }
            }
        }
    }

    void aRegionWithOtherSettingsIsNotMergedWithTheRest() {
        const SceneFiles files;
        const auto whole = predictPlainly(files, {});
        const auto before = rastersOf(whole);
        PredictOptions standalone;
        standalone.standalone = true;
        const auto alone = rastersOf(predictPlainly(files, standalone));
        const geo::Extent square{600600, 5198500, 601200, 5199100};
        const auto changed = [&](const std::function<void(PredictOptions&)>& change) {
            PredictOptions options;
            options.regionOfInterest = square;
            change(options);
            return options;
        };
        for (const auto& options :
             {changed([](auto& one) { one.threshold = 0.3; }), changed([](auto& one) { one.overlap = 0.25; }),
              changed([](auto& one) { one.smoothing = 5; }),
              changed([](auto& one) { one.inference.testTimeAugmentation = true; }),
              changed([](auto& one) { one.inference.dropoutPasses = 2; }),
              changed([](auto& one) { one.resolution = 60; })}) {
            // In a project they get rasters of their own, which say how they were made.
            const auto other = predictPlainly(files, options);
            QVERIFY(other.probability != whole.probability);
            QVERIFY(rastersOf(whole) == before);
            QVERIFY(!other.joinsOlder);
            QVERIFY(!settingsDifference(whole.settings, other.settings).empty());
            QVERIFY(predictPlainly(files, options).joinsOlder); // and the same once more belongs to them
            // A folder of one prediction refuses, and keeps what it has.
            auto folder = options;
            folder.standalone = true;
            const auto refused = sentenceOf([&] { predictPlainly(files, folder); });
            QVERIFY2(refused.contains("another prediction"), qPrintable(refused));
            ScenePrediction kept;
            kept.probability = files.results() / "probability.tif";
            kept.confidence = files.results() / "confidence.tif";
            kept.quality = files.results() / "quality.tif";
            kept.outlines = files.results() / "outlines.tif";
            QVERIFY(rastersOf(kept) == alone);
        }
        auto options = changed([](auto& one) { one.threshold = 0.3; });
        QVERIFY(sentenceOf([&] {
                    auto folder = options;
                    folder.standalone = true;
                    predictPlainly(files, folder);
                }).contains("threshold 0.5, not 0.3"));
        // The confidence of an outline is that of its threshold.
        const auto other = predictPlainly(files, options);
        QVERIFY(confidenceFileOf(files.results(), other.glaciers.front()) == other.confidence);
        QVERIFY(confidenceFileOf(files.results(), whole.glaciers.front()) == whole.confidence);
    }

    void aGlacierOnTheEdgeOfARegionStaysWhole() {
        const SceneFiles files;
        const auto whole = predictPlainly(files, {});
        PredictOptions options;
        options.regionOfInterest = geo::Extent{600900, 5198600, 602400, 5199000}; // cuts the ice
        const auto region = predictPlainly(files, options);
        QCOMPARE(region.glaciers.size(), std::size_t{1});
        QVERIFY(region.glaciers.front().geometry == whole.glaciers.front().geometry);
    }

    void anotherRegionIsAddedToTheRastersOfTheFirst() {
        const SceneFiles files;
        const auto whole = predictPlainly(files, {});
        const auto everywhere = wholeBand(whole.probability);
        const auto square = [&](int column, int row) {
            const auto corner = files.grid.toMap(column, row);
            return geo::Extent{corner.x, corner.y - 600, corner.x + 600, corner.y};
        };
        std::filesystem::remove_all(files.results());
        PredictOptions options;
        options.regionOfInterest = square(25, 35);
        const auto west = predictPlainly(files, options);
        QVERIFY(std::isnan(wholeBand(west.probability).at(0, 40, 90)));
        QCOMPARE(stateAt(wholeBand(west.quality, 1), 40, 90), static_cast<int>(quality::notComputed));
        options.regionOfInterest = square(80, 40);
        const auto east = predictPlainly(files, options);
        const auto both = wholeBand(east.probability);
        const auto state = wholeBand(east.quality, 1);
        const auto classes = wholeBand(east.outlines);
        int inWest = 0;
        int inEast = 0;
        for (int row = 0; row < 80; ++row) {
            for (int column = 0; column < 100; ++column) {
                const auto place = files.grid.toMap(column + 0.5, row + 0.5);
                const bool isWest = geo::contains(west.computed, place);
                const bool isEast = geo::contains(east.computed, place);
                inWest += isWest ? 1 : 0;
                inEast += isEast ? 1 : 0;
                QCOMPARE(std::isnan(both.at(0, row, column)), !isWest && !isEast);
                QCOMPARE(std::isnan(classes.at(0, row, column)), !isWest && !isEast);
                QCOMPARE(stateAt(state, row, column) == quality::notComputed, !isWest && !isEast);
                if (isWest || isEast) {
                    QVERIFY(std::abs(both.at(0, row, column) - everywhere.at(0, row, column)) < 1e-6F);
                }
            }
        }
        QVERIFY(inWest == 400 && inEast == 400);
        QVERIFY(east.glaciers.empty()); // a project still has those of the first run
        // Without a project the outlines are of all that is there.
        options.standalone = true;
        options.regionOfInterest = square(25, 35);
        predictPlainly(files, options);
        options.regionOfInterest = square(80, 40);
        const auto together = predictPlainly(files, options);
        QCOMPARE(together.glaciers.size(), std::size_t{1});
        QCOMPARE(together.probability.filename().string(), std::string("probability.tif"));
    }

    void rastersOfOtherSettingsAreReplacedNotMixed() {
        const SceneFiles files;
        predictPlainly(files, {});
        PredictOptions options;
        const auto corner = files.grid.toMap(25, 35);
        options.regionOfInterest = geo::Extent{corner.x, corner.y - 60, corner.x + 60, corner.y};
        options.inference.testTimeAugmentation = true;
        const auto prediction = predictPlainly(files, options);
        QVERIFY(std::isnan(wholeBand(prediction.probability).at(0, 70, 90)));
    }

    void rastersOfAnotherMixtureOfRegionsAreReplacedAndTheVectorIsKept() {
        const SceneFiles files;
        auto model = storedModel(files.path("model"));
        model.manifest.network.location = 12;
        model.manifest.strategy = models::Strategy::RegionEncoding;
        models::writeSafetensors(FakeNetwork::freshWeights(model.manifest.network), {}, model.weightsFile());
        model.manifest.fingerprint = models::fileSha256(model.weightsFile());
        FakeModelsModule module;
        const auto predictWith = [&](const PredictOptions& options) {
            return predictScene(files.reader(), model, module, files.grid.crs, files.results(), options, {});
        };
        PredictOptions options;
        options.region = "0.5,0.5,0,0,0,0,0,0,0,0,0,0";
        const auto first = predictWith(options);
        QVERIFY2(first.settings.find("\"location\":[0.5,0.5,0.0") != std::string::npos,
                 first.settings.c_str());
        const auto corner = files.grid.toMap(25, 35);
        options.regionOfInterest = geo::Extent{corner.x, corner.y - 60, corner.x + 60, corner.y};
        QVERIFY(!std::isnan(wholeBand(predictWith(options).probability).at(0, 70, 90)));
        options.region = "0.25,0.75,0,0,0,0,0,0,0,0,0,0";
        QVERIFY(std::isnan(wholeBand(predictWith(options).probability).at(0, 70, 90)));
    }
};

QTEST_GUILESS_MAIN(PredictSceneRegionTest)
#include "predict_scene_region_test.moc"
