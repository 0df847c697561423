// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terrain/data_border.h"
#include "ui/terrain/drape_baker.h"
#include "ui/terrain/terrain.h"

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
    auto reader = std::make_shared<scene::SceneReader>(scene, std::make_shared<raster::ReaderPool>());
    return ui::terrain::buildTerrain(reader, crs, ui::terrain::availableStyles(scene).front(), progress);
}

/// A tile and all that it hangs from.
std::shared_ptr<const ui::terrain::TileData> tileOf(const ui::terrain::Terrain& terrain,
                                                    const ui::terrain::TileId& id) {
    if (id.level == 0) {
        return terrain.root;
    }
    const auto parent = tileOf(terrain, id.parent());
    const auto owner = terrain.tiles->pyramid().pictureTile(id);
    return terrain.tiles->read(id, parent.get(), owner == id ? nullptr : tileOf(terrain, owner).get(), {});
}

/// Channel of a tile's picture at a map point, alpha 0 where there are no data.
int shownAt(const ui::terrain::Terrain& terrain, const ui::terrain::TileData& tile, geo::Point map,
            int channel) {
    const ui::terrain::DrapeBaker baker(terrain.tiles->bands(), terrain.style, terrain.tiles->elevations());
    const auto picture = baker.paint(tile);
    const auto pixel = tile.pictureGrid.toPixel(map);
    return picture[(static_cast<std::size_t>(pixel.y) * static_cast<std::size_t>(tile.pictureGrid.columns) +
                    static_cast<std::size_t>(pixel.x)) *
                       4 +
                   static_cast<std::size_t>(channel)];
}

} // namespace

class BuildTerrainTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theOverviewAndTheFirstTileLieWhereTheSceneLies() {
        const QTemporaryDir folder;
        const auto scene = writtenScene(folder, 600, 400, false);
        const auto terrain = built(scene, scene.grid.crs);
        QCOMPARE(terrain->sceneId, scene.id);
        QCOMPARE(terrain->style.composite.name, std::string("natural"));
        // 600 pixels in at most 256 cells: three pixels each.
        QCOMPARE(terrain->heightGrid.pixelSize, 90.0);
        QCOMPARE(terrain->heightGrid.columns, 200);
        QCOMPARE(terrain->heightGrid.rows, 134);
        QCOMPARE(terrain->drapeGrid, scene.grid);
        // Inside, the ground is as written; the outermost vertices lie on the last pixels' edge.
        for (const auto& map : {geo::Point{632'000, 5'185'000}, geo::Point{640'123, 5'180'321}}) {
            QVERIFY(std::abs(terrain->heightAt(map) - (3000 + (map.y - 5'190'000) / 10)) < 0.5);
            QVERIFY(std::abs(terrain->root->mesh.heightAt(map) - terrain->heightAt(map)) < 0.5);
        }
        for (const float height : terrain->heights.values()) {
            QVERIFY(std::isfinite(height));
        }
        // Brighter eastwards, all there.
        const auto red = [&](double column) {
            return shownAt(*terrain, *terrain->root, scene.grid.toMap(column, 200), 0);
        };
        QVERIFY(red(50) < red(300));
        QVERIFY(red(300) < red(550));
    }

    void theFinestTilesHaveThePixelsOfTheFile() {
        const QTemporaryDir folder;
        const auto scene = writtenScene(folder, 600, 400, false);
        const auto terrain = built(scene, scene.grid.crs);
        const auto& pyramid = terrain->tiles->pyramid();
        QCOMPARE(pyramid.pictureLevels(), 3);
        QCOMPARE(pyramid.pixelSize(2), 30.0);
        const auto tile = tileOf(*terrain, {2, 1, 1});
        const auto& stored = terrain->tiles->bands().front().stored;
        const double step = (stored.high - stored.low) / 65534.0;
        for (const int column : {0, 1, 100, 257}) {
            const double value = stored.low + (tile->bands.at(0, 40, column) - 1) * step;
            QVERIFY(std::abs(value - 1e-4 * (256 - 1 + column)) <= step); // stored as ten thousandths
        }
        // The ground goes on getting finer until its cells are as small as the pixels.
        QCOMPARE(pyramid.size(pyramid.finestLevel()) / ui::terrain::TilePyramid::cells, 30.0);
        const auto fine = tileOf(*terrain, {pyramid.finestLevel(), 9, 9});
        QVERIFY(!fine->hasPicture());
        const auto middle = fine->mesh.heightGrid.extent().center();
        QVERIFY(std::abs(fine->mesh.heightAt(middle) - (3000 + (middle.y - 5'190'000) / 10)) < 0.01);
    }

    void neighboursOfALevelShareTheirEdgeAndChildrenBeginOnTheirParent() {
        const QTemporaryDir folder;
        const auto scene = writtenScene(folder, 600, 400, false);
        const auto terrain = built(scene, scene.grid.crs);
        const auto west = tileOf(*terrain, {2, 0, 0});
        const auto east = tileOf(*terrain, {2, 1, 0});
        const auto parent = tileOf(*terrain, {1, 0, 0});
        for (int row = 0; row <= 32; ++row) {
            QVERIFY(std::abs(west->mesh.heights.at(0, row, 32) - east->mesh.heights.at(0, row, 0)) < 1e-3);
            const auto map = west->mesh.heightGrid.toMap(13, row);
            QCOMPARE(west->coarse.heights.at(0, row, 13), static_cast<float>(parent->mesh.heightAt(map)));
        }
    }

    void pixelsWithoutDataAreTransparent() {
        const QTemporaryDir folder;
        const auto scene = writtenScene(folder, 200, 160, true);
        const auto terrain = built(scene, scene.grid.crs);
        QCOMPARE(shownAt(*terrain, *terrain->root, scene.grid.toMap(100.5, 20.5), 3), 0);
        QCOMPARE(shownAt(*terrain, *terrain->root, scene.grid.toMap(100.5, 60.5), 3), 255);
    }

    void aSceneOfAnotherZoneIsTurnedAndItsCornersStayTransparent() {
        const QTemporaryDir folder;
        const auto scene = writtenScene(folder, 600, 400, false);
        const auto terrain = built(scene, geo::Crs::fromUserInput("EPSG:32633"));
        const auto extent = terrain->drapeGrid.extent();
        const auto alpha = [&](double x, double y) { return shownAt(*terrain, *terrain->root, {x, y}, 3); };
        QCOMPARE(alpha(extent.xmin + 20, extent.ymax - 20), 0);
        QCOMPARE(alpha(extent.xmax - 20, extent.ymin + 20), 0);
        QCOMPARE(alpha(extent.center().x, extent.center().y), 255);
        QVERIFY(!terrain->root->walls.empty());
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
