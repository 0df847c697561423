// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "geo/geos_context.h"
#include "geo/paths.h"
#include "geo/plainly_valid.h"
#include "geo/shape_operations.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <numbers>
#include <random>
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

/// A star with a jagged line, far from the origin as projected coordinates are.
Ring star(std::mt19937& random, Point middle, double radius, int vertices) {
    std::uniform_real_distribution<double> part(0.5, 1);
    Ring ring;
    for (int i = 0; i < vertices; ++i) {
        const double angle = 2 * std::numbers::pi * i / vertices;
        const double away = radius * part(random);
        ring.push_back({middle.x + away * std::cos(angle), middle.y + away * std::sin(angle)});
    }
    return ring;
}

/// A part with holes, of which the last may lie anywhere.
Polygon glacier(std::mt19937& random, Point middle, double radius) {
    Polygon part{star(random, middle, radius, std::uniform_int_distribution(3, 200)(random)), {}};
    part.holes.push_back(star(random, middle, radius / 10, 5));
    const double side = (random() % 4 == 0 ? 1.0 : 0.25) * radius; // astride the line, or within
    part.holes.push_back(star(random, {middle.x + side, middle.y}, radius / 10, 7));
    return part;
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

    void whatIsTakenForValidWithoutGeosIsValidAndIsNearlyAllThatIs() {
        std::mt19937 random(17);
        std::uniform_int_distribution dice(0, 5);
        int valid = 0;
        int plain = 0;
        int invalid = 0;
        for (int round = 0; round < 4000; ++round) {
            MultiPolygon shape{glacier(random, {500'000, 5'200'000}, 1000)};
            if (dice(random) == 0) { // beside it, over it or in it
                const double x = 500'000 + std::uniform_real_distribution(0.0, 3000.0)(random);
                shape.push_back(glacier(random, {x, 5'200'000}, 700));
            }
            Ring& ring = shape[0].outer;
            const auto any = [&] { return random() % ring.size(); };
            switch (dice(random)) {
            case 0:
                std::swap(ring[any()], ring[any()]);
                break;
            case 1: // comes back to where it was
                ring.insert(ring.begin() + static_cast<std::ptrdiff_t>(any()), ring[any()]);
                break;
            case 2: { // onto an edge, as well as doubles have it
                const std::size_t i = any();
                const Point& next = ring[(i + 1) % ring.size()];
                shape[0].holes[0][0] = {(ring[i].x + next.x) / 2, (ring[i].y + next.y) / 2};
                break;
            }
            case 3: { // there and back
                const std::size_t i = any();
                const Point tip{ring[i].x + 5, ring[i].y + 3};
                ring.insert(ring.begin() + static_cast<std::ptrdiff_t>(i) + 1, {tip, ring[i]});
                break;
            }
            default:
                break;
            }
            GeosContext& context = GeosContext::ofThisThread();
            const bool isValid = GEOSisValid_r(context.get(), toGeos(context, shape).get()) == 1;
            const bool isPlain = isPlainlyValid(shape);
            QVERIFY2(isValid || !isPlain, qPrintable(QString::number(round)));
            valid += isValid ? 1 : 0;
            plain += isPlain ? 1 : 0;
            invalid += isValid ? 0 : 1;
        }
        QVERIFY(invalid > 500);
        QVERIFY2(plain > 500, qPrintable(QString("%1 of %2, %3").arg(plain).arg(valid).arg(invalid)));
        QVERIFY2(plain > 0.7 * valid, qPrintable(QString("%1 of %2").arg(plain).arg(valid)));
    }

    void ringsOfSmallWholeNumbersArePlainlyValidExactlyWhereGeosFindsThemValid() {
        std::mt19937 random(23);
        GeosContext& context = GeosContext::ofThisThread();
        int valid = 0;
        for (int round = 0; round < 60000; ++round) {
            const int corners = std::uniform_int_distribution(3, 14)(random);
            const int width = std::uniform_int_distribution(2, 12)(random); // small: most touch
            const bool isStaircase = random() % 2 == 0;
            Ring ring;
            Point at{};
            for (int i = 0; i < corners; ++i) {
                const auto coordinate = [&] {
                    return static_cast<double>(std::uniform_int_distribution(0, width)(random));
                };
                (i % 2 == 0 ? at.x : at.y) = coordinate();
                if (!isStaircase) {
                    at = {coordinate(), coordinate()};
                }
                if (ring.empty() || !(ring.back().x == at.x && ring.back().y == at.y)) {
                    ring.push_back(at);
                }
            }
            if (ring.size() < 3 || (ring.front().x == ring.back().x && ring.front().y == ring.back().y)) {
                continue;
            }
            const MultiPolygon shape{{ring, {}}};
            const bool isValid = GEOSisValid_r(context.get(), toGeos(context, shape).get()) == 1;
            QVERIFY2(isPlainlyValid(shape) == isValid, qPrintable(QString::number(round)));
            valid += isValid ? 1 : 0;
        }
        QVERIFY2(valid > 5000, qPrintable(QString::number(valid)));
    }

    void whatTouchesOrIsNestedIsLeftToGeos() {
        QVERIFY(isPlainlyValid(squareWithHole()));
        const auto with = [](MultiPolygon shape, const MultiPolygon& more) {
            shape.insert(shape.end(), more.begin(), more.end());
            return shape;
        };
        const auto withHole = [](const Ring& hole) {
            MultiPolygon shape = squareWithHole();
            shape[0].holes.push_back(hole);
            return shape;
        };
        QVERIFY(isPlainlyValid(with(square(0, 0, 10), square(11, 0, 10))));
        QVERIFY(!isPlainlyValid(with(square(0, 0, 10), square(10, 10, 10)))); // touch in a corner
        QVERIFY(!isPlainlyValid(with(square(0, 0, 10), square(2, 2, 2))));    // one in the other
        QVERIFY(!isPlainlyValid(with(square(2, 2, 2), square(0, 0, 10))));
        QVERIFY(isPlainlyValid(withHole(square(6, 6, 2)[0].outer)));
        QVERIFY(!isPlainlyValid(withHole(square(16, 6, 2)[0].outer)));    // outside
        QVERIFY(!isPlainlyValid(withHole(square(2.5, 2.5, 1)[0].outer))); // within another
        QVERIFY(!isPlainlyValid(withHole(square(1, 1, 8)[0].outer)));     // around another
        QVERIFY(!isPlainlyValid(bowTie()));
        QVERIFY(!isPlainlyValid({{{{0, 0}, {10, 0}, {5, 0}}, {}}})); // no area
        QVERIFY(!isPlainlyValid({}));
        // An island in a hole is valid.
        QVERIFY(invalidReason(with(squareWithHole(), square(2.5, 2.5, 1))).empty());
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
