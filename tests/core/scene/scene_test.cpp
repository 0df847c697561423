// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "core/raster/raster_fixtures.h"
#include "scene/scene.h"

#include <QtTest>

#include <algorithm>
#include <fstream>
#include <set>

using namespace nunatak;
using namespace nunatak::scene;
using namespace nunatak::tests;

namespace {

std::string messageOf(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

bool says(const std::string& message, const std::string& part) {
    return message.find(part) != std::string::npos;
}

std::string allNotes(const Scene& scene) {
    std::string text;
    for (const std::string& note : scene.notes) {
        text += note + "\n";
    }
    return text;
}

Scene made(const std::vector<RasterArgument>& rasters) {
    return sceneFromRasters(rasters, "test", "2020-08-20", "Sentinel-2");
}

} // namespace

class SceneTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::filesystem::path folder() const { return m_folder.path().toStdString(); }
    std::string at(const char* name) const { return (folder() / name).string(); }

    void writeJson(const std::string& text) { std::ofstream(folder() / "scene.json") << text; }

private Q_SLOTS:
    void initTestCase() {
        const auto reflectance = [](int b, int c, int r) { return 200 + b * 500 + (c + r) % 100; };
        writeTiff(at("six.tif"),
                  {.columns = 100, .rows = 80, .bands = 6, .type = GDT_UInt16, .value = reflectance});
        writeTiff(at("rgb.tif"),
                  {.columns = 100, .rows = 80, .bands = 3, .type = GDT_Byte, .value = reflectance});
        writeTiff(at("nir.tif"), {.columns = 100, .rows = 80, .type = GDT_Byte, .value = reflectance});
        TiffFixture dem{.columns = 260, .rows = 200, .type = GDT_Int16, .crs = "EPSG:4326"};
        dem.transform = {10.25, 0.0005, 0, 46.98, 0, -0.0005};
        dem.value = [](int, int c, int r) { return 2000 + c + r; };
        writeTiff(at("dem.tif"), dem);
        dem.columns = 165; // ends in the middle of the scene
        writeTiff(at("half_dem.tif"), dem);
        dem.columns = 260;
        dem.transform[0] = 30;
        writeTiff(at("far_dem.tif"), dem);
        writeTiff(at("nowhere.tif"),
                  {.columns = 100, .rows = 80, .bands = 3, .crs = "", .hasTransform = false});
        std::ofstream(at("text.tif")) << "no raster";
    }

    void threeUnnamedBandsAreRedGreenAndBlueAndThatIsSaid() {
        const Scene scene = made({{"optical", at("rgb.tif")}});
        QCOMPARE(scene.bands("optical"), (std::vector<std::string>{"red", "green", "blue"}));
        QCOMPARE(scene.rasters[0].bands, (std::vector<int>{1, 2, 3}));
        QVERIFY2(says(allNotes(scene), "rgb.tif: bands taken as red, green, blue"), allNotes(scene).c_str());
        QVERIFY(says(allNotes(scene), "not reflectance"));
        QVERIFY(says(allNotes(scene), "no elevation model"));
        QCOMPARE(scene.rasters[0].scale, 1.0);
    }

    void typedNamesAreTaken() {
        const Scene scene = made({{"optical", at("rgb.tif") + ":Red,green,blue"},
                                  {"optical", at("nir.tif") + ":nir"},
                                  {"dem", at("dem.tif")}});
        QCOMPARE(scene.bands("optical"), (std::vector<std::string>{"red", "green", "blue", "nir"}));
        QVERIFY(scene.hasBand("dem", "elevation"));
        QVERIFY(!scene.hasBand("dem", "slope"));
        QVERIFY(!scene.hasBand("optical", "swir1"));
        QVERIFY2(!says(allNotes(scene), "taken as"), allNotes(scene).c_str());
        QCOMPARE(scene.date, std::string("2020-08-20"));
        QCOMPARE(scene.id.size(), std::size_t(36));
        QVERIFY(made({{"optical", at("rgb.tif")}}).id != scene.id);
    }

