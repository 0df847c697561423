// SPDX-License-Identifier: GPL-3.0-or-later
// What a prediction keeps, goes on with and repeats.
#include "prediction/prediction_settings.h"
#include "run_fixture.h"

#include <fstream>
#include <functional>

#include <QtTest>

using namespace nunatak;
using namespace nunatak::prediction;
using namespace nunatak::tests;

namespace {

/// Cancels once `share` of the work is done.
ScenePrediction cancelledAt(double share, const SceneFiles& files, const PredictOptions& options) {
    std::stop_source stop;
    const Progress progress(
        [&](double fraction, std::string_view) {
            if (fraction >= share) {
                stop.request_stop();
            }
        },
        stop.get_token());
    return predictPlainly(files, options, progress);
}

PredictOptions resumed(PredictOptions options = {}) {
    options.resume = true;
    return options;
}

} // namespace

class PredictSceneRunTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void predictingTwiceGivesTheSameBytes() {
        const SceneFiles files;
        const auto first = rastersOf(predictPlainly(files, {}));
        QVERIFY(first.front().size() > 1000);
        QVERIFY(rastersOf(predictPlainly(files, {})) == first);
        PredictOptions other;
        other.batch = 7;
        QVERIFY(rastersOf(predictPlainly(files, other)) == first);
    }

    void aCancelledRunGoesOnAndEndsInTheSameBytes() {
        const SceneFiles files;
        const auto whole = rastersOf(predictPlainly(files, {}));
        for (const double share : {0.3, 0.6, 0.95}) {
            PredictOptions options;
            options.batch = 3;
            QVERIFY_EXCEPTION_THROWN(cancelledAt(share, files, options), Cancelled);
            QVERIFY(std::filesystem::exists(
                predictionFiles(files.results(), files.scene.id, storedModel(files.path("model")).manifest)
                    .run));
            const auto again = predictPlainly(files, resumed()); // asks for batches of 4, keeps those of 3
            QVERIFY(rastersOf(again) == whole);
            QCOMPARE(filesIn(files.results()), 4); // the strips are gone
        }
    }

    void goingOnComputesOnlyWhatIsMissing() {
        const SceneFiles files;
        int shown = 0;
        PredictOptions options;
        options.onTile = [&](const geo::Grid&, const Image<float>&) { ++shown; };
        predictPlainly(files, options);
        const int all = std::exchange(shown, 0);
        QVERIFY_EXCEPTION_THROWN(cancelledAt(0.7, files, options), Cancelled);
        shown = 0;
        predictPlainly(files, resumed(options));
        QVERIFY2(shown < all / 2, qPrintable(QString("%1 of %2 tiles").arg(shown).arg(all)));
    }

    void whatOnlyShapesTheOutlinesMayChangeOnTheWay() {
        const SceneFiles files;
        PredictOptions options;
        options.threshold = 0.4;
        options.smoothing = 1;
        const auto whole = rastersOf(predictPlainly(files, options));
        QVERIFY_EXCEPTION_THROWN(cancelledAt(0.5, files, {}), Cancelled);
        QVERIFY(rastersOf(predictPlainly(files, resumed(options))) == whole);
    }

    void anotherRunIsNotGoneOnWith() {
        SceneFiles files;
        QVERIFY_EXCEPTION_THROWN(cancelledAt(0.5, files, {}), Cancelled);
        PredictOptions options = resumed();
        options.overlap = 0.25;
        const auto refused = sentenceOf([&] { predictPlainly(files, options); });
        QVERIFY2(refused.contains("other settings (overlap 0.5, not 0.25)"), qPrintable(refused));
        options = resumed();
        options.regionOfInterest = geo::Extent{600000, 5198000, 601000, 5199000};
        QVERIFY(sentenceOf([&] { predictPlainly(files, options); }).contains("another part of the scene"));
        const auto pixels = bytesOf(files.path("optical.tif"));
        cutGap(files, 70, 2);
        QVERIFY(sentenceOf([&] { predictPlainly(files, resumed()); }).contains("another scene"));
        // The refused run is still there, for when it is asked for rightly.
        QVERIFY(std::filesystem::exists(
            predictionFiles(files.results(), files.scene.id, storedModel(files.path("model")).manifest).run /
            "journal"));
    }

    void aChangedMaskOrTileIsAnotherScene() {
        for (const bool tile : {false, true}) {
            SceneFiles files;
            files.write("more.tif", Image<float>(2, 80, 100, 0.1F), {"blue", "green"});
            if (tile) {
                files.scene.rasters[0].tiles = {files.path("more.tif")};
            } else {
                files.scene.rasters[0].fillFile = files.path("more.tif");
            }
            QVERIFY_EXCEPTION_THROWN(cancelledAt(0.5, files, {}), Cancelled);
            std::filesystem::last_write_time(files.path("more.tif"),
                                             std::filesystem::file_time_type::clock::now() +
                                                 std::chrono::seconds(5));
            QVERIFY(sentenceOf([&] { predictPlainly(files, resumed()); }).contains("another scene"));
        }
    }

    void aDamagedStripIsRefusedAndANewRunHelps() {
        const SceneFiles files;
        QVERIFY_EXCEPTION_THROWN(cancelledAt(0.7, files, {}), Cancelled);
        const auto run =
            predictionFiles(files.results(), files.scene.id, storedModel(files.path("model")).manifest).run;
        auto strip = bytesOf(run / "strip0");
        QVERIFY(strip.size() > 100);
        strip[100] = static_cast<char>(strip[100] ^ 1);
        std::ofstream(run / "strip0", std::ios::binary) << strip;
        const auto sentence = sentenceOf([&] { predictPlainly(files, resumed()); });
        QVERIFY2(sentence.contains("damaged") && sentence.contains("without resuming"), qPrintable(sentence));
        predictPlainly(files, {});
        QCOMPARE(filesIn(files.results()), 4);
    }

    void goingOnWithNothingBeginsAndSaysSo() {
        const SceneFiles files;
        const auto prediction = predictPlainly(files, resumed());
        QVERIFY(std::any_of(prediction.notes.begin(), prediction.notes.end(), [](const std::string& note) {
            return note.find("no interrupted prediction") != std::string::npos;
        }));
        QVERIFY(predictPlainly(files, {}).notes.size() < prediction.notes.size());
    }

    void twoProgramsDoNotPredictIntoOneFolder() {
        const SceneFiles files;
        PredictOptions options;
        QString sentence;
        options.onTile = [&](const geo::Grid&, const Image<float>&) {
            if (sentence.isEmpty()) {
                sentence = sentenceOf([&] { predictPlainly(files, {}); });
            }
        };
        predictPlainly(files, options);
        QVERIFY2(sentence.contains("Another program"), qPrintable(sentence));
    }

    void theSpreadOfAnEarlierRunDoesNotStayBesideAnother() {
        const SceneFiles files;
        PredictOptions options;
        options.standalone = true;
        options.inference.testTimeAugmentation = true;
        const auto spread = predictPlainly(files, options).uncertainty;
        QVERIFY(std::filesystem::exists(spread));
        options.inference.testTimeAugmentation = false;
        predictPlainly(files, options);
        QVERIFY(!std::filesystem::exists(spread));
    }

    void aWholeSceneWithOtherSettingsLeavesTheRastersOfTheFirst() {
        const SceneFiles files;
        const auto first = predictPlainly(files, {});
        const auto before = rastersOf(first);
        for (const auto& change : std::vector<std::function<void(PredictOptions&)>>{
                 [](auto& one) { one.threshold = 0.2; },
                 [](auto& one) { one.inference.testTimeAugmentation = true; }}) {
            PredictOptions options;
            change(options);
            const auto second = predictPlainly(files, options);
            QVERIFY(second.probability != first.probability);
            QVERIFY(rastersOf(first) == before); // a layer, or a step that undo leads to, shows them
            QVERIFY(std::ranges::any_of(second.notes, [](const std::string& note) {
                return note.find("rasters of its own") != std::string::npos;
            }));
            // Each outline finds those that it was made from.
            const auto own = [&](const ScenePrediction& one) {
                return confidenceFileOf(files.results(), one.glaciers.front(), one.settings) ==
                           one.confidence &&
                       qualityFilesOf(files.results(), files.scene.id, one.modelName, one.modelFingerprint,
                                      one.settings) == std::vector{one.quality};
            };
            QVERIFY(own(first));
            QVERIFY(own(second));
        }
        QVERIFY(predictPlainly(files, {}).probability == first.probability);
    }

    void anotherResolutionIsUsedWithANote() {
        const SceneFiles files;
        PredictOptions options;
        options.resolution = 15;
        const auto prediction = predictPlainly(files, options);
        QCOMPARE(raster::RasterReader(prediction.probability.string()).info().columns, 200);
        QVERIFY(prediction.notes.front().find("trained at 30 m and is used at 15 m") != std::string::npos);
        options.resolution = -1;
        QVERIFY(sentenceOf([&] { predictPlainly(files, options); }).contains("pixel size"));
    }

    void optionsThatCannotBeAreRefusedByName() {
        const SceneFiles files;
        PredictOptions options;
        options.precision = "int8";
        QVERIFY(sentenceOf([&] { predictPlainly(files, options); }).contains("int8"));
        options = {};
        options.confidenceThreshold = 2;
        QVERIFY(sentenceOf([&] { predictPlainly(files, options); }).contains("confidence threshold"));
        options = {};
        options.region = "ALP"; // the network has no location vector
        QVERIFY(!sentenceOf([&] { predictPlainly(files, options); }).isEmpty());
        QCOMPARE(filesIn(files.results()), 0);
    }

    void halfPrecisionIsTakenByItselfOnlyWhereItWasChecked() {
        struct FastModule : models::ModelsModule {
            std::string description() const override { return "a fast device"; }
            models::Precision fastestPrecision(const std::string&) const override {
                return models::Precision::BFloat16;
            }
            std::unique_ptr<models::Network> open(const models::NetworkSpec& spec,
                                                  const models::NamedTensors& weights,
                                                  const models::DeviceOptions& device) override {
                used = device.precision;
                return FakeModelsModule().open(spec, weights, device);
            }
            std::unique_ptr<models::Network> create(const models::NetworkSpec& spec, std::uint64_t seed,
                                                    const models::DeviceOptions& device) override {
                return FakeModelsModule().create(spec, seed, device);
            }
            models::Precision used = models::Precision::Float16;
        };
        const SceneFiles files;
        auto model = storedModel(files.path("model"));
        FastModule fast;
        const auto usedFor = [&](const char* precision) {
            PredictOptions options;
            options.precision = precision;
            predictScene(files.reader(), model, fast, files.grid.crs, files.results(), options, {});
            return fast.used;
        };
        QCOMPARE(usedFor("auto"), models::Precision::Float32);
        model.manifest.bfloat16 = models::ReducedPrecisionCheck{0.98, 0, 32, "scene", false};
        QCOMPARE(usedFor("auto"), models::Precision::Float32);
        model.manifest.bfloat16->allowed = true;
        QCOMPARE(usedFor("auto"), models::Precision::BFloat16);
        QCOMPARE(usedFor("float32"), models::Precision::Float32);
        QCOMPARE(usedFor("bf16"), models::Precision::BFloat16);
    }
};

QTEST_GUILESS_MAIN(PredictSceneRunTest)
#include "predict_scene_run_test.moc"
