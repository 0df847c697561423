// SPDX-License-Identifier: GPL-3.0-or-later
// Elevation products as delivered: what their files are, tiles of them, units, slope.
#include "core/scene/elevation_fixture.h"
#include "geo/shape_operations.h"
#include "scene/products/elevation_names.h"

#include <QtTest>

#include <cmath>
#include <numbers>

using namespace nunatak;
using namespace nunatak::scene;
using namespace nunatak::tests;

class ElevationTest : public QObject, private ElevationFolder {
    Q_OBJECT

private Q_SLOTS:
    void companionsOfTheProvidersAreNoHeights_data() {
        QTest::addColumn<QString>("heights");
        QTest::addColumn<QStringList>("others");
        QTest::addRow("Copernicus") << "Copernicus_DSM_10_N46_00_E010_00_DEM"
                                    << QStringList{"Copernicus_DSM_10_N46_00_E010_00_EDM",
                                                   "Copernicus_DSM_10_N46_00_E010_00_FLM",
                                                   "Copernicus_DSM_10_N46_00_E010_00_HEM",
                                                   "Copernicus_DSM_10_N46_00_E010_00_WBM"};
        QTest::addRow("Copernicus, cloud-optimised")
            << "Copernicus_DSM_COG_10_N46_00_E010_00_DEM"
            << QStringList{"Copernicus_DSM_COG_10_N46_00_E010_00_WBM"};
        QTest::addRow("ALOS") << "ALPSMLC30_N046E010_DSM"
                              << QStringList{"ALPSMLC30_N046E010_MSK", "ALPSMLC30_N046E010_STK"};
        QTest::addRow("ALOS before") << "N046E010_AVE_DSM"
                                     << QStringList{"N046E010_AVE_MSK", "N046E010_AVE_STK"};
        QTest::addRow("ASTER") << "ASTGTMV003_N46E010_dem"
                               << QStringList{"ASTGTMV003_N46E010_num", "ASTWBDV001_N46E010_att",
                                              "ASTWBDV001_N46E010_dem"};
        QTest::addRow("ArcticDEM mosaic")
            << "14_53_2_2_2m_v4.1_dem"
            << QStringList{"14_53_2_2_2m_v4.1_browse",  "14_53_2_2_2m_v4.1_count",
                           "14_53_2_2_2m_v4.1_countmt", "14_53_2_2_2m_v4.1_datamask",
                           "14_53_2_2_2m_v4.1_mad",     "14_53_2_2_2m_v4.1_maxdate",
                           "14_53_2_2_2m_v4.1_mindate"};
        QTest::addRow("REMA mosaic") << "40_10_10m_v2.0_dem" << QStringList{"40_10_10m_v2.0_count"};
        QTest::addRow("SETSM strip")
            << "SETSM_s2s041_WV01_20200709_102001009A689B00_102001009B63B200_2m_lsf_seg2_dem"
            << QStringList{
                   "SETSM_s2s041_WV01_20200709_102001009A689B00_102001009B63B200_2m_lsf_seg2_matchtag",
                   "SETSM_s2s041_WV01_20200709_102001009A689B00_102001009B63B200_2m_lsf_seg2_bitmask"};
        QTest::addRow("TanDEM-X") << "TDM1_DEM__30_N46E010_DEM"
                                  << QStringList{"TDM1_DEM__30_N46E010_AM2", "TDM1_DEM__30_N46E010_AMP",
                                                 "TDM1_DEM__30_N46E010_COM", "TDM1_DEM__30_N46E010_COV",
                                                 "TDM1_DEM__30_N46E010_HEM", "TDM1_DEM__30_N46E010_LSM",
                                                 "TDM1_DEM__30_N46E010_WAM"};
        QTest::addRow("a model of one's own")
            << "my-dem" << QStringList{"my-dem_hillshade", "my-dem_slope", "my_dem_error", "my-dem-diff"};
    }