    void sixBandsAreReflectanceWhenTheirNumbersSaySo() {
        const Scene scene = made({{"optical", at("six.tif")}, {"dem", at("dem.tif") + ":elevation"}});
        QCOMPARE(scene.bands("optical"),
                 (std::vector<std::string>{"blue", "green", "red", "nir", "swir1", "swir2"}));
        QCOMPARE(scene.rasters[0].scale, 0.0001);
        QVERIFY(says(allNotes(scene), "reflectance times 10,000"));
    }

    void descriptionsAndColoursGoBeforeTheOrder() {
        writeTiff(at("described.tif"), {.columns = 100, .rows = 80, .bands = 4, .finish = [](GDALDatasetH d) {
                                            GDALSetDescription(GDALGetRasterBand(d, 1), "SWIR16");
                                            GDALSetDescription(GDALGetRasterBand(d, 2), "quality");
                                            GDALSetDescription(GDALGetRasterBand(d, 3), "red");
                                            GDALSetDescription(GDALGetRasterBand(d, 4), "Green");
                                        }});
        const Scene described = made({{"optical", at("described.tif")}});
        QCOMPARE(described.bands("optical"), (std::vector<std::string>{"swir1", "red", "green"}));
        QCOMPARE(described.rasters[0].bands, (std::vector<int>{1, 3, 4}));
        QVERIFY(says(allNotes(described), "descriptions"));
        writeTiff(at("bgr.tif"),
                  {.columns = 100, .rows = 80, .bands = 3, .type = GDT_Byte, .finish = [](GDALDatasetH d) {
                       GDALSetRasterColorInterpretation(GDALGetRasterBand(d, 1), GCI_BlueBand);
                       GDALSetRasterColorInterpretation(GDALGetRasterBand(d, 2), GCI_GreenBand);
                       GDALSetRasterColorInterpretation(GDALGetRasterBand(d, 3), GCI_RedBand);
                   }});
        QCOMPARE(made({{"optical", at("bgr.tif")}}).bands("optical"),
                 (std::vector<std::string>{"blue", "green", "red"}));
    }

    void bandsThatCannotBeGuessedMustBeNamed() {
        const std::string message = messageOf([&] { made({{"optical", at("nir.tif")}}); });
        QVERIFY2(says(message, "nir.tif") && says(message, "Name them") && says(message, "swir2"),
                 message.c_str());
    }

    void bandsCanBeLeftOut() {
        const Scene scene = made({{"optical", at("rgb.tif") + ":-,green,-"}});
        QCOMPARE(scene.rasters[0].bands, (std::vector<int>{2}));
        const std::string tooFew = messageOf([&] { made({{"optical", at("rgb.tif") + ":red"}}); });
        QVERIFY2(says(tooFew, "3 bands") && says(tooFew, "rgb.tif"), tooFew.c_str());
        const std::string tooMany = messageOf([&] { made({{"optical", at("nir.tif") + ":nir,red"}}); });
        QVERIFY2(says(tooMany, "no band 2") && says(tooMany, "nir.tif"), tooMany.c_str());
    }

    void wrongNamesAreRefusedWithTheRightOnes() {
        const std::string feature = messageOf([&] { made({{"lidar", at("dem.tif")}}); });
        QVERIFY2(says(feature, "lidar") && says(feature, "co_pol_sar"), feature.c_str());
        const std::string band = messageOf([&] { made({{"optical", at("rgb.tif") + ":red,gren,blue"}}); });
        QVERIFY2(says(band, "gren") && says(band, "swir1"), band.c_str());
        const std::string twice = messageOf([&] {
            made({{"optical", at("rgb.tif")}, {"optical", at("nir.tif") + ":red"}});
        });
        QVERIFY2(says(twice, "\"red\"") && says(twice, "twice"), twice.c_str());
    }

    void badFilesAreNamed() {
        QVERIFY(says(messageOf([&] { made({{"optical", at("none.tif:red")}}); }), "none.tif"));
        QVERIFY(says(messageOf([&] { made({{"optical", at("text.tif")}}); }), "text.tif"));
        const std::string nowhere = messageOf([&] { made({{"optical", at("nowhere.tif")}}); });
        QVERIFY2(says(nowhere, "nowhere.tif") && says(nowhere, "no georeference"), nowhere.c_str());
        QVERIFY(!messageOf([&] { made({}); }).empty());
        for (const char* file : {"none.tif:red", "text.tif", "nowhere.tif"}) {
            const std::string message = messageOf([&] { made({{"optical", at(file)}}); });
            QCOMPARE(std::count(message.begin(), message.end(), '\n'), 0);
        }
    }

