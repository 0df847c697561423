// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scene/opening.h"
#include "core/scene/product_fixtures.h"
#include "scene/products/mtl.h"

#include <QtTest>

using namespace nunatak;
using namespace nunatak::scene;
using namespace nunatak::tests;

class LandsatTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::filesystem::path folder(const char* name) const {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }

private Q_SLOTS:
    void landsat5BecomesReflectanceAndTemperatureByItsOwnFactors() {
        LandsatFixture fixture = landsat5();
        fixture.number = [](const std::string& key, int, int) {
            return key == "BAND_6" ? 131 : key == "BAND_5" ? 80 : 100;
        };
        const Scene scene = opened({writeLandsat(folder("tm"), fixture)});
        QCOMPARE(scene.bands("optical"),
                 (std::vector<std::string>{"blue", "green", "red", "nir", "swir1", "swir2"}));
        QCOMPARE(scene.name, fixture.name);
        QCOMPARE(scene.date, std::string("1986-04-24"));
        QCOMPARE(scene.sensor, std::string("Landsat 5 TM"));
        QVERIFY(close(*scene.sunElevation, 46.93006922));
        // sin(46.93006922°) = 0.730521.
        // Band 1: (1.0977e-3 × 100 − 0.003583) / 0.730521 = 0.106187 / 0.730521 = 0.145358.
        // Band 5: (1.8251e-3 × 80 − 0.007436) / 0.730521 = 0.138572 / 0.730521 = 0.189689.
        const Image<float> optical = read(scene, "optical", {"blue", "swir1"});
        QVERIFY2(close(optical.at(0, 10, 10), 0.145358), qPrintable(QString::number(optical.at(0, 10, 10))));
        QVERIFY(close(optical.at(1, 10, 10), 0.189689));
        // Radiance 0.055375 × 131 + 1.18243 = 8.436555; 607.76 / 8.436555 + 1 = 73.038883, whose logarithm is
        // 4.290992; 1260.56 / 4.290992 = 293.7689 K.
        const float kelvin = read(scene, "thermal", {"thermal"}).at(0, 10, 10);
        QVERIFY2(std::abs(kelvin - 293.7689) < 1e-3, qPrintable(QString::number(kelvin)));
    }

    void theTimeOfAcquisitionIsKeptToTheSecond() {
        for (const auto notation : {MtlNotation::Text, MtlNotation::Json, MtlNotation::Xml}) {
            LandsatFixture fixture = landsat5();
            fixture.notation = notation;
            fixture.attributes["SCENE_CENTER_TIME"] = "17:58:52.6952310Z";
            const Scene scene = opened({writeLandsat(folder("time"), fixture)});
            QCOMPARE(scene.time, std::string("17:58:52"));
            QCOMPARE(fromJson(toJson(scene)).time, scene.time);
        }
    }

    void theGapsOfLandsat7AreNoData() {
        LandsatFixture fixture = landsat7();
        // A stripe of zeros, and beside it one that only QA_PIXEL calls fill; shadows of cloud over the rest.
        fixture.number = [](const std::string& key, int column, int) {
            return column >= 10 && column < 14 ? 0 : key == "BAND_6_VCID_1" ? 120 : 90;
        };
        fixture.quality = [](int column, int) {
            return column >= 10 && column < 16 ? 1 : 21824 | 1 << 3 | 1 << 4;
        };
        const Scene scene = opened({writeLandsat(folder("etm"), fixture)});
        QVERIFY(scene.time.empty()); // these metadata tell none
        QCOMPARE(scene.sensor, std::string("Landsat 7 ETM+"));
        QVERIFY(says(allNotes(scene), "scan line corrector"));
        const Image<float> optical = read(scene, "optical", {"blue", "swir2"});
        const Image<float> thermal = read(scene, "thermal", {"thermal"});
        for (int column = 0; column < 40; ++column) {
            const bool gap = column >= 10 && column < 16;
            QCOMPARE(std::isnan(optical.at(0, 5, column)), gap);
            QCOMPARE(std::isnan(optical.at(1, 5, column)), gap);
            QCOMPARE(std::isnan(thermal.at(0, 5, column)), gap);
        }
        // sin(27.27823054°) = 0.458312; (1.1624e-3 × 90 − 0.010417) / 0.458312 = 0.094199 / 0.458312 =
        // 0.205535.
        QVERIFY(close(optical.at(0, 5, 20), 0.205535));
        // Band 6 of low gain (VCID_1): 0.067087 × 120 − 0.06709 = 7.98335; ln(666.09 / 7.98335 + 1)
        // = 4.435981; 1282.71 / 4.435981 = 289.1604 K.
        QVERIFY(std::abs(thermal.at(0, 5, 20) - 289.1604) < 1e-3);
    }

    void noGapLeaksIntoACoarserOrWarpedView() {
        LandsatFixture fixture = landsat7();
        fixture.number = [](const std::string&, int column, int) { return column % 8 < 3 ? 0 : 90; };
        fixture.quality = [](int column, int) { return column % 8 < 3 ? 1 : 21824; };
        const Scene scene = opened({writeLandsat(folder("stripes"), fixture)});
        geo::Grid shifted = scene.grid.window(2, 2, 30, 30);
        shifted.left += 11;
        for (const geo::Grid& grid : {scene.grid.atPixelSize(90), shifted}) {
            const Image<float> blue = read(scene, "optical", {"blue"}, grid);
            int there = 0;
            for (const float value : blue.values()) {
                // A zero that went into the mean would have given less than the one value there is.
                QVERIFY(std::isnan(value) || close(value, 0.205535));
                there += std::isnan(value) ? 0 : 1;
            }
            QVERIFY(there > 0);
        }
    }

    void landsat8IsReadByItsOwnBands() {
        LandsatFixture fixture = landsat8();
        fixture.number = [](const std::string& key, int, int) {
            return key == "BAND_10" ? 24000 : key == "BAND_2" ? 12345 : key == "BAND_7" ? 30000 : 20000;
        };
        const Scene scene = opened({writeLandsat(folder("oli"), fixture)});
        QCOMPARE(scene.sensor, std::string("Landsat 8 OLI/TIRS"));
        QVERIFY(says(allNotes(scene), "L1GT"));
        QVERIFY(close(*scene.sunAzimuth, 154.93217715));
        // sin(31.34122018°) = 0.520134; (2e-5 × 12345 − 0.1) / 0.520134 = 0.1469 / 0.520134 = 0.282427;
        // (2e-5 × 30000 − 0.1) / 0.520134 = 0.5 / 0.520134 = 0.961291.
        const Image<float> optical = read(scene, "optical", {"blue", "swir2"});
        QVERIFY(close(optical.at(0, 1, 1), 0.282427));
        QVERIFY(close(optical.at(1, 1, 1), 0.961291));
        // 3.342e-4 × 24000 + 0.1 = 8.1208; ln(774.8853 / 8.1208 + 1) = 4.568712; 1321.0789 / 4.568712 =
        // 289.1579 K.
        QVERIFY(std::abs(read(scene, "thermal", {"thermal"}).at(0, 1, 1) - 289.1579) < 1e-3);
    }

    void surfaceReflectanceOpensByItsOwnFactorsWithANote() {
        LandsatFixture fixture = landsat9Surface();
        fixture.number = [](const std::string& key, int, int) {
            return key == "BAND_ST_B10" ? 40000 : 15000;
        };
        const Scene scene = opened({writeLandsat(folder("l2"), fixture)});
        QVERIFY(says(allNotes(scene), "top of the atmosphere"));
        // 2.75e-5 × 15000 − 0.2 = 0.2125, not divided by the sun; 0.00341802 × 40000 + 149 = 285.7208 K.
        QVERIFY(close(read(scene, "optical", {"red"}).at(0, 1, 1), 0.2125));
        QVERIFY(std::abs(read(scene, "thermal", {"thermal"}).at(0, 1, 1) - 285.7208) < 1e-3);
        QVERIFY(!says(allNotes(opened({writeLandsat(folder("l1"), landsat8())})), "top of the atmosphere"));
    }

    void cloudFlagsAreALayerAndTakeNoPixelsAway() {
        LandsatFixture fixture = landsat8();
        fixture.number = [](const std::string&, int, int) { return 20000; };
        fixture.quality = [](int column, int row) {
            return row == 0 ? 1 : column < 10 ? 1 << 3 : column < 20 ? 1 << 4 : column < 30 ? 1 << 5 : 1 << 2;
        };
        const Scene scene = opened({writeLandsat(folder("qa"), fixture)});
        const Image<float> flags = read(scene, "quality", {"cloud", "cloud_shadow", "snow", "cirrus"});
        for (int band = 0; band < 4; ++band) {
            for (int column = 0; column < 40; ++column) {
                QCOMPARE(flags.at(band, 7, column), column / 10 == band ? 1.0F : 0.0F);
            }
        }
        const Image<float> red = read(scene, "optical", {"red"});
        for (int column = 0; column < 40; ++column) {
            QVERIFY(!std::isnan(red.at(0, 7, column)));
            QVERIFY(std::isnan(red.at(0, 0, column)));
        }
    }

    void allThreeNotationsSayTheSame() {
        LandsatFixture fixture = landsat8();
        fixture.number = [](const std::string&, int, int) { return 12345; };
        std::vector<Scene> scenes;
        for (const MtlNotation notation : {MtlNotation::Text, MtlNotation::Json, MtlNotation::Xml}) {
            fixture.notation = notation;
            const auto parent = folder("notations") / std::to_string(static_cast<int>(notation));
            scenes.push_back(opened({writeLandsat(parent, fixture)}));
            QVERIFY(close(read(scenes.back(), "optical", {"blue"}).at(0, 3, 3), 0.282427));
        }
        for (const Scene& scene : scenes) {
            QCOMPARE(scene.name, scenes[0].name);
            QCOMPARE(scene.date, scenes[0].date);
            QCOMPARE(scene.rasters.size(), scenes[0].rasters.size());
        }
    }

    void aTarIsReadWhereItLies() {
        LandsatFixture fixture = landsat8();
        fixture.number = [](const std::string&, int, int) { return 12345; };
        const auto product = writeLandsat(folder("tar"), fixture);
        const auto tar = folder("tar") / (fixture.name + ".tar");
        pack(product, tar, false);
        std::filesystem::remove_all(product);
        const Scene scene = opened({tar});
        QVERIFY(scene.rasters[0].file.starts_with("/vsitar/"));
        QVERIFY(close(read(scene, "optical", {"blue"}).at(0, 3, 3), 0.282427));
        QVERIFY(!std::filesystem::exists(product)); // nothing was unpacked
        saveScene(scene, folder("tar") / "scene.json");
        const Scene again = loadScene(folder("tar") / "scene.json");
        QVERIFY(close(read(again, "optical", {"blue"}).at(0, 3, 3), 0.282427));
        QVERIFY(close(read(fromJson(toJson(again)), "thermal", {"thermal"}).at(0, 3, 3),
                      read(scene, "thermal", {"thermal"}).at(0, 3, 3)));
    }

    void itsMetadataFileMeansTheProduct() {
        const auto product = writeLandsat(folder("file"), landsat8());
        const Scene scene = opened({product / (landsat8().name + "_MTL.txt")});
        QCOMPARE(scene.name, landsat8().name);
    }

    void southernScenesInNorthernUtmKeepTheirGrid() {
        // As USGS delivers them: zone 17 north, upper left corner at 416700 E, 1014300 m south of the
        // equator.
        LandsatFixture fixture = landsat5();
        fixture.crs = "EPSG:32617";
        fixture.transform = {416700, 30, 0, -1014300, 0, -30};
        fixture.number = [](const std::string&, int, int) { return 100; };
        const auto product = writeLandsat(folder("south"), fixture);
        TiffFixture dem{.columns = 100, .rows = 100, .crs = "EPSG:4326"};
        dem.transform = {-81.76, 0.0003, 0, -9.17, 0, -0.0003};
        dem.value = [](int, int column, int) { return 4000 + column; };
        writeTiff(folder("south") / "dem.tif", dem);
        const Scene scene = openScene({product.string(), (folder("south") / "dem.tif").string()}, {}).scene;
        QCOMPARE(scene.grid.crs.epsg(), std::optional<int>(32617));
        QCOMPARE(scene.grid.top, -1014300.0);
        QVERIFY(close(read(scene, "optical", {"blue"}).at(0, 20, 20), 0.145358));
        const Image<float> heights = read(scene, "dem", {"elevation", "slope"});
        QVERIFY(heights.at(0, 20, 20) > 3999 && heights.at(0, 20, 20) < 4101);
        QVERIFY(!std::isnan(heights.at(1, 20, 20)));
        QVERIFY(geo::defaultProjectCrs(scene.grid.crs, scene.grid.extent()) == scene.grid.crs);
    }

    void polarScenesKeepTheirGrid() {
        for (const char* crs : {"EPSG:3031", "EPSG:3413"}) {
            LandsatFixture fixture = landsat8();
            fixture.crs = crs;
            fixture.transform = {733800, 30, 0, 494400, 0, -30};
            fixture.number = [](const std::string&, int, int) { return 12345; };
            const Scene scene = opened({writeLandsat(folder(crs + 5), fixture)});
            QCOMPARE(scene.grid.left, 733800.0);
            QCOMPARE(scene.grid.pixelSize, 30.0);
            QVERIFY(close(read(scene, "optical", {"blue"}).at(0, 20, 20), 0.282427));
        }
    }

    void unusableProductsAreRefusedWithAReason() {
        LandsatFixture mss = landsat5();
        mss.name = "LM05_L1GS_001001_19850524_20210918_02_T2";
        mss.sensor = "MSS";
        const std::string scanner = messageOf([&] { opened({writeLandsat(folder("mss"), mss)}); });
        QVERIFY2(says(scanner, "MSS") && says(scanner, "shortwave"), scanner.c_str());
        LandsatFixture night = landsat8();
        night.sunElevation = "-12.5";
        QVERIFY(says(messageOf([&] { opened({writeLandsat(folder("night"), night)}); }), "night"));
        const auto old = folder("old");
        writeText(old / "LC08_L1TP_007059_20161115_20170318_01_T2_MTL.txt",
                  "GROUP = L1_METADATA_FILE\n  GROUP = METADATA_FILE_INFO\n    COLLECTION_NUMBER = 01\n"
                  "  END_GROUP = METADATA_FILE_INFO\nEND_GROUP = L1_METADATA_FILE\nEND\n");
        QVERIFY(says(messageOf([&] { opened({old}); }), "Collection 2"));
    }

    void damagedProductsAreRefusedByWhatIsWrong() {
        const auto missing = writeLandsat(folder("missing"), landsat8());
        std::filesystem::remove(missing / (landsat8().name + "_B5.TIF"));
        QVERIFY(says(messageOf([&] { opened({missing}); }), "_B5.TIF"));

        const auto sizes = writeLandsat(folder("sizes"), landsat8());
        // Removed first: GDAL deletes the metadata file with the band that it overwrites.
        std::filesystem::remove(sizes / (landsat8().name + "_B6.TIF"));
        writeTiff(sizes / (landsat8().name + "_B6.TIF"), {.columns = 20, .rows = 20, .type = GDT_UInt16});
        const std::string different = messageOf([&] { opened({sizes}); });
        QVERIFY2(says(different, "different sizes") && says(different, "_B6.TIF") &&
                     says(different, "20 by 20"),
                 different.c_str());

        const auto empty = writeLandsat(folder("empty"), landsat8());
        std::filesystem::resize_file(empty / (landsat8().name + "_B4.TIF"), 0);
        QVERIFY(says(messageOf([&] { opened({empty}); }), "_B4.TIF"));

        for (const char* wrong : {"abc", "", "1e999", "nan", "0,5", "31.3 degrees"}) {
            LandsatFixture fixture = landsat8();
            fixture.sunElevation = wrong;
            const std::string message = messageOf([&] { opened({writeLandsat(folder("number"), fixture)}); });
            QVERIFY2(says(message, "SUN_ELEVATION") && says(message, "_MTL.txt"), message.c_str());
            QCOMPARE(std::count(message.begin(), message.end(), '\n'), 0);
        }
        LandsatFixture climbing = landsat8();
        climbing.files["BAND_2"] = "x/../../../B2";
        std::filesystem::create_directories(folder("climb") / climbing.name / (climbing.name + "_x"));
        QVERIFY(says(messageOf([&] {
                         std::filesystem::create_directories(folder("climb"));
                         opened({writeLandsat(folder("climb"), climbing)});
                     }),
                     "no file beside it"));
    }

    void everyTruncationOfTheMetadataIsRefused() {
        for (const MtlNotation notation : {MtlNotation::Text, MtlNotation::Json, MtlNotation::Xml}) {
            LandsatFixture fixture = landsat8();
            const std::string text =
                mtlText({{"PRODUCT_CONTENTS", {{"A", "1"}, {"B", "x"}}}, {"C", {{"D", "2"}}}}, notation);
            QVERIFY(products::Mtl::parse(text, "m").number("C", "D") == 2);
            const std::size_t whole = text.find_last_of(notation == MtlNotation::Json  ? "}"
                                                        : notation == MtlNotation::Xml ? ">"
                                                                                       : "F");
            for (std::size_t size = 0; size < whole - 4; size += 3) {
                QVERIFY(!messageOf([&] { products::Mtl::parse(text.substr(0, size), "m"); }).empty());
            }
        }
    }

    void twoScenesInOneFolderAreAQuestion() {
        const auto product = writeLandsat(folder("two"), landsat8());
        std::filesystem::copy_file(product / (landsat8().name + "_MTL.txt"), product / "LC08_other_MTL.txt");
        QVERIFY(says(messageOf([&] { opened({product}); }), "several Landsat scenes"));
        const auto older = writeLandsat(folder("two"), landsat5());
        QVERIFY(says(messageOf([&] {
                         std::filesystem::remove(product / "LC08_other_MTL.txt");
                         openScene({product.string(), older.string()}, {});
                     }),
                     "one after the other"));
    }

    void eachNotationAloneIsEnoughWhateverItIsCalled() {
        LandsatFixture fixture = landsat8();
        fixture.number = [](const std::string&, int, int) { return 12345; };
        int count = 0;
        for (const auto& [notation, ending] : std::vector<std::pair<MtlNotation, std::string>>{
                 {MtlNotation::Text, "txt"}, {MtlNotation::Json, "json"}, {MtlNotation::Xml, "xml"}}) {
            fixture.notation = notation;
            const auto product = writeLandsat(folder("alone") / std::to_string(++count), fixture);
            const auto usual = product / (fixture.name + "_MTL." + ending);
            QCOMPARE(opened({usual}).name, fixture.name);
            const auto other = product / ("metadata." + ending);
            std::filesystem::rename(usual, other);
            const Scene scene = opened({other});
            QCOMPARE(scene.name, fixture.name);
            QVERIFY(close(read(scene, "optical", {"blue"}).at(0, 3, 3), 0.282427));
        }
    }

    void filesThatWereRenamedAreFoundByTheirEnds() {
        LandsatFixture fixture = landsat8();
        fixture.number = [](const std::string&, int, int) { return 12345; };
        const auto product = writeLandsat(folder("ends"), fixture);
        std::vector<std::filesystem::path> files;
        for (const auto& file : std::filesystem::directory_iterator(product)) {
            files.push_back(file.path());
        }
        for (const auto& file : files) {
            const std::string end = file.filename().string().substr(fixture.name.size());
            std::filesystem::rename(file, product / ("glacier" + end));
        }
        const Scene scene = opened({product});
        QVERIFY(close(read(scene, "optical", {"blue"}).at(0, 3, 3), 0.282427));
    }

    void factorsThatTheFilesSayAsWellAreAppliedOnce() {
        LandsatFixture fixture = landsat9Surface();
        fixture.number = [](const std::string&, int, int) { return 15000; };
        const auto product = writeLandsat(folder("once"), fixture);
        for (const char* band : {"SR_B2", "SR_B3", "SR_B4", "SR_B5", "SR_B6", "SR_B7"}) {
            const auto file = product / (fixture.name + "_" + band + ".TIF");
            GDALDatasetH dataset = GDALOpen(file.c_str(), GA_Update);
            GDALSetRasterScale(GDALGetRasterBand(dataset, 1), 2.75e-5);
            GDALSetRasterOffset(GDALGetRasterBand(dataset, 1), -0.2);
            GDALClose(dataset);
        }
        QVERIFY(close(read(opened({product}), "optical", {"red"}).at(0, 3, 3), 0.2125));
    }

    void whatLiesBesideAProductIsNamedUnlessItIsGiven() {
        const auto product = writeLandsat(folder("beside"), landsat8());
        TiffFixture dem{.columns = 60, .rows = 60};
        dem.transform = {599400, 30, 0, 5200600, 0, -30};
        dem.value = [](int, int, int) { return 2500; };
        writeTiff(product / "dem.tif", dem);
        QVERIFY(says(allNotes(opened({product})), "dem.tif lies in the folder of a product"));
        const Scene both = opened({product, product / "dem.tif"});
        QVERIFY(!says(allNotes(both), "lies in the folder"));
        QVERIFY(both.hasBand("dem", "elevation"));
    }
};

QTEST_APPLESS_MAIN(LandsatTest)
#include "landsat_test.moc"
