// SPDX-License-Identifier: GPL-3.0-or-later
#include "ranking_fixture.h"

#include "base/error.h"
#include "geo/shape_operations.h"
#include "ranking/cast_shadow.h"

#include <QtTest>

#include <array>
#include <cmath>
#include <numbers>

using namespace nunatak;
using namespace nunatak::ranking;
using namespace nunatak::tests;

namespace {

geo::Grid alps(double pixel, int size) {
    return {geo::Crs::fromUserInput("EPSG:32632"), 600000, 5200000, pixel, size, size};
}

std::size_t count(const ConditionMap& map, Condition condition) {
    return static_cast<std::size_t>(std::count_if(map.bits.values().begin(), map.bits.values().end(),
                                                  [condition](int bits) { return (bits & condition) != 0; }));
}

/// A grid of 30 m around a longitude and latitude.
geo::Grid around(const char* crs, double longitude, double latitude) {
    const auto system = geo::Crs::fromUserInput(crs);
    const geo::CoordinateTransform transform(geo::Crs::fromUserInput("EPSG:4326"), system);
    const auto middle = transform(geo::Point{longitude, latitude});
    constexpr int size = 201;
    return {system, middle.x - 30 * size / 2.0, middle.y + 30 * size / 2.0, 30, size, size};
}

bool isTower(int row, int column) {
    return std::abs(row - 100) <= 3 && std::abs(column - 100) <= 3;
}

} // namespace

class ConditionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // What lies beyond the scene counts, in strips: an outline far larger than the scene costs no more
    // memory.
    void anOutlineFarLargerThanTheSceneIsMeasuredLikeAnyOther() {
        PixelScene scene(alps(100, 700));
        scene.addOptical(
            [](int, int column) { return column < 350 ? PixelScene::SnowOrIce : PixelScene::Rock; });
        const auto map = conditionMap(scene.reader());
        // From row 300 on, 40 rows of ice from far west of the scene to far east of it; half of the ring is
        // snow.
        const auto wide = scene.square("wide", 300, -6000, 40, 12700);
        // The same from far north to far south, and one that lies around the whole scene.
        const auto tall = scene.square("tall", -6000, 600, 12700, 40);
        const auto around = scene.square("around", -3000, -3000, 6700, 6700);
        const auto small = scene.square("small", 100, 100, 2, 3);
        const geo::Crs& crs = scene.scene().grid.crs;
        const auto alone = [&](const outlines::OutlineHandle& one) {
            return measure(map, {crs, {one}}).glaciers.front();
        };
        QCOMPARE(alone(wide).area, geo::geodesicArea(wide->geometry, crs));
        QCOMPARE(alone(wide).conditions.covered.value(), 40.0 * 700 / (40 * 12700));
        QCOMPARE(alone(wide).conditions.snow.value(), 0.5);
        QCOMPARE(alone(tall).conditions.covered.value(), 40.0 * 700 / (40 * 12700));
        QCOMPARE(alone(tall).conditions.snow.value(), 0.0);
        QCOMPARE(alone(around).conditions.covered.value(), 700.0 * 700 / (6700.0 * 6700));
        QVERIFY(!alone(around).conditions.snow);
        QCOMPARE(alone(small).area, geo::geodesicArea(small->geometry, crs));
        QVERIFY(std::abs(alone(small).area - 6.0 * 10000) < 60); // 0.06 % for the zone's scale
    }

    // A glacier of 10 × 10 pixels of 100 m. Its ring are the pixels whose middle lies within 1000 m of its
    // edge pixels' outer edge: 10 rows on each side, and in each corner those with i² + j² ≤ 10.5² from the
    // corner pixel, which are 10 + 10 + 10 + 9 + 9 + 8 + 7 + 6 + 5 + 3 = 77.
    void snowIsAShareOfTheRingAlone() {
        PixelScene scene(alps(100, 120));
        scene.addOptical(
            [](int, int column) { return column < 50 ? PixelScene::SnowOrIce : PixelScene::Rock; });
        const auto map = conditionMap(scene.reader());
        const auto measured = measure(map, {scene.scene().grid.crs, {scene.square("a", 50, 50, 10, 10)}});
        QCOMPARE(measured.glaciers.size(), std::size_t(1));
        const auto& glacier = measured.glaciers.front().conditions;
        // West of the glacier lie one side and two corners.
        QCOMPARE(glacier.snow.value(), (100.0 + 2 * 77) / (400 + 4 * 77));
        QCOMPARE(glacier.covered.value(), 1.0);
        QVERIFY(!glacier.cloud);
        QVERIFY(!glacier.shadow);
        QVERIFY(glacier.scoreIsUpperBound());
        QCOMPARE(glacier.score().value(), 1 - 254.0 / 708);
        QCOMPARE(measured.together.snow.value(), 254.0 / 708);
        QVERIFY(std::abs(measured.glaciers.front().area - 1e6) < 1e3); // 0.06 % for the zone's scale
    }

    void theRingIsOneKilometreOnTheGroundAlsoInPolarStereographic() {
        // At 60° N a pixel of 100 m on the map is 96.2 m on the ground: the same glacier's ring reaches to
        // i² + j² ≤ 10.9², which is 83 pixels in each corner instead of 77.
        const auto system = geo::Crs::fromUserInput("EPSG:3413");
        const auto middle =
            geo::CoordinateTransform(geo::Crs::fromUserInput("EPSG:4326"), system)(geo::Point{-45, 60});
        PixelScene scene({system, std::round(middle.x) - 6000, std::round(middle.y) + 6000, 100, 120, 120});
        scene.addOptical(
            [](int, int column) { return column < 50 ? PixelScene::SnowOrIce : PixelScene::Rock; });
        const auto square = scene.square("a", 50, 50, 10, 10);
        const auto measured = measure(conditionMap(scene.reader()), {system, {square}});
        QCOMPARE(measured.glaciers[0].conditions.snow.value(), (100.0 + 2 * 83) / (400 + 4 * 83));
        const double area = geo::geodesicArea(square->geometry, system);
        QVERIFY(area < 0.93e6);
        QVERIFY(std::abs(measured.glaciers[0].area - area) < 1e-3 * area);
    }

    void otherGlaciersAndGapsBelongToNoRing() {
        PixelScene scene(alps(100, 120));
        // Rows 60 and 61, below the glacier, have no data: 10 pixels in each of the ring's bottom side; in
        // its corners 10 and 10 on either side.
        scene.addOptical([](int row, int column) {
            return row == 60 || row == 61 ? PixelScene::Nothing
                   : column < 50          ? PixelScene::SnowOrIce
                                          : PixelScene::Rock;
        });
        const auto map = conditionMap(scene.reader());
        // A neighbour of 4 pixels in the snow on the western side.
        const auto measured =
            measure(map, {scene.scene().grid.crs,
                          {scene.square("a", 50, 50, 10, 10), scene.square("b", 54, 45, 2, 2)}});
        QCOMPARE(measured.glaciers[0].conditions.snow.value(), (254.0 - 4 - 20) / (708 - 4 - 20 - 40));
        // The second has a ring of its own, with none of the first's pixels: around 2 × 2 pixels it has
        // 4 × 20 + 308, of which the first hides 10 rows × (7 to 10 columns): those right of column 49.
        int ring = 0;
        int snow = 0;
        for (int row = 0; row < 120; ++row) {
            for (int column = 0; column < 120; ++column) {
                const double dr = std::max({54 - row, row - 55, 0});
                const double dc = std::max({45 - column, column - 46, 0});
                const bool inOutline =
                    (row >= 50 && row < 60 && column >= 50 && column < 60) || (dr == 0 && dc == 0);
                if (dr * dr + dc * dc <= 10.5 * 10.5 && !inOutline && row != 60 && row != 61) {
                    ++ring;
                    snow += column < 50 ? 1 : 0;
                }
            }
        }
        QCOMPARE(measured.glaciers[1].conditions.snow.value(), double(snow) / ring);
        // Together each pixel of the two rings counts once.
        QVERIFY(measured.together.snow.value() < measured.glaciers[1].conditions.snow.value());
        QVERIFY(measured.together.snow.value() > measured.glaciers[0].conditions.snow.value());
    }

    /// A glacier that changed is looked at alone, on a part of the map, and has what it has among all.
    void someAreMeasuredAsAmongAll() {
        PixelScene scene(alps(100, 150));
        scene.addOptical([](int row, int column) {
            return row > 140                 ? PixelScene::Nothing
                   : (row + column) % 3 == 0 ? PixelScene::SnowOrIce
                                             : PixelScene::Rock;
        });
        const auto map = conditionMap(scene.reader());
        const std::vector all{scene.square("a", 50, 50, 10, 10),    scene.square("b", 54, 45, 2, 2),
                              scene.square("edge", -5, 100, 12, 9), scene.square("corner", 130, 140, 30, 30),
                              scene.square("away", 400, 400, 3, 3), scene.square("tiny", 90, 20, 1, 1)};
        outlines::OutlineSet set;
        for (const auto& outline : all) {
            set.put(outline);
        }
        const auto crs = scene.scene().grid.crs;
        const auto together = measure(map, {crs, all}).glaciers;
        const auto some = measureSome(map, {crs, {all[5], all[3], all[0], all[4], all[2], all[1]}}, set);
        const std::array places{5, 3, 0, 4, 2, 1};
        for (std::size_t i = 0; i < some.size(); ++i) {
            const auto& wanted = together[static_cast<std::size_t>(places[i])];
            QCOMPARE(some[i].uuid, wanted.uuid);
            QCOMPARE(some[i].conditions.covered, wanted.conditions.covered);
            QCOMPARE(some[i].conditions.snow, wanted.conditions.snow);
            QCOMPARE(some[i].conditions.cloud, wanted.conditions.cloud);
            QCOMPARE(some[i].conditions.shadow, wanted.conditions.shadow);
        }
        // What others have beside is in no ring, whether it is measured or not.
        const auto beside = measure(map, {crs, {all[0]}}, {}, {all[1]}).glaciers.front();
        QCOMPARE(beside.conditions.snow, together[0].conditions.snow);
        QVERIFY(measure(map, {crs, {all[0]}}).glaciers.front().conditions.snow != beside.conditions.snow);
    }

    void groundInShadowBelongsToNoRing() {
        // Snow everywhere, told by eye on the eastern half alone: in the west, terrain keeps the sun away.
        ConditionMap map;
        map.grid = alps(100, 120);
        map.bits = Image<std::uint8_t>(1, 120, 120, Covered);
        for (int row = 0; row < 120; ++row) {
            for (int column = 0; column < 120; ++column) {
                map.bits.at(0, row, column) |= column < 55 ? Shadow : row < 55 ? Snow : 0;
            }
        }
        PixelScene scene(map.grid);
        const auto measured = measure(map, {map.grid.crs, {scene.square("a", 50, 50, 10, 10)}});
        // The lit half of the ring is as large in the north as in the south.
        QCOMPARE(measured.glaciers[0].conditions.snow.value(), 0.5);
        QCOMPARE(measured.glaciers[0].conditions.shadow.value(), 0.5);
    }

    void waterIsNoSnow() {
        PixelScene scene(alps(100, 60));
        scene.addOptical([](int, int) { return PixelScene::Water; });
        QCOMPARE(count(conditionMap(scene.reader()), Snow), std::size_t(0));
    }

    void whatLiesBeyondTheSceneIsNotCovered() {
        PixelScene scene(alps(30, 100));
        scene.addOptical([](int row, int) { return row < 40 ? PixelScene::Nothing : PixelScene::Rock; });
        const auto map = conditionMap(scene.reader());
        const auto measured = measure(map, {scene.scene().grid.crs,
                                            {scene.square("half in the gap", 30, 10, 20, 20),
                                             scene.square("half beyond the edge", 50, 90, 10, 20),
                                             scene.square("far away", 5000, 5000, 10, 10)}});
        QCOMPARE(measured.glaciers[0].conditions.covered.value(), 0.5);
        QCOMPARE(measured.glaciers[1].conditions.covered.value(), 0.5);
        const auto& far = measured.glaciers[2].conditions;
        QCOMPARE(far.covered.value(), 0.0);
        QCOMPARE(far.score().value(), 0.0);
        QVERIFY(!far.scoreIsUpperBound()); // nothing covered is surely nothing
        QVERIFY(std::abs(measured.glaciers[2].area - 90000) < 400);
        QVERIFY(std::abs(measured.together.covered.value() - 300.0 / 700) < 1e-3);
        QCOMPARE(measureAll(map).covered.value(), 0.6);
    }

    void cloudIsTheShareOfThePixelsThatTheMaskFlags() {
        PixelScene scene(alps(30, 80));
        scene.addOptical(
            [](int, int column) { return column < 20 ? PixelScene::Nothing : PixelScene::Rock; });
        scene.addCloud([](int row, int) { return row < 10; });
        const auto map = conditionMap(scene.reader());
        const auto measured = measure(map, {scene.scene().grid.crs, {scene.square("a", 5, 10, 20, 20)}});
        // 5 of 20 rows; the columns without data count on neither side.
        QCOMPARE(measured.glaciers[0].conditions.cloud.value(), 0.25);
        QCOMPARE(measured.glaciers[0].conditions.covered.value(), 0.5);
        QCOMPARE(measureAll(map).cloud.value(), 0.125);
    }

    void whatCannotBeKnownIsSaid() {
        PixelScene bare(alps(30, 64));
        bare.addOptical([](int, int) { return PixelScene::Rock; });
        const auto map = conditionMap(bare.reader());
        QVERIFY(!map.knows(Cloud));
        QVERIFY(map.cloudUnknown.find("cloud mask") != std::string::npos);
        QVERIFY(map.shadowUnknown.find("elevation model") != std::string::npos);
        bare.addElevation([](int, int) { return 1000.0F; });
        QVERIFY(conditionMap(bare.reader()).shadowUnknown.starts_with("Sun unknown"));
        bare.scene().time = "10:05:32";
        QVERIFY(conditionMap(bare.reader()).knows(Shadow));
        // Numbers from 0 to 255 are no reflectance: NDSI would pass, the threshold of NIR always.
        bare.scene().rasters.front().scale = 255;
        QVERIFY(conditionMap(bare.reader()).snowUnknown.find("no reflectance") != std::string::npos);
        PixelScene radar(alps(30, 64));
        radar.addElevation([](int, int) { return 1000.0F; });
        QVERIFY_THROWS_EXCEPTION(Error, conditionMap(radar.reader()));
    }

    void shadowsPointAwayFromTheSunAsTrueNorthHasIt_data() {
        QTest::addColumn<QString>("crs");
        QTest::addColumn<double>("longitude");
        QTest::addColumn<double>("latitude");
        QTest::addColumn<double>("azimuth");
        QTest::newRow("the Alps") << "EPSG:32632" << 10.8 << 46.8 << 150.0;
        QTest::newRow("north of a zone's edge, 16° of convergence") << "EPSG:32632" << 25.0 << 78.0 << 180.0;
        QTest::newRow("the same west of it") << "EPSG:32632" << -7.0 << 78.0 << 165.0;
        QTest::newRow("the Andes, the sun in the north") << "EPSG:32719" << -70.2 << -33.5 << 40.0;
        QTest::newRow("the Andes as Landsat has them") << "EPSG:32619" << -70.2 << -33.5 << 40.0;
        QTest::newRow("Antarctica") << "EPSG:3031" << 150.0 << -75.0 << 30.0;
    }
    void shadowsPointAwayFromTheSunAsTrueNorthHasIt() {
        QFETCH(QString, crs);
        QFETCH(double, longitude);
        QFETCH(double, latitude);
        QFETCH(double, azimuth);
        PixelScene scene(around(crs.toLatin1(), longitude, latitude));
        scene.addOptical([](int, int) { return PixelScene::Rock; });
        scene.addElevation([](int row, int column) { return isTower(row, column) ? 3000.0F : 2000.0F; });
        scene.scene().sunElevation = 30;
        scene.scene().sunAzimuth = azimuth;
        const auto map = conditionMap(scene.reader());
        double east = 0;
        double north = 0;
        for (int row = 0; row < 201; ++row) {
            for (int column = 0; column < 201; ++column) {
                if ((map.bits.at(0, row, column) & Shadow) != 0 && !isTower(row, column)) {
                    east += column - 100;
                    north += 100 - row;
                }
            }
        }
        // The middle of the shadow, as a place on Earth, lies where the sun does not.
        const auto& grid = scene.scene().grid;
        const double length = std::hypot(east, north) / (50 * 30);
        const geo::CoordinateTransform toDegrees(grid.crs, geo::Crs::fromUserInput("EPSG:4326"));
        const auto tower = toDegrees(grid.toMap(100.5, 100.5));
        const auto end = toDegrees(grid.toMap(100.5 + east / length, 100.5 - north / length));
        const double degree = std::numbers::pi / 180;
        const double bearing =
            std::atan2((end.x - tower.x) * std::cos(tower.y * degree), end.y - tower.y) / degree;
        const double off = std::remainder(bearing - (azimuth + 180), 360);
        QVERIFY2(std::abs(off) < 2, qPrintable(QString("off by %1°").arg(off)));
    }

    void mountainsBeyondTheScenesEdgeCastShadowsIntoIt() {
        // A wall of 300 m west of a scene that begins 90 m east of it; the elevation model reaches farther.
        PixelScene wide(alps(30, 100));
        wide.addElevation([](int, int column) { return column == 20 ? 1300.0F : 1000.0F; });
        PixelScene scene(alps(30, 100).window(23, 20, 60, 60));
        scene.addOptical([](int, int) { return PixelScene::Rock; });
        scene.scene().rasters.push_back(wide.scene().rasters.front());
        scene.scene().sunElevation = 45;
        scene.scene().sunAzimuth = 270;
        const auto map = conditionMap(scene.reader());
        // 300 m of shadow are 9 whole pixels and one that is grazed; two lie before the scene. The grid's
        // west is off true west by 1.1° here, which shortens nothing.
        for (int column = 0; column < 60; ++column) {
            QCOMPARE((map.bits.at(0, 30, column) & Shadow) != 0, column < 7);
        }
    }

    void tallScenesReadInStripsHaveTheShadowsOfTheWhole_data() {
        QTest::addColumn<double>("azimuth");
        for (const double azimuth : {20.0, 100.0, 160.0, 260.0}) {
            QTest::addRow("%.0f", azimuth) << azimuth;
        }
    }
    void tallScenesReadInStripsHaveTheShadowsOfTheWhole() {
        QFETCH(double, azimuth);
        // On the zone's middle meridian north is up.
        constexpr int rows = 1300;
        constexpr int columns = 50;
        PixelScene scene(
            {geo::Crs::fromUserInput("EPSG:32632"), 500000 - 15 * columns, 5200000, 30, columns, rows});
        const auto height = [](int row, int column) {
            return static_cast<float>(900 * std::sin(column / 9.0) * std::cos(row / 14.0) +
                                      200 * std::sin(row / 4.0));
        };
        scene.addOptical([](int, int) { return PixelScene::Rock; });
        scene.addElevation(height);
        scene.scene().sunElevation = 40;
        scene.scene().sunAzimuth = azimuth;
        const auto map = conditionMap(scene.reader());
        Image<float> heights(1, rows, columns);
        for (int row = 0; row < rows; ++row) {
            for (int column = 0; column < columns; ++column) {
                heights.at(0, row, column) = height(row, column);
            }
        }
        // The map's lines begin elsewhere than those of the whole, so edges of shadows differ by half a
        // pixel.
        const auto whole = castShadow(heights, 30, azimuth, 40);
        int different = 0;
        int differentInARow = 0;
        for (int row = 0; row < rows; ++row) {
            int here = 0;
            for (int column = 0; column < columns; ++column) {
                here +=
                    (whole.at(0, row, column) != 0) != ((map.bits.at(0, row, column) & Shadow) != 0) ? 1 : 0;
            }
            different += here;
            differentInARow = std::max(differentInARow, here);
        }
        QVERIFY(count(map, Shadow) > 8000);
        QVERIFY2(different < 0.02 * rows * columns, qPrintable(QString::number(different)));
        QVERIFY2(differentInARow < columns / 2, qPrintable(QString::number(differentInARow)));
    }

    void finePixelsAreLookedAtSeveralTogether() {
        QCOMPARE(conditionGrid(alps(10, 300)).pixelSize, 30.0);
        QCOMPARE(conditionGrid(alps(10, 300)).columns, 100);
        QCOMPARE(conditionGrid(alps(20, 300)).pixelSize, 20.0);
        QCOMPARE(conditionGrid(alps(15, 300)).pixelSize, 30.0);
        QCOMPARE(conditionGrid(alps(30, 300)), alps(30, 300));
        QCOMPARE(conditionGrid(alps(100, 300)), alps(100, 300));
        PixelScene scene(alps(10, 300));
        scene.addOptical(
            [](int, int column) { return column < 150 ? PixelScene::SnowOrIce : PixelScene::Rock; });
        const auto map = conditionMap(scene.reader());
        QCOMPARE(map.grid.columns, 100);
        QCOMPARE(count(map, Snow), std::size_t(50 * 100));
    }

    void outlinesOfAnotherSystemFallOnTheSamePixels() {
        PixelScene scene(alps(100, 120));
        scene.addOptical(
            [](int, int column) { return column < 50 ? PixelScene::SnowOrIce : PixelScene::Rock; });
        const auto map = conditionMap(scene.reader());
        const auto metric = scene.square("a", 50, 50, 10, 10);
        outlines::Outline degrees = *metric;
        const auto wgs84 = geo::Crs::fromUserInput("EPSG:4326");
        degrees.geometry = geo::CoordinateTransform(scene.scene().grid.crs, wgs84)(metric->geometry);
        const auto measured = measure(map, {wgs84, {outlines::share(std::move(degrees))}});
        QCOMPARE(measured.glaciers[0].conditions.snow.value(), 254.0 / 708);
    }

    void conditionsFallOnOtherGridsAndIntoFiles() {
        PixelScene scene(alps(30, 90));
        scene.addOptical([](int row, int column) {
            return row < 3 ? PixelScene::Nothing : column < 40 ? PixelScene::SnowOrIce : PixelScene::Rock;
        });
        const auto map = conditionMap(scene.reader());
        // The same place in the next zone's system, where the grid is turned by 4°.
        const auto next = geo::Crs::fromUserInput("EPSG:32633");
        const geo::CoordinateTransform transform(map.grid.crs, next);
        const auto middle = transform(map.grid.extent().center());
        const geo::Grid there{next, middle.x - 300, middle.y + 300, 30, 20, 20};
        const auto bits = onGrid(map, there);
        const geo::CoordinateTransform back(next, map.grid.crs);
        int snow = 0;
        for (int row = 0; row < 20; ++row) {
            for (int column = 0; column < 20; ++column) {
                const auto pixel = map.grid.toPixel(back(there.toMap(column + 0.5, row + 0.5)));
                const int expected = Covered | (pixel.x < 40 ? Snow : 0);
                QCOMPARE(int(bits.at(0, row, column)), expected);
                snow += pixel.x < 40 ? 1 : 0;
            }
        }
        QVERIFY(snow > 50 && snow < 350);
        writeConditions(map, scene.path("layers.tif"));
        const raster::RasterReader reader(scene.path("layers.tif"));
        QCOMPARE(reader.info().bands.size(), std::size_t(1)); // the only one that is known
        QCOMPARE(reader.info().bands[0].description, std::string("snow"));
        const int bands[] = {1};
        const auto stored = reader.readWindow(bands, {0, 0, 90, 90}, 90, 90);
        QVERIFY(std::isnan(stored.at(0, 1, 1)));
        QCOMPARE(stored.at(0, 50, 39), 1.0F);
        QCOMPARE(stored.at(0, 50, 40), 0.0F);
    }

    void itStopsWhenAsked() {
        PixelScene scene(alps(30, 64));
        scene.addOptical([](int, int) { return PixelScene::Rock; });
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_THROWS_EXCEPTION(Cancelled, conditionMap(scene.reader(), Progress({}, stop.get_token())));
    }
};

QTEST_GUILESS_MAIN(ConditionsTest)
#include "conditions_test.moc"