    void aFileWithAColonInItsNameIsFound() {
        std::filesystem::copy_file(at("nir.tif"), at("a:nir"));
        const Scene scene = made({{"optical", at("a:nir") + ":nir"}});
        QCOMPARE(scene.rasters[0].file, at("a:nir"));
        QVERIFY(says(messageOf([&] { made({{"optical", at("a:nir")}}); }), "Name them"));
    }

    void anElevationModelThatIsTooSmallIsUsedAndItsShareTold() {
        const std::string half = allNotes(made({{"optical", at("rgb.tif")}, {"dem", at("half_dem.tif")}}));
        QVERIFY2(says(half, " % of the scene has no heights") && !says(half, "100 %"), half.c_str());
        const std::string far = messageOf([&] {
            made({{"optical", at("rgb.tif")}, {"dem", at("far_dem.tif")}});
        });
        QVERIFY2(says(far, "lies elsewhere") && says(far, "far_dem.tif"), far.c_str());
        QVERIFY(!says(allNotes(made({{"optical", at("rgb.tif")}, {"dem", at("dem.tif")}})), "no heights"));
    }

    void rastersOfAnotherPlaceAreRefused() {
        writeTiff(at("elsewhere.tif"),
                  {.columns = 100, .rows = 80, .transform = {900000, 30, 0, 5200000, 0, -30}});
        const std::string message = messageOf([&] {
            made({{"optical", at("rgb.tif")}, {"optical", at("elsewhere.tif") + ":nir"}});
        });
        QVERIFY2(says(message, "elsewhere.tif") && says(message, "lies elsewhere"), message.c_str());
    }

    void aNorthUpUtmFileGivesTheSceneItsGrid() {
        const Scene scene = made({{"optical", at("rgb.tif")}, {"dem", at("dem.tif")}});
        QCOMPARE(scene.grid.left, 600000.0);
        QCOMPARE(scene.grid.top, 5200000.0);
        QCOMPARE(scene.grid.pixelSize, 30.0);
        QCOMPARE(scene.grid.columns, 100);
        QCOMPARE(scene.grid.rows, 80);
        QCOMPARE(scene.grid.crs.epsg(), std::optional<int>(32632));
    }

    void theFinestOpticalFileGivesTheGrid() {
        writeTiff(at("coarse.tif"),
                  {.columns = 50, .rows = 40, .bands = 1, .transform = {600000, 60, 0, 5200000, 0, -60}});
        const Scene scene = made({{"optical", at("coarse.tif") + ":swir1"}, {"optical", at("rgb.tif")}});
        QCOMPARE(scene.grid.pixelSize, 30.0);
        QCOMPARE(scene.grid.columns, 100);
    }

    void aGeographicFileGetsAGridInItsZone() {
        TiffFixture degrees{.columns = 200, .rows = 150, .bands = 3, .type = GDT_Byte, .crs = "EPSG:4326"};
        degrees.transform = {86.6, 0.0003, 0, 28.2, 0, -0.0003};
        writeTiff(at("degrees.tif"), degrees);
        const Scene scene = made({{"optical", at("degrees.tif")}});
        QCOMPARE(scene.grid.crs.epsg(), std::optional<int>(32645));
        // 0.0003° is 29.4 m to the east and 33.2 m to the north there.
        QVERIFY2(std::abs(scene.grid.pixelSize - 31.3) < 0.2,
                 qPrintable(QString::number(scene.grid.pixelSize)));
        const geo::CoordinateTransform toGrid(geo::Crs::fromUserInput("EPSG:4326"), scene.grid.crs);
        for (const geo::Point corner : {geo::Point{86.6, 28.2}, geo::Point{86.66, 28.2},
                                        geo::Point{86.6, 28.155}, geo::Point{86.66, 28.155}}) {
            QVERIFY(scene.grid.extent().contains(toGrid(corner)));
        }
    }

