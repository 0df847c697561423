// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "geo/paths.h"
#include "geo/shape_operations.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <thread>

using namespace nunatak;
using namespace nunatak::geo;

namespace {

MultiPolygon square(double x, double y, double side) {
    return {{{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}}, {}}};
}

MultiPolygon squareWithHole() {
    MultiPolygon shape = square(0, 0, 10);
    shape[0].holes.push_back({{2, 2}, {4, 2}, {4, 4}, {2, 4}});
    return shape;
}

MultiPolygon bowTie() {
    return {{{{0, 0}, {10, 10}, {10, 0}, {0, 10}}, {}}};
}

bool near(double a, double b, double tolerance) {
    return std::abs(a - b) <= tolerance;
}

template <typename T> void putBigEndian(std::vector<std::uint8_t>& bytes, T value) {
    std::array<std::uint8_t, sizeof(T)> raw{};
    std::memcpy(raw.data(), &value, sizeof(T));
    bytes.insert(bytes.end(), raw.rbegin(), raw.rend());
}

} // namespace

class ShapeOperationsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void holesAreNotPartOfTheArea() {
        QCOMPARE(planarArea(squareWithHole()), 96.0);
        QCOMPARE(planarArea({}), 0.0);
        // A square metre of a far corner of the coordinate system is still a square metre.
        QVERIFY(near(planarArea(square(500000.25, 5200000.75, 1)), 1, 1e-9));
    }

    void aDegreeAtTheEquatorHasItsKnownArea() {
        // One degree by one degree at the equator: 12,308.778 km² on the WGS 84 ellipsoid (Karney's
        // planimeter).
        const double area = geodesicArea(square(0, 0, 1), Crs::fromUserInput("EPSG:4326"));
        QVERIFY2(near(area / 1e6, 12308.778, 0.001), qPrintable(QString::number(area / 1e6, 'f', 4)));
    }

    void areasOnTheEllipsoidUndoTheScaleOfTheProjection() {
        // On the central meridian of a UTM zone lengths are 0.9996 of the true ones.
        const double area = geodesicArea(square(500000, 5200000, 1000), Crs::fromUserInput("EPSG:32632"));
        QVERIFY2(near(area, 1e6 / (0.9996 * 0.9996), 2), qPrintable(QString::number(area, 'f', 2)));
        MultiPolygon withHole = square(500000, 5200000, 1000);
        withHole[0].holes.push_back(square(500100, 5200100, 100)[0].outer);
        QVERIFY(near(area - geodesicArea(withHole, Crs::fromUserInput("EPSG:32632")), 10008, 1));
    }

    void theDirectionOfARingDoesNotMatter() {
        MultiPolygon reversed = squareWithHole();
        std::reverse(reversed[0].outer.begin(), reversed[0].outer.end());
        QCOMPARE(planarArea(reversed), 96.0);
        const Crs degrees = Crs::fromUserInput("EPSG:4326");
        QVERIFY(near(geodesicArea(reversed, degrees), geodesicArea(squareWithHole(), degrees), 1));
    }

    void anAreaWithoutACoordinateSystemIsAnError() {
        QVERIFY_EXCEPTION_THROWN(geodesicArea(square(0, 0, 1), Crs()), Error);
        QVERIFY_EXCEPTION_THROWN(geodesicArea(square(0, 100, 1), Crs::fromUserInput("EPSG:4326")), Error);
    }

    void aSelfIntersectionIsNamedWithItsPlace() {
        const std::string reason = invalidReason(bowTie());
        QVERIFY(reason.find("Self-intersection") != std::string::npos);
        QVERIFY2(reason.find("(5, 5)") != std::string::npos, reason.c_str());
        QVERIFY(invalidReason(squareWithHole()).empty());
        QVERIFY(invalidReason({}).empty());
        QVERIFY(!invalidReason({{{{0, 0}, {1, 1}}, {}}}).empty());
        QVERIFY(
            !invalidReason({{{{0, 0}, {1, std::numeric_limits<double>::quiet_NaN()}, {1, 0}}, {}}}).empty());
    }

    void aRepairedShapeIsValidAndKeepsItsArea() {
        const MultiPolygon repaired = madeValid(bowTie());
        QVERIFY(invalidReason(repaired).empty());
        QCOMPARE(planarArea(repaired), 50.0);
        QCOMPARE(planarArea(madeValid(squareWithHole())), 96.0);
        QVERIFY(madeValid({{{{0, 0}, {1, 1}}, {}}}).empty());
    }

    void setOperationsHaveTheAreasOfTheirNames() {
        const MultiPolygon a = square(0, 0, 10);
        const MultiPolygon b = square(5, 5, 10);
        QCOMPARE(planarArea(intersection(a, b)), 25.0);
        QCOMPARE(planarArea(unionOf(a, b)), 175.0);
        QCOMPARE(planarArea(difference(a, b)), 75.0);
        QVERIFY(intersection(a, square(20, 20, 1)).empty());
        QVERIFY(difference(a, a).empty());
        QCOMPARE(planarArea(difference(a, square(4, 4, 2))), 96.0);
        const std::vector<MultiPolygon> many{a, b, square(100, 100, 1), square(9, 0, 2)};
        QCOMPARE(planarArea(unionOf(many)), 178.0);
        QVERIFY(unionOf(std::vector<MultiPolygon>{}).empty());
    }

    void shapesThatCrossThemselvesCanBeCombined() {
        QCOMPARE(planarArea(intersection(bowTie(), square(0, 0, 10))), 50.0);
        QCOMPARE(planarArea(difference(square(0, 0, 10), bowTie())), 50.0);
    }

    void squaresThatTouchAtAnEdgeShareOnlyTheEdge() {
        QVERIFY(intersection(square(0, 0, 10), square(10, 0, 10)).empty());
        QVERIFY(intersects(square(0, 0, 10), square(10, 0, 10)));
        QVERIFY(!intersects(square(0, 0, 10), square(10.001, 0, 10)));
        QVERIFY(!intersects(squareWithHole(), square(2.5, 2.5, 1)));
    }

    void aBufferGrowsAndShrinks() {
        const double grown = planarArea(buffered(square(0, 0, 10), 1));
        QVERIFY(near(grown, 100 + 40 + 3.14159, 0.05));
        QVERIFY(near(planarArea(buffered(square(0, 0, 10), -1)), 64, 1e-9));
        QVERIFY(buffered(square(0, 0, 10), -6).empty());
    }

    void theNearestBoundaryMayBeAHole() {
        QCOMPARE(distanceToBoundary(squareWithHole(), {3, 3}), 1.0);
        QCOMPARE(distanceToBoundary(squareWithHole(), {13, 14}), 5.0);
        QCOMPARE(distanceToBoundary(squareWithHole(), {10, 5}), 0.0);
        QVERIFY(std::isinf(distanceToBoundary({}, {0, 0})));
    }

    void pointsInHolesAreOutside() {
        QVERIFY(contains(squareWithHole(), {1, 1}));
        QVERIFY(!contains(squareWithHole(), {3, 3}));
        QVERIFY(!contains(squareWithHole(), {11, 3}));
        QVERIFY(!contains({}, {0, 0}));
        QCOMPARE(vertexCount(squareWithHole()), std::size_t(8));
        QCOMPARE(extentOf(squareWithHole()), (Extent{0, 0, 10, 10}));
    }

    void ringsAreFoundByTheirNumbers() {
        MultiPolygon shape = squareWithHole();
        QCOMPARE(ringOf(shape, 0, 0).size(), std::size_t(4));
        ringOf(shape, 0, 1)[0] = {2.5, 2.5};
        QCOMPARE(shape[0].holes[0][0], (Point{2.5, 2.5}));
        QVERIFY_EXCEPTION_THROWN(ringOf(shape, 0, 2), Error);
        QVERIFY_EXCEPTION_THROWN(ringOf(shape, 1, 0), Error);
        QVERIFY_EXCEPTION_THROWN(ringOf(shape, -1, 0), Error);
        QVERIFY_EXCEPTION_THROWN(ringOf(shape, 0, -1), Error);
    }

    void wellKnownBinaryKeepsEveryVertex() {
        MultiPolygon shape = squareWithHole();
        shape.push_back(square(500000.123456789, 5200000.987654321, 30)[0]);
        QCOMPARE(fromWkb(toWkb(shape)), shape);
        QVERIFY(fromWkb(toWkb({})).empty());
        // 1 order + 4 type + 4 count, then per polygon 1 + 4 + 4, per ring 4 + 16 a vertex with the closing
        // one.
        QCOMPARE(toWkb(square(0, 0, 1)).size(), std::size_t(9 + 9 + 4 + 5 * 16));
    }

    void linesAndPointsComeBackAndNoneIsNoShape() {
        const MultiPolygon point = pointShape({500000.123456789, 5200000.987654321});
        MultiPolygon lines = lineShape({{0, 0}, {3, 0}, {3, 4}});
        QCOMPARE(shapeFromWkb(toWkb(point)), point);
        QCOMPARE(shapeFromWkb(toWkb(lines)), lines);
        lines[0].holes.push_back({{7, 7}, {8, 9}});
        QCOMPARE(shapeFromWkb(toWkb(lines)), lines);
        QVERIFY_EXCEPTION_THROWN(fromWkb(toWkb(lines)), Error);
        for (const std::uint8_t type : {4, 5}) { // MULTIPOINT EMPTY, MULTILINESTRING EMPTY
            QVERIFY(shapeFromWkb(std::vector<std::uint8_t>{1, type, 0, 0, 0, 0, 0, 0, 0}).empty());
        }
    }

    void aBigEndianPolygonWithHeightsIsRead() {
        std::vector<std::uint8_t> bytes{0};
        putBigEndian<std::uint32_t>(bytes, 1003); // POLYGON Z
        putBigEndian<std::uint32_t>(bytes, 1);
        putBigEndian<std::uint32_t>(bytes, 4);
        for (const Point& p : {Point{0, 0}, Point{3, 0}, Point{3, 4}, Point{0, 0}}) {
            putBigEndian(bytes, p.x);
            putBigEndian(bytes, p.y);
            putBigEndian(bytes, 2750.0);
        }
        QCOMPARE(fromWkb(bytes), (MultiPolygon{{{{0, 0}, {3, 0}, {3, 4}}, {}}}));
    }

    void everyTruncationIsRefused() {
        const std::vector<std::uint8_t> whole = toWkb(squareWithHole());
        for (std::size_t size = 0; size < whole.size(); ++size) {
            const std::span<const std::uint8_t> part(whole.data(), size);
            QVERIFY_EXCEPTION_THROWN(fromWkb(part), Error);
        }
    }

    void damagedOrForeignBinariesAreRefused() {
        std::vector<std::uint8_t> absurd = toWkb(square(0, 0, 1));
        absurd[5] = absurd[6] = absurd[7] = absurd[8] = 0xff; // four thousand million parts
        QVERIFY_EXCEPTION_THROWN(fromWkb(absurd), Error);
        std::vector<std::uint8_t> longer = toWkb(square(0, 0, 1));
        longer.push_back(0);
        QVERIFY_EXCEPTION_THROWN(fromWkb(longer), Error);
        std::vector<std::uint8_t> point{1, 1, 0, 0, 0};
        point.resize(21);
        try {
            fromWkb(point);
            QFAIL("a point was read as a polygon");
        } catch (const Error& error) {
            QVERIFY(std::string(error.what()).find("a point") != std::string::npos);
        }
    }

    void severalThreadsWorkOnShapesAtOnce() {
        std::vector<std::thread> threads;
        std::array<double, 4> areas{};
        for (std::size_t i = 0; i < areas.size(); ++i) {
            threads.emplace_back([i, &areas] {
                for (int k = 0; k < 50; ++k) {
                    areas[i] = planarArea(unionOf(square(0, 0, 10), square(5, 5, 10))) +
                               geodesicArea(square(500000, 5200000, 1000), Crs::fromUserInput("EPSG:32632"));
                }
            });
        }
        for (std::thread& thread : threads) {
            thread.join();
        }
        for (const double area : areas) {
            QCOMPARE(area, areas[0]);
        }
    }
};

QTEST_APPLESS_MAIN(ShapeOperationsTest)
#include "shape_operations_test.moc"
