// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scene/opening.h"
#include "core/scene/product_fixtures.h"
#include "scene/sensor_band_names.h"

#include <QtTest>

using namespace nunatak;
using namespace nunatak::scene;
using namespace nunatak::tests;

namespace {

using Names = std::vector<std::string>;
const Names six{"blue", "green", "red", "nir", "swir1", "swir2"};
const Names oliSurface{"SR_B1", "SR_B2", "SR_B3", "SR_B4", "SR_B5", "SR_B6", "SR_B7"};
const Names tmSurface{"SR_B1", "SR_B2", "SR_B3", "SR_B4", "SR_B5", "SR_B7"};
const Names sentinel20m{"B2", "B3", "B4", "B5", "B6", "B7", "B8A", "B11", "B12"};
const Names oneToSeven{"B1", "B2", "B3", "B4", "B5", "B6", "B7"};

Names operator+(Names names, const std::string& more) {
    names.push_back(more);
    return names;
}

} // namespace

class BandNumbersTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::filesystem::path at(const std::string& name) const {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }
    /// Numbers of `type` by band, column and row; bands may have names, a scale and an offset.
    std::string stack(const std::string& name, const Names& bands, GDALDataType type,
                      const std::function<double(int, int, int)>& value, double scale = 1,
                      double offset = 0) const {
        TiffFixture fixture{.columns = 70, .rows = 70, .bands = static_cast<int>(bands.size()), .type = type};
        fixture.value = value;
        fixture.finish = [&](GDALDatasetH dataset) {
            for (std::size_t i = 0; i < bands.size(); ++i) {
                const auto band = GDALGetRasterBand(dataset, static_cast<int>(i) + 1);
                GDALSetDescription(band, bands[i].c_str());
                if (scale != 1 || offset != 0) {
                    GDALSetRasterScale(band, scale);
                    GDALSetRasterOffset(band, offset);
                }
            }
        };
        std::filesystem::create_directories(at(name).parent_path());
        return writeTiff(at(name), fixture);
    }
    static double red(const std::string& file, ReflectanceStorage storage = ReflectanceStorage::Guess) {
        OpenOptions options;
        options.reflectance = storage;
        return read(openScene({file}, options).scene, "optical", {"red"}).at(0, 5, 5);
    }
    static std::function<double(int, int, int)> between(double low, double high) {
        return [=](int band, int column, int row) { return low + (high - low) * noise(band, column, row); };
    }