    void webMercatorIsNotKept() {
        writeTiff(at("web.tif"), {.columns = 100,
                                  .rows = 80,
                                  .bands = 3,
                                  .type = GDT_Byte,
                                  .crs = "EPSG:3857",
                                  .transform = {1200000, 30, 0, 5900000, 0, -30}});
        const Scene scene = made({{"optical", at("web.tif")}});
        QCOMPARE(scene.grid.crs.epsg(), std::optional<int>(32632));
        // 30 m of web Mercator are 20.6 m on the ground at 46.7° N.
        QVERIFY2(std::abs(scene.grid.pixelSize - 20.6) < 0.2,
                 qPrintable(QString::number(scene.grid.pixelSize)));
    }

    void aSouthUpFileKeepsItsCornerAndPixelSize() {
        writeTiff(at("south.tif"), {.columns = 100,
                                    .rows = 80,
                                    .bands = 3,
                                    .type = GDT_Byte,
                                    .transform = {600007, 30, 0, 5197600, 0, 30}});
        const Scene scene = made({{"optical", at("south.tif")}});
        QCOMPARE(scene.grid.left, 600007.0);
        QCOMPARE(scene.grid.top, 5200000.0);
        QCOMPARE(scene.grid.pixelSize, 30.0);
        QCOMPARE(scene.grid.rows, 80);
    }

    void sceneJsonIsWrittenAndReadAgain() {
        Scene scene = made({{"optical", at("six.tif")}, {"dem", at("dem.tif")}});
        scene.time = "10:05:32";
        saveScene(scene, folder() / "saved.json");
        std::ifstream in(folder() / "saved.json");
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        QVERIFY(says(text, "\"six.tif\"")); // beside it: relative
        const Scene again = loadScene(folder() / "saved.json");
        QCOMPARE(again.id, scene.id);
        QCOMPARE(again.name, scene.name);
        QCOMPARE(again.date, scene.date);
        QCOMPARE(again.time, scene.time);
        QCOMPARE(again.sensor, scene.sensor);
        QVERIFY(again.grid == scene.grid);
        QCOMPARE(again.notes, scene.notes);
        QCOMPARE(again.rasters.size(), scene.rasters.size());
        QCOMPARE(again.rasters[0].file, at("six.tif"));
        QCOMPARE(again.rasters[0].bandNames, scene.rasters[0].bandNames);
        QCOMPARE(again.rasters[0].scale, 0.0001);
        QVERIFY(says(messageOf([&] { saveScene(scene, folder() / "no" / "scene.json"); }), "does not exist"));
    }