    void companionsOfTheProvidersAreNoHeights() {
        QFETCH(QString, heights);
        QFETCH(QStringList, others);
        const std::string folder = QTest::currentDataTag();
        dem(folder + "/" + heights.toStdString() + ".tif", 0, 180, flat);
        for (const QString& other : others) {
            dem(folder + "/AUXFILES/" + other.toStdString() + ".tif", 0, 180, [](int, int) { return 7; });
        }
        const Scene scene = opened({optical(), at(folder)});
        QCOMPARE(scene.rasters.size(), std::size_t(2));
        QVERIFY(says(elevationOf(scene).file, heights.toStdString()));
        QVERIFY(elevationOf(scene).tiles.empty());
        for (const QString& other : others) { // told, each
            QVERIFY2(says(allNotes(scene), other.toStdString() + ".tif is not used"),
                     allNotes(scene).c_str());
        }
        QVERIFY(close(read(scene, "dem", {"elevation"}).at(0, 30, 30), 1500));
    }

    void namesThatOnlySoundLikeCompanionsAreHeights() {
        for (const char* name : {"north_slope_dem.tif", "custer_county_dem.tif", "dem_filled.tif",
                                 "dem10m.tif", "N46E010.hgt", "n46_e010_1arc_v3.tif", "dem_masked.tif"}) {
            QVERIFY2(products::elevationCompanion(name).empty(), name);
            QVERIFY2(products::namesElevation(name), name);
        }
        for (const char* name : {"demo.tif", "remainder.tif", "optical.tif", "academy.tif"}) {
            QVERIFY2(!products::namesElevation(name), name);
        }
        // Bytes are masks and shades, whatever they are called.
        QVERIFY(!openScene({optical().string(), dem("dem_odd.tif", 0, 180, flat, GDT_Byte).string()}, {})
                     .complete);
    }

    void aCompanionAloneIsRefusedAndCanBeInsistedOn() {
        const auto error = dem("Copernicus_DSM_10_N46_00_E010_00_HEM.tif", 0, 180, flat);
        const std::string message = refusal({error});
        QVERIFY2(says(message, "_HEM.tif") && says(message, "height error map"), message.c_str());
        OpenOptions options;
        options.rasters = {{"dem", error.string()}};
        const OpenedScene told = openScene({optical().string()}, options);
        QVERIFY(told.complete && told.scene.hasBand("dem", "elevation"));
        QVERIFY(says(allNotes(told.scene), "as told"));
    }

    void theReferenceIsTheProviders() {
        const auto referenceOf = [](const char* name) { return products::elevationSourceOf(name).reference; };
        const std::string ellipsoid = "ellipsoidal (WGS 84)";
        for (const char* name :
             {"14_53_2_2_2m_v4.1_dem.tif", "29_21_1_1_2m_v3.0_reg_dem.tif", "40_10_10m_v2.0_dem.tif",
              "37_23_8m_dem.tif", "HMA_DEM8m_MOS_20170716_tile-677.tif", "TDM1_DEM__30_N46E010_DEM.tif",
              "TDM1_EDEM_10_N46E010_EDEM_W84.tif", "arcticdem_mosaic_500m_v4.1_dem.tif",
              "SETSM_s2s041_WV02_20220313_10300100CF178100_10300100CF1C4700_2m_lsf_seg1_dem.tif"}) {
            QCOMPARE(referenceOf(name), ellipsoid);
        }
        for (const char* name :
             {"ALPSMLC30_N046E010_DSM.tif", "N046E010_AVE_DSM.tif", "NASADEM_HGT_n46e010.tif",
              "n46_e010_1arc_v3.tif", "N46E010.SRTMGL1.hgt", "ASTGTMV003_N46E010_dem.tif"}) {
            QCOMPARE(referenceOf(name), std::string("orthometric (EGM96)"));
        }
        QCOMPARE(referenceOf("TDM1_EDEM_10_N46E010_EDEM_EGM.tif"), std::string("orthometric (EGM2008)"));
        QCOMPARE(referenceOf("Copernicus_DSM_30_N46_00_E010_00_DEM.tif"),
                 std::string("orthometric (EGM2008)"));
        QCOMPARE(referenceOf("REMA_200m_dem_geoid.tif"), std::string("orthometric (geoid)"));
        QCOMPARE(referenceOf("10_34_notes.tif"), std::string());
    }

