// SPDX-License-Identifier: GPL-3.0-or-later
// What a prediction keeps, goes on with, repeats and says of its own quality.
#include "base/error.h"
#include "geo/shape_operations.h"
#include "prediction/outline_confidence.h"
#include "prediction/prediction_settings.h"
#include "prediction/quality.h"
#include "prediction/tile_selection.h"
#include "scene_fixture.h"

#include <fstream>
#include <functional>
#include <future>
#include <iterator>

#include <QtTest>

using namespace nunatak;
using namespace nunatak::prediction;
using namespace nunatak::tests;

namespace {

std::string bytesOf(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::string> rastersOf(const ScenePrediction& prediction) {
    return {bytesOf(prediction.probability), bytesOf(prediction.confidence), bytesOf(prediction.quality),
            bytesOf(prediction.outlines)};
}

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

/// Part of an error's sentence, empty when nothing was thrown.
template <typename Action> QString sentenceOf(Action action) {
    try {
        action();
    } catch (const Error& error) {
        return QString::fromStdString(error.what());
    }
    return {};
}

int stateAt(const Image<float>& quality, int row, int column) {
    return static_cast<int>(quality.at(0, row, column));
}

/// The optical raster anew, with a gap of `rows` rows from `first` on in all columns.
void cutGap(SceneFiles& files, int first, int rows) {
    Image<float> optical(2, 80, 100, 0.1F);
    for (int row = first; row < first + rows; ++row) {
        std::fill_n(optical.row(0, row), 100, noData);
        std::fill_n(optical.row(1, row), 100, noData);
    }
    files.write("optical.tif", optical, {"blue", "green"});
}

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