    void aHandWrittenSceneNeedsLittle() {
        writeJson(R"({"format": "nunatak-scene", "version": 1, "date": "2020-08",
                      "rasters": [{"feature": "optical", "file": "rgb.tif", "bands": ["red", null, "blue"]},
                                  {"feature": "dem", "file": "dem.tif", "bands": ["elevation"]}]})");
        const Scene scene = loadScene(folder() / "scene.json");
        QCOMPARE(scene.rasters[0].bands, (std::vector<int>{1, 3}));
        QCOMPARE(scene.rasters[0].file, at("rgb.tif"));
        QCOMPARE(scene.grid.columns, 100);
        QVERIFY(!scene.id.empty());
        QVERIFY(!scene.name.empty());
    }

    void bandNumbersCountTheUnusedBandsToo() {
        const std::string head = R"({"format": "nunatak-scene", "version": 1, "rasters": [
            {"feature": "optical", "file": "six.tif", "bands": ["nir", null, "blue"], "band_numbers": )";
        const std::string tail = R"(}, {"feature": "dem", "file": "dem.tif", "bands": ["elevation"]}]})";
        writeJson(head + "[4, 2, 1]" + tail);
        const Scene scene = loadScene(folder() / "scene.json");
        QCOMPARE(scene.rasters[0].bandNames, (std::vector<std::string>{"nir", "blue"}));
        QCOMPARE(scene.rasters[0].bands, (std::vector<int>{4, 1}));
        writeJson(head + "[4, 1]" + tail);
        const std::string message = messageOf([&] { loadScene(folder() / "scene.json"); });
        QVERIFY2(says(message, "2 numbers for 3 bands"), message.c_str());
    }

    void damagedScenesAreRefusedWithTheirName_data() {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("part");
        const QString head = R"({"format": "nunatak-scene", "version": 1, "rasters": [)";
        QTest::newRow("no JSON") << "{\"format\": "
                                 << "not JSON";
        QTest::newRow("empty") << ""
                               << "not JSON";
        QTest::newRow("no number") << head + R"({"feature": "optical", "scale": NaN}]})"
                                   << "says NaN for \"scale\"";
        QTest::newRow("a list") << "[]"
                                << "object";
        QTest::newRow("foreign") << "{\"type\": \"Feature\"}"
                                 << "no scene";
        QTest::newRow("newer") << R"({"format": "nunatak-scene", "version": 9, "rasters": []})"
                               << "version 9";
        QTest::newRow("no rasters") << R"({"format": "nunatak-scene", "version": 1})"
                                    << "rasters";
        QTest::newRow("none") << head + "]}"
                              << "no rasters";
        QTest::newRow("no file") << head + R"({"feature": "optical", "bands": ["red"]}]})"
                                 << "\"file\"";
        QTest::newRow("feature") << head + R"({"feature": "x", "file": "rgb.tif", "bands": ["red"]}]})"
                                 << "\"x\"";
        QTest::newRow("band") << head + R"({"feature": "optical", "file": "rgb.tif", "bands": ["pink"]}]})"
                              << "pink";
        QTest::newRow("number") << head + R"({"feature": "optical", "file": "rgb.tif", "bands": [7]}]})"
                                << "bands";
        QTest::newRow("too many")
            << head + R"({"feature": "optical", "file": "nir.tif", "bands": ["red", "nir"]}]})"
            << "no band 2";
        QTest::newRow("conversion")
            << head +
                   R"({"feature": "optical", "file": "nir.tif", "bands": ["nir"], "conversion": "to gold"}]})"
            << "to gold";
        QTest::newRow("no K1") << head + R"({"feature": "thermal", "file": "nir.tif", "bands": ["thermal"],
                         "conversion": "brightness temperature", "k2": 1321}]})"
                               << "\"k1\"";
        QTest::newRow("no flags") << head +
                                         R"({"feature": "quality", "file": "nir.tif", "bands": ["cloud"]}]})"
                                  << "flags";
        QTest::newRow("a flag's bit")
            << head +
                   R"({"feature": "quality", "file": "nir.tif", "bands": ["cloud"], "flags": [{"bit": 40}]}]})"
            << "bit";
        QTest::newRow("a tile that is none")
            << head + R"({"feature": "optical", "file": "nir.tif", "bands": ["nir"], "tiles": [3]}]})"
            << "tiles";
        QTest::newRow("gone") << head + R"({"feature": "optical", "file": "gone.tif", "bands": ["red"]}]})"
                              << "gone.tif";
        QTest::newRow("date")
            << R"({"format": "nunatak-scene", "version": 1, "date": "8/7/2020", "rasters": []})"
            << "8/7/2020";
        QTest::newRow("a time that is none")
            << R"({"format": "nunatak-scene", "version": 1, "time": "25:00:00", "rasters": []})"
            << "25:00:00";
        QTest::newRow("twice")
            << head + R"({"feature": "optical", "file": "rgb.tif", "bands": ["red", "red", null]}]})"
            << "twice";
    }

    void damagedScenesAreRefusedWithTheirName() {
        QFETCH(QString, json);
        QFETCH(QString, part);
        writeJson(json.toStdString());
        const std::string message = messageOf([&] { loadScene(folder() / "scene.json"); });
        QVERIFY2(says(message, part.toStdString()), message.c_str());
        QCOMPARE(std::count(message.begin(), message.end(), '\n'), 0);
    }

    void everyTruncationOfASceneIsRefused() {
        saveScene(made({{"optical", at("rgb.tif")}}), folder() / "whole.json");
        std::ifstream in(folder() / "whole.json");
        std::string text{std::istreambuf_iterator<char>(in), {}};
        while (text.back() != '}') {
            text.pop_back();
        }
        for (std::size_t size = 0; size < text.size(); size += 13) {
            writeJson(text.substr(0, size));
            QVERIFY(!messageOf([&] { loadScene(folder() / "scene.json"); }).empty());
        }
        QVERIFY(says(messageOf([&] { loadScene(folder() / "never.json"); }), "never.json"));
        QVERIFY(says(messageOf([&] { loadScene(folder()); }), "cannot be read"));
    }

    void aProjectKeepsEverythingOfAScene() {
        const Scene scene = made({{"optical", at("six.tif")}, {"dem", at("dem.tif")}});
        const Scene again = fromJson(toJson(scene));
        QVERIFY(again.grid == scene.grid);
        QCOMPARE(again.rasters[1].file, scene.rasters[1].file);
        QCOMPARE(again.rasters[0].scale, scene.rasters[0].scale);
        QCOMPARE(again.rasters[0].columns, 100);
        QCOMPARE(again.rasters[0].fileBands, 6);
        QCOMPARE(again.id, scene.id);
        QCOMPARE(again.notes, scene.notes);
        QVERIFY(!messageOf([&] { fromJson("{}"); }).empty());
        QVERIFY(!messageOf([&] { fromJson(toJson(scene).substr(0, 200)); }).empty());
    }

    void aReplacedFileIsNoticed() {
        const std::string path = at("changing.tif");
        writeTiff(path, {.columns = 100, .rows = 80, .bands = 3, .type = GDT_Byte});
        const Scene scene = made({{"optical", path}});
        checkFiles(scene);
        writeTiff(path, {.columns = 100, .rows = 80, .bands = 4, .type = GDT_Byte});
        QVERIFY(says(messageOf([&] { checkFiles(scene); }), "4 bands instead of 3"));
        writeTiff(path, {.columns = 50, .rows = 80, .bands = 3, .type = GDT_Byte});
        QVERIFY(says(messageOf([&] { checkFiles(scene); }), "50 by 80"));
        std::filesystem::remove(path);
        QVERIFY(says(messageOf([&] { checkFiles(scene); }), "does not exist"));
    }

    void pathsOfGdalWorkWhereverARasterIsAskedFor() {
        // A variable that is called as a band is: the last colon still belongs to the path.
        TiffFixture dem{.columns = 120, .rows = 100};
        dem.transform = {599400, 30, 0, 5200300, 0, -30};
        dem.value = [](int, int c, int r) { return 2000 + c + r; };
        dem.finish = [](GDALDatasetH dataset) {
            GDALSetMetadataItem(GDALGetRasterBand(dataset, 1), "NETCDF_VARNAME", "elevation", nullptr);
        };
        writeTiff(at("plain.tif"), dem);
        GDALDatasetH source = GDALOpen(at("plain.tif").c_str(), GA_ReadOnly);
        GDALClose(GDALCreateCopy(GDALGetDriverByName("netCDF"), at("dem.nc").c_str(), source, FALSE, nullptr,
                                 nullptr, nullptr));
        GDALClose(source);
        const auto here = std::filesystem::current_path();
        std::filesystem::current_path(folder()); // paths that are not from the root are found again later
        for (const std::string& elevation :
             {std::string("NETCDF:\"dem.nc\":elevation"), std::string("NETCDF:dem.nc:elevation"),
              "NETCDF:\"" + at("dem.nc") + "\":elevation",
              "NETCDF:\"" + at("dem.nc") + "\":elevation:elevation", std::string("GTIFF_DIR:1:plain.tif"),
              std::string("plain.tif:elevation")}) {
            const Scene scene =
                made({{"optical", "GTIFF_DIR:1:six.tif:blue,green,red,nir,swir1,swir2"}, {"dem", elevation}});
            std::filesystem::current_path(here);
            const Scene again = fromJson(toJson(scene));
            QVERIFY2(messageOf([&] { checkFiles(again); }).empty(), elevation.c_str());
            QVERIFY2(again.hasBand("dem", "elevation") && again.hasBand("optical", "swir2"),
                     elevation.c_str());
            std::filesystem::current_path(folder());
        }
        std::filesystem::current_path(here);
        QVERIFY(says(messageOf([&] {
                         made({{"optical", at("six.tif")}, {"dem", "NETCDF:no.nc:elevation"}});
                     }),
                     "no.nc"));
    }
};

QTEST_APPLESS_MAIN(SceneTest)
#include "scene_test.moc"
