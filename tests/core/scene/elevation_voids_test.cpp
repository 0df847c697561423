// SPDX-License-Identifier: GPL-3.0-or-later
// Elevation models with holes: masks, voids, gaps between files, tiles that are missing.
#include "core/scene/elevation_fixture.h"

#include <QtTest>

#include <cmath>
#include <numbers>

using namespace nunatak;
using namespace nunatak::scene;
using namespace nunatak::tests;

class ElevationVoidsTest : public QObject, private ElevationFolder {
    Q_OBJECT

private Q_SLOTS:
    void aMaskOfATileIsKept() {
        const auto second = dem("dem_east.tif", 100, 80, flat);
        TiffFixture masked{.columns = 100, .rows = 140, .crs = "EPSG:4326"};
        masked.transform = {10.28, 0.0004, 0, 46.97, 0, -0.0004};
        masked.value = [](int, int column, int row) {
            return std::hypot(column - 90, row - 85) < 6 ? 9999 : 1500;
        };
        masked.finish = [](GDALDatasetH dataset) {
            GDALCreateDatasetMaskBand(dataset, GMF_PER_DATASET);
            std::vector<unsigned char> valid(100 * 140, 255);
            for (int i = 0; i < 100 * 140; ++i) {
                valid[static_cast<std::size_t>(i)] = std::hypot(i % 100 - 90, i / 100 - 85) < 6 ? 0 : 255;
            }
            QVERIFY(GDALRasterIO(GDALGetMaskBand(GDALGetRasterBand(dataset, 1)), GF_Write, 0, 0, 100, 140,
                                 valid.data(), 100, 140, GDT_Byte, 0, 0) == CE_None);
        };
        writeTiff(at("dem_masked.tif"), masked);
        const Image<float> pixels1 =
            read(opened({optical(), at("dem_masked.tif"), second}), "dem", {"elevation"});
        for (const float height : pixels1.values()) {
            QVERIFY2(close(height, 1500), qPrintable(QString::number(height)));
        }
    }

    void coarserTilesAreInterpolatedWithoutTheirVoids() {
        // As Copernicus' are beyond 60°: half as many postings eastward. A plane stays one.
        const auto plane = [](double longitude) { return 1000 + 50'000 * (longitude - 10.28); };
        TiffFixture coarse{.columns = 50, .rows = 140, .crs = "EPSG:4326"};
        coarse.transform = {10.28, 0.0008, 0, 46.97, 0, -0.0004};
        coarse.value = [&](int, int column, int row) {
            return std::hypot(2 * column - 80, row - 85) < 6 ? -9999 : plane(10.28 + (column + 0.5) * 0.0008);
        };
        writeTiff(at("dem_coarse.tif"), coarse);
        const auto fine = dem("dem_fine.tif", 100, 80,
                              [&](int column, int) { return plane(10.28 + (column + 0.5) * 0.0004); });
        const Scene scene = opened({optical(), at("dem_coarse.tif"), fine});
        const Image<float> slope = read(scene, "dem", {"slope"});
        const double expected =
            std::atan(50'000 / (111'320 * std::cos(46.94 * std::numbers::pi / 180))) * 180 / std::numbers::pi;
        int flat = 0;
        for (std::size_t i = 0; i < slope.bandSize(); ++i) {
            // Where a hole was filled it is flatter; numbers of the void would make cliffs.
            QVERIFY2(slope.band(0)[i] < expected + 12, qPrintable(QString::number(slope.band(0)[i])));
            flat += std::abs(slope.band(0)[i] - expected) < 1 ? 1 : 0;
        }
        QVERIFY2(flat > 0.9 * static_cast<double>(slope.bandSize()), qPrintable(QString::number(flat)));
    }

    void voidsAreFilledThroughEveryDoor() {
        const auto holed = dem("dem_void.tif", 0, 180, [](int column, int row) {
            return std::hypot(column - 100, row - 85) < 6 ? -9999.0 : 1500;
        });
        const Scene scene =
            sceneFromRasters({{"optical", optical().string()}, {"dem", holed.string()}}, "", "", "");
        const Image<float> pixels2 = read(scene, "dem", {"elevation"});
        for (const float height : pixels2.values()) {
            QVERIFY2(close(height, 1500, 0.01), qPrintable(QString::number(height)));
        }
        QVERIFY2(says(allNotes(scene), "has no heights"), allNotes(scene).c_str());
    }

    void aVoidInWaterAtSeaLevelIsFilled() {
        const auto sea = dem("dem_sea.tif", 0, 180, [](int column, int row) {
            return std::hypot(column - 100, row - 85) < 6 ? -9999.0 : 0;
        });
        const Image<float> pixels3 = read(opened({optical(), sea}), "dem", {"elevation"});
        for (const float height : pixels3.values()) {
            QCOMPARE(height, 0.0F);
        }
    }

