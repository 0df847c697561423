// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/outline_files.h"
#include "geo/ground_areas.h"
#include "geo/rings.h"
#include "geo/shape_operations.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace nunatak;
using namespace nunatak::geo;

namespace {

/// Round with lobes and a hole, and so many vertices that lines between them are the same in every system.
MultiPolygon lobed(Point middle, double radius) {
    constexpr int vertices = 4000;
    Polygon polygon;
    Ring hole;
    for (int i = 0; i < vertices; ++i) {
        const double angle = 2 * std::numbers::pi * i / vertices;
        const double out = radius * (0.8 + 0.2 * std::cos(3 * angle));
        polygon.outer.push_back({middle.x + out * std::cos(angle), middle.y + out * std::sin(angle)});
        hole.push_back(
            {middle.x + radius * (0.3 + 0.1 * std::cos(angle)), middle.y + radius * 0.1 * std::sin(angle)});
    }
    polygon.holes.push_back(hole);
    return {polygon};
}

MultiPolygon moved(MultiPolygon shape, double east) {
    forEachRing(shape, [&](Ring& ring, int, int) {
        for (Point& point : ring) {
            point.x += east;
        }
    });
    return shape;
}

double partsApart(double one, double other) {
    return std::abs(one / other - 1);
}

} // namespace

class GroundAreasTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void areasAreThoseOfTheEllipsoidInEverySystem_data() {
        QTest::addColumn<QString>("system");
        QTest::addColumn<double>("longitude");
        QTest::addColumn<double>("latitude");
        QTest::newRow("Everest") << "EPSG:32645" << 86.9 << 27.9;
        QTest::newRow("edge of a UTM zone on Svalbard") << "EPSG:32633" << 21.0 << 79.0;
        QTest::newRow("two zones away") << "EPSG:32633" << 27.0 << 79.5;
        QTest::newRow("Vatnajokull") << "EPSG:32628" << -16.8 << 64.4;
        QTest::newRow("southern Greenland, polar stereographic") << "EPSG:3413" << -45.0 << 61.0;
        QTest::newRow("Alps in Arctic polar stereographic") << "EPSG:3995" << 10.0 << 46.0;
        QTest::newRow("Antarctic Peninsula") << "EPSG:3031" << -60.0 << -64.0;
        QTest::newRow("Alps in Mercator") << "EPSG:3395" << 10.0 << 46.0;
        QTest::newRow("Svalbard in Web Mercator") << "EPSG:3857" << 16.0 << 78.5;
        QTest::newRow("feet") << "EPSG:2926" << -121.8 << 48.8;
    }

    void areasAreThoseOfTheEllipsoidInEverySystem() {
        QFETCH(const QString, system);
        QFETCH(const double, longitude);
        QFETCH(const double, latitude);
        const Crs crs = Crs::fromUserInput(system.toStdString());
        const Point middle =
            CoordinateTransform(Crs::fromUserInput("EPSG:4326"), crs)(Point{longitude, latitude});
        for (const double metres : {100.0, 3000.0, 30000.0, 100000.0}) {
            const double radius = metres / crs.metresPerUnit();
            const MultiPolygon before = lobed(middle, radius);
            const GroundAreas areas(crs, extentOf(before));
            const double truth = geodesicArea(before, crs);
            QVERIFY2(partsApart(areas.of(before), truth) < 1e-4,
                     qPrintable(QString("%1: %2").arg(metres).arg(partsApart(areas.of(before), truth))));
            // What comes at one side is told as rightly, with what was looked up before.
            const MultiPolygon after = unionOf(before, moved(lobed(middle, radius / 3), radius * 0.9));
            const double change = geodesicArea(after, crs) - truth;
            QVERIFY(change > 0.01 * truth);
            QVERIFY2(partsApart(areas.of(after) - areas.of(before), change) < 5e-4,
                     qPrintable(QString("%1: %2").arg(metres).arg(
                         partsApart(areas.of(after) - areas.of(before), change))));
        }
    }

    void withoutAPlaceOnTheEarthAreasAreThoseOfThePlane() {
        const MultiPolygon shape = lobed({5e5, 4e6}, 1000);
        QVERIFY(partsApart(GroundAreas(Crs(), extentOf(shape)).of(shape), planarArea(shape)) < 1e-12);
        QCOMPARE(GroundAreas(Crs(), {}).of({}), 0.0);
    }

    void areasOfRealOutlinesAreThoseOfTheEllipsoid_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("system");
        QTest::newRow("Everest") << "everest/rgi60_outlines.gpkg"
                                 << "EPSG:32645";
        QTest::newRow("Everest from the next zone") << "everest/rgi60_outlines.gpkg"
                                                    << "EPSG:32644";
        QTest::newRow("ice cap") << "iceland_divides/RGI6_icecap.shp"
                                 << "EPSG:32628";
        QTest::newRow("ice cap, polar stereographic") << "iceland_divides/RGI6_icecap.shp"
                                                      << "EPSG:3413";
        QTest::newRow("French Alps") << "french_alps/inventory_2015.shp"
                                     << "EPSG:32632";
        QTest::newRow("French Alps in Mercator") << "french_alps/inventory_2015.shp"
                                                 << "EPSG:3395";
        QTest::newRow("Baltoro") << "baltoro/baltoro_wgs84.shp"
                                 << "EPSG:32643";
        QTest::newRow("Oetztal") << "oetztal/rgi_oetztal.shp"
                                 << "EPSG:32632";
    }

    void areasOfRealOutlinesAreThoseOfTheEllipsoid() {
        QFETCH(const QString, file);
        QFETCH(const QString, system);
        const QString path = QStringLiteral(NUNATAK_SHARED_DATA "/data/") + file;
        if (!QFileInfo::exists(path)) {
            QSKIP("The real outlines are not there.");
        }
        const Crs crs = Crs::fromUserInput(system.toStdString());
        double worst = 0;
        double begun = 0;
        double slowest = 0;
        const auto outlines = exchange::readOutlines(path.toStdString(), crs).outlines;
        QVERIFY(!outlines.empty());
        for (const auto& outline : outlines) {
            QElapsedTimer timer;
            timer.start();
            const GroundAreas areas(crs, extentOf(outline.geometry));
            begun = std::max(begun, timer.nsecsElapsed() / 1e6);
            timer.start();
            const double area = areas.of(outline.geometry);
            slowest = std::max(slowest, timer.nsecsElapsed() / 1e6);
            worst = std::max(worst, partsApart(area, geodesicArea(outline.geometry, crs)));
        }
        qInfo("%zu outlines: at most %.1e apart; %.3f ms to begin, %.3f ms each", outlines.size(), worst,
              begun, slowest);
        QVERIFY2(worst < 1e-5, qPrintable(QString::number(worst)));
    }
};

QTEST_APPLESS_MAIN(GroundAreasTest)
#include "ground_areas_test.moc"
