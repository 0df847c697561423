// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "geo/antimeridian.h"
#include "geo/inner_point.h"
#include "geo/shape_operations.h"
#include "geo/utm_zone.h"

#include <QtTest>

#include <cmath>

using namespace nunatak;
using namespace nunatak::geo;

namespace {

Crs degrees() {
    return Crs::fromUserInput("EPSG:4326");
}

} // namespace

class DegreesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void utmZonesHaveTheExceptionsOfNorwayAndSvalbard_data() {
        QTest::addColumn<double>("longitude");
        QTest::addColumn<double>("latitude");
        QTest::addColumn<int>("zone");
        QTest::newRow("Alps") << 10.75 << 46.8 << 32;
        QTest::newRow("Alfotbreen") << 5.65 << 61.75 << 32;
        QTest::newRow("west of it") << 2.99 << 61.75 << 31;
        QTest::newRow("north of it") << 5.65 << 64.0 << 31;
        QTest::newRow("south of it") << 5.65 << 55.99 << 31;
        QTest::newRow("Svalbard, west") << 8.99 << 78.6 << 31;
        QTest::newRow("Svalbard, Spitsbergen") << 9.0 << 78.6 << 33;
        QTest::newRow("Svalbard, Austfonna") << 23.5 << 79.7 << 35;
        QTest::newRow("Franz Josef Land, west") << 41.99 << 80.5 << 37;
        QTest::newRow("Franz Josef Land, east") << 42.0 << 80.5 << 38;
        QTest::newRow("Jan Mayen") << -8.2 << 71.0 << 29;
        QTest::newRow("Wrangel Island") << 179.99 << 71.0 << 60;
        QTest::newRow("the antimeridian") << 180.0 << 67.0 << 1;
        QTest::newRow("Patagonia") << -73.5 << -50.0 << 18;
        QTest::newRow("a turn too many") << 370.75 << 46.8 << 32;
    }
    void utmZonesHaveTheExceptionsOfNorwayAndSvalbard() {
        QFETCH(double, longitude);
        QFETCH(double, latitude);
        QFETCH(int, zone);
        QCOMPARE(utmZone(longitude, latitude), zone);
    }

    void theInnerPointLiesInTheWidestStretchHalfwayUp() {
        const auto at = [](const MultiPolygon& shape) {
            const Point point = innerPoint(shape);
            return std::pair(point.x, point.y);
        };
        const Ring tall{{0, 0}, {10, 0}, {10, 20}, {0, 20}};
        QCOMPARE(at({{tall, {}}}), std::pair(5.0, 10.0));
        // Past a nunatak on the wider side of it.
        QCOMPARE(at({{tall, {{{2, 5}, {5, 5}, {5, 15}, {2, 15}}}}}), std::pair(7.5, 10.0));
        // Between the vertices next to the middle, not on one of them.
        QCOMPARE(at({{{{0, 0}, {10, 0}, {14, 10}, {10, 20}, {0, 20}}, {}}}).second, 15.0);
        // Of several parts the one that is widest.
        QCOMPARE(at({{tall, {}}, {{{50, 0}, {90, 0}, {90, 4}, {50, 4}}, {}}}), std::pair(70.0, 2.0));
        QVERIFY_EXCEPTION_THROWN(innerPoint({}), Error);
    }

    void theInnerPointLiesInABentGlacierAndIsFoundInDegrees() {
        // A horseshoe, open to the east: the middle of its box is not in it.
        const MultiPolygon shape{{{{10.70, 46.70},
                                   {10.80, 46.70},
                                   {10.80, 46.71},
                                   {10.715, 46.715},
                                   {10.72, 46.78},
                                   {10.80, 46.79},
                                   {10.80, 46.80},
                                   {10.70, 46.80}},
                                  {}}};
        const Crs utm = Crs::fromUserInput("EPSG:32632");
        const MultiPolygon projected = CoordinateTransform(degrees(), utm)(shape);
        const Point expected = innerPoint(shape);
        QVERIFY(contains(shape, expected));
        const Point found = innerPointInDegrees(projected, CoordinateTransform(utm, degrees()));
        QVERIFY(std::abs(found.x - expected.x) < 1e-8);
        QVERIFY(std::abs(found.y - expected.y) < 1e-8);
    }

    void anInnerPointAcrossTheAntimeridianLiesBesideIt() {
        const MultiPolygon shape{{{{179.9, 67}, {-179.9, 67}, {-179.9, 67.1}, {179.9, 67.1}}, {}}};
        const Point found = innerPointInDegrees(shape, CoordinateTransform(degrees(), degrees()));
        QVERIFY(std::abs(found.x) > 179.9 && std::abs(found.x) <= 180);
        QVERIFY(found.y > 67 && found.y < 67.1);
    }

    void aShapeAcrossTheAntimeridianIsCutIntoPiecesOfItsArea() {
        MultiPolygon shape{{{{179.8, 67}, {-179.9, 67}, {-179.9, 67.2}, {179.8, 67.2}},
                            {{{179.95, 67.05}, {179.95, 67.1}, {-179.95, 67.1}, {-179.95, 67.05}}}}};
        shape.push_back({{{-179.5, 67}, {-179.4, 67}, {-179.4, 67.2}}, {}});
        const MultiPolygon pieces = cutAtAntimeridian(shape);
        QCOMPARE(pieces.size(), std::size_t(3));
        QCOMPARE(invalidReason(pieces), std::string());
        for (const Polygon& piece : pieces) {
            const Extent extent = extentOf({piece});
            QVERIFY(extent.xmin >= -180 && extent.xmax <= 180 && extent.width() < 1);
        }
        QVERIFY(std::abs(planarArea(pieces) - (0.3 * 0.2 - 0.1 * 0.05 + 0.1 * 0.2 / 2)) < 1e-9);
    }

    void shapesThatTouchTheAntimeridianOrLieFarFromItAreNotCut() {
        // PROJ calls the meridian 180 or −180.
        const MultiPolygon touching{{{{179.9, 67}, {-180, 67}, {180, 67.1}, {179.9, 67.1}}, {}}};
        const MultiPolygon once = cutAtAntimeridian(touching);
        QCOMPARE(once.size(), std::size_t(1));
        QCOMPARE(extentOf(once).xmin, 179.9);
        QCOMPARE(extentOf(once).xmax, 180.0);
        const MultiPolygon alps{{{{10, 46}, {11, 46}, {11, 47}}, {}}};
        QVERIFY(cutAtAntimeridian(alps) == alps);
    }

    void aShapeAroundAPoleIsRefusedInDegreesButHasAnInnerPoint() {
        const MultiPolygon cap{{{{0, -88}, {90, -88}, {180, -88}, {-90, -88}}, {}}};
        QVERIFY_EXCEPTION_THROWN(cutAtAntimeridian(cap), Error);
        const Crs polar = Crs::fromUserInput("EPSG:3031");
        const MultiPolygon projected{{{{-1e5, -1e5}, {1e5, -1e5}, {1e5, 1e5}, {-1e5, 1e5}}, {}}};
        QVERIFY(innerPointInDegrees(projected, CoordinateTransform(polar, degrees())).y < -88);
    }

    void fingerprintsTellShapesApart() {
        const MultiPolygon square{{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}, {}}};
        MultiPolygon moved = square;
        moved[0].outer[2].x = std::nextafter(1.0, 2.0);
        MultiPolygon pierced = square;
        pierced[0].holes.push_back({{0.2, 0.2}, {0.3, 0.2}, {0.3, 0.3}});
        QVERIFY(fingerprint(square) == fingerprint(fromWkb(toWkb(square))));
        QVERIFY(fingerprint(square) != fingerprint(moved));
        QVERIFY(fingerprint(square) != fingerprint(pierced));
        QVERIFY(fingerprint({}) != 0);
        // Projects keep it: it is the same in every version of the program.
        QCOMPARE(fingerprint(square), std::uint64_t{1320591207467324171});
    }
};

QTEST_APPLESS_MAIN(DegreesTest)
#include "degrees_test.moc"
