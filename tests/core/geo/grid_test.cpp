// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "geo/grid.h"
#include "geo/ground_scale.h"

#include <QtTest>

#include <cmath>
#include <numbers>

using namespace nunatak;
using namespace nunatak::geo;

namespace {

Grid exampleGrid() {
    return {Crs::fromUserInput("EPSG:32645"), 478000, 3108140, 30, 800, 655};
}

} // namespace

class GridTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pixelsAndMapCoordinatesAreInverse() {
        const Grid grid = exampleGrid();
        QCOMPARE(grid.toMap(0, 0), (Point{478000, 3108140}));
        QCOMPARE(grid.toMap(0.5, 0.5), (Point{478015, 3108125}));
        QCOMPARE(grid.toPixel(grid.toMap(123.25, 77.5)), (Point{123.25, 77.5}));
        QCOMPARE(grid.extent(), (Extent{478000, 3088490, 502000, 3108140}));
    }

    void aWindowLiesWhereItsPixelsWere() {
        const Grid grid = exampleGrid();
        const Grid part = grid.window(10, -5, 20, 30);
        QCOMPARE(part.toMap(0, 0), grid.toMap(10, -5));
        QCOMPARE(part.columns, 20);
        QCOMPARE(part.rows, 30);
        QCOMPARE(part.pixelSize, 30.0);
        QCOMPARE(part.crs, grid.crs);
    }

    void aMetreOfTheMapIsWhatTheProjectionMakesOfIt() {
        // Polar stereographic with a standard parallel φ₁: the point scale at φ is (1 + sin φ₁) / (1 + sin φ)
        // on a sphere (Snyder 1987, 21-4), within 0.1 % of that on the ellipsoid.
        const auto sphere = [](double standard, double latitude) {
            const auto sine = [](double degrees) { return std::sin(degrees * std::numbers::pi / 180); };
            return (1 + sine(latitude)) / (1 + sine(standard));
        };
        const auto at = [](const char* system, double longitude, double latitude) {
            const Crs crs = Crs::fromUserInput(system);
            return groundMetresPerUnit(
                crs, CoordinateTransform(Crs::fromUserInput("EPSG:4326"), crs)(Point{longitude, latitude}));
        };
        for (const double latitude : {60.0, 65.0, 70.0, 80.0}) {
            const double found = at("EPSG:3413", -30, latitude);
            QVERIFY2(std::abs(found - sphere(70, latitude)) < 1e-3, qPrintable(QString::number(found)));
        }
        QVERIFY(std::abs(at("EPSG:3031", -60, -63) - sphere(71, 63)) < 1e-3);
        QVERIFY(std::abs(at("EPSG:32632", 9, 46) - 1 / 0.9996) < 1e-5); // the zone's middle
        QVERIFY(std::abs(at("EPSG:3857", 10, 60) - 0.5) < 2e-3);
        QVERIFY(std::abs(at("EPSG:2263", -74, 40.7) - 1200.0 / 3937) < 1e-4); // in feet
        QCOMPARE(groundMetresPerUnit(Crs(), {0, 0}), 1.0);
    }

    void aWindowHasTheScaleOfTheWhole() {
        const Grid whole{Crs::fromUserInput("EPSG:3413"), 1000015, -3000015, 30, 400, 400};
        GroundScale all(whole);
        for (const auto& [column, row] : {std::pair{0, 0}, std::pair{63, 1}, std::pair{130, 77}}) {
            GroundScale part(whole.window(column, row, 100, 100));
            for (int i = 0; i < 100; i += 9) {
                QCOMPARE(part.at(i, 99 - i), all.at(column + i, row + 99 - i));
            }
        }
        QVERIFY(all.at(0, 0) != all.at(399, 399));
    }

    void anotherPixelSizeCoversTheSamePlace() {
        const Grid grid = exampleGrid();
        const Grid fine = grid.atPixelSize(10);
        QCOMPARE(fine.columns, 2400);
        QCOMPARE(fine.rows, 1965);
        const Grid coarse = grid.atPixelSize(70);
        QCOMPARE(coarse.columns, 343); // 24,000 m / 70 m = 342.9
        QVERIFY(coarse.extent().ymin <= grid.extent().ymin);
        QCOMPARE(grid.atPixelSize(0.1 * 300).columns, 800); // rounding noise adds no column
    }

    void theCoveringWindowIsTheSmallest() {
        const Grid grid = exampleGrid();
        const PixelWindow one = windowCovering(grid, {478031, 3108051, 478059, 3108079});
        QCOMPARE(one.column, 1);
        QCOMPARE(one.row, 2);
        QCOMPARE(one.columns, 1);
        QCOMPARE(one.rows, 1);
        const PixelWindow exact = windowCovering(grid, grid.window(7, 9, 11, 13).extent());
        QCOMPARE(exact.column, 7);
        QCOMPARE(exact.row, 9);
        QCOMPARE(exact.columns, 11);
        QCOMPARE(exact.rows, 13);
    }

    void theCoveringWindowEndsAtTheGrid() {
        const Grid grid = exampleGrid();
        const PixelWindow all = windowCovering(grid, grid.extent().grown(1e9));
        QCOMPARE(all.column, 0);
        QCOMPARE(all.row, 0);
        QCOMPARE(all.columns, 800);
        QCOMPARE(all.rows, 655);
        QVERIFY(windowCovering(grid, {0, 0, 10, 10}).empty());
        QVERIFY(windowCovering(grid, Extent{}).empty());
    }
};

QTEST_APPLESS_MAIN(GridTest)
#include "grid_test.moc"