    void oneGroundIsTheSameInOneFileAndInTwo_data() {
        QTest::addColumn<int>("west");
        QTest::addColumn<int>("east");
        QTest::addColumn<double>("voids");
        QTest::addColumn<bool>("isDeclared");
        QTest::addRow("-9999 undeclared") << int(GDT_Int16) << int(GDT_Int16) << -9999.0 << false;
        QTest::addRow("-32768 undeclared") << int(GDT_Int16) << int(GDT_Int16) << -32768.0 << false;
        QTest::addRow("-9999 undeclared, floats") << int(GDT_Float32) << int(GDT_Float32) << -9999.0 << false;
        QTest::addRow("0 declared") << int(GDT_Int16) << int(GDT_Int16) << 0.0 << true;
        QTest::addRow("65535 declared") << int(GDT_UInt16) << int(GDT_UInt16) << 65535.0 << true;
        QTest::addRow("whole numbers, then floats") << int(GDT_Int16) << int(GDT_Float32) << -9999.0 << false;
        QTest::addRow("floats, then whole numbers") << int(GDT_Float32) << int(GDT_Int16) << -32768.0 << true;
        QTest::addRow("unsigned, then signed") << int(GDT_UInt16) << int(GDT_Int16) << 0.0 << true;
    }

    void oneGroundIsTheSameInOneFileAndInTwo() {
        QFETCH(int, west);
        QFETCH(int, east);
        QFETCH(double, voids);
        QFETCH(bool, isDeclared);
        const auto noData = isDeclared ? std::optional(voids) : std::nullopt;
        const Height height = [&](int column, int row) {
            return std::hypot(column - 110, row - 85) < 6 ? voids : 1000.0 + 3 * column + row;
        };
        const auto type = [](int number) { return static_cast<GDALDataType>(number); };
        const auto whole = dem("dem_whole.tif", 0, 180, height, GDT_Float32, voids);
        const auto first = dem("dem_west.tif", 0, 100, height, type(west), noData);
        const auto second = dem("dem_east.tif", 100, 80, height, type(east), noData);
        const std::vector<std::string> bands{"elevation", "slope", "void"};
        const Image<float> one = read(opened({optical(), whole}), "dem", bands);
        for (const auto& paths :
             {std::vector{optical(), first, second}, std::vector{optical(), second, first}}) {
            const Image<float> two = read(opened(paths), "dem", bands);
            for (std::size_t i = 0; i < one.values().size(); ++i) {
                QVERIFY2(close(two.values()[i], one.values()[i], 1e-3),
                         qPrintable(QString("%1, not %2").arg(two.values()[i]).arg(one.values()[i])));
            }
        }
    }

    void tilesOfDifferentModelsAreRefused() {
        const auto west = dem("Copernicus_DSM_10_west_DEM.tif", 0, 100, flat);
        const std::string datum = refusal({optical(), west, dem("TDM1_DEM__30_east_DEM.tif", 100, 80, flat)});
        QVERIFY2(says(datum, "EGM2008") && says(datum, "ellipsoid") && says(datum, "TDM1_DEM__30_east"),
                 datum.c_str());
        const std::string unit = refusal({optical(), dem("dem_a.tif", 0, 100, flat),
                                          dem("dem_b.tif", 100, 80, flat, GDT_Float32, {}, "ft")});
        QVERIFY2(says(unit, "different units"), unit.c_str());
        const std::string twice =
            refusal({optical(), dem("dem_a.tif", 0, 180, flat), dem("dem_b.tif", 20, 120, flat)});
        QVERIFY2(says(twice, "lie over each other") && says(twice, "100 %"), twice.c_str());
        const std::string step = refusal({optical(), dem("dem_a.tif", 0, 101, flat),
                                          dem("dem_b.tif", 100, 80, [](int, int) { return 1548; })});
        QVERIFY2(says(step, "differ by 48"), step.c_str());
        // Those that only touch are looked at along the edge.
        const Height slope = [](int column, int row) { return 1200 + 3 * column + 2 * std::sin(row); };
        const Height feet = [&](int column, int row) { return slope(column, row) / 0.3048; };
        const Height above = [&](int column, int row) { return slope(column, row) + 48; };
        const auto level = dem("dem_a.tif", 0, 100, slope);
        const std::string edge = refusal({optical(), level, dem("dem_b.tif", 100, 80, feet)});
        QVERIFY2(says(edge, "where they touch") && says(edge, "\"dem_b.tif\" look like feet"), edge.c_str());
        const std::string datum2 = refusal({optical(), level, dem("dem_b.tif", 100, 80, above)});
        QVERIFY2(says(datum2, "differ by 48 along the edge"), datum2.c_str());
        QCOMPARE(refusal({optical(), level, dem("dem_b.tif", 100, 80, slope)}), std::string());
        // What no file declares as void says nothing of the ground beside it.
        const Height coast = [](int, int row) { return row < 100 ? -9999 : 3; };
        QCOMPARE(refusal({optical(), dem("dem_a.tif", 0, 100, [](int, int) { return 2; }),
                          dem("dem_b.tif", 100, 80, coast)}),
                 std::string());
        // A row or column that neighbours share, as SRTM's do, is no harm.
        QVERIFY(
            refusal({optical(), dem("dem_a.tif", 0, 101, flat), dem("dem_b.tif", 100, 80, flat)}).empty());
        // What one of them does not say is said.
        const Scene mixed = opened({optical(), west, dem("dem_b.tif", 100, 80, flat)});
        QVERIFY2(says(allNotes(mixed), "taken for granted"), allNotes(mixed).c_str());
    }

