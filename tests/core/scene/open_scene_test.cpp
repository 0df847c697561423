// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scene/opening.h"
#include "core/scene/product_fixtures.h"
#include "raster/archive.h"
#include "scene/products/elevation.h"

#include <QtTest>

#include <fstream>
#include <limits>
#include <numbers>

using namespace nunatak;
using namespace nunatak::scene;
using namespace nunatak::tests;

class OpenSceneTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::filesystem::path at(const char* name) const {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }
    std::filesystem::path stack(const char* name, GDALDataType type, double value,
                                std::vector<std::string> bands = {}) const {
        TiffFixture fixture{
            .columns = 80, .rows = 60, .bands = bands.empty() ? 6 : static_cast<int>(bands.size())};
        fixture.type = type;
        fixture.value = [value](int band, int, int) { return value * band; };
        fixture.finish = [&](GDALDatasetH dataset) {
            for (std::size_t i = 0; i < bands.size(); ++i) {
                GDALSetDescription(GDALGetRasterBand(dataset, static_cast<int>(i) + 1), bands[i].c_str());
            }
        };
        writeTiff(at(name), fixture);
        return at(name);
    }
    /// Heights around stack's place in degrees; `void` where the function says so.
    std::filesystem::path dem(const char* name, const std::function<double(int, int)>& height,
                              const std::string& unit = "") const {
        TiffFixture fixture{.columns = 180, .rows = 140, .crs = "EPSG:4326"};
        fixture.transform = {10.28, 0.0004, 0, 46.97, 0, -0.0004};
        fixture.noData = -32768;
        fixture.value = [&](int, int column, int row) { return height(column, row); };
        fixture.finish = [&](GDALDatasetH dataset) {
            if (!unit.empty()) {
                GDALSetRasterUnitType(GDALGetRasterBand(dataset, 1), unit.c_str());
            }
        };
        writeTiff(at(name), fixture);
        return at(name);
    }

