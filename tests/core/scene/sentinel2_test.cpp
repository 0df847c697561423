// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scene/opening.h"
#include "core/scene/product_fixtures.h"
#include "scene/products/sentinel2_metadata.h"

#include <QtTest>

#include <fstream>

using namespace nunatak;
using namespace nunatak::scene;
using namespace nunatak::tests;

class Sentinel2Test : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::filesystem::path folder(const char* name) const {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }

private Q_SLOTS:
    void beforeBaseline4NumbersAreReflectanceTimesTheQuantificationValue() {
        Sentinel2Fixture fixture;
        fixture.number = [](const std::string& band, int column, int) {
            return column == 0 ? 0 : band == "B02" ? 1234 : band == "B12" ? 987 : 5000;
        };
        const Scene scene = opened({writeSentinel2(folder("before"), fixture)});
        QCOMPARE(scene.bands("optical"),
                 (std::vector<std::string>{"blue", "green", "red", "nir", "swir1", "swir2"}));
        QCOMPARE(scene.name, fixture.name);
        QCOMPARE(scene.date, std::string("2021-09-08"));
        QCOMPARE(scene.time, std::string("04:27:01"));
        QCOMPARE(scene.sensor, std::string("Sentinel-2A MSI"));
        QVERIFY(!says(allNotes(scene), "surface"));
        // 90 − 26.4931642669439; there is no division by its sine: the numbers are reflectance already.
        QVERIFY(close(*scene.sunElevation, 63.5068357330561));
        // One grid of 10 m, where the 20 m bands are, too.
        QCOMPARE(scene.grid.pixelSize, 10.0);
        QCOMPARE(scene.grid.columns, 120);
        const Image<float> values = read(scene, "optical", {"blue", "swir2", "nir"});
        QVERIFY(close(values.at(0, 30, 60), 0.1234)); // 1234 / 10000
        QVERIFY(close(values.at(1, 30, 60), 0.0987)); // 987 / 10000
        QVERIFY(close(values.at(2, 30, 60), 0.5));
        QVERIFY(std::isnan(values.at(0, 30, 0)));
        QVERIFY(std::isnan(values.at(1, 30, 0)));
    }

    void sinceBaseline4TheOffsetIsAddedToNumbersThatAreThere() {
        Sentinel2Fixture fixture;
        // As S2B_MSIL1C_20220228T102849_N0400_R108_T31TFJ_20220228T123819 is named, with the offset list of
        // 04.00.
        fixture.name = "S2B_MSIL1C_20220228T102849_N0400_R108_T31TFJ_20220228T123819";
        fixture.granule = "L1C_T31TFJ_A026018_20220228T103340";
        fixture.prefix = "T31TFJ_20220228T102849";
        fixture.baseline = "04.00";
        fixture.date = "2022-02-28T10:28:49.024Z";
        fixture.offset = "-1000";
        fixture.crs = "EPSG:32631";
        fixture.left = 600000;
        fixture.top = 4900020;
        fixture.cloudMask = true;
        fixture.number = [](const std::string& band, int column, int) {
            return column < 2 ? 0 : band == "B02" ? 1234 : band == "B12" ? 987 : 6000;
        };
        const Scene scene = opened({writeSentinel2(folder("after"), fixture)});
        const Image<float> values = read(scene, "optical", {"blue", "swir2", "nir"});
        QVERIFY(close(values.at(0, 30, 60), 0.0234));  // (1234 − 1000) / 10000
        QVERIFY(close(values.at(1, 30, 60), -0.0013)); // (987 − 1000) / 10000
        QVERIFY(close(values.at(2, 30, 60), 0.5));     // (6000 − 1000) / 10000
        QVERIFY(std::isnan(values.at(0, 30, 1)));      // 0 is no data, not −0.1
        QVERIFY(std::isnan(values.at(1, 30, 1)));
        // Coarser views keep nothing and something apart as well.
        const geo::Grid coarse = scene.grid.atPixelSize(30);
        const Image<float> view = read(scene, "optical", {"nir"}, coarse);
        for (const float value : view.values()) {
            QVERIFY(std::isnan(value) || close(value, 0.5));
        }
        // Opaque clouds lie over the first five pixels of 60 m.
        const Image<float> flags = read(scene, "quality", {"cloud", "snow"});
        QCOMPARE(flags.at(0, 50, 10), 1.0F);
        QCOMPARE(flags.at(0, 50, 60), 0.0F);
        QCOMPARE(flags.at(1, 50, 10), 0.0F);
    }

    void surfaceReflectanceHasItsOwnOffsetAndANote() {
        Sentinel2Fixture fixture = sentinel2Surface();
        fixture.number = [](const std::string& band, int column, int) {
            return band == "SCL" ? (column < 20 ? 3 : column < 40 ? 9 : 11) : column == 0 ? 0 : 3500;
        };
        const Scene scene = opened({writeSentinel2(folder("l2a"), fixture)});
        QVERIFY(says(allNotes(scene), "top of the atmosphere"));
        QVERIFY(close(read(scene, "optical", {"red"}).at(0, 9, 9), 0.25)); // (3500 − 1000) / 10000
        const Image<float> flags = read(scene, "quality", {"cloud_shadow", "cloud", "snow"});
        QCOMPARE(flags.at(0, 9, 5), 1.0F);
        QCOMPARE(flags.at(1, 9, 60), 1.0F);
        QCOMPARE(flags.at(2, 9, 110), 1.0F);
        QCOMPARE(flags.at(2, 9, 5), 0.0F);
        // Its 10 m images are taken, not the 20 m ones of the same bands.
        QVERIFY(says(scene.rasters[0].file, "R10m"));
    }

    void twentyAndThirtyMetresAreHadAtWill() {
        Sentinel2Fixture fixture;
        fixture.number = [](const std::string&, int column, int) { return 1000 + 10 * column; };
        const auto product = writeSentinel2(folder("sizes"), fixture);
        OpenOptions options;
        options.pixelSize = 20;
        const Scene scene = opened({product}, options);
        QCOMPARE(scene.grid.pixelSize, 20.0);
        QCOMPARE(scene.grid.columns, 60);
        // Two 10 m pixels (columns 20 and 21: 1200 and 1210) make one.
        QVERIFY(close(read(scene, "optical", {"blue"}).at(0, 30, 10), 0.1205));
        saveScene(scene, folder("sizes") / "scene.json");
        QVERIFY(loadScene(folder("sizes") / "scene.json").grid == scene.grid);
    }

    void aZipIsReadWhereItLies() {
        Sentinel2Fixture fixture;
        fixture.number = [](const std::string&, int, int) { return 1234; };
        const auto product = writeSentinel2(folder("zip"), fixture);
        const auto zip = folder("zip") / (fixture.name + ".zip");
        pack(product, zip, true);
        std::filesystem::remove_all(product);
        const Scene scene = opened({zip});
        QCOMPARE(scene.name, fixture.name);
        QVERIFY(close(read(scene, "optical", {"blue"}).at(0, 3, 3), 0.1234));
        // The same by GDAL's own path, as somebody with a /vsicurl/ one would give it.
        const std::string virtualPath = "/vsizip/" + zip.string() + "/" + fixture.name + ".SAFE";
        QCOMPARE(openScene({virtualPath}, {}).scene.name, fixture.name);
    }

    void metadataAndManifestMeanTheProduct() {
        const Sentinel2Fixture fixture;
        const auto product = writeSentinel2(folder("manifest"), fixture);
        QCOMPARE(opened({product / "manifest.safe"}).name, fixture.name);
        QCOMPARE(opened({product / "MTD_MSIL1C.xml"}).name, fixture.name);
        QCOMPARE(opened({folder("manifest")}).name, fixture.name); // the folder it lies in
    }

    void damagedProductsAreRefusedByWhatIsWrong() {
        Sentinel2Fixture fixture;
        const auto missing = writeSentinel2(folder("missing"), fixture);
        std::filesystem::remove(missing / "GRANULE" / fixture.granule / "IMG_DATA" /
                                (fixture.prefix + "_B11.jp2"));
        QVERIFY(says(messageOf([&] { opened({missing}); }), "_B11.jp2"));

        fixture.baseline = "04.00"; // and no offsets
        QVERIFY(says(messageOf([&] { opened({writeSentinel2(folder("offsets"), fixture)}); }),
                     "RADIO_ADD_OFFSET"));
        fixture.offset = "minus 1000";
        QVERIFY(says(messageOf([&] { opened({writeSentinel2(folder("offset"), fixture)}); }), "minus 1000"));
        fixture.offset = "-1000";
        for (const char* wrong : {"", "0", "-1", "inf", "ten"}) {
            fixture.quantification = wrong;
            QVERIFY(!messageOf([&] { opened({writeSentinel2(folder("quantification"), fixture)}); }).empty());
        }
        fixture.quantification = "10000";
        const auto cut = writeSentinel2(folder("cut"), fixture);
        const auto band = cut / "GRANULE" / fixture.granule / "IMG_DATA" / (fixture.prefix + "_B03.jp2");
        std::filesystem::resize_file(band, 60);
        const std::string message = messageOf([&] { opened({cut}); });
        QVERIFY2(says(message, "_B03.jp2"), message.c_str());
        const auto elsewhere = writeSentinel2(folder("elsewhere"), fixture);
        Sentinel2Fixture other = fixture;
        other.left += 100000;
        const auto moved = writeSentinel2(folder("moved"), other);
        const auto inside =
            std::filesystem::path("GRANULE") / fixture.granule / "IMG_DATA" / (fixture.prefix + "_B12.jp2");
        std::filesystem::copy_file(moved / inside, elsewhere / inside,
                                   std::filesystem::copy_options::overwrite_existing);
        QVERIFY(says(messageOf([&] { opened({elsewhere}); }), "do not cover the same place"));
    }

    void everyTruncationOfTheMetadataIsRefused() {
        const auto product = writeSentinel2(folder("truncated"), {});
        std::ifstream in(product / "MTD_MSIL1C.xml");
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        QCOMPARE(products::parseSentinel2(text, "m").images.size(), std::size_t(6));
        for (std::size_t size = 0; size < text.size() - 2; size += 17) {
            QVERIFY(!messageOf([&] { products::parseSentinel2(text.substr(0, size), "m"); }).empty());
        }
    }

    // In the layout of 2015 and 2016 (Sentinel-2 Products Specification Document, version 13; names as in
    // bcdev/calvalus2's GranuleSplitterTest and ungarj/s2reader).
    std::filesystem::path writeOld(const char* name, const std::vector<std::string>& tiles) const {
        const std::string product =
            "S2A_OPER_PRD_MSIL1C_PDMC_20150829T193202_R108_V20150829T102018_20150829T102018";
        const auto safe = folder(name) / (product + ".SAFE");
        std::string lists;
        double left = 600000;
        for (const std::string& tile : tiles) {
            const std::string start = "S2A_OPER_MSI_L1C_TL_EPA__20150829T140530_A000963_" + tile;
            const std::string granule = start + "_N02.04";
            const auto images = safe / "GRANULE" / granule / "IMG_DATA";
            std::filesystem::create_directories(images);
            std::string list;
            for (const char* band : {"B02", "B03", "B04", "B08", "B11", "B12"}) {
                TiffFixture fixture{.columns = 40, .rows = 40, .type = GDT_UInt16};
                fixture.transform = {left, 10, 0, 5200000, 0, -10};
                fixture.value = [&](int, int, int) { return tile == tiles.front() ? 2000 : 3000; };
                writeTiff(images / (start + "_" + band + ".tif"), fixture);
                list += "<IMAGE_ID>" + start + "_" + band + "</IMAGE_ID>";
            }
            std::string metadata = start;
            metadata.replace(metadata.find("_MSI_"), 5, "_MTD_");
            writeText(safe / "GRANULE" / granule / (metadata + ".xml"),
                      "<n1:Level-1C_Tile_ID "
                      "xmlns:n1='x'><Mean_Sun_Angle><ZENITH_ANGLE>40</ZENITH_ANGLE><AZIMUTH_ANGLE>"
                      "150</AZIMUTH_ANGLE></Mean_Sun_Angle></n1:Level-1C_Tile_ID>");
            lists += "<Granule_List><Granules granuleIdentifier=\"" + granule +
                     "\" imageFormat=\"GeoTIFF\">" + list + "</Granules></Granule_List>";
            left += 100000;
        }
        writeText(
            safe / "S2A_OPER_MTD_SAFL1C_PDMC_20150829T193202_R108_V20150829T102018_20150829T102018.xml",
            "<n1:Level-1C_User_Product xmlns:n1=\"x\"><n1:General_Info><Product_Info><PRODUCT_START_TIME>"
            "2015-08-29T10:20:18.000Z</PRODUCT_START_TIME><PRODUCT_URI>" +
                product +
                ".SAFE</PRODUCT_URI><PROCESSING_LEVEL>Level-1C</PROCESSING_LEVEL><PROCESSING_BASELINE>02.04"
                "</PROCESSING_BASELINE><Product_Organisation>" +
                lists +
                "</Product_Organisation></"
                "Product_Info><Product_Image_Characteristics><QUANTIFICATION_VALUE>10000"
                "</QUANTIFICATION_VALUE></Product_Image_Characteristics></n1:General_Info></"
                "n1:Level-1C_User_Product>");
        writeText(safe / "manifest.safe", "<xfdu/>");
        return safe;
    }