    void theEditedTanDemIsTakenAboveTheGeoid() {
        const auto folder = std::string("TDM1_EDEM_10_N46E010_V01_C/EDEM/TDM1_EDEM_10_N46E010_EDEM_");
        dem(folder + "W84.tif", 0, 180, [](int, int) { return 1550; });
        dem(folder + "EGM.tif", 0, 180, flat);
        const Scene scene = opened({optical(), at("TDM1_EDEM_10_N46E010_V01_C")});
        QVERIFY(says(elevationOf(scene).file, "_EGM.tif") && elevationOf(scene).tiles.empty());
        QVERIFY2(says(allNotes(scene), "_W84.tif is not used"), allNotes(scene).c_str());
    }

    void aScaleThatDiffersIsRefused() {
        const auto scaled = [&](const char* name, int left, int columns, double scale) {
            TiffFixture fixture{.columns = columns, .rows = 140, .type = GDT_Int16, .crs = "EPSG:4326"};
            fixture.transform = {10.28 + left * 0.0004, 0.0004, 0, 46.97, 0, -0.0004};
            fixture.value = [=](int, int, int) { return 1500 / scale; };
            fixture.finish = [=](GDALDatasetH dataset) {
                GDALSetRasterScale(GDALGetRasterBand(dataset, 1), scale);
            };
            writeTiff(at(name), fixture);
            return at(name);
        };
        const std::string message =
            refusal({optical(), scaled("dem_a.tif", 0, 100, 0.1), scaled("dem_b.tif", 100, 80, 1)});
        QVERIFY2(says(message, "another scale"), message.c_str());
    }

