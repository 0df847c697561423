// SPDX-License-Identifier: GPL-3.0-or-later
#include "terrain/data_border.h"
#include "terrain/terrain.h"

#include "base/error.h"
#include "raster/raster_writer.h"
#include "raster/reader_pool.h"
#include "scene/scene.h"
#include "support/shared_data.h"

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>
#include <limits>

using namespace nunatak;

namespace {

geo::Grid gridOf(int columns, int rows, double pixelSize) {
    geo::Grid grid;
    grid.crs = geo::Crs::fromUserInput("EPSG:32632");
    grid.left = 630'000;
    grid.top = 5'190'000;
    grid.pixelSize = pixelSize;
    grid.columns = columns;
    grid.rows = rows;
    return grid;
}

/// A ramp in the picture that rises eastwards, and a slope of one in ten in the ground that rises northwards.
scene::Scene writtenScene(const QTemporaryDir& folder, int columns, int rows, bool hole) {
    const auto path = [&](const char* name) {
        return std::filesystem::path(folder.filePath(name).toStdString());
    };
    const auto grid = gridOf(columns, rows, 30);
    Image<float> picture(3, rows, columns);
    for (int band = 0; band < 3; ++band) {
        for (int row = 0; row < rows; ++row) {
            for (int column = 0; column < columns; ++column) {
                const bool empty = hole && row < rows / 4;
                picture.at(band, row, column) =
                    empty ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(column + 10 * band);
            }
        }
    }
    raster::RasterLayout layout;
    layout.grid = grid;
    layout.bandNames = {"red", "green", "blue"};
    layout.noData = -9999;
    raster::RasterWriter optical(path("optical.tif"), layout);
    optical.write(picture, 0, 0);
    optical.finish();

    const auto demGrid = gridOf(columns / 2, rows / 2, 60);
    Image<float> ground(1, demGrid.rows, demGrid.columns);
    for (int row = 0; row < demGrid.rows; ++row) {
        for (int column = 0; column < demGrid.columns; ++column) {
            const auto map = demGrid.toMap(column + 0.5, row + 0.5);
            ground.at(0, row, column) = static_cast<float>(3000 + (map.y - demGrid.top) / 10);
        }
    }
    layout.grid = demGrid;
    layout.bandNames = {"elevation"};
    raster::RasterWriter dem(path("dem.tif"), layout);
    dem.write(ground, 0, 0);
    dem.finish();
    return scene::sceneFromRasters({{"optical", path("optical.tif").string() + ":red,green,blue"},
                                    {"dem", path("dem.tif").string() + ":elevation"}},
                                   "ramp", "2020-08-20", "invented");
}

std::shared_ptr<const ui::terrain::Terrain> built(const scene::Scene& scene, const geo::Crs& crs,
                                                  const Progress& progress = {}) {
    const scene::SceneReader reader(scene, std::make_shared<raster::ReaderPool>());
    return ui::terrain::buildTerrain(reader, crs, ui::terrain::availableComposites(scene).front(), progress);
}

int byteAt(const ui::terrain::Terrain& terrain, int column, int row, int channel) {
    return terrain
        .drape[(static_cast<std::size_t>(row) * static_cast<std::size_t>(terrain.drapeGrid.columns) +
                static_cast<std::size_t>(column)) *
                   4 +
               static_cast<std::size_t>(channel)];
}

} // namespace

class BuildTerrainTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theMeshAndThePictureLieWhereTheSceneLies() {
        const QTemporaryDir folder;
        const auto scene = writtenScene(folder, 600, 400, false);
        const auto terrain = built(scene, scene.grid.crs);
        QCOMPARE(terrain->sceneId, scene.id);
        QCOMPARE(terrain->composite.name, std::string("natural"));
        // 600 pixels in at most 256 cells: three pixels each.
        QCOMPARE(terrain->heightGrid.pixelSize, 90.0);
        QCOMPARE(terrain->heightGrid.columns, 200);
        QCOMPARE(terrain->heightGrid.rows, 134);
        QCOMPARE(terrain->drapeGrid, scene.grid);
        // Inside, the ground is as written; the outermost vertices lie on the last pixels' edge.
        for (const auto& map : {geo::Point{632'000, 5'185'000}, geo::Point{640'123, 5'180'321}}) {
            QVERIFY(std::abs(terrain->heightAt(map) - (3000 + (map.y - 5'190'000) / 10)) < 0.5);
        }
        for (const float height : terrain->heights.values()) {
            QVERIFY(std::isfinite(height));
        }
        // Brighter eastwards, all there.
        QVERIFY(byteAt(*terrain, 50, 200, 0) < byteAt(*terrain, 300, 200, 0));
        QVERIFY(byteAt(*terrain, 300, 200, 0) < byteAt(*terrain, 550, 200, 0));
        QCOMPARE(ui::terrain::dataShare(*terrain), 1.0);
    }

    void pixelsWithoutDataAreTransparent() {
        const QTemporaryDir folder;
        const auto scene = writtenScene(folder, 200, 160, true);
        const auto terrain = built(scene, scene.grid.crs);
        QCOMPARE(byteAt(*terrain, 100, 20, 3), 0);
        QCOMPARE(byteAt(*terrain, 100, 60, 3), 255);
    }

    void aLargeSceneIsShownCoarser() {
        const QTemporaryDir folder;
        const auto scene = writtenScene(folder, 2400, 300, false);
        const auto terrain = built(scene, scene.grid.crs);
        QCOMPARE(terrain->drapeGrid.columns, 1200);
        QCOMPARE(terrain->drapeGrid.pixelSize, 60.0);
        QVERIFY(terrain->heightGrid.columns <= 256);
    }

    void aSceneOfAnotherZoneIsTurnedAndItsCornersStayTransparent() {
        const QTemporaryDir folder;
        const auto scene = writtenScene(folder, 600, 400, false);
        const auto terrain = built(scene, geo::Crs::fromUserInput("EPSG:32633"));
        const auto& grid = terrain->drapeGrid;
        QCOMPARE(byteAt(*terrain, 0, 0, 3), 0);
        QCOMPARE(byteAt(*terrain, grid.columns - 1, grid.rows - 1, 3), 0);
        QCOMPARE(byteAt(*terrain, grid.columns / 2, grid.rows / 2, 3), 255);
        QVERIFY(ui::terrain::dataShare(*terrain) > 0.75);
        QVERIFY(!ui::terrain::dataBorder(*terrain).empty());
    }

    void buildingCanBeStopped() {
        const QTemporaryDir folder;
        const auto scene = writtenScene(folder, 200, 160, false);
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(built(scene, scene.grid.crs, Progress({}, stop.get_token())), Cancelled);
    }

    void everestStandsWhereItIs() {
        NUNATAK_NEEDS_SHARED("data/everest/landsat7_rgb.tif")
        const auto scene = scene::sceneFromRasters(
            {{"optical", tests::sharedFile("data/everest/landsat7_rgb.tif").string() + ":red,green,blue"},
             {"dem", tests::sharedFile("data/everest/dem_30arcsec.tif").string()}},
            "Everest", "2000-10-30", "Landsat 7 ETM+");
        const auto terrain = built(scene, scene.grid.crs);
        // 27.988° N, 86.925° E; a model with a posting of a kilometre cuts the summit off.
        const geo::CoordinateTransform transform(geo::Crs::fromUserInput("EPSG:4326"), scene.grid.crs);
        const auto summit = terrain->heightAt(transform(geo::Point{86.925, 27.988}));
        QVERIFY2(summit > 7600 && summit < 8850, qPrintable(QString::number(summit)));
        const auto [lowest, highest] =
            std::minmax_element(terrain->heights.values().begin(), terrain->heights.values().end());
        QVERIFY(*lowest > 3500 && *highest < 8850);
    }
};

QTEST_GUILESS_MAIN(BuildTerrainTest)
#include "build_terrain_test.moc"