private Q_SLOTS:
    void numbersGoToTheSatelliteThatHasThem_data() {
        QTest::addColumn<Names>("bands");
        QTest::addColumn<OpticalSensor>("told");
        QTest::addColumn<std::vector<int>>("places");
        const auto row = [](const char* name, const Names& bands, const std::vector<int>& places,
                            OpticalSensor told = OpticalSensor::Unknown) {
            QTest::newRow(name) << bands << told << places;
        };
        row("SR_B6 is of OLI alone", oliSurface, {2, 3, 4, 5, 6, 7});
        row("with temperature", oliSurface + "ST_B10", {2, 3, 4, 5, 6, 7});
        row("OLI without coastal", {"SR_B2", "SR_B3", "SR_B4", "SR_B5", "SR_B6", "SR_B7"},
            {1, 2, 3, 4, 5, 6});
        row("TM has no SR_B6", tmSurface, {1, 2, 3, 4, 5, 6});
        row("TM with temperature", tmSurface + "ST_B6", {1, 2, 3, 4, 5, 6});
        row("ETM+ with both gains", {"B1", "B2", "B3", "B4", "B5", "B6_VCID_1", "B6_VCID_2", "B7", "B8"},
            {1, 2, 3, 4, 5, 8});
        row("B8A is of Sentinel-2 alone", sentinel20m, {1, 2, 3, 7, 8, 9});
        row("Sentinel-2's B8 goes before B8A", {"B2", "B3", "B4", "B8", "B8A", "B11", "B12"},
            {1, 2, 3, 4, 6, 7});
        row("with zeros", {"B02", "B03", "B04", "B08"}, {1, 2, 3, 4});
        row("all of OLI", oneToSeven + "B8" + "B9" + "B10" + "B11", {2, 3, 4, 5, 6, 7});
        row("cirrus is not TM's", oneToSeven + "B9", {2, 3, 4, 5, 6, 7});
        row("the same of all that write so", {"B04", "B03", "B02"}, {3, 2, 1});
        row("told Landsat 5", oneToSeven, {1, 2, 3, 4, 5, 7}, OpticalSensor::ThematicMapper);
        row("told Landsat 8", oneToSeven, {2, 3, 4, 5, 6, 7}, OpticalSensor::Oli);
        row("told Sentinel-2", oneToSeven, {2, 3, 4}, OpticalSensor::Sentinel2);
        row("false colour of Landsat 8", {"SR_B6", "SR_B5", "SR_B4"}, {3, 2, 1});
        row("layers called after files",
            {"LC08_L2SP_193027_20200822_20200905_02_T1_SR_B2",
             "LC08_L2SP_193027_20200822_20200905_02_T1_SR_B4"},
            {1, 2});
        row("as GDAL names them",
            {"B4, central wavelength 665 nm", "B3, central wavelength 560 nm",
             "B8A, central wavelength 865 nm"},
            {2, 1, 3});
    }
    void numbersGoToTheSatelliteThatHasThem() {
        QFETCH(Names, bands);
        QFETCH(OpticalSensor, told);
        QFETCH(std::vector<int>, places);
        const SensorBands found = sensorBandsOf(bands, told);
        QCOMPARE(found.question, std::string());
        QCOMPARE(found.bands, places);
    }

    void numbersOfSeveralSatellitesAreAskedFor_data() {
        QTest::addColumn<Names>("bands");
        QTest::addColumn<OpticalSensor>("told");
        QTest::newRow("TM and OLI have them") << oneToSeven << OpticalSensor::Unknown;
        QTest::newRow("red, green, blue or nir, red, green")
            << Names{"B4", "B3", "B2"} << OpticalSensor::Unknown;
        QTest::newRow("a part of both")
            << Names{"SR_B2", "SR_B3", "SR_B4", "SR_B5"} << OpticalSensor::Unknown;
        QTest::newRow("nobody's") << Names{"B1", "B2", "B13"} << OpticalSensor::Unknown;
        QTest::newRow("not those of what is told") << sentinel20m << OpticalSensor::Oli;
        QTest::newRow("SR_B6 of Landsat 5") << oliSurface << OpticalSensor::ThematicMapper;
        QTest::newRow("MODIS") << Names{"sur_refl_b01", "sur_refl_b02", "sur_refl_b03", "sur_refl_b04",
                                        "sur_refl_b05", "sur_refl_b06", "sur_refl_b07"}
                               << OpticalSensor::Unknown;
        QTest::newRow("ASTER") << Names{"B01", "B02", "B3N", "B04", "B05"} << OpticalSensor::Unknown;
        QTest::newRow("twice") << Names{"B2", "B3", "B4", "B8", "B11", "B12", "B2"} << OpticalSensor::Unknown;
    }
    void numbersOfSeveralSatellitesAreAskedFor() {
        QFETCH(Names, bands);
        QFETCH(OpticalSensor, told);
        const SensorBands found = sensorBandsOf(bands, told);
        QVERIFY(found.bands.empty());
        QVERIFY(says(found.question, "numbers"));
    }

    void theSatelliteIsReadFromTheProvidersNames() {
        for (const char* name : {"LC08_193027_20200822.tif", "LC09_L2SP_1", "LC81930272020235LGN00_stack",
                                 "HLS.L30.T17SLU.2020209T155956.v2.0", "landsat8_2020", "Landsat-9"}) {
            QCOMPARE(sensorInName(name), OpticalSensor::Oli);
        }
        for (const char* name :
             {"LT05_L2SP", "LE07_193027", "LE71930272000235EDC00", "landsat_5", "etm_2001"}) {
            QCOMPARE(sensorInName(name), OpticalSensor::ThematicMapper);
        }
        for (const char* name : {"S2A_32TPS", "S2B_MSIL2A_2020", "sentinel-2_stack", "T32TPS_20200822T101559",
                                 "20200822T101559_20200822T101556_T32TPS", "HLS.S30.T17SLU"}) {
            QCOMPARE(sensorInName(name), OpticalSensor::Sentinel2);
        }
        for (const char* name : {"stack", "LC08_and_S2A", "B4", "2020-08-22", "S1A_IW", "LATM"}) {
            QCOMPARE(sensorInName(name), OpticalSensor::Unknown);
        }
    }

    void theFileOrItsFolderTellsWhoseNumbersTheyAre() {
        const auto value = [](int band, int, int) { return 0.1 * band; };
        const auto places = [](const std::string& file) {
            return openScene({file}, {}).scene.rasters.at(0).bands;
        };
        QCOMPARE(places(stack("LT05_toa.tif", oneToSeven, GDT_Float32, value)),
                 (std::vector<int>{1, 2, 3, 4, 5, 7}));
        QCOMPARE(places(stack("LC08_toa.tif", oneToSeven, GDT_Float32, value)),
                 (std::vector<int>{2, 3, 4, 5, 6, 7}));
        QCOMPARE(places(stack("LE07_2001/toa.tif", oneToSeven, GDT_Float32, value)),
                 (std::vector<int>{1, 2, 3, 4, 5, 7}));
        // Without any, both doors ask.
        const std::string file = stack("toa.tif", oneToSeven, GDT_Float32, value);
        const OpenedScene asked = openScene({file}, {});
        QVERIFY(!asked.complete);
        QVERIFY(says(asked.unknown.at(0).reason, "Landsat 8 and 9 or Landsat 4 to 7"));
        OpenOptions options;
        options.rasters = {{"optical", file}};
        QVERIFY(says(messageOf([&] { openScene({}, options); }), "Landsat 8 and 9 or Landsat 4 to 7"));
        QVERIFY(says(messageOf([&] {
                         sceneFromRasters({{"optical", file}}, "", "", "");
                     }),
                     "Landsat 4 to 7"));
    }

    void bandsOfOtherThingsAreNoPicture() {
        const auto value = between(0.1, 0.9);
        for (const Names& names : {Names{"ndvi", "ndwi", "ndsi"}, Names{"angle", "area", "mask"}}) {
            const OpenedScene asked = openScene({stack("indices.tif", names, GDT_Float32, value)}, {});
            QVERIFY(!asked.complete);
            QVERIFY(says(asked.unknown.at(0).reason, names[1]));
        }
        // Names that only count are none.
        QVERIFY(openScene({stack("counted.tif", {"Band 1", "Band 2", "Band 3"}, GDT_Float32, value)}, {})
                    .complete);
    }

    void radarWithoutNamesIsAskedForAndNeverOptical() {
        const Names unnamed(3);
        for (const char* name :
             {"S1A_IW_20200822_stack.tif", "sentinel-1_mosaic.tif", "backscatter_2020.tif"}) {
            const OpenedScene asked = openScene({stack(name, unnamed, GDT_Float32, between(0.01, 0.4))}, {});
            QVERIFY2(!asked.complete, name);
            QVERIFY(says(asked.unknown.at(0).reason, "radar"));
        }
        const OpenedScene decibels =
            openScene({stack("mosaic.tif", unnamed, GDT_Float32, between(-25, -3))}, {});
        QVERIFY(!decibels.complete);
        QVERIFY(says(decibels.unknown.at(0).reason, "negative"));
        QVERIFY(openScene({stack("picture.tif", unnamed, GDT_Float32, between(0.01, 0.4))}, {}).complete);
    }

    void numbersOfCollection2AreNotTimesTenThousand() {
        const auto number = [](int, int column, int) { return column < 2 ? 0 : 15000; };
        const std::string file = stack("LC08.tif", oliSurface, GDT_UInt16, number);
        QVERIFY(close(red(file), 15000 * 2.75e-5 - 0.2));
        const Scene scene = openScene({file}, {}).scene;
        QVERIFY(std::isnan(read(scene, "optical", {"red"}).at(0, 5, 1))); // 0 is fill, not −0.2
        QVERIFY(says(allNotes(scene), "Collection 2"));
        // Exported as floats they are the same numbers; scaled by Earth Engine they are reflectance.
        QVERIFY(close(red(stack("LC09.tif", oliSurface, GDT_Float32, between(14999, 15001))), 0.2125));
        QVERIFY(close(red(stack("LC09s.tif", oliSurface, GDT_Float32, [](int, int, int) { return 0.2125; })),
                      0.2125));
        // Somebody's own times 10,000.
        QVERIFY(close(red(stack("LC08k.tif", oliSurface, GDT_Int16, [](int, int, int) { return 2125; })),
                      0.2125));
    }

    void numbersThatMayBeOfCollection2AreAskedFor() {
        const std::string file = stack("stack.tif", six, GDT_UInt16, between(7400, 21000));
        const std::string question = messageOf([&] { openScene({file}, {}); });
        QVERIFY2(says(question, "--reflectance landsat-c2") && says(question, "stack.tif"), question.c_str());
        const double value = red(file, ReflectanceStorage::Collection2);
        QVERIFY(value > 7400 * 2.75e-5 - 0.2 - 1e-6 && value < 21000 * 2.75e-5 - 0.2);
    }

    void theOffsetOfSentinel2IsToldByItsDarkestNumbers() {
        const Names bands{"B2", "B3", "B4", "B8", "B11", "B12"};
        QVERIFY(close(red(stack("old.tif", bands, GDT_UInt16,
                                [](int band, int, int) { return band == 3 ? 5000 : 200; })),
                      0.5));
        const auto raised = [](int band, int, int) { return band == 3 ? 6000 : 1200; };
        const std::string file = stack("new.tif", bands, GDT_UInt16, raised);
        QVERIFY(close(red(file), 0.5));
        QVERIFY(says(allNotes(openScene({file}, {}).scene), "baseline 04.00"));
        QVERIFY(close(red(file, ReflectanceStorage::TenThousand), 0.6));
        // Landsat has no such offset.
        QVERIFY(close(red(stack("other.tif", six, GDT_UInt16, raised)), 0.6));
    }

    void aScaleIsAppliedOnce() {
        const auto number = [](int, int, int) { return 3000; };
        const std::string scaled = stack("scaled.tif", six, GDT_UInt16, number, 0.0001);
        for (const auto storage : {ReflectanceStorage::Guess, ReflectanceStorage::TenThousand,
                                   ReflectanceStorage::Unit, ReflectanceStorage::Bytes}) {
            QVERIFY(close(red(scaled, storage), 0.3));
        }
        OpenOptions options;
        options.reflectance = ReflectanceStorage::TenThousand;
        QVERIFY(says(allNotes(openScene({scaled}, options).scene), "own scale"));
        options.rasters = {{"optical", scaled}};
        QVERIFY(close(read(openScene({}, options).scene, "optical", {"red"}).at(0, 5, 5), 0.3));
    }

    void aScaleThatIsAppliedAlreadyIsRefusedOrTakenBack() {
        // As xarray leaves it: reflectance as floats, and the integers' scale still beside them.
        const std::string file = stack(
            "twice.tif", six, GDT_Float32, [](int, int, int) { return 0.3; }, 0.0001);
        const std::string question = messageOf([&] { openScene({file}, {}); });
        QVERIFY2(says(question, "scale of 0.0001") && says(question, "--reflectance"), question.c_str());
        QVERIFY(close(red(file, ReflectanceStorage::Unit), 0.3));
    }
};

QTEST_APPLESS_MAIN(BandNumbersTest)
#include "band_numbers_test.moc"
