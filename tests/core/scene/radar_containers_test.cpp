// SPDX-License-Identifier: GPL-3.0-or-later
// Radar products of many files and of files that hold many rasters: bursts, SNAP's folders, netCDF and HDF5.
#include "core/scene/radar_fixture.h"
#include "scene/products/elevation_names.h"
#include "scene/products/radar_containers.h"

#include <QtTest>

#include <limits>
#include <sstream>

#include <cpl_string.h>

using namespace nunatak;
using namespace nunatak::scene;
using namespace nunatak::scene::products;
using namespace nunatak::tests;

namespace {

/// Rasters of 60 x 60 pixels of 30 m in a group of a netCDF-4 file (which is an HDF5 file), with coordinate
/// variables of pixel middles and a grid mapping, as NISAR's products have them.
void writeNetCdf(const std::filesystem::path& path, const std::string& group,
                 const std::vector<std::pair<const char*, float>>& layers) {
    raster::initialiseGdal();
    constexpr GUInt64 size = 60;
    GDALDatasetH dataset = GDALCreateMultiDimensional(GDALGetDriverByName("netCDF"),
                                                      (path.string() + ".nc").c_str(), nullptr, nullptr);
    std::vector<GDALGroupH> groups{GDALDatasetGetRootGroup(dataset)};
    std::istringstream names(group);
    for (std::string name; std::getline(names, name, '/');) {
        if (!name.empty()) {
            groups.push_back(GDALGroupCreateGroup(groups.back(), name.c_str(), nullptr));
        }
    }
    GDALExtendedDataTypeH real = GDALExtendedDataTypeCreate(GDT_Float64);
    GDALExtendedDataTypeH single = GDALExtendedDataTypeCreate(GDT_Float32);
    std::vector<GDALDimensionH> dimensions;
    const auto write = [](GDALMDArrayH array, const void* values, GDALExtendedDataTypeH type,
                          std::size_t count) {
        const std::vector<GUInt64> starts(count);
        const std::vector<std::size_t> counts(count, size);
        GDALMDArrayWrite(array, starts.data(), counts.data(), nullptr, nullptr, type, values, nullptr, 0);
        GDALMDArrayRelease(array);
    };
    const auto say = [](GDALMDArrayH array, const char* key, const char* text) {
        GDALExtendedDataTypeH type = GDALExtendedDataTypeCreateString(0);
        GDALAttributeH attribute = GDALMDArrayCreateAttribute(array, key, 0, nullptr, type, nullptr);
        GDALAttributeWriteString(attribute, text);
        GDALAttributeRelease(attribute);
        GDALExtendedDataTypeRelease(type);
    };
    for (const bool isX : {false, true}) {
        const char* name = isX ? "xCoordinates" : "yCoordinates";
        GDALDimensionH dimension = GDALGroupCreateDimension(
            groups.back(), name, isX ? "HORIZONTAL_X" : "HORIZONTAL_Y", nullptr, size, nullptr);
        dimensions.push_back(dimension);
        GDALMDArrayH array = GDALGroupCreateMDArray(groups.back(), name, 1, &dimension, real, nullptr);
        say(array, "standard_name", isX ? "projection_x_coordinate" : "projection_y_coordinate");
        say(array, "units", "meters");
        std::vector<double> middles(size);
        for (std::size_t i = 0; i < size; ++i) {
            middles[i] = isX ? 600015 + 30.0 * double(i) : 5199985 - 30.0 * double(i);
        }
        write(array, middles.data(), real, 1);
    }
    GDALMDArrayH projection = GDALGroupCreateMDArray(groups.back(), "projection", 0, nullptr, real, nullptr);
    OGRSpatialReferenceH system = OSRNewSpatialReference(nullptr);
    OSRImportFromEPSG(system, 32632);
    char* wkt = nullptr;
    OSRExportToWkt(system, &wkt);
    say(projection, "grid_mapping_name", "universal_transverse_mercator");
    say(projection, "spatial_ref", wkt);
    CPLFree(wkt);
    OSRDestroySpatialReference(system);
    GDALMDArrayRelease(projection);
    for (const auto& [name, value] : layers) {
        GDALMDArrayH array =
            GDALGroupCreateMDArray(groups.back(), name, 2, dimensions.data(), single, nullptr);
        say(array, "grid_mapping", "projection");
        write(array, std::vector<float>(size * size, value).data(), single, 2);
    }
    for (GDALDimensionH dimension : dimensions) {
        GDALDimensionRelease(dimension);
    }
    GDALExtendedDataTypeRelease(real);
    GDALExtendedDataTypeRelease(single);
    for (auto one = groups.rbegin(); one != groups.rend(); ++one) {
        GDALGroupRelease(*one);
    }
    GDALClose(dataset);
    std::filesystem::rename(path.string() + ".nc", path);
}

} // namespace