    void voidsAreFilledWhateverThePosting() {
        for (const int posting : {2, 5, 10, 30}) {
            const int size = 2400 / posting;
            TiffFixture model{.columns = size, .rows = size};
            model.transform = {600000, double(posting), 0, 5200000, 0, -double(posting)};
            model.noData = -9999;
            model.value = [&](int, int column, int row) {
                const double x = (column + 0.5) * posting;
                const double y = (row + 0.5) * posting;
                return x > 900 && x < 1500 && y > 600 && y < 1200 ? -9999 : 1000 + 0.1 * x;
            };
            writeTiff(at("dem_posting.tif"), model);
            const Scene scene = opened({optical(), at("dem_posting.tif")});
            const Image<float> values = read(scene, "dem", {"elevation", "slope", "void"});
            int voids = 0;
            for (std::size_t i = 0; i < values.bandSize(); ++i) {
                QVERIFY2(values.band(0)[i] > 1000 && values.band(0)[i] < 1240 && values.band(1)[i] < 45,
                         qPrintable(QString("%1 m: %2 m, %3°")
                                        .arg(posting)
                                        .arg(values.band(0)[i])
                                        .arg(values.band(1)[i])));
                voids += values.band(2)[i] == 1 ? 1 : 0;
            }
            QCOMPARE(voids, 400);
            // A window holds what the whole holds there.
            const Image<float> part =
                read(scene, "dem", {"elevation", "slope"}, scene.grid.window(25, 15, 20, 20));
            for (int row = 0; row < 20; ++row) {
                for (int column = 0; column < 20; ++column) {
                    QVERIFY(same(part.at(0, row, column), values.at(0, row + 15, column + 25)));
                    QVERIFY(same(part.at(1, row, column), values.at(1, row + 15, column + 25)));
                }
            }
        }
    }

    void gapsOfAVirtualRasterAreNoHeightsOfZero() {
        const auto virtualRaster = [&](const std::string& name, const std::string& noData) {
            writeText(
                at(name),
                "<VRTDataset rasterXSize=\"180\" rasterYSize=\"140\"><SRS>EPSG:4326</SRS>"
                "<GeoTransform>10.28,0.0004,0,46.97,0,-0.0004</GeoTransform>"
                "<VRTRasterBand dataType=\"Float32\" band=\"1\">" +
                    noData +
                    "<SimpleSource><SourceFilename relativeToVRT=\"1\">dem_west.tif</SourceFilename>"
                    "<SourceBand>1</SourceBand><SrcRect xOff=\"0\" yOff=\"0\" xSize=\"130\" ySize=\"140\"/>"
                    "<DstRect xOff=\"0\" yOff=\"0\" xSize=\"130\" ySize=\"140\"/></SimpleSource>"
                    "</VRTRasterBand></VRTDataset>");
            return at(name);
        };
        dem("dem_west.tif", 0, 130, flat);
        const std::string message = refusal({optical(), virtualRaster("dem_gaps.vrt", "")});
        QVERIFY2(says(message, "gaps between its files") && says(message, "-vrtnodata"), message.c_str());
        const Scene told =
            opened({optical(), virtualRaster("dem_told.vrt", "<NoDataValue>-9999</NoDataValue>")});
        QVERIFY2(says(allNotes(told), "has no heights"), allNotes(told).c_str());
    }

    void aMissingTileIsTold() {
        const Height hill = [](int column, int row) { return 1500 + column + row; };
        const auto west = dem("dem_west.tif", 0, 130, hill);
        const Scene half = opened({optical(), west});
        QVERIFY2(says(allNotes(half), "has no heights") && says(allNotes(half), "tile missing"),
                 allNotes(half).c_str());
        // Three of four tiles: their common bounds cover the scene.
        const auto part = [&](const char* name, double left, double north, int columns, int rows) {
            TiffFixture fixture{.columns = columns, .rows = rows, .crs = "EPSG:4326"};
            fixture.transform = {left, 0.0004, 0, north, 0, -0.0004};
            fixture.value = [](int, int, int) { return 1500; };
            writeTiff(at(name), fixture);
            return at(name);
        };
        const Scene corner =
            opened({optical(), part("dem_nw.tif", 10.28, 46.97, 100, 70),
                    part("dem_ne.tif", 10.32, 46.97, 80, 70), part("dem_sw.tif", 10.28, 46.942, 100, 70)});
        const std::string notes = allNotes(corner);
        QVERIFY2(says(notes, "has no heights"), notes.c_str());
        saveScene(corner, at("corner.json"));
        QCOMPARE(loadScene(at("corner.json")).notes, corner.notes); // told once
        const Image<float> voids = read(corner, "dem", {"void"});
        double share = 0;
        for (const float value : voids.values()) {
            share += value / static_cast<double>(voids.bandSize());
        }
        const std::string percent = "About " + std::to_string(std::lround(share * 100)) + " %";
        QVERIFY2(share > 0.1 && share < 0.9 && says(notes, percent), (percent + ": " + notes).c_str());
    }
};

QTEST_APPLESS_MAIN(ElevationVoidsTest)
#include "elevation_voids_test.moc"
