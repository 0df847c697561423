// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scene/radar_fixture.h"
#include "scene/products/radar_names.h"

#include <QtTest>

#include <tuple>

using namespace nunatak;
using namespace nunatak::scene;
using namespace nunatak::scene::products;
using namespace nunatak::tests;

// Names of ASF HyP3: docs/guides/rtc_product_guide.md and insar_product_guide.md of ASFHyP3/hyp3-docs; of
// OPERA: opera_rtc_product_guide.md there. Names of Sentinel-1: stactools-packages/sentinel1, examples/grd
// and slc.
class RadarProductsTest : public QObject, private RadarFolder {
    Q_OBJECT

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

    void powerIsWhatIsAveraged() {
        // Speckle: a mean of dB lies 2.5 dB too low, a mean of amplitudes 1 dB.
        const auto place = folder("averages");
        const auto power = [](int column, int row) {
            return 0.02 - 0.1 * std::log(noise(1, column, row) + 1e-4);
        };
        const auto write = [&](const char* name, const std::function<double(double)>& stored) {
            TiffFixture fixture{.columns = 96, .rows = 96};
            fixture.transform = {600000, 10, 0, 5200000, 0, -10};
            fixture.value = [=](int, int column, int row) { return stored(power(column, row)); };
            fixture.finish = [](GDALDatasetH dataset) { // their overviews are means of what is stored
                int factors[] = {2, 4};
                std::ignore =
                    GDALBuildOverviews(dataset, "AVERAGE", 2, factors, 0, nullptr, nullptr, nullptr);
            };
            return writeTiff(place / name, fixture);
        };
        const auto decibels = [](double p) { return 10 * std::log10(p); };
        std::vector<Image<float>> images;
        for (const auto& file :
             {write("co_power.tif", [](double p) { return p; }), write("co_db.tif", decibels),
              write("co_amplitude.tif", [](double p) { return std::sqrt(p); })}) {
            OpenOptions options;
            options.rasters = {{"co_pol_sar", file + ":ascending"}};
            const Scene scene = openScene({}, options).scene;
            for (const int factor : {1, 3, 4}) {
                images.push_back(
                    read(scene, "co_pol_sar", {"ascending"}, scene.grid.atPixelSize(10 * factor)));
                if (factor == 4) {
                    double sum = 0;
                    for (int row = 8; row < 12; ++row) {
                        for (int column = 4; column < 8; ++column) {
                            sum += power(column, row) / 16;
                        }
                    }
                    const double got = images.back().at(0, 2, 1);
                    QVERIFY2(close(got, sum, 1e-5), qPrintable(QString("%1 %2").arg(got).arg(sum)));
                }
            }
        }
        for (std::size_t i = 3; i < images.size(); ++i) {
            QCOMPARE(images[i].values().size(), images[i % 3].values().size());
            for (std::size_t k = 0; k < images[i].values().size(); ++k) {
                QVERIFY(close(images[i].values()[k], images[i % 3].values()[k], 1e-5));
            }
        }
    }

    void whatIsSaidToBeRadarIsReadAsWhatIsRecognised() {
        const auto place = folder("said");
        OpenOptions options;
        options.rasters = {
            {"co_pol_sar", writeTiff(place / "a.tif", backscatter(-13)) + ":descending"},
            {"cross_pol_sar", writeTiff(place / "b_amplitude_S1A_20180128T171201.tif", backscatter(0.2))}};
        const Scene scene = openScene({}, options).scene;
        QVERIFY(close(read(scene, "co_pol_sar", {"descending"}).at(0, 9, 9), 0.0501187));
        QVERIFY(
            close(read(scene, "cross_pol_sar", {"ascending"}).at(0, 9, 9), 0.04)); // its time tells the orbit
        QVERIFY(std::isnan(read(scene, "co_pol_sar", {"descending"}).at(0, 9, 0)));
        options.rasters = {{"co_pol_sar", writeTiff(place / "counts.tif", backscatter(4711)) + ":ascending"}};
        const std::string message = messageOf([&] { openScene({}, options); });
        QVERIFY2(says(message, "counts.tif") && says(message, "calibrate"), message.c_str());
    }

    void scaledDecibelsAreReadByTheirScale() {
        const auto place = folder("scaled");
        TiffFixture fixture = backscatter(-1300);
        fixture.type = GDT_Int16;
        fixture.noData = 0;
        fixture.finish = [](GDALDatasetH dataset) {
            GDALSetRasterScale(GDALGetRasterBand(dataset, 1), 0.01);
        };
        const Scene scene = opened({writeTiff(place / "asc_VV.tif", fixture)});
        const Image<float> values = read(scene, "co_pol_sar", {"ascending"});
        QVERIFY(close(values.at(0, 9, 9), 0.0501187) && std::isnan(values.at(0, 9, 0)));
    }