class RadarContainersTest : public QObject, private RadarFolder {
    Q_OBJECT

private Q_SLOTS:
    void aProductOfSnapIsReadBandByBand() {
        const auto place = folder("snap");
        const std::string name =
            "S1A_IW_GRDH_1SDV_20210809T173953_20210809T174018_039156_049F13_6FF8_Orb_NR_Cal_TC";
        const auto data = place / (name + ".data");
        std::filesystem::create_directories(data);
        for (const char* band : {"Sigma0_VV", "Sigma0_VH_db"}) {
            const bool decibels = std::string(band).ends_with("db");
            writeTiff(place / "t.tif", backscatter(decibels ? -20 : 0.25));
            GDALDatasetH source = GDALOpen((place / "t.tif").c_str(), GA_ReadOnly);
            GDALClose(GDALCreateCopy(GDALGetDriverByName("ENVI"),
                                     (data / (std::string(band) + ".img")).c_str(), source, FALSE, nullptr,
                                     nullptr, nullptr));
            GDALClose(source);
            std::filesystem::remove(place / "t.tif");
        }
        writeText(place / (name + ".dim"),
                  "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><Dimap_Document><Dataset_Sources><MDElem "
                  "name=\"metadata\"><MDElem name=\"Abstracted_Metadata\"><MDATTR name=\"PASS\" "
                  "type=\"ascii\">DESCENDING"
                  "</MDATTR><MDATTR name=\"first_line_time\" type=\"utc\">09-AUG-2021 "
                  "17:39:53.018000</MDATTR></MDElem>"
                  "</MDElem></Dataset_Sources></Dimap_Document>");
        const Scene scene = opened({place / (name + ".dim")});
        QCOMPARE(scene.date, std::string("2021-08-09"));
        QVERIFY(close(read(scene, "co_pol_sar", {"descending"}).at(0, 9, 9), 0.25));
        QVERIFY(close(read(scene, "cross_pol_sar", {"descending"}).at(0, 9, 9), 0.01)); // 10^(−20/10)
        QVERIFY(!says(allNotes(scene), "gamma0"));
        QCOMPARE(opened({place}).rasters.size(), scene.rasters.size()); // by its folder
    }

    void coherenceOfBurstsIsTaken() {
        for (const std::string stem :
             {"S1_136231_IW2_20200604_20200616_VV_INT80_12E3",
              "S1_123_111111s1n02-111111s2n01-000000s3n00_IW_20240101_20240115_VV_INT80_AEB4",
              "S1A_064_E053_1_N27_3_E054_1_N27_8_20200604_20200616_VV_INT80_7EB5"}) {
            const auto place = folder(stem.c_str());
            for (const char* end :
                 {"_conncomp", "_corr", "_unw_phase", "_wrapped_phase", "_lv_phi", "_lv_theta", "_dem",
                  "_water_mask", "_lat_rdr", "_los_rdr", "_wrapped_phase_rdr"}) {
                TiffFixture fixture = backscatter(end == std::string("_corr") ? 0.7 : 3);
                fixture.hasTransform = !std::string(end).ends_with("_rdr");
                writeTiff(place / (stem + end + ".tif"), fixture);
            }
            writeText(place / (stem + ".txt"),
                      "Reference Granule: S1_136231_IW2_20200604T022312_VV_7C85-BURST\nBaseline: 58\n");
            const Scene scene = opened({place});
            QCOMPARE(scene.rasters.size(), std::size_t(1));
            QVERIFY(scene.date.starts_with("20"));
            // 02:23 UTC at 10.3° east is 3 h of local solar time.
            QVERIFY(close(read(scene, "in_sar", {"descending"}).at(0, 9, 9), 0.7));
        }
    }