private Q_SLOTS:
    void theStorageOfReflectanceIsToldShownAndOverridden() {
        const Scene unit = opened({stack("unit.tif", GDT_Float32, 0.1)});
        QVERIFY(close(read(unit, "optical", {"red"}).at(0, 5, 5), 0.3));
        QVERIFY(says(allNotes(unit), "reflectance from 0 to 1"));
        const Scene whole = opened({stack("whole.tif", GDT_UInt16, 1000)});
        QVERIFY(close(read(whole, "optical", {"red"}).at(0, 5, 5), 0.3));
        QVERIFY(says(allNotes(whole), "times 10,000"));
        const Scene floating = opened({stack("floating.tif", GDT_Float32, 1000)});
        QVERIFY(close(read(floating, "optical", {"red"}).at(0, 5, 5), 0.3));
        const auto bytes = stack("bytes.tif", GDT_Byte, 40);
        QCOMPARE(read(opened({bytes}), "optical", {"red"}).at(0, 5, 5), 120.0F);
        QVERIFY(says(allNotes(opened({bytes})), "bytes"));
        OpenOptions options;
        options.reflectance = ReflectanceStorage::Bytes;
        QVERIFY(close(read(opened({bytes}, options), "optical", {"red"}).at(0, 5, 5), 120.0 / 255));
        options.reflectance = ReflectanceStorage::AsIs;
        QCOMPARE(read(opened({at("whole.tif")}, options), "optical", {"red"}).at(0, 5, 5), 3000.0F);
    }

    void numbersThatAreNoReflectanceOrNoneAreNotTakenForIt() {
        const auto negative = stack("negative.tif", GDT_Float32, -1000, {"blue", "green", "red"});
        QVERIFY(says(messageOf([&] { opened({negative}); }), "which are no reflectance"));
        OpenOptions options;
        options.reflectance = ReflectanceStorage::AsIs;
        QCOMPARE(read(opened({negative}, options), "optical", {"red"}).at(0, 5, 5), -3000.0F);
        const auto nothing = stack("nothing.tif", GDT_Float32, std::numeric_limits<double>::quiet_NaN());
        QVERIFY(says(allNotes(opened({nothing})), "all of it may be no data"));
    }

    void bandsAreCalledInSeveralWaysAndMeanTheSame() {
        for (const std::vector<std::string>& names :
             {std::vector<std::string>{"Blue", "Green", "Red", "NIR", "SWIR 1", "SWIR 2"},
              {"blue", "green", "red", "Near Infrared", "swir_1", "swir_2"},
              {"BLUE", "GREEN", "RED", "near-infrared", "SWIR-1", "Shortwave infrared 2"}}) {
            const Scene scene = opened({stack("called.tif", GDT_Float32, 0.1, names)});
            QCOMPARE(scene.bands("optical").size(), std::size_t{6});
            QVERIFY(close(read(scene, "optical", {"swir1"}).at(0, 5, 5), 0.5));
            QVERIFY(close(read(scene, "optical", {"swir2"}).at(0, 5, 5), 0.6));
        }
    }

    void pixelsThatFitNoSceneAreRefused() {
        const auto file = stack("size.tif", GDT_Float32, 0.1);
        OpenOptions options;
        for (const double size : {-1.0, std::numeric_limits<double>::quiet_NaN(),
                                  std::numeric_limits<double>::infinity(), 1e-9, 0.001, 1e9, 2000.0}) {
            options.pixelSize = size;
            QVERIFY2(!messageOf([&] { opened({file}, options); }).empty(), std::to_string(size).c_str());
        }
        options.pixelSize = 60;
        QCOMPARE(opened({file}, options).grid.columns, 40);
    }

    void oneBrokenPixelDoesNotChangeTheStorage() {
        TiffFixture fixture{.columns = 80, .rows = 60, .bands = 3};
        fixture.value = [](int, int column, int row) { return column == 40 && row == 30 ? 60000 : 0.4; };
        writeTiff(at("broken.tif"), fixture);
        QVERIFY(close(read(opened({at("broken.tif")}), "optical", {"red"}).at(0, 5, 5), 0.4));
    }

    void theFilesOwnScaleAndOffsetGoFirst() {
        TiffFixture fixture{.columns = 80, .rows = 60, .bands = 3, .type = GDT_UInt16};
        fixture.value = [](int, int, int) { return 15000; };
        fixture.finish = [](GDALDatasetH dataset) {
            for (int band = 1; band <= 3; ++band) {
                GDALSetRasterScale(GDALGetRasterBand(dataset, band), 2.75e-5);
                GDALSetRasterOffset(GDALGetRasterBand(dataset, band), -0.2);
            }
        };
        writeTiff(at("scaled.tif"), fixture);
        QVERIFY(close(read(opened({at("scaled.tif")}), "optical", {"red"}).at(0, 5, 5),
                      0.2125)); // as for Level-2
    }

    void bandsOfEarthEngineAreToldByTheirSet() {
        const Scene sentinel =
            opened({stack("s2.tif", GDT_UInt16, 100, {"B2", "B3", "B4", "B8", "B11", "B12"})});
        QVERIFY(close(read(sentinel, "optical", {"swir1"}).at(0, 5, 5), 0.05));
        QVERIFY(says(allNotes(sentinel), "Sentinel-2"));
        const Scene oli = opened(
            {stack("oli.tif", GDT_UInt16, 100, {"SR_B2", "SR_B3", "SR_B4", "SR_B5", "SR_B6", "SR_B7"})});
        QVERIFY(close(read(oli, "optical", {"nir"}).at(0, 5, 5), 0.04));
        const Scene tm =
            opened({stack("tm.tif", GDT_UInt16, 100, {"B1", "B2", "B3", "B4", "B5", "B6", "B7"})});
        QVERIFY(close(read(tm, "optical", {"swir2"}).at(0, 5, 5), 0.07));
        QVERIFY(close(read(tm, "optical", {"nir"}).at(0, 5, 5), 0.04));
    }

    void whatCannotBeToldIsAskedFor() {
        const auto four = stack("four.tif", GDT_UInt16, 1000, {"a", "b", "c", "d"});
        const OpenedScene question = openScene({four.string()}, {});
        QVERIFY(!question.complete);
        QCOMPARE(question.unknown.size(), std::size_t(1));
        QCOMPARE(question.unknown[0].bands, 4);
        OpenOptions options;
        options.rasters = {{"optical", four.string() + ":nir,red,green,-"}};
        const OpenedScene answered = openScene({four.string()}, options);
        QVERIFY(answered.complete);
        QCOMPARE(answered.scene.bands("optical"), (std::vector<std::string>{"nir", "red", "green"}));
    }

    void aFolderOfRastersIsOneScene() {
        const auto place = at("folder");
        std::filesystem::create_directories(place);
        std::filesystem::copy_file(stack("f.tif", GDT_UInt16, 1000), place / "optical.tif");
        std::filesystem::copy_file(dem("d.tif", [](int, int) { return 2500; }), place / "copernicus_dem.tif");
        writeText(place / "readme.txt", "no raster");
        const Scene scene = opened({place});
        QVERIFY(scene.hasBand("optical", "swir2") && scene.hasBand("dem", "elevation"));
        const auto nothing = at("nothing");
        writeText(nothing / "readme.txt", "no raster");
        QVERIFY(says(messageOf([&] { opened({nothing}); }), "nothing that is known"));
        QVERIFY(says(messageOf([&] { opened({at("absent")}); }), "does not exist"));
    }

    void heightsInFeetBecomeMetres() {
        const auto optical = stack("o.tif", GDT_UInt16, 1000);
        const auto feet = dem(
            "dem_feet.tif", [](int, int) { return 10000; }, "ft");
        const Scene scene = opened({optical, feet});
        QVERIFY(close(read(scene, "dem", {"elevation"}).at(0, 30, 30), 3048, 0.01)); // 10,000 × 0.3048
        QVERIFY(says(allNotes(scene), "feet"));
        const auto survey = dem(
            "dem_survey.tif", [](int column, int) { return 10000 + column; }, "US survey foot");
        QVERIFY(close(products::metresPerHeight(raster::RasterReader(survey.string()).info()), 1200.0 / 3937,
                      1e-12));
    }

    void whatHeightsCountFromIsRecorded() {
        const auto optical = stack("o.tif", GDT_UInt16, 1000);
        const auto flat = [](int, int) { return 2500; };
        const auto referenceOf = [&](const char* name) {
            return opened({optical, dem(name, flat)}).rasters.back().heightReference;
        };
        QCOMPARE(referenceOf("Copernicus_DSM_COG_10_N46_00_E010_00_DEM.tif"),
                 std::string("orthometric (EGM2008)"));
        QCOMPARE(referenceOf("rema_mosaic_dem.tif"), std::string("ellipsoidal (WGS 84)"));
        QCOMPARE(referenceOf("my_dem.tif"), std::string());
        QVERIFY(says(allNotes(opened({optical, at("my_dem.tif")})), "unknown reference"));
        // A file whose system says it: its horizontal part is used, its vertical one recorded.
        TiffFixture fixture{.columns = 200, .rows = 160, .crs = "EPSG:32632+5773"};
        fixture.transform = {599000, 30, 0, 5201000, 0, -30};
        fixture.value = [](int, int column, int) { return 30.0 * column; };
        writeTiff(at("compound.tif"), fixture);
        const Scene scene = opened({optical, at("compound.tif")});
        QCOMPARE(scene.rasters.back().heightReference, std::string("orthometric (EGM96 height)"));
        QVERIFY(close(read(scene, "dem", {"slope"}).at(0, 30, 30), 45, 0.01));
        QVERIFY(opened({at("compound.tif")}).grid.crs.isUtmOrPolarStereographic());
    }

    void voidsAreFilledWhenReadAndMarked() {
        // A slope with a hole of 12 postings in it.
        const auto height = [](int column, int row) {
            return std::hypot(column - 100, row - 85) < 6 ? -32768.0 : 2000.0 + 5 * column;
        };
        const Scene scene = opened({stack("o.tif", GDT_UInt16, 1000), dem("dem_void.tif", height)});
        QVERIFY(says(allNotes(scene), "has no heights"));
        const Image<float> values = read(scene, "dem", {"void", "slope"});
        const Image<float> heights = read(scene, "dem", {"elevation"});
        int voids = 0;
        int column0 = 0; // a place in the void
        int row0 = 0;
        for (std::size_t i = 0; i < heights.bandSize(); ++i) {
            if (values.band(0)[i] == 1) {
                column0 = static_cast<int>(i) % heights.columns();
                row0 = static_cast<int>(i) / heights.columns();
            }
            QVERIFY(heights.band(0)[i] > 1990 && heights.band(0)[i] < 2900);
            QVERIFY(!std::isnan(values.band(1)[i]) && values.band(1)[i] < 60);
            voids += values.band(0)[i] == 1 ? 1 : 0;
        }
        QVERIFY2(voids > 50 && voids < 1000, qPrintable(QString::number(voids)));
        // A part of it holds what the whole holds there, also one that begins or ends within the void.
        for (const auto& [left, up] :
             {std::pair{2, 2}, std::pair{8, 1}, std::pair{1, 8}, std::pair{19, 19}}) {
            const int column = column0 - left;
            const int row = row0 - up;
            const Image<float> part =
                read(scene, "dem", {"elevation"}, scene.grid.window(column, row, 20, 20));
            for (int r = 0; r < 20 && row + r < heights.rows(); ++r) {
                for (int c = 0; c < 20 && column + c < heights.columns(); ++c) {
                    QVERIFY(same(part.at(0, r, c), heights.at(0, row + r, column + c)));
                }
            }
        }
    }

    void tilesOfAnElevationModelAreOne() {
        const auto optical = stack("o.tif", GDT_UInt16, 1000);
        TiffFixture tile{.columns = 90, .rows = 140, .crs = "EPSG:4326"};
        tile.noData = -32768;
        tile.transform = {10.28, 0.0004, 0, 46.97, 0, -0.0004};
        tile.value = [](int, int column, int) { return 2000 + column; };
        writeTiff(at("srtm_west.tif"), tile);
        tile.transform[0] += 90 * 0.0004;
        tile.value = [](int, int column, int) { return 2090 + column; };
        writeTiff(at("srtm_east.tif"), tile);
        QVERIFY(says(allNotes(opened({optical, at("srtm_west.tif")})), "has no heights"));
        const Scene scene = opened({optical, at("srtm_west.tif"), at("srtm_east.tif")});
        const Image<float> both = read(scene, "dem", {"elevation", "slope"});
        const auto whole = dem("dem_whole.tif", [](int column, int) { return 2000 + column; });
        const Image<float> one = read(opened({optical, whole}), "dem", {"elevation", "slope"});
        for (std::size_t i = 0; i < both.values().size(); ++i) {
            QVERIFY(close(both.values()[i], one.values()[i], 1e-3));
        }
        saveScene(scene, at("tiles.json"));
        const Image<float> again = read(loadScene(at("tiles.json")), "dem", {"elevation"});
        QVERIFY(same(again.at(0, 7, 7), both.at(0, 7, 7)));
        std::filesystem::remove(at("srtm_east.tif"));
        QVERIFY(says(messageOf([&] { checkFiles(scene); }), "srtm_east.tif"));
    }

    void archivesThatClimbOutAreRefused() {
        for (const char* name : {"../evil.tif", "/etc/evil.tif", "a/../../evil.tif", "a\\..\\evil.tif"}) {
            for (const char* archive : {"climb.tar", "climb.zip"}) {
                packOne(at(archive), name);
                const std::string message = messageOf([&] { opened({at(archive)}); });
                QVERIFY2(says(message, "leads out of its folder") && says(message, archive), message.c_str());
            }
        }
        QVERIFY(!std::filesystem::exists(at("evil.tif")));
        packOne(at("sound.tar"), "a..b/x.txt");
        raster::checkArchive(at("sound.tar").string());
    }

    void truncatedArchivesAreRefused() {
        const auto product = writeLandsat(at("cut"), landsat8());
        for (const char* name : {"cut.tar", "cut.zip"}) {
            pack(product, at(name), false);
            const auto whole = std::filesystem::file_size(at(name));
            for (const double share : {0.0, 0.01, 0.5, 0.9}) {
                pack(product, at(name), false);
                std::filesystem::resize_file(at(name),
                                             static_cast<std::uintmax_t>(share * static_cast<double>(whole)));
                QVERIFY(!messageOf([&] { opened({at(name)}); }).empty());
            }
        }
    }

    void aMetadataFileThatUnpacksToGigabytesIsNotReadToItsEnd() {
        // 300 MB of spaces are 300 kB in the archive.
        const auto place = at("bomb");
        std::filesystem::create_directories(place);
        std::ofstream file(place / "LC08_X_MTL.txt");
        const std::string megabyte(1 << 20, ' ');
        for (int i = 0; i < 300; ++i) {
            file << megabyte;
        }
        file.close();
        pack(place, at("bomb.zip"), false);
        QVERIFY(std::filesystem::file_size(at("bomb.zip")) < (1 << 20));
        const std::string message = messageOf([&] { opened({at("bomb.zip")}); });
        QVERIFY2(says(message, "larger than 64 MB"), message.c_str());
    }

    void badRastersAreNamed() {
        TiffFixture zero{.columns = 20, .rows = 20, .bands = 3};
        zero.transform = {600000, 0, 0, 5200000, 0, 0};
        writeTiff(at("zero.tif"), zero);
        QVERIFY(says(messageOf([&] { opened({at("zero.tif")}); }), "zero.tif"));
        TiffFixture infinite{.columns = 40, .rows = 40, .bands = 3};
        infinite.value = [](int band, int column, int) {
            return column < 10   ? std::numeric_limits<double>::infinity()
                   : column < 20 ? -std::numeric_limits<double>::infinity()
                   : column < 30 ? std::numeric_limits<double>::quiet_NaN()
                                 : 0.1 * band;
        };
        writeTiff(at("infinite.tif"), infinite);
        const Image<float> values = read(opened({at("infinite.tif")}), "optical", {"red"});
        for (int column = 0; column < 40; ++column) {
            QCOMPARE(std::isnan(values.at(0, 9, column)), column < 30);
        }
        const auto cut = stack("cut.tif", GDT_UInt16, 1000);
        std::filesystem::resize_file(cut, 3000);
        QVERIFY(says(messageOf([&] { opened({cut}); }), "cut.tif"));
    }

    void aGiganticRasterIsOpenedAtOnce() {
        // 10⁶ by 10⁶ pixels without one stored.
        TiffFixture huge{.columns = 1'000'000, .rows = 0, .bands = 1, .type = GDT_Byte};
        raster::initialiseGdal();
        const char* const options[] = {"SPARSE_OK=TRUE",   "TILED=YES",   "BLOCKXSIZE=16384",
                                       "BLOCKYSIZE=16384", "BIGTIFF=YES", nullptr};
        GDALDatasetH dataset = GDALCreate(GDALGetDriverByName("GTiff"), at("huge.tif").c_str(), 1'000'000,
                                          1'000'000, 3, GDT_Byte, const_cast<char**>(options));
        std::array<double, 6> transform{600000, 0.1, 0, 5200000, 0, -0.1};
        GDALSetGeoTransform(dataset, transform.data());
        OGRSpatialReferenceH system = OSRNewSpatialReference(nullptr);
        OSRSetFromUserInput(system, "EPSG:32632");
        GDALSetSpatialRef(dataset, system);
        OSRDestroySpatialReference(system);
        GDALClose(dataset);
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(opened({at("huge.tif")}).grid.columns, 1'000'000);
    }

    void openingCanBeStopped() {
        std::stop_source stop;
        stop.request_stop();
        const auto file = stack("o.tif", GDT_UInt16, 1000);
        QVERIFY_EXCEPTION_THROWN(openScene({file.string()}, {}, Progress({}, stop.get_token())), Cancelled);
    }

    void theAntimeridianIsNoBorder() {
        // UTM zone 60 beyond 180°, under heights in degrees that go on to 180.2°.
        LandsatFixture fixture = landsat8();
        fixture.crs = "EPSG:32660";
        fixture.transform = {700000, 30, 0, 7200000, 0, -30};
        fixture.number = [](const std::string&, int, int) { return 12345; };
        const auto product = writeLandsat(at("antimeridian"), fixture);
        const geo::Point corner =
            geo::CoordinateTransform(geo::Crs::fromUserInput("EPSG:32660"),
                                     geo::Crs::fromUserInput("EPSG:4326"))(geo::Point{700000, 7200000});
        TiffFixture heights{.columns = 200, .rows = 100, .crs = "EPSG:4326"};
        heights.transform = {corner.x - 0.02, 0.0005, 0, corner.y + 0.01, 0, -0.0005};
        heights.value = [](int, int column, int) { return 100 + column; };
        writeTiff(at("antimeridian_dem.tif"), heights);
        const Scene scene = opened({product, at("antimeridian_dem.tif")});
        const Image<float> values = read(scene, "dem", {"elevation", "slope"});
        for (const float value : values.values()) {
            QVERIFY(!std::isnan(value));
        }
    }

    void whatMacosAddsDoesNotExist() {
        const std::string twin("\0\5\26\7\0\2\0\0Mac OS X        ", 24);
        const auto product = writeLandsat(at("mac/inside"), landsat8());
        writeText(at("mac/__MACOSX") / landsat8().name / ("._" + landsat8().name + "_B2.TIF"), twin);
        std::filesystem::create_directories(at("mac/zip"));
        std::filesystem::rename(product, at("mac/zip") / landsat8().name);
        std::filesystem::rename(at("mac/__MACOSX"), at("mac/zip/__MACOSX"));
        pack(at("mac/zip"), at("mac/product.zip"), false);
        QCOMPARE(opened({at("mac/product.zip")}).name, landsat8().name);
        for (const auto& file : std::filesystem::directory_iterator(at("mac/zip") / landsat8().name)) {
            writeText(file.path().parent_path() / ("._" + file.path().filename().string()), twin);
        }
        writeText(at("mac/zip") / landsat8().name / ".DS_Store", twin);
        QCOMPARE(opened({at("mac/zip") / landsat8().name}).name, landsat8().name);
        const auto rasters = at("hidden");
        std::filesystem::create_directories(rasters / ".thumbnails");
        std::filesystem::copy_file(stack("h.tif", GDT_UInt16, 1000), rasters / "optical.tif");
        writeText(rasters / "._optical.tif", twin);
        std::filesystem::copy_file(at("h.tif"), rasters / ".thumbnails/optical.tif");
        QCOMPARE(opened({rasters}).rasters.size(), std::size_t(1));
        // Given by their names, they do not spoil the rest, and are told for what they are.
        QCOMPARE(opened({rasters / "optical.tif", rasters / "._optical.tif"}).rasters.size(), std::size_t(1));
        QVERIFY(says(messageOf([&] { opened({rasters / "._optical.tif"}); }), "macOS"));
    }

    void ofSeveralScenesInAFolderEachIsNamedByItsOwnPath() {
        LandsatFixture first = landsat8();
        LandsatFixture second = landsat7();
        writeLandsat(at("several"), first);
        writeLandsat(at("several"), second);
        const std::string message = messageOf([&] { opened({at("several")}); });
        for (const std::string& name : {first.name, second.name}) {
            const std::string path = (at("several") / name).string();
            QVERIFY2(says(message, ": \"" + path + "\""), message.c_str());
            QCOMPARE(opened({path}).name, name);
        }
    }

    void foldersWithoutAnEndAreRefused() {
        const auto loop = at("loop.SAFE");
        std::filesystem::create_directories(loop);
        std::filesystem::create_directory_symlink(loop, loop / "again.SAFE");
        QVERIFY(says(messageOf([&] { opened({loop}); }), "without an end"));
        const auto chain = at("chain");
        std::filesystem::path inner = chain;
        for (int i = 0; i < 40; ++i) {
            inner /= "x.SAFE";
        }
        std::filesystem::create_directories(inner);
        QVERIFY(!messageOf([&] { opened({chain}); }).empty());
    }
};

QTEST_APPLESS_MAIN(OpenSceneTest)
#include "open_scene_test.moc"
