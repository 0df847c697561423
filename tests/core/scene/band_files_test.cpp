// SPDX-License-Identifier: GPL-3.0-or-later
// Products that come as a file for each band, and are known by the files' names. Names from
//   HLS User Guide, version 2.0; USGS, Landsat Collection 2 file names; Element84 earth-search
//   (S2A_…_0_L2A/B04.tif); Planetary Computer (T32TPS_…_B04_10m.tif); grass-addons i.sentinel.download
//   (S2A_OPER_MSI_L1C_TL_EPA__…_B01.jp2).
#include "core/scene/opening.h"
#include "core/scene/product_fixtures.h"
#include "scene/products/band_file_names.h"
#include "scene/products/file_names.h"

#include <QtTest>

using namespace nunatak;
using namespace nunatak::scene;
using namespace nunatak::tests;
using products::BandFiles;

namespace fs = std::filesystem;

namespace {

const std::string l30 = "HLS.L30.T11UMT.2020229T183906.v2.0.";
const std::string s30 = "HLS.S30.T11UMT.2020253T184921.v2.0.";
const std::string landsat = "LC08_L2SP_193027_20200822_20200905_02_T1_";

struct Tag {
    double scale = 1;
    double offset = 0;
    std::optional<double> noData;
};

} // namespace

class BandFilesTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    fs::path at(const std::string& name) const { return fs::path(m_folder.path().toStdString()) / name; }

    fs::path write(const std::string& name, double number, GDALDataType type = GDT_UInt16,
                   const Tag& tag = {}, const std::string& zenith = {}) const {
        fs::create_directories(at(name).parent_path());
        TiffFixture fixture{.columns = 40, .rows = 40, .type = type};
        fixture.noData = tag.noData;
        fixture.value = [=](int, int column, int) {
            return column == 0 && tag.noData ? *tag.noData : number;
        };
        fixture.finish = [&](GDALDatasetH dataset) {
            if (tag.scale != 1) {
                GDALSetRasterScale(GDALGetRasterBand(dataset, 1), tag.scale);
                GDALSetRasterOffset(GDALGetRasterBand(dataset, 1), tag.offset);
            }
            if (!zenith.empty()) {
                GDALSetMetadataItem(dataset, "MEAN_SUN_ZENITH_ANGLE", zenith.c_str(), nullptr);
            }
        };
        writeTiff(at(name), fixture);
        return at(name);
    }
    /// All files of an HLS product, as delivered; reflectance 0.1 for the first band, 0.01 more for each
    /// other.
    fs::path hls(const std::string& folder, const std::string& start, const std::vector<std::string>& bands,
                 bool tagged = true) const {
        const Tag tag{tagged ? 0.0001 : 1, 0, -9999};
        for (std::size_t i = 0; i < bands.size(); ++i) {
            write(folder + "/" + start + bands[i] + ".tif", 1000 + 100 * double(i), GDT_Int16, tag, "40.8");
        }
        write(folder + "/" + start + "Fmask.tif", 16 + 2, GDT_Byte, {1, 0, 255});
        for (const char* angle : {"SZA", "SAA", "VZA", "VAA"}) {
            write(folder + "/" + start + angle + ".tif", 15460, GDT_UInt16, {1, 0, 40000});
        }
        writeText(at(folder) / (start + "cmr.xml"), "<Granule/>");
        writeText(at(folder) / (start + "json"), "{}");
        return at(folder);
    }
    static std::vector<double> values(const Scene& scene) {
        std::vector<double> result;
        const Image<float> pixels = read(scene, "optical", {"blue", "green", "red", "nir", "swir1", "swir2"});
        for (int band = 0; band < 6; ++band) {
            result.push_back(pixels.at(band, 5, 5));
        }
        return result;
    }
    static bool are(const std::vector<double>& found, const std::vector<double>& expected) {
        return std::equal(found.begin(), found.end(), expected.begin(), expected.end(),
                          [](double a, double b) { return close(a, b); });
    }