    void burstsOfOnePassAreJoined() {
        const auto place = folder("opera");
        const auto write = [&](const std::string& burst, const char* time, const char* layer, double left,
                               double value) {
            TiffFixture fixture = backscatter(value);
            fixture.noData = std::numeric_limits<double>::quiet_NaN();
            fixture.value = [=](int, int column, int) {
                return column == 0 ? std::numeric_limits<double>::quiet_NaN() : value;
            };
            fixture.transform = {left, 30, 0, 5200000, 0, -30};
            writeTiff(place / ("OPERA_L2_RTC-S1_" + burst + "_" + time + "_20250802T103301Z_S1A_30_v1.0_" +
                               layer + ".tif"),
                      fixture);
        };
        for (const char* layer : {"VV", "VH", "mask"}) {
            write("T117-249422-IW1", "20200801T171212Z", layer, 600000, 0.1);
            write("T117-249422-IW2", "20200801T171213Z", layer, 601740, 0.2); // two pixels overlap
            write("T117-249423-IW1", "20200801T171215Z", layer, 603480, 0.3);
            write("T066-140230-IW2", "20200802T053412Z", layer, 600000, 0.4); // another pass
        }
        const Scene scene = opened({place});
        QCOMPARE(scene.rasters.size(), std::size_t(4));
        QVERIFY(says(allNotes(scene), "joined"));
        const geo::Grid grid{geo::Crs::fromUserInput("EPSG:32632"), 600000, 5200000, 30, 176, 60};
        const Image<float> values = read(scene, "co_pol_sar", {"ascending", "descending"}, grid);
        QVERIFY(close(values.at(0, 9, 9), 0.1) && close(values.at(0, 9, 70), 0.2) &&
                close(values.at(0, 9, 130), 0.3));
        QVERIFY(close(values.at(0, 9, 58), 0.1)); // where the second burst has no data the first one has
        QVERIFY(close(values.at(1, 9, 9), 0.4) && std::isnan(values.at(1, 9, 130)));
        // The same burst twice is no neighbour.
        write("T117-249422-IW1", "20200801T171212Z", "VV_again", 600000, 0.1);
        std::filesystem::rename(
            place /
                "OPERA_L2_RTC-S1_T117-249422-IW1_20200801T171212Z_20250802T103301Z_S1A_30_v1.0_VV_again.tif",
            place / "OPERA_L2_RTC-S1_T117-249422-IW1_20200801T171212Z_20260101T000000Z_S1A_30_v1.0_VV.tif");
        const std::string message = messageOf([&] { opened({place}); });
        QVERIFY2(says(message, "twice") && says(message, "20260101T000000Z"), message.c_str());
    }

    void namesWithinContainersAreUnderstood() {
        // Names: hyp3-docs.asf.alaska.edu/nisar-docs/naming-conventions; groups: nemo794/nisarqa,
        // product_specs.
        const std::string gcov = "NETCDF:\"/d/NISAR_L2_PR_GCOV_015_147_A_175_2005_DHDH_A_20260320T104408_"
                                 "20260320T104443_X05013_N_F_J_001.h5\":/science/LSAR/GCOV/grids/frequencyA/";
        const auto name = containedRadarName(gcov + "HVHV");
        QVERIFY(name && name->isCrossPolarized() && name->scale == RadarScale::Power && !name->coherence);
        QVERIFY(name->orbit == Orbit::Ascending);
        QCOMPARE(name->time, std::string("20260320T104408"));
        QCOMPARE(name->radiometry, std::string("gamma0"));
        for (const char* other : {"HHHV", "mask", "numberOfLooks", "rtcGammaToSigmaFactor", "xCoordinates"}) {
            QVERIFY(!containedRadarName(gcov + other));
        }
        const auto pair = containedRadarName("NETCDF:\"NISAR_L2_PR_GUNW_001_030_D_019_002_2000_SH_"
                                             "20081012T060911_20081012T060925_20081127T061000_"
                                             "20081127T061014_D00404_N_F_J_001.h5\":/science/LSAR/GUNW/grids/"
                                             "frequencyA/unwrappedInterferogram/HH/"
                                             "coherenceMagnitude");
        QVERIFY(pair && pair->coherence && pair->orbit == Orbit::Descending);
        QCOMPARE(pair->pair, std::string("20081012_20081127"));
        const auto aria =
            containedRadarName("NETCDF:\"S1-GUNW-A-R-072-tops-20230520_20220618-145958-00044E_00030N-PP-"
                               "ab21-v2_0_6.nc\":/science/grids/data/coherence");
        QVERIFY(aria && aria->coherence && aria->orbit == Orbit::Ascending);
        QVERIFY(!containedRadarName("/d/dem.tif"));
    }

