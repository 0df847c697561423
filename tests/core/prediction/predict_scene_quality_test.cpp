// SPDX-License-Identifier: GPL-3.0-or-later
// What a prediction says of its own quality.
#include "geo/shape_operations.h"
#include "prediction/outline_confidence.h"
#include "prediction/quality.h"
#include "run_fixture.h"

#include <QtTest>

using namespace nunatak;
using namespace nunatak::prediction;
using namespace nunatak::tests;

class PredictSceneQualityTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void qualitySaysWhereThereIsNoDataAndThatConfidenceIsNotCalibrated() {
        const SceneFiles files;
        const auto prediction = predictPlainly(files, {});
        const auto state = wholeBand(prediction.quality, 1);
        const auto missing = wholeBand(prediction.quality, 2);
        for (int row = 0; row < 80; ++row) {
            for (int column = 0; column < 100; ++column) {
                const bool gap = row < 10 && column < 10; // 300 m, but it goes on beyond the scene's corner
                QCOMPARE(stateAt(state, row, column),
                         static_cast<int>(gap ? quality::noData : quality::uncalibrated));
                QCOMPARE(stateAt(missing, row, column), 0);
            }
        }
        const raster::RasterReader reader(prediction.confidence.string());
        QCOMPARE(reader.info().metadata.at("NUNATAK_CONFIDENCE"), std::string("not calibrated"));
        QVERIFY(std::any_of(prediction.notes.begin(), prediction.notes.end(), [](const std::string& note) {
            return note.find("not calibrated") != std::string::npos;
        }));
    }

    void aMissingOptionalFeatureIsFlagged() {
        SceneFiles files;
        files.scene.rasters.pop_back(); // the elevation model
        const auto prediction = predictPlainly(files, {});
        QCOMPARE(stateAt(wholeBand(prediction.quality, 2), 40, 40), 2);
        QCOMPARE(prediction.glaciers.size(), std::size_t{1});
        const auto saysSo = [](const std::string& note) { return note.find("no dem;") != std::string::npos; };
        QVERIFY(std::ranges::any_of(prediction.notes, saysSo));
        QVERIFY(!std::ranges::any_of(predictPlainly(SceneFiles(), {}).notes, saysSo));
    }

    void theConfidenceOfAGlacierIsFoundAndMeasured() {
        const SceneFiles files;
        const auto prediction = predictPlainly(files, {});
        const auto& glacier = prediction.glaciers.front();
        const auto file = confidenceFileOf(files.results(), glacier);
        QVERIFY(file == prediction.confidence);
        QCOMPARE(confidenceBandsFile(*file).extension(), std::filesystem::path(".gpkg"));
        const auto found = confidenceWithin(*file, glacier.geometry, files.grid.crs, 0.99, {});
        QVERIFY(found);
        QCOMPARE(found->pixels, std::int64_t{40 * 20 - 4});
        QVERIFY(std::abs(found->mean - 0.995646) < 1e-5);
        QCOMPARE(found->lowShare, 0.0);
        QVERIFY(!found->isCalibrated);
        QCOMPARE(confidenceWithin(*file, glacier.geometry, files.grid.crs, 0.999, {})->lowShare, 1.0);
        auto stranger = glacier;
        stranger.modelFingerprint = "0123456789abcdef";
        QVERIFY(!confidenceFileOf(files.results(), stranger));
        stranger.modelFingerprint.clear();
        QVERIFY(!confidenceFileOf(files.results(), stranger));
    }

    void oneOrbitAloneIsFlaggedToo() {
        SceneFiles files;
        Image<float> radar(1, 80, 100, 0.2F);
        std::fill_n(radar.row(0, 60), 100, noData);
        files.write("radar.tif", radar, {"ascending"});
        files.scene.rasters.push_back({"co_pol_sar", files.path("radar.tif"), {1}, {"ascending"}, 1, 0});
        auto model = storedModel(files.path("model"));
        const auto predictWith = [&](std::vector<std::string> bands) {
            model.manifest.network.features = {{"optical", {"blue", "green"}}, {"co_pol_sar", bands}};
            model.manifest.scaling["co_pol_sar"] =
                std::vector<models::BandScaling>(bands.size(), {-6, 2, true});
            models::writeSafetensors(FakeNetwork::freshWeights(model.manifest.network), {},
                                     model.weightsFile());
            model.manifest.fingerprint = models::fileSha256(model.weightsFile());
            FakeModelsModule module;
            return wholeBand(
                predictScene(files.reader(), model, module, files.grid.crs, files.results(), {}, {}).quality,
                2);
        };
        const auto both = predictWith({"ascending", "descending"});
        QCOMPARE(stateAt(both, 40, 40), 4);
        const auto one = predictWith({"ascending"});
        QCOMPARE(stateAt(one, 40, 40), 0);
        QCOMPARE(stateAt(one, 60, 40), 4);
    }

    void gapsUpTo450MetresWideArePredictedAndFlagged() {
        for (const int rows : {1, 14, 15, 16, 30}) {
            SceneFiles files;
            cutGap(files, 30, rows);
            const auto prediction = predictPlainly(files, {});
            const auto state = wholeBand(prediction.quality, 1);
            const auto probability = wholeBand(prediction.probability);
            const bool isNarrow = rows <= 15; // pixels of 30 m
            for (int row = 0; row < 80; ++row) {
                const bool gap = row >= 30 && row < 30 + rows;
                for (int column = 0; column < 100; ++column) {
                    const int expected = !gap       ? quality::uncalibrated
                                         : isNarrow ? quality::uncalibrated + quality::gapFilled
                                                    : quality::noData;
                    QCOMPARE(stateAt(state, row, column), expected);
                    QCOMPARE(std::isnan(probability.at(0, row, column)), gap && !isNarrow);
                }
            }
        }
    }

    void lowConfidenceIsFlaggedAndOutlined() {
        SceneFiles files;
        Image<float> optical(2, 80, 100, 0.1F);
        for (int row = 20; row < 40; ++row) {
            std::fill_n(optical.row(0, row) + 30, 30, 0.52F); // p = 0.6: confidence 0.03
        }
        files.write("optical.tif", optical, {"blue", "green"});
        PredictOptions options;
        options.outlineLowConfidence = true;
        const auto prediction = predictPlainly(files, options);
        QCOMPARE(stateAt(wholeBand(prediction.quality, 1), 30, 45),
                 static_cast<int>(quality::uncalibrated + quality::lowConfidence));
        QCOMPARE(prediction.lowConfidence.size(), std::size_t{1});
        QVERIFY(std::abs(geo::planarArea(prediction.lowConfidence.front().geometry) - 20 * 30 * 900.0) < 0.1);
        QCOMPARE(prediction.lowConfidence.front().threshold, 0.95);
        QCOMPARE(prediction.lowConfidenceShare, 600.0 / 8000);
        options.confidenceThreshold = 0.01;
        QVERIFY(predictPlainly(files, options).lowConfidence.empty());
    }

    void aCalibratedModelGivesCalibratedConfidence() {
        const SceneFiles files;
        auto model = storedModel(files.path("model"));
        models::Calibration calibration;
        calibration.points = {0, 1};
        calibration.coefficients = {0.5, 0.75};
        calibration.source = "a table";
        model.manifest.calibrations = {calibration};
        FakeModelsModule module;
        const auto prediction =
            predictScene(files.reader(), model, module, files.grid.crs, files.results(), {}, {});
        const auto confidence = wholeBand(prediction.confidence);
        QVERIFY(std::abs(confidence.at(0, 40, 40) - (0.5F + 0.25F * 0.995646F)) < 1e-5F);
        QCOMPARE(stateAt(wholeBand(prediction.quality, 1), 40, 40), static_cast<int>(quality::lowConfidence));
        // A calibration of plain predictions is none for augmented ones.
        PredictOptions augmented;
        augmented.inference.testTimeAugmentation = true;
        const auto other =
            predictScene(files.reader(), model, module, files.grid.crs, files.results(), augmented, {});
        QCOMPARE(stateAt(wholeBand(other.quality, 1), 40, 40), static_cast<int>(quality::uncalibrated));
        QVERIFY(std::filesystem::exists(other.uncertainty));
        QVERIFY(std::abs(wholeBand(other.uncertainty).at(0, 40, 40)) < 1e-6F); // it looks at single pixels
    }

    void anotherThresholdOrPixelSizeIsNotCalibrated() {
        const SceneFiles files;
        auto model = storedModel(files.path("model"));
        models::Calibration calibration;
        calibration.points = {0, 1};
        calibration.coefficients = {0.5, 0.75};
        model.manifest.calibrations = {calibration};
        FakeModelsModule module;
        const auto isCalibrated = [&](const PredictOptions& options) {
            const auto prediction =
                predictScene(files.reader(), model, module, files.grid.crs, files.results(), options, {});
            const auto said = raster::RasterReader(prediction.confidence.string()).info().metadata;
            const bool yes = said.at("NUNATAK_CONFIDENCE").starts_with("calibrated");
            const bool isTold = std::ranges::any_of(prediction.notes, [](const std::string& note) {
                return note.find("confidence is not calibrated") != std::string::npos;
            });
            return yes && !isTold ? 1 : !yes && isTold ? 0 : -1;
        };
        PredictOptions options;
        QCOMPARE(isCalibrated(options), 1);
        options.threshold = 0.2;
        QCOMPARE(isCalibrated(options), 0);
        options.threshold = 0.5;
        options.resolution = 60;
        QCOMPARE(isCalibrated(options), 0);
    }
};

QTEST_GUILESS_MAIN(PredictSceneQualityTest)
#include "predict_scene_quality_test.moc"