    void feetAreMetresThroughEveryDoor() {
        const auto feet = dem(
            "dem_feet.tif", 0, 180, [](int, int) { return 10000; }, GDT_Float32, {}, "ft");
        const auto check = [](const Scene& scene) {
            QVERIFY(close(read(scene, "dem", {"elevation"}).at(0, 30, 30), 3048, 0.01));
            QVERIFY2(says(allNotes(scene), "feet"), allNotes(scene).c_str());
        };
        check(opened({optical(), feet}));
        check(sceneFromRasters({{"optical", optical().string()}, {"dem", feet.string()}}, "", "", ""));
        writeText(at("by hand.json"),
                  R"({"format": "nunatak-scene", "version": 1, "rasters": [
                      {"feature": "optical", "file": "optical.tif", "bands": ["red", "green", "blue"]},
                      {"feature": "dem", "file": "dem_feet.tif", "bands": ["elevation"]}]})");
        const Scene byHand = loadScene(at("by hand.json"));
        check(byHand);
        saveScene(byHand, at("saved.json"));
        check(loadScene(at("saved.json"))); // not converted twice
        const auto fathoms = dem("dem_odd_unit.tif", 0, 180, flat, GDT_Float32, {}, "fathom");
        QVERIFY(says(allNotes(opened({optical(), fathoms})), "\"fathom\" is not known"));
    }

    void theUnitIsThatOfTheBandWithTheHeights() {
        TiffFixture fixture{.columns = 180, .rows = 140, .bands = 2, .crs = "EPSG:4326"};
        fixture.transform = {10.28, 0.0004, 0, 46.97, 0, -0.0004};
        fixture.value = [](int band, int, int) { return band == 1 ? 14545 : 5000; };
        fixture.finish = [](GDALDatasetH dataset) {
            GDALSetRasterUnitType(GDALGetRasterBand(dataset, 2), "ft");
        };
        writeTiff(at("dem_second.tif"), fixture);
        OpenOptions options;
        options.rasters = {{"dem", at("dem_second.tif").string() + ":-,elevation"}};
        const Scene scene = opened({optical()}, options);
        QVERIFY(close(read(scene, "dem", {"elevation"}).at(0, 30, 30), 1524, 0.01));
    }

    void unitsAreKnownByTheirUsualSpellings_data() {
        QTest::addColumn<QString>("unit");
        QTest::addColumn<double>("stored");
        for (const auto& [unit, stored] :
             std::vector<std::pair<const char*, double>>{{"[m]", 1500},
                                                         {"m a.s.l.", 1500},
                                                         {"Meters", 1500},
                                                         {"decimeters", 15000},
                                                         {"Millimetres", 1500000},
                                                         {"ft.", 1500 / 0.3048},
                                                         {"(feet)", 1500 / 0.3048},
                                                         {"international feet", 1500 / 0.3048},
                                                         {"US_survey_foot", 1500 * 3937 / 1200.0}}) {
            QTest::addRow("%s", unit) << unit << stored;
        }
    }
    void unitsAreKnownByTheirUsualSpellings() {
        QFETCH(QString, unit);
        QFETCH(double, stored);
        const auto file = dem(
            "dem_spelt.tif", 0, 180, [stored](int, int) { return stored; }, GDT_Float32, {},
            unit.toStdString());
        const Scene scene = opened({optical(), file});
        QVERIFY(!says(allNotes(scene), "is not known"));
        QVERIFY(close(read(scene, "dem", {"elevation"}).at(0, 30, 30), 1500, 0.01));
    }

    void heightsThatNoGroundHasAreRefusedOrTold() {
        const auto centimetres = dem("dem_cm.tif", 0, 180, [](int, int) { return 250000; });
        for (const std::string& message :
             {refusal({optical(), centimetres}), messageOf([&] {
                  sceneFromRasters({{"optical", optical().string()}, {"dem", centimetres.string()}}, "", "",
                                   "");
              })}) {
            QVERIFY2(says(message, "dem_cm.tif") && says(message, "no heights") && says(message, "-units"),
                     message.c_str());
        }
        const auto voids = [&](double number, GDALDataType type) {
            return allNotes(opened({optical(), dem(
                                                   "dem_void.tif", 0, 180,
                                                   [number](int column, int row) {
                                                       return std::hypot(column - 90, row - 70) < 20 ? number
                                                                                                     : 1500;
                                                   },
                                                   type)}));
        };
        const std::string below = voids(-99999, GDT_Float32);
        QVERIFY2(says(below, "-a_nodata -99999"), below.c_str());
        const std::string above = voids(65535, GDT_UInt16);
        QVERIFY2(says(above, "-a_nodata 65535"), above.c_str());
        // Voids that a program averaged with the ground around them, since no number was declared.
        const auto rim = dem("dem_rim.tif", 0, 180, [](int column, int row) {
            return std::max(-32767.0, std::min(1500.0, -200000 + 4000 * std::hypot(column - 90, row - 70)));
        });
        const std::string averaged = allNotes(opened({optical(), rim}));
        QVERIFY2(says(averaged, "rim of voids") && says(averaged, "-srcnodata"), averaged.c_str());
        QVERIFY(!says(voids(-430, GDT_Int16), "no ground"));     // the shore of the Dead Sea
        QVERIFY(!says(voids(-10900, GDT_Float32), "no ground")); // the deepest sea
        QVERIFY(!says(voids(8849, GDT_Float32), "no ground"));
    }

    void bouldersAreNoSteepGround() {
        // A slope of 10 % with boulders of 2 m on every other metre: 35° from one posting to the next.
        const int size = 1200;
        TiffFixture model{.columns = size, .rows = size};
        model.transform = {600000, 2, 0, 5200000, 0, -2};
        model.value = [](int, int column, int row) {
            return 1000 + 0.2 * column + 2.0 * ((column + row / 3) % 2);
        };
        writeTiff(at("dem_boulders.tif"), model);
        const Scene scene = opened({optical(), at("dem_boulders.tif")});
        const Image<float> slope = read(scene, "dem", {"slope"});
        const double expected = std::atan(0.1) * 180 / std::numbers::pi;
        for (const float value : slope.values()) {
            QVERIFY2(close(value, expected, 0.3), qPrintable(QString::number(value)));
        }
    }

    void slopeInPolarStereographicIsThatOfTheGround() {
        // 45° W, 60.5° N: a metre on the ground is 1.035 on the map of EPSG:3413.
        const geo::Crs polar = geo::Crs::fromUserInput("EPSG:3413");
        const geo::Point corner =
            geo::CoordinateTransform(geo::Crs::fromUserInput("EPSG:4326"), polar)(geo::Point{-45, 60.5});
        const double left = std::floor(corner.x / 30) * 30;
        const double top = std::floor(corner.y / 30) * 30;
        TiffFixture model{.columns = 120, .rows = 100, .crs = "EPSG:3413"};
        model.transform = {left - 300, 30, 0, top + 300, 0, -30};
        model.value = [](int, int column, int) { return 15.0 * column; };
        writeTiff(at("polar_dem.tif"), model);
        const Scene scene =
            opened({optical("polar.tif", "EPSG:3413", {left, 30, 0, top, 0, -30}), at("polar_dem.tif")});
        const double onGround = std::sqrt(
            geo::geodesicArea(
                {{{{left, top}, {left + 2400, top}, {left + 2400, top - 1800}, {left, top - 1800}}, {}}},
                polar) /
            (2400.0 * 1800));
        QVERIFY(onGround < 0.97);
        const double expected = std::atan(0.5 / onGround) * 180 / std::numbers::pi;
        const Image<float> pixels4 = read(scene, "dem", {"slope"});
        for (const float value : pixels4.values()) {
            QVERIFY2(close(value, expected, 0.02),
                     qPrintable(QString("%1, not %2").arg(value).arg(expected)));
        }
        const Image<float> pixels5 = read(scene, "dem", {"slope"}, scene.grid.atPixelSize(90));
        for (const float value : pixels5.values()) {
            QVERIFY2(close(value, expected, 0.02),
                     qPrintable(QString("%1, not %2").arg(value).arg(expected)));
        }
    }

    void tilesOnBothSidesOfThe180thMeridianAreNeighbours() {
        const geo::Crs zone = geo::Crs::fromUserInput("EPSG:32601");
        const geo::Point middle =
            geo::CoordinateTransform(geo::Crs::fromUserInput("EPSG:4326"), zone)(geo::Point{-180, 67.5});
        const auto picture =
            optical("far_east.tif", "EPSG:32601",
                    {std::round(middle.x) - 1200, 30, 0, std::round(middle.y) + 900, 0, -30});
        const auto tile = [&](const char* name, double west) {
            TiffFixture fixture{.columns = 100, .rows = 100, .crs = "EPSG:4326"};
            fixture.transform = {west, 0.001, 0, 67.55, 0, -0.001};
            fixture.value = [=](int, int column, int) {
                return 500 + (west + (column + 0.5) * 0.001 > 0 ? west - 180 : west + 180) * 1000 + column;
            };
            writeTiff(at(name), fixture);
            return at(name);
        };
        const auto east = tile("Copernicus_DSM_COG_10_N67_00_E179_00_DEM.tif", 179.9);
        for (const double west : {-180.0, 180.0}) { // either way to write it
            const auto other = tile("Copernicus_DSM_COG_10_N67_00_W180_00_DEM.tif", west);
            const Scene scene = opened({picture, east, other});
            const Image<float> values = read(scene, "dem", {"elevation", "void"});
            for (std::size_t i = 0; i < values.bandSize(); ++i) {
                QVERIFY(values.band(1)[i] == 0 && values.band(0)[i] > 300 && values.band(0)[i] < 700);
            }
            QVERIFY2(!says(allNotes(scene), "has no heights"), allNotes(scene).c_str());
        }
    }
};

QTEST_APPLESS_MAIN(ElevationTest)
#include "elevation_test.moc"
