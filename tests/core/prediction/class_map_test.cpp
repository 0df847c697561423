// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "geo/shape_operations.h"
#include "models/safetensors.h"
#include "prediction/class_map.h"
#include "raster/raster_reader.h"
#include "raster/raster_writer.h"

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace nunatak;
using namespace nunatak::prediction;

namespace {

constexpr float noData = std::numeric_limits<float>::quiet_NaN();

geo::Grid grid() {
    return {geo::Crs::fromUserInput("EPSG:32632"), 600000, 5200000, 30, 50, 40};
}

std::string messageOf(const std::function<void()>& action) {
    try {
        action();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

} // namespace

class ClassMapTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    scene::Scene m_scene;

    std::string path(const char* name) const { return m_folder.filePath(name).toStdString(); }
    std::filesystem::path results() const { return path("results"); }

    void write(const char* name, const Image<float>& pixels, const geo::Grid& where = grid()) const {
        raster::RasterLayout layout;
        layout.grid = where;
        layout.bandNames.assign(static_cast<std::size_t>(pixels.bands()), "");
        layout.noData = std::numeric_limits<double>::quiet_NaN();
        raster::RasterWriter writer(path(name), layout);
        writer.write(pixels, 0, 0);
        writer.finish();
    }

    /// Ice in columns 10 to 29 of rows 5 to 24, with this value; a spot of two pixels; one column without
    /// data.
    static Image<float> withIce(float ice, float rock) {
        Image<float> pixels(1, 40, 50, rock);
        for (int row = 5; row < 25; ++row) {
            for (int column = 10; column < 30; ++column) {
                pixels.at(0, row, column) = ice;
            }
        }
        pixels.at(0, 30, 40) = pixels.at(0, 30, 41) = ice;
        for (int row = 0; row < 40; ++row) {
            pixels.at(0, row, 49) = noData;
        }
        return pixels;
    }

    ScenePrediction import(const ForeignRasters& rasters,
                           const ClassMapOptions& options = {0.5, 1, 10000}) const {
        return importPrediction(rasters, m_scene, options, grid().crs, results(), {});
    }

private Q_SLOTS:
    void initTestCase() {
        raster::initialiseGdal();
        m_scene.id = "0b9c4e6a-58d5-4b0e-9d42-111111111111";
        m_scene.name = "valley";
        m_scene.date = "2020-08-20";
        m_scene.grid = grid();
    }

    void aProbabilityOfAnotherModelBecomesOutlinesAndRasters() {
        write("p.tif", withIce(0.8F, 0.1F));
        const auto result = import({path("p.tif"), "", ""});
        QCOMPARE(result.glaciers.size(), std::size_t(1));
        QCOMPARE(result.dropped, 1); // the spot of 1,800 m²
        QVERIFY(std::abs(geo::planarArea(result.glaciers[0].geometry) - 400 * 900) < 1e-6);
        QCOMPARE(result.glaciers[0].model, std::string("p.tif"));
        QCOMPARE(result.modelFingerprint, models::fileSha256(path("p.tif")));
        QCOMPARE(result.glaciers[0].srcDate, std::string("2020-08-20"));
        const raster::RasterReader copy(result.confidence.string());
        const std::vector<int> band{1};
        const auto confidence = copy.readWindow(band, {10, 5, 1, 1}, 1, 1);
        QVERIFY(std::abs(confidence.values()[0] - 0.278072F) < 1e-5F); // 1 − H₂(0.8)
    }

    void theThresholdDecides() {
        write("p.tif", withIce(0.8F, 0.1F));
        QVERIFY(import({path("p.tif"), "", ""}, {0.85, 1, 0}).glaciers.empty());
    }

    void ofTwoClassesTheLastIsGlacier() {
        const auto ice = withIce(0.8F, 0.1F);
        Image<float> both(2, 40, 50);
        for (std::size_t i = 0; i < ice.values().size(); ++i) {
            both.band(0)[i] = 1 - ice.values()[i];
            both.band(1)[i] = ice.values()[i];
        }
        write("two.tif", both);
        QCOMPARE(import({path("two.tif"), "", ""}).glaciers.size(), std::size_t(1));
    }

    void aMaskComesWithItsOwnConfidence() {
        write("mask.tif", withIce(1, 0));
        write("c.tif", Image<float>(1, 40, 50, 0.625F));
        const auto result = import({"", path("mask.tif"), path("c.tif")});
        QCOMPARE(result.glaciers.size(), std::size_t(1));
        QVERIFY(result.probability.empty());
        const raster::RasterReader copy(result.confidence.string());
        const std::vector<int> band{1};
        QCOMPARE(copy.readWindow(band, {0, 0, 1, 1}, 1, 1).values()[0], 0.625F);
    }

    void zeroAnd255OfAMaskAreWhatTheyPlainlyAre() {
        const auto flagsOf = [&](const ScenePrediction& result) {
            const std::vector<int> band{1};
            return raster::RasterReader(result.quality.string()).readWindow(band, {0, 0, 50, 40}, 50, 40);
        };
        const auto mask = [&](const char* name, float ice, float edge, std::optional<double> declared) {
            auto pixels = withIce(ice, 0);
            for (int row = 0; row < 40; ++row) {
                pixels.at(0, row, 49) = edge;
            }
            raster::RasterLayout layout;
            layout.grid = grid();
            layout.bandNames = {""};
            layout.type = raster::PixelType::UInt8;
            layout.noData = declared;
            raster::RasterWriter writer(path(name), layout);
            writer.write(pixels, 0, 0);
            writer.finish();
            return import({"", path(name), ""});
        };
        for (const auto declared : {std::optional<double>(), std::optional<double>(255.0)}) {
            const auto three = mask("three.tif", 1, 255, declared);
            QCOMPARE(three.glaciers.size(), std::size_t(1));
            QCOMPARE(flagsOf(three).at(0, 10, 49), 1.0F); // no data
            QCOMPARE(flagsOf(three).at(0, 10, 5), 0.0F);
            QVERIFY(three.notes.front().find("255") != std::string::npos);
        }
        const auto white = mask("white.tif", 255, 0, {});
        QCOMPARE(white.glaciers.size(), std::size_t(1));
        QCOMPARE(flagsOf(white).at(0, 10, 49), 0.0F);
        QVERIFY(white.notes.front().find("glacier") != std::string::npos);
        const auto zero = mask("zero.tif", 1, 0, 0.0); // as gdal_rasterize and many others write it
        QCOMPARE(zero.glaciers.size(), std::size_t(1));
        QCOMPARE(flagsOf(zero).at(0, 10, 5), 0.0F);
        QVERIFY(zero.notes.front().find("declares it as no data") != std::string::npos);
        const auto message = messageOf([&] { mask("classes.tif", 3, 0, {}); });
        QVERIFY2(message.find("classes.tif") != std::string::npos &&
                     message.find("0, 3") != std::string::npos,
                 message.c_str());
    }

    void whereAProbabilityHasNoDataNothingIsKnown() {
        write("p.tif", withIce(0.8F, 0.1F));
        const auto result = import({path("p.tif"), "", ""});
        const std::vector<std::filesystem::path> wanted{result.quality};
        QVERIFY(qualityFilesOf(results(), m_scene.id, result.modelName, result.modelFingerprint) == wanted);
        const std::vector<int> band{1};
        const auto flags =
            raster::RasterReader(result.quality.string()).readWindow(band, {0, 0, 50, 40}, 50, 40);
        QCOMPARE(flags.at(0, 10, 49), 1.0F);
        QCOMPARE(flags.at(0, 10, 48), 0.0F);
        QVERIFY(result.notes.front().find("2 %") != std::string::npos);
    }

    void theSameFileAsAMaskAndAsAProbabilityAreTwoPredictions() {
        write("both.tif", withIce(1, 0));
        const auto mask = import({"", path("both.tif"), ""});
        const auto share = import({path("both.tif"), "", ""});
        write("c.tif", Image<float>(1, 40, 50, 0.625F));
        const auto sure = import({path("both.tif"), "", path("c.tif")});
        QVERIFY(mask.quality != share.quality);
        QVERIFY(share.confidence != sure.confidence);
        QCOMPARE(foreignFingerprint({"", path("both.tif"), ""}), mask.modelFingerprint);
        const std::vector<std::filesystem::path> wanted{mask.quality};
        QVERIFY(qualityFilesOf(results(), m_scene.id, mask.modelName, mask.modelFingerprint) == wanted);
    }

    void onlyWhatAProbabilityDeclaresIsItsNoData() {
        write("white.tif", withIce(255, 0));
        const auto sentence = messageOf([&] { import({path("white.tif"), "", ""}); });
        QVERIFY2(sentence.find("holds 255") != std::string::npos &&
                     sentence.find("--mask") != std::string::npos,
                 sentence.c_str());
    }

    void roundingBeyondOneIsOne() {
        write("rounded.tif", withIce(1.000001F, -1e-7F));
        const auto result = import({path("rounded.tif"), "", ""});
        QCOMPARE(result.glaciers.size(), std::size_t(1));
        const std::vector<int> band{1};
        const auto pixels =
            raster::RasterReader(result.probability.string()).readWindow(band, {0, 0, 50, 40}, 50, 40);
        QCOMPARE(pixels.at(0, 10, 20), 1.0F);
        QCOMPARE(pixels.at(0, 10, 5), 0.0F);
    }

    void aRasterElsewhereThanTheSceneIsNoted() {
        auto elsewhere = grid();
        elsewhere.left += 100'000;
        write("far.tif", withIce(0.8F, 0.1F), elsewhere);
        const auto notes = import({path("far.tif"), "", ""}).notes;
        QVERIFY(std::ranges::any_of(notes, [](const auto& note) {
            return note.find("elsewhere than the scene valley") != std::string::npos;
        }));
        write("near.tif", withIce(0.8F, 0.1F));
        for (const auto& note : import({path("near.tif"), "", ""}).notes) {
            QVERIFY2(note.find("elsewhere") == std::string::npos, note.c_str());
        }
    }

    void anyPathOfGdalCanBeTakenOver() {
        write("p.tif", withIce(0.8F, 0.1F));
        const auto result = import({"GTIFF_DIR:1:" + path("p.tif"), "", ""});
        QCOMPARE(result.glaciers.size(), std::size_t(1));
        QVERIFY(!result.modelFingerprint.empty());
    }

    void anotherGridOfTheConfidenceIsRefused() {
        write("mask.tif", withIce(1, 0));
        auto elsewhere = grid();
        elsewhere.left += 30;
        write("shifted.tif", Image<float>(1, 40, 50, 0.6F), elsewhere);
        const auto sentence = messageOf([&] { import({"", path("mask.tif"), path("shifted.tif")}); });
        QVERIFY2(sentence.find("different grids") != std::string::npos, sentence.c_str());
    }

    void whatIsNoProbabilityIsRefusedAndLeavesNothing() {
        write("percent.tif", withIce(80, 10));
        const auto sentence = messageOf([&] { import({path("percent.tif"), "", ""}); });
        QVERIFY2(sentence.find("percent.tif") != std::string::npos, sentence.c_str());
        write("rgb.tif", Image<float>(3, 40, 50));
        QVERIFY(messageOf([&] { import({path("rgb.tif"), "", ""}); }).find("3 bands") != std::string::npos);
        QVERIFY(!messageOf([&] { import({path("absent.tif"), "", ""}); }).empty());
        for (const auto& entry : std::filesystem::directory_iterator(results())) {
            QVERIFY2(entry.path().string().find("imported") == std::string::npos ||
                         entry.path().extension() == ".tif",
                     entry.path().c_str());
        }
    }

    void pixelsSoSmallThatNoGridHoldsThemAreRefused() {
        models::Manifest model;
        model.name = "fine";
        model.pixelSize = 30;
        QCOMPARE(predictionGrid(m_scene, model, 15).columns, 100);
        for (const double size : {1e-9, 0.001}) {
            const auto sentence = messageOf([&] { predictionGrid(m_scene, model, size); });
            QVERIFY2(sentence.find("larger pixels") != std::string::npos, sentence.c_str());
        }
    }

    void theBandRatioBecomesAPredictionWithItsClasses() {
        Image<float> bands(3, 40, 50);
        const auto ice = withIce(1, 0);
        for (std::size_t i = 0; i < ice.values().size(); ++i) {
            const bool isIce = ice.values()[i] > 0.5F;
            const float wobble = 0.01F * static_cast<float>(i % 5);
            bands.band(0)[i] = std::isnan(ice.values()[i]) ? noData : isIce ? 0.7F : 0.15F;
            bands.band(1)[i] = isIce ? 0.6F : 0.2F + wobble;
            bands.band(2)[i] = isIce ? 0.06F + wobble : 0.3F + wobble;
        }
        write("optical.tif", bands);
        auto scene = m_scene;
        scene.rasters = {{"optical", path("optical.tif"), {1, 2, 3}, {"blue", "red", "swir1"}, 1, 0}};
        const scene::SceneReader reader(scene, std::make_shared<raster::ReaderPool>());
        const BandRatioFiles files{path("ratio.tif"), path("quality.tif"), path("classes.tif")};
        const auto result =
            predictByBandRatio(reader, {}, 10000, OutlineForm::Smoothed, grid().crs, files, {});
        QCOMPARE(result.modelName, std::string("band ratio"));
        QCOMPARE(result.glaciers.size(), std::size_t(1));
        QVERIFY(result.threshold > 0.7 && result.threshold < 6);
        const raster::RasterReader classes(path("classes.tif"));
        const std::vector<int> band{1};
        const auto pixels = classes.readWindow(band, {0, 0, 50, 40}, 50, 40);
        QCOMPARE(pixels.at(0, 10, 20), 1.0F);
        QCOMPARE(pixels.at(0, 10, 5), 0.0F);
        QVERIFY(std::isnan(pixels.at(0, 10, 49)));
        const raster::RasterReader ratio(path("ratio.tif"));
        const auto ratios = ratio.readWindow(band, {0, 0, 50, 40}, 50, 40);
        QVERIFY(ratios.at(0, 10, 20) > static_cast<float>(result.threshold));
        QVERIFY(ratios.at(0, 10, 5) < static_cast<float>(result.threshold));
        QVERIFY(std::isnan(ratios.at(0, 10, 49)));
        const raster::RasterReader quality(path("quality.tif"));
        const auto states = quality.readWindow(band, {0, 0, 50, 40}, 50, 40);
        QCOMPARE(states.at(0, 10, 49), 1.0F); // no data
        QCOMPARE(states.at(0, 10, 5), 0.0F);
    }

    void whatIsTooDarkForIceIsFlaggedAsShadow() {
        Image<float> bands(3, 40, 50);
        for (std::size_t i = 0; i < bands.bandSize(); ++i) {
            bands.band(0)[i] = i % 2 == 0 ? 0.3F : 0.04F;
            bands.band(1)[i] = 0.5F;
            bands.band(2)[i] = 0.1F;
        }
        write("optical.tif", bands);
        auto scene = m_scene;
        scene.rasters = {{"optical", path("optical.tif"), {1, 2, 3}, {"blue", "red", "swir1"}, 1, 0}};
        const scene::SceneReader reader(scene, std::make_shared<raster::ReaderPool>());
        BandRatioOptions options;
        options.threshold = 2;
        options.minimumBlue = 0.1;
        const auto files = standaloneBandRatioFiles(results());
        predictByBandRatio(reader, options, 0, OutlineForm::Smoothed, grid().crs, files, {});
        const std::vector<int> band{1};
        const auto states =
            raster::RasterReader(files.quality.string()).readWindow(band, {0, 0, 50, 40}, 50, 40);
        QCOMPARE(states.at(0, 10, 20), 0.0F);
        QCOMPARE(states.at(0, 10, 21), 32.0F);
    }
};

QTEST_GUILESS_MAIN(ClassMapTest)
#include "class_map_test.moc"
