// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scene/opening.h"
#include "core/scene/product_fixtures.h"
#include "scene/products/radar_names.h"

#include <QtTest>

using namespace nunatak;
using namespace nunatak::scene;
using namespace nunatak::scene::products;
using namespace nunatak::tests;

// Names of ASF HyP3: docs/guides/rtc_product_guide.md and insar_product_guide.md of ASFHyP3/hyp3-docs; of
// OPERA: opera_rtc_product_guide.md there. Names of Sentinel-1: stactools-packages/sentinel1, examples/grd
// and slc.
class RadarProductsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::filesystem::path folder(const char* name) const {
        const auto path = std::filesystem::path(m_folder.path().toStdString()) / name;
        std::filesystem::create_directories(path);
        return path;
    }
    static TiffFixture backscatter(double value) {
        TiffFixture fixture{.columns = 60, .rows = 60};
        fixture.value = [value](int, int column, int) { return column == 0 ? 0 : value; };
        return fixture;
    }

private Q_SLOTS:
    void namesOfHyp3AreUnderstood() {
        const auto rtc = radarNameOf("S1A_IW_20180128T161201_DVP_RTC30_G_gpuned_FD6A_VV.tif");
        QVERIFY(rtc.has_value());
        QCOMPARE(rtc->polarization, std::string("VV"));
        QCOMPARE(rtc->radiometry, std::string("gamma0"));
        QVERIFY(rtc->scale == RadarScale::Power);
        QCOMPARE(rtc->time, std::string("20180128T161201"));
        const auto decibels = radarNameOf("S1B_IW_20200604T022251_DVP_RTC10_G_sdufem_E1A2_VH.tif");
        QCOMPARE(decibels->radiometry, std::string("sigma0"));
        QVERIFY(decibels->scale == RadarScale::Decibels && decibels->isCrossPolarized());
        for (const char* companion : {"dem", "ls_map", "inc_map", "area", "rgb"}) {
            QVERIFY(!radarNameOf(std::string("S1A_IW_20180128T161201_DVP_RTC30_G_gpuned_FD6A_") + companion +
                                 ".tif"));
        }
        const auto coherence =
            radarNameOf("S1AB_20171111T150004_20171117T145926_VVP006_INT80_G_ueF_4D09_corr.tif");
        QVERIFY(coherence && coherence->coherence);
        QVERIFY(!radarNameOf("S1AB_20171111T150004_20171117T145926_VVP006_INT80_G_ueF_4D09_unw_phase.tif"));
        QVERIFY(radarNameOf(
                    "OPERA_L2_RTC-S1_T115-245714-IW1_20250418T141628Z_20250419T010229Z_S1A_30_v1.0_VV.tif")
                    ->scale == RadarScale::Power);
        QVERIFY(radarNameOf("Sigma0_VV_db.img")->scale == RadarScale::Decibels);
        QVERIFY(!radarNameOf("LC08_L1GT_120038_20210105_20210105_02_RT_B4.TIF"));
        QVERIFY(!radarNameOf(""));
    }

    void theOrbitFollowsFromTheTimeOfDay() {
        QVERIFY(orbitAt("20180128T171201", 9, 47) == Orbit::Ascending);   // 17:48 in local solar time
        QVERIFY(orbitAt("20180128T052500", 10, 46) == Orbit::Descending); // 6:05
        QVERIFY(orbitAt("20180128T002600", 87, 28) == Orbit::Descending); // Everest, 6:14
        QVERIFY(orbitAt("20180128T121500", 87, 28) == Orbit::Ascending);  // Everest, 18:03
        QVERIFY(orbitAt("20180128T100000", -72, -50) == Orbit::Descending);
        QVERIFY(orbitAt("20180128T100000", 10, 82) == Orbit::Unknown);
        QVERIFY(orbitAt("", 10, 46) == Orbit::Unknown);
    }

    void ascendingAndDescendingAreStackedAndNamed() {
        const auto place = folder("rtc");
        for (const char* pol : {"VV", "VH"}) {
            writeTiff(place / (std::string("S1A_IW_20180128T171201_DVP_RTC30_G_gpuned_FD6A_") + pol + ".tif"),
                      backscatter(0.12));
            writeTiff(place / (std::string("S1A_IW_20180130T053301_DVP_RTC30_G_gpuned_0A1B_") + pol + ".tif"),
                      backscatter(0.07));
        }
        writeTiff(place / "S1A_IW_20180128T171201_DVP_RTC30_G_gpuned_FD6A_dem.tif", backscatter(2000));
        const Scene scene = opened({place});
        QVERIFY(scene.hasBand("co_pol_sar", "ascending") && scene.hasBand("co_pol_sar", "descending"));
        QVERIFY(scene.hasBand("cross_pol_sar", "ascending") && scene.hasBand("cross_pol_sar", "descending"));
        QVERIFY(!scene.hasBand("dem", "elevation")); // HyP3's guide warns of its copy
        QVERIFY(says(allNotes(scene), "gamma0") && says(allNotes(scene), "ascending orbit"));
        const Image<float> values = read(scene, "co_pol_sar", {"ascending", "descending"});
        QVERIFY(close(values.at(0, 20, 20), 0.12) && close(values.at(1, 20, 20), 0.07));
        QVERIFY(std::isnan(values.at(0, 20, 0))); // outside of the swath
        OpenOptions swapped;
        swapped.swapOrbits = true;
        const Image<float> exchanged =
            read(opened({place}, swapped), "co_pol_sar", {"ascending", "descending"});
        QVERIFY(close(exchanged.at(0, 20, 20), 0.07) && close(exchanged.at(1, 20, 20), 0.12));
    }

    void decibelsAndAmplitudeBecomePower() {
        const auto place = folder("scales");
        writeTiff(place / "S1A_IW_20180128T171201_DVP_RTC30_G_gdufem_FD6A_VV.tif", backscatter(-13));
        writeTiff(place / "S1A_IW_20180128T171201_DVP_RTC30_G_gaufem_FD6A_VH.tif", backscatter(0.2));
        const Scene scene = opened({place});
        QVERIFY(close(read(scene, "co_pol_sar", {"ascending"}).at(0, 9, 9), 0.0501187)); // 10^(−13/10)
        QVERIFY(close(read(scene, "cross_pol_sar", {"ascending"}).at(0, 9, 9), 0.04));   // 0.2²
    }

    void decibelsAreToldFromPowerWhereTheNameDoesNotSay() {
        const auto place = folder("untold");
        writeTiff(place / "sentinel1_asc_VV.tif", backscatter(-13));
        writeTiff(place / "sentinel1_desc_VV.tif", backscatter(0.05));
        const Scene scene = opened({place});
        QVERIFY(says(allNotes(scene), "in dB, as its negative numbers tell"));
        const Image<float> values = read(scene, "co_pol_sar", {"ascending", "descending"});
        QVERIFY(close(values.at(0, 9, 9), 0.0501187) && close(values.at(1, 9, 9), 0.05));
    }

    void oneOrbitAloneOfAnUnknownDirectionIsAllowed() {
        const auto place = folder("one");
        writeTiff(place / "backscatter_HH.tif", backscatter(0.1));
        const Scene scene = opened({place / "backscatter_HH.tif"});
        QVERIFY(scene.hasBand("co_pol_sar", "ascending"));
        QVERIFY(says(allNotes(scene), "orbit is not known"));
    }

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

    void coherenceNamesItsOrbit() {
        const auto place = folder("coherence");
        const std::string stem = "S1AB_20171111T150004_20171117T145926_VVP006_INT80_G_ueF_4D09";
        writeTiff(place / (stem + "_corr.tif"), backscatter(0.7));
        writeText(place / (stem + ".txt"), "Reference Granule: S1A\nReference Pass Direction: DESCENDING\n");
        const Scene scene = opened({place});
        QVERIFY(close(read(scene, "in_sar", {"descending"}).at(0, 9, 9), 0.7));
    }

    void uncorrectedProductsAreRefusedWithWhatToDo() {
        const auto place = folder("grd");
        for (const char* name :
             {"S1A_IW_GRDH_1SDV_20210809T173953_20210809T174018_039156_049F13_6FF8.SAFE",
              "S1A_IW_SLC__1SDV_20210809T173953_20210809T174018_039156_049F13_6FF8.SAFE"}) {
            writeText(place / name / "manifest.safe", "<xfdu:XFDU/>");
            writeText(place / name / "measurement" / "s1a-iw-grd-vv.tiff", "");
            for (const auto& path : {place / name, place / name / "manifest.safe", place}) {
                const std::string message = messageOf([&] { opened({path}); });
                QVERIFY2(says(message, "SNAP") && says(message, "ASF HyP3"), message.c_str());
            }
        }
        QVERIFY(!isSentinel1Original(
            "S1A_IW_GRDH_1SDV_20210809T173953_20210809T174018_039156_049F13_6FF8_Cal_TC.tif"));
    }
};

QTEST_APPLESS_MAIN(RadarProductsTest)
#include "radar_products_test.moc"
