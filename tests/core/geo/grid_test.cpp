// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "geo/grid.h"

#include <QtTest>

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