    void nisarIsReadWithItsPlace() {
        const auto place = folder("nisar");
        const std::string gcov =
            "NISAR_L2_PR_GCOV_015_147_A_175_2005_DHDH_A_20260320T104408_20260320T104443_X05013_N_F_J_001.h5";
        writeNetCdf(place / gcov, "/science/LSAR/GCOV/grids/frequencyA",
                    {{"HHHH", 0.2F}, {"HVHV", 0.04F}, {"mask", 1}, {"numberOfLooks", 30}});
        const std::string gunw = "NISAR_L2_PR_GUNW_001_030_A_019_002_2000_SH_20081012T060911_20081012T060925_"
                                 "20081127T061000_20081127T061014_D00404_N_F_J_001.h5";
        writeNetCdf(place / gunw, "/science/LSAR/GUNW/grids/frequencyA/unwrappedInterferogram/HH",
                    {{"coherenceMagnitude", 0.6F}, {"unwrappedPhase", 12}, {"connectedComponents", 1}});
        const Scene scene = opened({place});
        QCOMPARE(scene.rasters.size(), std::size_t(3));
        QVERIFY(close(scene.grid.left, 600000) && close(scene.grid.top, 5200000));
        QCOMPARE(scene.grid.pixelSize, 30.0);
        QVERIFY(scene.grid.crs == geo::Crs::fromUserInput("EPSG:32632"));
        QVERIFY(close(read(scene, "co_pol_sar", {"ascending"}).at(0, 9, 9), 0.2));
        QVERIFY(close(read(scene, "cross_pol_sar", {"ascending"}).at(0, 9, 9), 0.04));
        QVERIFY(close(read(scene, "in_sar", {"ascending"}).at(0, 9, 9), 0.6));
        QVERIFY(says(allNotes(scene), "L band"));
        // One raster of it by GDAL's names: the HDF5 driver alone would know no place.
        for (const std::string& path :
             {"HDF5:\"" + (place / gcov).string() + "\"://science/LSAR/GCOV/grids/frequencyA/HHHH",
              "NETCDF:\"" + (place / gcov).string() + "\":/science/LSAR/GCOV/grids/frequencyA/HHHH"}) {
            const Scene one = opened({path});
            QVERIFY(close(read(one, "co_pol_sar", {"ascending"}).at(0, 9, 9), 0.2));
        }
        writeText(place / "NISAR_L1_PR_RSLC_015_147_A_175_2005_DHDH_A_20260320T104408_20260320T104443.h5",
                  "x");
        QVERIFY(says(messageOf([&] { opened({place}); }), "GCOV"));
    }

    void aFileOfSeveralVariablesIsAskedWhich() {
        const auto place = folder("variables");
        writeTiff(place / "vv.tif", backscatter(0.1));
        writeNetCdf(place / "two.nc", "", {{"elevation", 1500}, {"slope", 20}});
        const std::string path = (place / "two.nc").string();
        const std::string which = "NETCDF:\"" + path + "\":elevation";
        const std::string alone = messageOf([&] { opened({path}); });
        QVERIFY2(says(alone, "several rasters") && says(alone, which), alone.c_str());
        const std::string beside = allNotes(opened({place / "vv.tif", path}));
        QVERIFY2(says(beside, "several rasters") && says(beside, which), beside.c_str());
        const std::string told = messageOf([&] {
            OpenOptions options;
            options.rasters = {{"dem", path}};
            opened({}, options);
        });
        QVERIFY2(says(told, "several rasters") && says(told, which), told.c_str());
        // A variable is told by its own name as well.
        const Scene scene = opened({place / "vv.tif", which});
        QVERIFY(scene.hasBand("dem", "elevation"));
        QVERIFY(close(read(scene, "dem", {"elevation"}).at(0, 30, 30), 1500));
        QVERIFY(!products::elevationCompanion("NETCDF:\"/a/dem.nc\":slope").empty());
        QVERIFY(products::elevationCompanion(which).empty());
    }
};

QTEST_APPLESS_MAIN(RadarContainersTest)
#include "radar_containers_test.moc"
