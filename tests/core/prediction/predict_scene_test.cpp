// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "geo/shape_operations.h"
#include "models/safetensors.h"
#include "models/simulated_only.h"
#include "prediction/predict_scene.h"
#include "prediction/prediction_settings.h"
#include "raster/raster_reader.h"
#include "raster/raster_writer.h"
#include "scene_fixture.h"
#include "support/fake_models.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <fstream>
#include <limits>
#include <set>

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QtTest>

using namespace nunatak;
using namespace nunatak::prediction;
using namespace nunatak::tests;

class PredictSceneTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void iceBecomesOneOutlineThatSaysWhereItComesFrom() {
        const SceneFiles files;
        PredictOptions options;
        options.threshold = 0.4;
        const auto prediction = predictPlainly(files, options);
        QCOMPARE(prediction.glaciers.size(), std::size_t{1});
        const auto& glacier = prediction.glaciers.front();
        // The median rounds the rectangle's four corners off by a pixel.
        QVERIFY(std::abs(geo::planarArea(glacier.geometry) - (40 * 20 - 4) * 900.0) < 0.1);
        const auto extent = geo::extentOf(glacier.geometry);
        QVERIFY(std::abs(extent.xmin - 600600) < 15 && std::abs(extent.ymin - 5198500) < 15 &&
                std::abs(extent.xmax - 601800) < 15 && std::abs(extent.ymax - 5199100) < 15);
        QCOMPARE(glacier.uuid.size(), std::size_t{36});
        QCOMPARE(glacier.srcDate, std::string("2020-08-20"));
        QCOMPARE(glacier.sceneId, files.scene.id);
        QCOMPARE(glacier.sensor, std::string("Simulator"));
        QCOMPARE(glacier.model, std::string("plain v2"));
        QCOMPARE(glacier.modelFingerprint, prediction.modelFingerprint);
        QCOMPARE(glacier.run, prediction.run);
        QCOMPARE(glacier.threshold, 0.4);
        const auto settings = nlohmann::json::parse(prediction.settings);
        QCOMPARE(settings.at("threshold").get<double>(), 0.4);
        QCOMPARE(settings.at("fingerprint").get<std::string>(), prediction.modelFingerprint);
        QVERIFY(prediction.seconds > 0);
    }

    void aModelThatHasSeenSimulatedScenesOnlySaysSoOfRealOnes() {
        for (const bool isSimulatedModel : {false, true}) {
            for (const char* sensor : {"simulated", "Landsat 8 OLI"}) {
                SceneFiles files;
                files.scene.sensor = sensor;
                auto model = storedModel(files.path("model"), 30);
                model.manifest.provenance =
                    isSimulatedModel ? "Trained. " + std::string(models::simulatedOnlySentence) : "Trained.";
                FakeModelsModule module;
                const auto prediction =
                    predictScene(files.reader(), model, module, geo::Crs::fromUserInput("EPSG:32632"),
                                 files.results(), PredictOptions(), {});
                const bool isTold = std::any_of(
                    prediction.notes.begin(), prediction.notes.end(), [](const std::string& note) {
                        return note.find("never seen a real satellite picture") != std::string::npos;
                    });
                QCOMPARE(isTold, isSimulatedModel && sensor != std::string("simulated"));
            }
        }
    }

    void theStarterModelSaysThatItHasSeenSimulatedScenesOnly() {
        const auto manifest = models::readManifest(std::filesystem::path(NUNATAK_TEST_DATA) /
                                                   "../../models/weights/starter/model.json");
        QVERIFY(models::isSimulatedOnly(manifest));
    }

    void anOutlineIsStairsOnlyWhereThatIsAskedFor() {
        const SceneFiles files;
        PredictOptions options;
        const auto smoothed = predictPlainly(files, options);
        options.outlineForm = OutlineForm::Raw;
        const auto raw = predictPlainly(files, options);
        const auto isStairs = [](const geo::MultiPolygon& shape) {
            const auto& ring = shape.front().outer;
            for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
                if (ring[i].x != ring[j].x && ring[i].y != ring[j].y) {
                    return false;
                }
            }
            return true;
        };
        QVERIFY(!isStairs(smoothed.glaciers.front().geometry));
        QVERIFY(isStairs(raw.glaciers.front().geometry));
        QCOMPARE(geo::extentOf(raw.glaciers.front().geometry),
                 (geo::Extent{600600, 5198500, 601800, 5199100}));
        // The run keeps which it was, and a region of the one is not put beside the other.
        QVERIFY(settingsDifference(raw.settings, smoothed.settings).find("form of outlines") !=
                std::string::npos);
        QVERIFY(settingsDifference(smoothed.settings, smoothed.settings).empty());
        // Runs of before did not say, and were raw.
        auto before = nlohmann::json::parse(raw.settings);
        before.erase("outline_form");
        QVERIFY(!settingsDifference(before.dump(), smoothed.settings).empty());
        QVERIFY(settingsDifference(before.dump(), raw.settings).empty());
    }

    void theRastersHoldProbabilityAndConfidenceOfEveryPixel() {
        const SceneFiles files;
        const auto prediction = predictPlainly(files, {});
        const auto probability = wholeBand(prediction.probability);
        const auto confidence = wholeBand(prediction.confidence);
        QCOMPARE(probability.columns(), 100);
        QCOMPARE(probability.rows(), 80);
        for (int row = 0; row < 80; ++row) {
            for (int column = 0; column < 100; ++column) {
                const float value = probability.at(0, row, column);
                if (row < 10 && column < 10) {
                    QVERIFY(std::isnan(value)); // no optical data, so no result
                    QVERIFY(std::isnan(confidence.at(0, row, column)));
                } else {
                    // 1 / (1 + e^∓8): the network's logit is 20 × 0.9 − 10 on ice, 20 × 0.1 − 10 elsewhere.
                    const float expected = isIce(column, row) ? 0.99966465F : 0.00033535F;
                    QVERIFY(std::abs(value - expected) < 1e-6F);
                    QVERIFY(std::abs(confidence.at(0, row, column) - 0.995646F) < 1e-5F);
                }
            }
        }
        const raster::RasterReader reader(prediction.probability.string());
        QCOMPARE(*reader.info().northUpGrid(), files.grid);
        QCOMPARE(filesIn(files.results()), 4);
    }

    void theNetworkRunsAtTheModelsPixelSize() {
        const SceneFiles files;
        const auto prediction = predictPlainly(files, {}, {}, 10);
        const raster::RasterReader reader(prediction.probability.string());
        QCOMPARE(reader.info().columns, 300);
        QCOMPARE(reader.info().rows, 240);
        QCOMPARE(prediction.glaciers.size(), std::size_t{1});
        const double area = geo::planarArea(prediction.glaciers.front().geometry);
        QVERIFY(std::abs(area - 40 * 20 * 900.0) < 0.01 * 40 * 20 * 900.0);
    }

    void outlinesComeInTheProjectsSystem() {
        const SceneFiles files;
        const auto here = predictPlainly(files, {});
        const auto there = predictPlainly(files, {}, {}, 30, "EPSG:32633");
        const auto utm33 = geo::Crs::fromUserInput("EPSG:32633");
        const geo::CoordinateTransform back(utm33, files.grid.crs);
        const auto expected = geo::extentOf(here.glaciers.front().geometry);
        const auto extent = geo::extentOf(back(there.glaciers.front().geometry));
        QVERIFY(std::abs(extent.xmin - expected.xmin) < 0.01 && std::abs(extent.ymax - expected.ymax) < 0.01);
        QCOMPARE(QString::fromStdString(geo::invalidReason(there.glaciers.front().geometry)), QString());
        const double computed = geo::geodesicArea(there.computed, utm33);
        QVERIFY(std::abs(computed - geo::geodesicArea(here.computed, files.grid.crs)) < 100);
    }

    void withoutARegionAllOfTheSceneIsComputed() {
        const SceneFiles files;
        const auto prediction = predictPlainly(files, {});
        QCOMPARE(geo::planarArea(prediction.computed), 100 * 80 * 900.0);
        QCOMPARE(geo::extentOf(prediction.computed), files.grid.extent());
    }

    void onlyPixelsOfTheRegionGetAResult() {
        const SceneFiles files;
        PredictOptions options;
        // The middles of pixels 40 to 42 in both directions.
        options.regionOfInterest =
            geo::Extent{600000 + 40.1 * 30, 5200000 - 42.9 * 30, 600000 + 42.9 * 30, 5200000 - 40.1 * 30};
        const auto prediction = predictPlainly(files, options);
        const geo::Extent expected{600000 + 40 * 30, 5200000 - 43 * 30, 600000 + 43 * 30, 5200000 - 40 * 30};
        QCOMPARE(geo::extentOf(prediction.computed), expected);
        QCOMPARE(geo::planarArea(prediction.computed), 3 * 3 * 900.0);
        const auto probability = wholeBand(prediction.probability);
        for (int row = 0; row < 80; ++row) {
            for (int column = 0; column < 100; ++column) {
                const bool inside =
                    geo::contains(prediction.computed, files.grid.toMap(column + 0.5, row + 0.5));
                QCOMPARE(std::isnan(probability.at(0, row, column)), !inside);
            }
        }
    }

    void severalRegionsGiveSeveralParts() {
        const SceneFiles files;
        PredictOptions options;
        const auto square = [&](double column, double row) {
            const auto upper = files.grid.toMap(column, row);
            const auto lower = files.grid.toMap(column + 1, row + 1);
            return geo::Polygon{
                {{upper.x, lower.y}, {lower.x, lower.y}, {lower.x, upper.y}, {upper.x, upper.y}}, {}};
        };
        options.within = geo::MultiPolygon{square(12, 12), square(90, 70)};
        const auto prediction = predictPlainly(files, options);
        QCOMPARE(prediction.computed.size(), std::size_t{2});
        const auto probability = wholeBand(prediction.probability);
        int predicted = 0;
        for (int row = 0; row < 80; ++row) {
            for (int column = 0; column < 100; ++column) {
                const bool inside =
                    geo::contains(prediction.computed, files.grid.toMap(column + 0.5, row + 0.5));
                const bool gap = row < 10 && column < 10;
                QCOMPARE(std::isnan(probability.at(0, row, column)), !inside || gap);
                predicted += inside ? 1 : 0;
            }
        }
        QVERIFY(predicted > 0 && predicted < 4000);
    }

    void outlinesElsewhereAreNoneToPredictWithin() {
        const SceneFiles files;
        PredictOptions options;
        options.within = geo::MultiPolygon{{{{0, 0}, {100, 0}, {100, 100}, {0, 100}}, {}}};
        try {
            predictPlainly(files, options);
            QFAIL("predicted");
        } catch (const Error& error) {
            const std::string sentence = error.what();
            QVERIFY2(sentence.find("outlines to predict within do not touch the scene") != std::string::npos,
                     sentence.c_str());
        }
    }

    void aRegionInAnotherSystemIsTheSamePlace() {
        const SceneFiles files;
        const geo::Crs utm33 = geo::Crs::fromUserInput("EPSG:32633");
        const geo::CoordinateTransform toUtm33(files.grid.crs, utm33);
        PredictOptions options;
        const auto middle = toUtm33(files.grid.toMap(42, 42));
        options.regionOfInterest = geo::Extent{middle.x - 10, middle.y - 10, middle.x + 10, middle.y + 10};
        const auto prediction = predictPlainly(files, options, {}, 30, "EPSG:32633");
        QVERIFY(geo::contains(prediction.computed, middle));
        const double share = geo::geodesicArea(prediction.computed, utm33) / (100 * 80 * 900.0);
        QVERIFY(std::abs(share - 4.0 / 8000) < 1e-5); // it holds no pixel's middle: those it touches
    }

    void aRegionBesideTheSceneIsAnError() {
        const SceneFiles files;
        PredictOptions options;
        options.regionOfInterest = geo::Extent{0, 0, 100, 100};
        QVERIFY_EXCEPTION_THROWN(predictPlainly(files, options), Error);
        options.regionOfInterest = geo::Extent{};
        QVERIFY_EXCEPTION_THROWN(predictPlainly(files, options), Error);
        QCOMPARE(filesIn(files.results()), 0);
    }

    void missingBandsAreNamed() {
        SceneFiles files;
        auto model = storedModel(files.path("model"));
        model.manifest.network.features.front().bands = {"blue", "swir1", "swir2"};
        QCOMPARE(missingBands(files.reader(), model.manifest),
                 (std::vector<std::string>{"optical swir1", "optical swir2"}));
        tests::FakeModelsModule module;
        try {
            predictScene(files.reader(), model, module, files.grid.crs, files.results(), {}, {});
            QFAIL("a scene without the bands was predicted");
        } catch (const Error& error) {
            const std::string message = error.what();
            QVERIFY(message.find("swir1") != std::string::npos && message.find("swir2") != std::string::npos);
            QVERIFY(message.find("plain v2") != std::string::npos);
        }
    }

    void aFeatureThatIsNotRequiredMayBeMissing() {
        SceneFiles files;
        files.scene.rasters.pop_back(); // the elevation model
        auto model = storedModel(files.path("model"));
        QVERIFY(missingBands(files.reader(), model.manifest).empty());
        QCOMPARE(predictPlainly(files, {}).glaciers.size(), std::size_t{1});
        model.manifest.requiredFeatures = {};
        QCOMPARE(missingBands(files.reader(), model.manifest), (std::vector<std::string>{"dem elevation"}));
    }

    void theThresholdDecidesWhatIsAGlacier() {
        const SceneFiles files;
        PredictOptions options;
        options.threshold = 0; // whatever was computed
        const auto everything = predictPlainly(files, options);
        QCOMPARE(everything.glaciers.size(), std::size_t{1});
        QVERIFY(geo::planarArea(everything.glaciers.front().geometry) > 7000 * 900.0);
        options.threshold = 0.999999;
        QVERIFY(predictPlainly(files, options).glaciers.empty());
    }

    void smallGlaciersAreCountedNotStored() {
        const SceneFiles files;
        PredictOptions options;
        options.minimumArea = 1e6;
        const auto prediction = predictPlainly(files, options);
        QVERIFY(prediction.glaciers.empty());
        QCOMPARE(prediction.dropped, 1);
    }

    void aCancelledPredictionLeavesNoRasters() {
        const SceneFiles files;
        std::stop_source stop;
        const Progress progress(
            [&](double fraction, std::string_view) {
                if (fraction > 0.3) {
                    stop.request_stop();
                }
            },
            stop.get_token());
        QVERIFY_EXCEPTION_THROWN(predictPlainly(files, {}, progress), Cancelled);
        for (const auto& entry : std::filesystem::directory_iterator(files.results())) {
            QVERIFY(entry.is_directory()); // what the run can go on with, and nothing else
        }
    }

    void predictingAgainReplacesTheRastersAndAnotherModelKeepsItsOwn() {
        const SceneFiles files;
        const auto first = predictPlainly(files, {});
        const auto second = predictPlainly(files, {});
        QCOMPARE(first.probability, second.probability);
        QVERIFY(first.run != second.run);
        QCOMPARE(filesIn(files.results()), 4);
        auto other = storedModel(files.path("model"));
        other.manifest.version = 3;
        tests::FakeModelsModule module;
        predictScene(files.reader(), other, module, files.grid.crs, files.results(), {}, {});
        QCOMPARE(filesIn(files.results()), 8);
    }

    void tilesAreShownAsTheyFinish() {
        const SceneFiles files;
        PredictOptions options;
        geo::Extent seen;
        int tiles = 0;
        options.onTile = [&](const geo::Grid& tile, const Image<float>& probability) {
            QCOMPARE(probability.columns(), tile.columns);
            QCOMPARE(probability.rows(), tile.rows);
            seen.include(tile.extent());
            // What is shown lies where it belongs: bright where the ice is.
            const auto corner = files.grid.toPixel(tile.toMap(0.5, 0.5));
            const float value = probability.at(0, 0, 0);
            QVERIFY(std::isnan(value) || (value > 0.5F) == isIce(corner.x - 0.5, corner.y - 0.5));
            ++tiles;
        };
        predictPlainly(files, options);
        QCOMPARE(seen, files.grid.extent()); // no padding is shown
        QCOMPARE(tiles, 13 * 11);
    }

    void progressHasStagesAndEndsAtOne() {
        const SceneFiles files;
        double last = 0;
        std::set<std::string> stages;
        const Progress progress(
            [&](double fraction, std::string_view stage) {
                QVERIFY(fraction >= last);
                last = fraction;
                stages.insert(std::string(stage));
            },
            {});
        predictPlainly(files, {}, progress);
        QCOMPARE(last, 1.0);
        QVERIFY(stages.contains("Predicting") && stages.contains("Outlining glaciers"));
    }

    void aModelThatGivesNoNumbersIsRefused() {
        const SceneFiles files;
        auto model = storedModel(files.path("model"));
        struct BrokenModule : models::ModelsModule {
            std::string description() const override { return "broken"; }
            models::Precision fastestPrecision(const std::string&) const override {
                return models::Precision::Float32;
            }
            std::unique_ptr<models::Network> open(const models::NetworkSpec& spec,
                                                  const models::NamedTensors&,
                                                  const models::DeviceOptions&) override {
                auto network = std::make_unique<tests::FakeNetwork>(spec);
                auto weights = network->weights();
                weights["bias"].values.front() = noData;
                network->restore(weights);
                return network;
            }
            std::unique_ptr<models::Network> create(const models::NetworkSpec& spec, std::uint64_t,
                                                    const models::DeviceOptions&) override {
                return std::make_unique<tests::FakeNetwork>(spec);
            }
        };
        BrokenModule module;
        QVERIFY_EXCEPTION_THROWN(
            predictScene(files.reader(), model, module, files.grid.crs, files.results(), {}, {}), Error);
        QCOMPARE(filesIn(files.results()), 0);
    }

    void aDamagedRasterStopsThePredictionWithItsName() {
        const SceneFiles files;
        std::filesystem::resize_file(files.path("optical.tif"), 300);
        try {
            predictPlainly(files, {});
            QFAIL("a truncated raster was predicted");
        } catch (const Error& error) {
            QVERIFY(std::string(error.what()).find("optical.tif") != std::string::npos);
        }
        QCOMPARE(filesIn(files.results()), 0);
    }

    void optionsThatCannotBeAreRefused() {
        const SceneFiles files;
        PredictOptions options;
        options.threshold = 1.5;
        QVERIFY_EXCEPTION_THROWN(predictPlainly(files, options), Error);
        options = {};
        options.smoothing = 0;
        QVERIFY_EXCEPTION_THROWN(predictPlainly(files, options), Error);
        options = {};
        options.minimumArea = -1;
        QVERIFY_EXCEPTION_THROWN(predictPlainly(files, options), Error);
    }
};

QTEST_GUILESS_MAIN(PredictSceneTest)
#include "predict_scene_test.moc"