private Q_SLOTS:
    void aProductOf2015OfOneTileIsRead() {
        const auto safe = writeOld("one", {"T32TPS"});
        const Scene scene = opened({safe});
        QVERIFY(close(read(scene, "optical", {"swir2"}).at(0, 5, 5), 0.2));
        QCOMPARE(scene.date, std::string("2015-08-29"));
        QVERIFY(close(*scene.sunElevation, 50));
        QVERIFY(says(scene.name, "T32TPS"));
    }

    void ofAProductOf2015WithSeveralTilesOneIsGiven() {
        const auto safe = writeOld("several", {"T32TPS", "T32TPT"});
        const std::string refused = messageOf([&] { opened({safe}); });
        QVERIFY2(says(refused, "T32TPS, T32TPT") && says(refused, "2016") && says(refused, "GRANULE/"),
                 refused.c_str());
        const auto granule =
            safe / "GRANULE" / "S2A_OPER_MSI_L1C_TL_EPA__20150829T140530_A000963_T32TPT_N02.04";
        const auto metadata = granule / "S2A_OPER_MTD_L1C_TL_EPA__20150829T140530_A000963_T32TPT.xml";
        for (const auto& given : {granule, metadata}) {
            const Scene scene = opened({given});
            QVERIFY(close(read(scene, "optical", {"blue"}).at(0, 5, 5), 0.3));
            QVERIFY(says(scene.name, "T32TPT"));
        }
    }

    void imagesAreFoundWhereTheyLieInARenamedProduct() {
        Sentinel2Fixture fixture;
        fixture.number = [](const std::string&, int, int) { return 2500; };
        const auto safe = writeSentinel2(folder("renamed"), fixture);
        std::filesystem::rename(safe / "GRANULE" / fixture.granule, safe / "GRANULE" / "G1");
        std::filesystem::rename(safe, folder("renamed") / "my scene");
        const Scene scene = opened({folder("renamed") / "my scene"});
        QVERIFY(close(read(scene, "optical", {"swir1"}).at(0, 5, 5), 0.25));
        QVERIFY(scene.sunElevation.has_value());
        const Scene tile = opened({folder("renamed") / "my scene" / "GRANULE" / "G1"});
        QCOMPARE(tile.name, scene.name);
        // What is not there is named by its whole path.
        std::filesystem::remove(folder("renamed") / "my scene/GRANULE/G1/IMG_DATA" /
                                (fixture.prefix + "_B11.jp2"));
        const std::string refused = messageOf([&] { opened({folder("renamed") / "my scene"}); });
        QVERIFY2(
            says(refused, "my scene/GRANULE/" + fixture.granule + "/IMG_DATA/" + fixture.prefix + "_B11.jp2"),
            refused.c_str());
    }

    void aManifestWithoutMetadataIsRefused() {
        writeText(folder("unknown.SAFE") / "manifest.safe", "");
        for (const auto& given : {folder("unknown.SAFE"), folder("unknown.SAFE") / "manifest.safe"}) {
            QVERIFY(says(messageOf([&] { opened({given}); }), "no metadata that are known"));
        }
    }

    void theMetadataMayHaveAnyName() {
        Sentinel2Fixture fixture;
        fixture.number = [](const std::string&, int, int) { return 2500; };
        const auto safe = writeSentinel2(folder("named"), fixture);
        std::filesystem::rename(safe / "MTD_MSIL1C.xml", safe / "metadata.xml");
        QCOMPARE(opened({safe / "metadata.xml"}).name, fixture.name);
    }

    void anEopfProductIsReadWhereGdalReadsItsPlace() {
        const auto store = folder("S2A_MSIL2A_20250415T094041_N0511_R036_T35VLC_20250415T155631.zarr");
        const auto write = [&](const char* size, const char* band, double number, bool placed) {
            const auto array = store / "measurements/reflectance" / size / band;
            std::filesystem::create_directories(array.parent_path());
            TiffFixture fixture{.columns = 40, .rows = 40, .type = GDT_UInt16};
            fixture.crs = placed ? "EPSG:32635" : "";
            fixture.transform = {600000, 10, 0, 5200000, 0, -10};
            fixture.value = [=](int, int, int) { return number; };
            const std::string tiff = writeTiff(folder("array.tif"), fixture);
            GDALDatasetH source = GDALOpen(tiff.c_str(), GA_ReadOnly);
            const std::string name = std::string("ARRAY_NAME=") + band;
            const char* const options[] = {name.c_str(), nullptr};
            const auto made = folder((std::string(band) + "_made").c_str());
            GDALDatasetH copy = GDALCreateCopy(GDALGetDriverByName("Zarr"), made.c_str(), source, FALSE,
                                               const_cast<char**>(options), nullptr, nullptr);
            QVERIFY(copy != nullptr);
            GDALClose(copy);
            GDALClose(source);
            std::filesystem::copy(made / band, array, std::filesystem::copy_options::recursive);
            // The dimensions beside it say where it lies.
            for (const char* dimension : {"X", "Y"}) {
                if (std::filesystem::exists(made / dimension)) {
                    std::filesystem::copy(made / dimension, array.parent_path() / dimension,
                                          std::filesystem::copy_options::recursive |
                                              std::filesystem::copy_options::skip_existing);
                }
            }
            std::filesystem::remove_all(made);
        };
        for (const bool placed : {true, false}) {
            std::filesystem::remove_all(store);
            double number = 2000;
            for (const char* band : {"b02", "b03", "b04", "b08"}) {
                write("r10m", band, number += 100, placed);
            }
            for (const char* band : {"b11", "b12"}) {
                write("r20m", band, number += 100, placed);
            }
            for (const char* array :
                 {"r10m/b02", "r10m/b03", "r10m/b04", "r10m/b08", "r20m/b11", "r20m/b12"}) {
                const auto file = store / "measurements/reflectance" / array / ".zattrs";
                std::ifstream in(file);
                std::string text{std::istreambuf_iterator<char>(in), {}};
                const auto brace = text.find('{');
                const std::string factors = "\"scale_factor\": 0.0001, \"add_offset\": -0.1";
                writeText(file, brace == std::string::npos ? "{" + factors + "}"
                                                           : "{" + factors + "," + text.substr(brace + 1));
            }
            writeText(store / ".zattrs",
                      R"({"stac_discovery": {"id": "S2A_MSIL2A_20250415T094041_T35VLC", "properties":
                {"datetime": "2025-04-15T09:40:41.025Z", "view:sun_elevation": 45.5}}})");
            if (!placed) {
                const std::string refused = messageOf([&] { opened({store}); });
                QVERIFY2(says(refused, "EOPF Zarr") && says(refused, "SAFE"), refused.c_str());
                continue;
            }
            const Scene scene = opened({store});
            QVERIFY(close(read(scene, "optical", {"blue"}).at(0, 5, 5), 0.11));
            QVERIFY(close(read(scene, "optical", {"swir2"}).at(0, 5, 5), 0.16));
            QCOMPARE(scene.date, std::string("2025-04-15"));
            QVERIFY(close(*scene.sunElevation, 45.5));
        }
        std::filesystem::create_directories(folder("other.zarr"));
        QVERIFY(says(messageOf([&] { opened({folder("other.zarr")}); }), "without Sentinel-2 reflectance"));
    }
};

QTEST_APPLESS_MAIN(Sentinel2Test)
#include "sentinel2_test.moc"
