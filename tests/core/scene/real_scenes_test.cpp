// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/scene_reader.h"
#include "support/shared_data.h"

#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace nunatak;
using namespace nunatak::scene;
using nunatak::tests::sharedFile;

namespace {

Scene everest() {
    return sceneFromRasters(
        {{"optical", sharedFile("data/everest/landsat7_rgb.tif").string() + ":red,green,blue"},
         {"optical", sharedFile("data/everest/landsat7_b4.tif").string() + ":nir"},
         {"dem", sharedFile("data/everest/dem_30arcsec.tif").string()}},
        "Everest", "2000-10-30", "Landsat 7 ETM+");
}

/// The pixel of a grid under a longitude and latitude.
std::pair<int, int> pixelAt(const geo::Grid& grid, double longitude, double latitude) {
    const geo::Point map = geo::CoordinateTransform(geo::Crs::fromUserInput("EPSG:4326"),
                                                    grid.crs)(geo::Point{longitude, latitude});
    const geo::Point pixel = grid.toPixel(map);
    return {static_cast<int>(std::floor(pixel.x)), static_cast<int>(std::floor(pixel.y))};
}

float valueAt(const Image<float>& image, int band, const geo::Grid& grid, double longitude, double latitude) {
    const auto [column, row] = pixelAt(grid, longitude, latitude);
    return image.at(band, row, column);
}

} // namespace

class RealScenesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everestOpensOnItsOwnGrid() {
        NUNATAK_NEEDS_SHARED("data/everest/landsat7_rgb.tif");
        const Scene scene = everest();
        QCOMPARE(scene.grid.crs.epsg(), std::optional<int>(32645));
        QCOMPARE(scene.grid.left, 478000.0);
        QCOMPARE(scene.grid.top, 3108140.0);
        QCOMPARE(scene.grid.pixelSize, 30.0);
        QCOMPARE(scene.grid.columns, 800);
        QCOMPARE(scene.grid.rows, 655);
        QCOMPARE(scene.bands("optical"), (std::vector<std::string>{"red", "green", "blue", "nir"}));
        QVERIFY(geo::defaultProjectCrs(scene.grid.crs, scene.grid.extent()) == scene.grid.crs);
    }

    void everestWithoutBandNamesSaysWhatItAssumed() {
        NUNATAK_NEEDS_SHARED("data/everest/landsat7_rgb.tif");
        const Scene scene =
            sceneFromRasters({{"optical", sharedFile("data/everest/landsat7_rgb.tif").string()}}, "", "", "");
        QCOMPARE(scene.bands("optical"), (std::vector<std::string>{"red", "green", "blue"}));
        QVERIFY(std::any_of(scene.notes.begin(), scene.notes.end(), [](const std::string& note) {
            return note.find("red, green, blue") != std::string::npos;
        }));
    }

    void everestsHeightsAreWhereTheMountainsAre() {
        NUNATAK_NEEDS_SHARED("data/everest/dem_30arcsec.tif");
        const Scene scene = everest();
        const SceneReader reader(scene, std::make_shared<raster::ReaderPool>());
        const Image<float> dem = reader.read("dem", {"elevation", "slope"}, scene.grid);
        float highest = 0;
        for (std::size_t i = 0; i < dem.bandSize(); ++i) {
            QVERIFY(!std::isnan(dem.band(0)[i]) && !std::isnan(dem.band(1)[i]));
            QVERIFY(dem.band(1)[i] >= 0 && dem.band(1)[i] < 60);
            highest = std::max(highest, dem.band(0)[i]);
        }
        // Postings of a kilometre flatten the peaks.
        QVERIFY2(highest > 7800 && highest < 8849, qPrintable(QString::number(highest)));
        QVERIFY(valueAt(dem, 0, scene.grid, 86.925, 27.988) > 7600);      // Everest
        QVERIFY(valueAt(dem, 0, scene.grid, 86.933, 27.962) > 7300);      // Lhotse
        const float glacier = valueAt(dem, 0, scene.grid, 86.853, 28.06); // Rongbuk Glacier's tongue
        QVERIFY2(glacier > 5100 && glacier < 6100, qPrintable(QString::number(glacier)));
        const float khumbu = valueAt(dem, 0, scene.grid, 86.815, 27.945); // Khumbu Glacier's tongue
        QVERIFY2(khumbu > 4800 && khumbu < 5800, qPrintable(QString::number(khumbu)));
    }

    void everestsPixelsAreThoseOfTheFile() {
        NUNATAK_NEEDS_SHARED("data/everest/landsat7_b4.tif");
        const Scene scene = everest();
        const SceneReader reader(scene, std::make_shared<raster::ReaderPool>());
        const Image<float> nir = reader.read("optical", {"nir"}, scene.grid);
        const raster::RasterReader file(sharedFile("data/everest/landsat7_b4.tif").string());
        const Image<float> pixels = file.readWindow(std::vector<int>{1}, {0, 0, 800, 655}, 800, 655);
        QVERIFY(nir.values() == pixels.values());
    }

    void oetztalsSlopesArePlausible() {
        NUNATAK_NEEDS_SHARED("data/oetztal/srtm_90m.tif");
        const Scene scene =
            sceneFromRasters({{"dem", sharedFile("data/oetztal/srtm_90m.tif").string()}}, "", "", "");
        QCOMPARE(scene.grid.crs.epsg(), std::optional<int>(32632));
        const SceneReader reader(scene, std::make_shared<raster::ReaderPool>());
        const Image<float> dem = reader.read("dem", {"elevation", "slope"}, scene.grid);
        // Wildspitze, 3,768 m; Hintereisferner's flat tongue; the steep flank above the Kauner valley's lake.
        const float summit = valueAt(dem, 0, scene.grid, 10.867, 46.885);
        QVERIFY2(summit > 3500 && summit < 3780, qPrintable(QString::number(summit)));
        const float tongue = valueAt(dem, 1, scene.grid, 10.775, 46.805);
        QVERIFY2(tongue < 12, qPrintable(QString::number(tongue)));
        std::vector<float> slopes;
        for (std::size_t i = 0; i < dem.bandSize(); ++i) {
            if (!std::isnan(dem.band(1)[i])) {
                slopes.push_back(dem.band(1)[i]);
            }
        }
        QVERIFY(slopes.size() > dem.bandSize() * 9 / 10);
        std::sort(slopes.begin(), slopes.end());
        const float median = slopes[slopes.size() / 2];
        QVERIFY2(median > 18 && median < 32, qPrintable(QString::number(median)));
        QVERIFY(slopes.back() > 45 && slopes.back() < 75);
    }
};

QTEST_APPLESS_MAIN(RealScenesTest)
#include "real_scenes_test.moc"