    void coherenceIsAShare() {
        const auto place = folder("share");
        const auto open = [&](double value, const char* unit) {
            TiffFixture fixture = backscatter(value);
            fixture.finish = [=](GDALDatasetH dataset) {
                GDALSetRasterUnitType(GDALGetRasterBand(dataset, 1), unit);
            };
            OpenOptions options;
            options.rasters = {{"in_sar", writeTiff(place / "c.tif", fixture) + ":ascending"}};
            const Scene scene = openScene({}, options).scene;
            return read(scene, "in_sar", {"ascending"}).at(0, 9, 9);
        };
        QVERIFY(close(open(0.97, ""), 0.97));
        QVERIFY(close(open(97, ""), 0.97));
        QVERIFY(close(open(0.5, "%"), 0.005));
        for (const double wrong : {1.5, 200.0, -0.4}) {
            const std::string message = messageOf([&] { open(wrong, ""); });
            QVERIFY2(says(message, "coherence") && says(message, "c.tif"), message.c_str());
        }
    }

    void temperatureBecomesKelvin() {
        const auto place = folder("warmth");
        const auto open = [&](double value, const char* unit) {
            TiffFixture fixture{.columns = 60, .rows = 60};
            fixture.value = [=](int, int, int) { return value; };
            fixture.finish = [=](GDALDatasetH dataset) {
                GDALSetRasterUnitType(GDALGetRasterBand(dataset, 1), unit);
            };
            OpenOptions options;
            options.rasters = {{"thermal", writeTiff(place / "t.tif", fixture)}};
            const Scene scene = openScene({}, options).scene;
            return read(scene, "thermal", {"thermal"}).at(0, 9, 9);
        };
        QVERIFY(close(open(275.15, ""), 275.15));
        QVERIFY(close(open(2, ""), 275.15));
        QVERIFY(close(open(2, "degC"), 275.15));
        QVERIFY(close(open(35.6, "F"), 275.15, 1e-3));
        QVERIFY(says(messageOf([&] { open(2, "K"); }), "t.tif"));
        QVERIFY(says(messageOf([&] { open(21000, ""); }), "scale"));
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

    void coherenceNamesItsOrbit() {
        const auto place = folder("coherence");
        const std::string stem = "S1AB_20171111T150004_20171117T145926_VVP006_INT80_G_ueF_4D09";
        writeTiff(place / (stem + "_corr.tif"), backscatter(0.7));
        writeText(place / (stem + ".txt"), "Reference Granule: S1A\nReference Pass Direction: DESCENDING\n");
        const Scene scene = opened({place});
        QVERIFY(close(read(scene, "in_sar", {"descending"}).at(0, 9, 9), 0.7));
    }

    void allFilesOfAProductMayBeGiven() {
        const auto rtc = folder("whole_rtc");
        const std::string stem = "S1A_IW_20180128T171201_DVP_RTC30_G_gpuned_FD6A";
        for (const char* end : {"_VV", "_VH", "_ls_map", "_inc_map", "_dem", "_area", "_rgb"}) {
            TiffFixture fixture = backscatter(std::string(end).starts_with("_V") ? 0.1 : 7);
            fixture.bands = end == std::string("_rgb") ? 3 : 1;
            writeTiff(rtc / (stem + end + ".tif"), fixture);
        }
        writeText(rtc / (stem + ".README.md.txt"), "read me");
        writeText(rtc / (stem + ".kmz"), "no raster");
        writeText(rtc / (stem + "_VV.tif.xml"), "<metadata/>");
        const auto onlyBackscatter = [](const Scene& scene) {
            return scene.rasters.size() == 2 && scene.hasBand("co_pol_sar", "ascending") &&
                   scene.hasBand("cross_pol_sar", "ascending") && says(allNotes(scene), "Not used");
        };
        QVERIFY(onlyBackscatter(opened({rtc})));
        std::vector<std::filesystem::path> files; // all of them chosen in a dialog
        for (const auto& entry : std::filesystem::directory_iterator(rtc)) {
            if (entry.path().extension() == ".tif") {
                files.push_back(entry.path());
            }
        }
        QVERIFY(onlyBackscatter(opened(files)));
        const std::string message = messageOf([&] { opened({rtc / (stem + "_inc_map.tif")}); });
        QVERIFY2(says(message, "_inc_map.tif") && says(message, "backscatter"), message.c_str());
        OpenOptions options; // the user's word goes before
        options.rasters = {{"dem", (rtc / (stem + "_dem.tif")).string()}};
        QVERIFY(opened({rtc}, options).hasBand("dem", "elevation"));
    }

    void radarWithoutBandNamesIsNeverOptical() {
        const auto place = folder("unnamed");
        const auto stack = [&](const char* name, int bands, double value) {
            TiffFixture fixture = backscatter(value);
            fixture.bands = bands;
            fixture.finish = [](GDALDatasetH dataset) {
                for (int band = 1; band <= GDALGetRasterCount(dataset); ++band) {
                    GDALSetRasterColorInterpretation(GDALGetRasterBand(dataset, band), GCI_Undefined);
                }
            };
            return std::filesystem::path(writeTiff(place / name, fixture));
        };
        for (const auto& file : {stack("sentinel1_backscatter.tif", 3, 0.1), stack("S1_2020.tif", 6, 0.1),
                                 stack("composite.tif", 3, -14)}) {
            const OpenedScene found = openScene({file.string()}, {});
            QVERIFY2(!found.complete && found.unknown.size() == 1, file.c_str());
        }
        const Scene scene = opened({stack("S1A_desc_VV_VH_db.tif", 2, -10)});
        QVERIFY(scene.hasBand("co_pol_sar", "descending") && scene.hasBand("cross_pol_sar", "descending"));
        QVERIFY(close(read(scene, "cross_pol_sar", {"descending"}).at(0, 9, 9), 0.1));
        QVERIFY(opened({stack("landscape.tif", 3, 0.1)}).hasBand("optical", "red"));
    }

    void measurementsOfOnePassAreNotTakenForTwo() {
        const auto place = folder("one pass");
        const auto named = [&](const char* file, const std::vector<const char*>& bands) {
            TiffFixture fixture = backscatter(0.1);
            fixture.bands = static_cast<int>(bands.size());
            fixture.finish = [&](GDALDatasetH dataset) {
                for (std::size_t i = 0; i < bands.size(); ++i) {
                    GDALSetDescription(GDALGetRasterBand(dataset, static_cast<int>(i) + 1), bands[i]);
                }
            };
            return std::filesystem::path(writeTiff(place / file, fixture));
        };
        const auto both = named("snap.tif", {"Sigma0_VV", "Gamma0_VV"});
        const std::string message = messageOf([&] { opened({both}); });
        QVERIFY2(says(message, "one pass") && says(message, "--co-pol"), message.c_str());
        const std::string files = messageOf([&] { opened({named("HH.tif", {""}), named("VV.tif", {""})}); });
        QVERIFY2(says(files, "HH.tif") && says(files, "VV.tif"), files.c_str());
        const auto coherence = [&](const char* pol) {
            return named(
                (std::string("S1_249422_IW1_20200708_20200801_") + pol + "_INT40_9F3A_corr.tif").c_str(),
                {""});
        };
        QVERIFY(says(messageOf([&] { opened({coherence("VV"), coherence("VH")}); }), "--coherence"));
        // Told, or of two passes by their names, they are taken.
        OpenOptions options;
        options.rasters = {{"co_pol_sar", both.string() + ":ascending,-"}};
        QVERIFY(opened({}, options).hasBand("co_pol_sar", "ascending"));
        const Scene passes = opened({named("2020_VV.tif", {""}), named("2021_VV.tif", {""})});
        QVERIFY(passes.hasBand("co_pol_sar", "ascending") && passes.hasBand("co_pol_sar", "descending"));
    }

    void twoDatesOfOneOrbitAreNamedBoth() {
        const auto place = folder("two dates");
        for (const char* name : {"S1A_IW_20180128T161201_DVP_RTC30_G_gpuned_FD6A_VV.tif",
                                 "S1A_IW_20180209T161201_DVP_RTC30_G_gpuned_AB12_VV.tif"}) {
            writeTiff(place / name, backscatter(0.1));
        }
        const std::string message = messageOf([&] { opened({place}); });
        QVERIFY2(says(message, "20180128T161201") && says(message, "20180209T161201") &&
                     says(message, "give the files of one"),
                 message.c_str());
    }

    void bandsThatAreNoBackscatterAreNamed() {
        // As Earth Engine exports Sentinel-1: VV, VH and the angle of incidence.
        TiffFixture fixture = backscatter(-10);
        fixture.bands = 3;
        fixture.finish = [](GDALDatasetH dataset) {
            int number = 0;
            for (const char* name : {"VV", "VH", "angle"}) {
                GDALSetDescription(GDALGetRasterBand(dataset, ++number), name);
            }
        };
        const Scene scene = opened({writeTiff(folder("ee") / "stack.tif", fixture)});
        QVERIFY(scene.rasters.size() == 2);
        QVERIFY2(says(allNotes(scene), "not used: angle"), allNotes(scene).c_str());
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