private Q_SLOTS:
    void namesOfFilesSayBandDateAndSensor_data() {
        QTest::addColumn<std::string>("name");
        QTest::addColumn<BandFiles>("kind");
        QTest::addColumn<std::string>("band");
        QTest::addColumn<std::string>("date");
        QTest::addColumn<std::string>("group");
        const auto row = [](const std::string& name, BandFiles kind, const char* band, const char* date,
                            const char* group) {
            QTest::newRow(name.c_str())
                << name << kind << std::string(band) << std::string(date) << std::string(group);
        };
        row(l30 + "B02.tif", BandFiles::Hls, "B02", "2020-08-16", "HLS.L30.T11UMT.2020229T183906.v2.0");
        row(s30 + "B8A.tif", BandFiles::Hls, "B8A", "2020-09-09", "HLS.S30.T11UMT.2020253T184921.v2.0");
        row(s30 + "Fmask.tif", BandFiles::Hls, "FMASK", "2020-09-09", "HLS.S30.T11UMT.2020253T184921.v2.0");
        row("place_2020229_B02_L30.tif", BandFiles::Hls, "B02", "2020-08-16", "place_2020229_L30");
        row(landsat + "SR_B4.TIF", BandFiles::LandsatSurface, "SR_B4", "2020-08-22",
            "LC08_L2SP_193027_20200822_20200905_02_T1");
        row(landsat + "QA_PIXEL.TIF", BandFiles::LandsatSurface, "QA_PIXEL", "2020-08-22",
            "LC08_L2SP_193027_20200822_20200905_02_T1");
        row("T32TPS_20200822T101559_B04_10m.jp2", BandFiles::Sentinel2, "B04", "2020-08-22",
            "T32TPS_20200822T101559");
        row("T32TPS_20200822T101559_B04.jp2", BandFiles::Sentinel2, "B04", "2020-08-22",
            "T32TPS_20200822T101559");
        row("S2A_OPER_MSI_L1C_TL_EPA__20160815T031336_A000462_T34UEV_B08.jp2", BandFiles::Sentinel2, "B08",
            "", "S2A_OPER_MSI_L1C_TL_EPA__20160815T031336_A000462_T34UEV");
        row("B04.tif", BandFiles::Plain, "B04", "", "");
        row("nir08.tif", BandFiles::Plain, "nir08", "", "");
        row("S2A_32TPS_20200822_0_L2A_red.tif", BandFiles::Plain, "red", "2020-08-22",
            "S2A_32TPS_20200822_0_L2A");
    }
    void namesOfFilesSayBandDateAndSensor() {
        QFETCH(std::string, name);
        QFETCH(BandFiles, kind);
        QFETCH(std::string, band);
        QFETCH(std::string, date);
        QFETCH(std::string, group);
        const auto found = products::bandFileNameOf(name);
        QVERIFY(found.has_value());
        QVERIFY(found->kind == kind);
        QCOMPARE(found->band, band);
        QCOMPARE(found->date, date);
        QCOMPARE(found->group, group);
    }

    void namesOfOtherThingsAreNoBands() {
        for (const char* name :
             {"dem.tif", "", ".tif", "S1A_IW_20200822_VV.tif", "scene.tif", "slope_10m.tif",
              "LC08_L1TP_193027_20200822_20200905_02_T1_B4.TIF", "LC81930272020235LGN00_B4.TIF"}) {
            QVERIFY2(!products::bandFileNameOf(name).has_value(), name);
        }
    }

    void anAddressIsCalledWhatStandsBeforeItsPermission() {
        QCOMPARE(products::nameOf("/vsicurl/https://a.net/x/B04.tif?sv=1&sig=a%2Fb/c"),
                 std::string("B04.tif"));
        QCOMPARE(products::nameOf("/data/what?/B04.tif"), std::string("B04.tif"));
        QCOMPARE(products::nameOf("/data/product.SAFE//"), std::string("product.SAFE"));
    }

    void hlsL30IsOneScene() {
        const Scene scene =
            opened({hls("l30", l30, {"B01", "B02", "B03", "B04", "B05", "B06", "B07", "B09", "B10", "B11"})});
        QVERIFY(are(values(scene), {0.11, 0.12, 0.13, 0.14, 0.15, 0.16}));
        QVERIFY(std::isnan(read(scene, "optical", {"red"}).at(0, 5, 0)));
        QCOMPARE(scene.date, std::string("2020-08-16"));
        QCOMPARE(scene.name, std::string("HLS.L30.T11UMT.2020229T183906.v2.0"));
        QVERIFY(close(*scene.sunElevation, 49.2));
        QVERIFY(close(*scene.sunAzimuth, 154.6));
        // B10 is a temperature in degrees Celsius times 100.
        const Image<float> thermal = read(scene, "thermal", {"thermal"});
        QVERIFY(close(thermal.at(0, 5, 5), 1800 * 0.01 + 273.15, 1e-3));
        const Image<float> flags = read(scene, "quality", {"cloud", "cloud_shadow", "snow"});
        QCOMPARE(flags.at(0, 5, 5), 1.0F);
        QCOMPARE(flags.at(1, 5, 5), 0.0F);
        QCOMPARE(flags.at(2, 5, 5), 1.0F);
        QVERIFY(says(allNotes(scene), "not used are B01, B09, B11, VAA, VZA"));
    }

    void hlsS30TakesTheNearInfraredThatL30HasAsWell() {
        const auto folder =
            hls("s30", s30,
                {"B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B09", "B10", "B11", "B12"});
        const Scene scene = opened({folder});
        QVERIFY(are(values(scene), {0.11, 0.12, 0.13, 0.18, 0.21, 0.22}));
        QCOMPARE(scene.date, std::string("2020-09-09"));
        QVERIFY(scene.bands("thermal").empty()); // B10 is cirrus here
    }

    void hlsIsScaledOnceWhetherTheFilesSayItOrNot() {
        const std::vector<std::string> bands{"B02", "B03", "B04", "B05", "B06", "B07"};
        const std::vector<double> expected{0.10, 0.11, 0.12, 0.13, 0.14, 0.15};
        QVERIFY(are(values(opened({hls("tagged", l30, bands, true)})), expected));
        QVERIFY(are(values(opened({hls("bare", l30, bands, false)})), expected));
        OpenOptions options;
        options.reflectance = ReflectanceStorage::TenThousand;
        QVERIFY(are(values(opened({at("tagged")}, options)), expected));
    }

    void filesOfAnAcquisitionMayComeOneByOne() {
        std::vector<fs::path> files;
        const std::vector<std::string> bands{"B07", "B02", "B04", "B05", "B03", "B06"};
        for (const std::string& band : bands) {
            files.push_back(write("bucket" + band + "/" + l30 + band + ".tif", 1000 + 100 * (band[2] - '2'),
                                  GDT_Int16, {0.0001, 0, -9999}));
        }
        QVERIFY(are(values(opened(files)), {0.10, 0.11, 0.12, 0.13, 0.14, 0.15}));
    }

    void twoAcquisitionsAreNamedWithWhatToGiveForOne() {
        hls("both", l30, {"B02", "B03", "B04", "B05", "B06", "B07"});
        hls("both", s30, {"B02", "B03", "B04", "B8A", "B11", "B12"});
        write("both/place_shadows.tif", 1, GDT_Float32);
        const std::string refused = messageOf([&] { opened({at("both")}); });
        QVERIFY2(says(refused, "2020-08-16") && says(refused, "2020-09-09"), refused.c_str());
        QVERIFY2(says(refused, "place_shadows.tif is a mask"), refused.c_str());
        // What is in quotes can be given as it stands.
        const std::string pattern = (at("both") / (l30 + "*.tif")).string();
        QVERIFY2(says(refused, "\"" + pattern + "\""), refused.c_str());
        QCOMPARE(opened({pattern}).date, std::string("2020-08-16"));
        QVERIFY(says(messageOf([&] { opened({at("both") / "*.nothing"}); }), "No file is called"));
    }

    void aMaskIsNamedAndNoHeight() {
        const auto file = write("masked/red.tif", 0.3, GDT_Float32);
        write("masked/dem.tif", 2500, GDT_Float32);
        write("masked/shadow_mask.tif", 1, GDT_Float32);
        writeText(at("masked/outlines.shp"), "no raster");
        const Scene scene =
            opened({file, at("masked/dem.tif"), at("masked/shadow_mask.tif"), at("masked/outlines.shp")});
        QVERIFY(says(allNotes(scene), "shadow_mask.tif is a mask"));
        QVERIFY(says(allNotes(scene), "no rasters: outlines.shp"));
        QCOMPARE(scene.rasters.size(), std::size_t(2));
        QVERIFY(says(messageOf([&] { opened({at("masked/shadow_mask.tif")}); }), "is a mask"));
        QVERIFY(says(messageOf([&] { opened({at("masked/outlines.shp")}); }), "outlines are imported"));
    }

    void landsatsSurfaceReflectanceIsKnownWithoutItsMetadata() {
        for (int band = 1; band <= 7; ++band) {
            write("c2/" + landsat + "SR_B" + std::to_string(band) + ".TIF", 10000 + 1000 * band);
        }
        write("c2/" + landsat + "ST_B10.TIF", 40000);
        write("c2/" + landsat + "QA_PIXEL.TIF", 21824);
        write("c2/" + landsat + "SR_QA_AEROSOL.TIF", 96, GDT_Byte);
        const Scene scene = opened({at("c2")});
        std::vector<double> expected;
        for (int band = 2; band <= 7; ++band) {
            expected.push_back((10000 + 1000 * band) * 2.75e-5 - 0.2);
        }
        QVERIFY(are(values(scene), expected));
        QVERIFY(close(read(scene, "thermal", {"thermal"}).at(0, 5, 5), 40000 * 0.00341802 + 149, 1e-2));
        QCOMPARE(read(scene, "quality", {"cloud"}).at(0, 5, 5), 0.0F);
        QVERIFY(says(allNotes(scene), "not used are SR_B1, SR_QA_AEROSOL"));
    }

    void bandsOfCataloguesAreTakenByTheirNames() {
        int i = 0;
        for (const char* asset : {"blue", "green", "red", "nir", "nir08", "swir16", "swir22", "rededge1"}) {
            write(std::string("S2A_32TPS_20200822_0_L2A/") + asset + ".tif", 500 + 100 * i++);
        }
        const Scene scene = opened({at("S2A_32TPS_20200822_0_L2A")});
        QVERIFY(are(values(scene), {0.05, 0.06, 0.07, 0.08, 0.10, 0.11})); // nir is B08, nir08 the narrow one
        i = 0;
        for (const char* band : {"B02", "B03", "B04", "B08", "B8A", "B11", "B12", "B05"}) {
            write(std::string("cogs/") + band + ".tif", 500 + 100 * i++);
        }
        QVERIFY(are(values(opened({at("cogs")})), {0.05, 0.06, 0.07, 0.08, 0.10, 0.11}));
        // The file's own scale, as the catalogue's items say it, once.
        i = 0;
        for (const char* band : {"B02", "B03", "B04", "B08", "B11", "B12"}) {
            write(std::string("scaled/") + band + ".tif", 1500 + 100 * i++, GDT_UInt16, {0.0001, -0.1, 0});
        }
        QVERIFY(are(values(opened({at("scaled")})), {0.05, 0.06, 0.07, 0.08, 0.09, 0.10}));
    }

    void sentinel2BandsOfTwoSizesAreOneSceneOfTheFinest() {
        for (const auto& [size, bands] : std::vector<std::pair<std::string, std::vector<std::string>>>{
                 {"10m", {"B02", "B03", "B04", "B08"}},
                 {"20m", {"B02", "B03", "B04", "B8A", "B11", "B12"}}}) {
            for (const std::string& band : bands) {
                write("granule/T32TPS_20220822T101559_" + band + "_" + size + ".tif",
                      size == "10m" ? 3000 : 4000);
            }
        }
        const Scene scene = opened({at("granule")});
        // Since 2022 1,000 is added: no number is smaller.
        QVERIFY(are(values(scene), {0.2, 0.2, 0.2, 0.2, 0.3, 0.3}));
        QCOMPARE(scene.date, std::string("2022-08-22"));
    }

    void bandsThatCanBeOfSeveralSatellitesAreAskedFor() {
        for (int band = 1; band <= 7; ++band) {
            write("x/scene_B" + std::to_string(band) + ".tif", 3000);
        }
        const OpenedScene asked = openScene({at("x").string()}, {});
        QVERIFY(!asked.complete);
        QCOMPARE(asked.unknown.size(), std::size_t(7));
        QVERIFY(says(asked.unknown.at(0).reason, "Landsat 4 to 7"));
    }

    void aLandsatFolderMayBeGivenFileByFile() {
        LandsatFixture fixture = landsat8();
        fixture.number = [](const std::string&, int, int) { return 12345; };
        std::vector<fs::path> files;
        const auto folder = writeLandsat(at("all"), fixture);
        writeText(folder / (fixture.name + "_ANG.txt"), "GROUP = FILE_HEADER\nEND\n");
        fs::copy_file(folder / (fixture.name + "_B2.TIF"), folder / (fixture.name + "_SAA.TIF"));
        for (const auto& file : fs::directory_iterator(folder)) {
            files.push_back(file.path());
        }
        files.push_back(folder); // and the folder as well
        const Scene scene = opened(files);
        QCOMPARE(scene.name, fixture.name);
        QVERIFY(close(read(scene, "optical", {"blue"}).at(0, 3, 3), 0.282427));
    }
};

QTEST_APPLESS_MAIN(BandFilesTest)
#include "band_files_test.moc"
