// SPDX-License-Identifier: GPL-3.0-or-later
#include "measures/boundary_measures.h"

#include "geo/geos_context.h"
#include "geo/ground_scale.h"
#include "geo/shape_operations.h"

#include <cmath>
#include <vector>

#include <QtTest>

using namespace nunatak;
using namespace nunatak::measures;

namespace {

/// Its scale is 1 everywhere to 1 in 10^9 near the middle: closed forms are those of the plane.
geo::Crs plane() {
    return geo::Crs::fromUserInput("+proj=stere +lat_0=0 +lon_0=0 +k=1 +R=6371000 +units=m +type=crs");
}

geo::MultiPolygon square(double x, double y, double side, int perSide = 1) {
    geo::Ring ring;
    const std::vector<geo::Point> corners{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}};
    for (std::size_t i = 0; i < 4; ++i) {
        for (int k = 0; k < perSide; ++k) {
            const double share = static_cast<double>(k) / perSide;
            ring.push_back({corners[i].x + share * (corners[i + 1].x - corners[i].x),
                            corners[i].y + share * (corners[i + 1].y - corners[i].y)});
        }
    }
    return {{ring, {}}};
}

geo::MultiPolygon disc(double x, double y, double radius, int vertices = 20'000) {
    geo::Ring ring;
    for (int i = 0; i < vertices; ++i) {
        const double angle = 2 * M_PI * i / vertices;
        ring.push_back({x + radius * std::cos(angle), y + radius * std::sin(angle)});
    }
    return {{ring, {}}};
}

Figures measured(const geo::MultiPolygon& model, const geo::MultiPolygon& expert, double spacing = 0.1,
                 const geo::Crs& crs = plane()) {
    GroundMeasure ground(crs);
    Figures figures;
    const auto spread = measureBoundaries(model, expert, ground, {10, spacing}, &figures);
    tellDistances(spread, false, figures);
    return figures;
}

bool isNear(double value, double wanted, double share = 1e-6) {
    const bool near = std::abs(value - wanted) <= share * std::max(1.0, std::abs(wanted));
    if (!near) {
        qWarning("%.12g instead of %.12g", value, wanted);
    }
    return near;
}

} // namespace

class BoundaryMeasuresTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anOutlineIsNowhereOffItself() {
        auto holed = square(0, 0, 1000);
        holed[0].holes.push_back(disc(500, 500, 200, 90)[0].outer);
        const auto figures = measured(holed, holed);
        QCOMPARE(figures.maxBoundaryDistance, 0.0);
        QCOMPARE(figures.rmseBoundaryDistance, 0.0);
        QCOMPARE(figures.polis, 0.0);
        QCOMPARE(figures.boundaryDistance95, 0.0);
        QCOMPARE(figures.withinPixel, 1.0);
    }

    void discsAroundOneMiddleAreTheDifferenceOfRadiiApart() {
        const auto figures = measured(disc(0, 0, 1025), disc(0, 0, 1000));
        for (const double distance :
             {figures.meanBoundaryDistance, figures.medianBoundaryDistance, figures.rmseBoundaryDistance,
              figures.boundaryDistance90, figures.maxBoundaryDistance, figures.polis, figures.signedMean}) {
            QVERIFY(isNear(distance, 25));
        }
        QCOMPARE(figures.withinPixel, 0.0);
        QCOMPARE(figures.withinThreePixels, 1.0);
        QVERIFY(isNear(measured(disc(0, 0, 1000), disc(0, 0, 1025)).signedMean, -25)); // lies inside
    }

    void aHoleThatGrowsMakesTheOutlineSmaller() {
        auto model = disc(0, 0, 1000, 4000);
        auto expert = model;
        model[0].holes.push_back(disc(0, 0, 320, 4000)[0].outer);
        expert[0].holes.push_back(disc(0, 0, 300, 4000)[0].outer);
        // 20 m along the holes, nothing along the outer rings.
        const auto figures = measured(model, expert);
        const double length = 2 * M_PI * (320 + 300 + 2000);
        QVERIFY(isNear(figures.signedMean, -20 * 2 * M_PI * 620 / length, 1e-5));
        QVERIFY(isNear(figures.maxBoundaryDistance, 20, 1e-5));
    }

    void aSquareThatIsShiftedHasDistancesInClosedForm() {
        // By 20 m to the east. Along its 4,000 m: the western side, whose ends are nearer to the other's
        // upper and lower sides; 20 m of the upper and of the lower side; the eastern side.
        const double side = 1000;
        const double shift = 20;
        const auto figures = measured(square(shift, 0, side), square(0, 0, side), 0.01);
        // From the moved one: its west side lies inside (0 at the ends, rising to 20), its east side 20 off.
        const double inside = 2 * shift * shift / 2 + (side - 2 * shift) * shift;
        const double ends = 2 * shift * shift / 2;
        const double sum = inside + ends + side * shift;
        QVERIFY(isNear(figures.meanBoundaryDistance, sum / 4000));
        const double squares = 2 * std::pow(shift, 3) / 3 + (side - 2 * shift) * shift * shift +
                               2 * std::pow(shift, 3) / 3 + side * shift * shift;
        QVERIFY(isNear(figures.rmseBoundaryDistance, std::sqrt(squares / 4000)));
        QVERIFY(isNear(figures.maxBoundaryDistance, shift));
        // What is gained in the east is lost in the west, but for the corners.
        QVERIFY(isNear(figures.polis, 20.0 * 2 / 4));
        // Within 10 m: the upper and lower sides but 10 m at an end of each, and 10 m at both ends of one
        // side.
        QVERIFY(isNear(figures.withinPixel, (2 * (side - 10) + 2 * 10) / 4000, 1e-5));
        QVERIFY(isNear(figures.medianBoundaryDistance, 10, 1e-3)); // half of both lies within 10 m
    }

    void aScaledSquareIsFarthestAtItsCorners() {
        const auto figures = measured(square(-600, -600, 1200), square(-500, -500, 1000), 0.01);
        const double corner = 100 * std::sqrt(2.0);
        QVERIFY(isNear(figures.maxBoundaryDistance, corner));
        QVERIFY(isNear(figures.polis, (corner + 100) / 2));
        const auto arc = [](double x) { return x * std::sqrt(x * x + 1e4) / 2 + 5e3 * std::asinh(x / 100); };
        const double outer = (1000 * 100 + 2 * arc(100)) / 1200;
        QVERIFY(isNear(figures.meanBoundaryDistance, (outer + 100) / 2));
    }

    void theLargestDistanceMayLieBetweenVertices() {
        // The model's lower side runs past two teeth of the expert's; half way between them it is farthest.
        const geo::MultiPolygon model{{{{0, 0}, {1000, 0}, {1000, 10}, {0, 10}}, {}}};
        const geo::MultiPolygon expert{{{{0, 0}, {0, -10}, {10, 0}, {10, 10}, {0, 10}}, {}},
                                       {{{990, 0}, {1000, -10}, {1000, 10}, {990, 10}}, {}}};
        QVERIFY(isNear(measured(model, expert).maxBoundaryDistance, 490));
    }

    void verticesThatAreAddedChangeNothingButPolis() {
        const auto few = measured(square(20, 7, 1000), square(0, 0, 1000), 0.1);
        const auto many = measured(square(20, 7, 1000, 333), square(0, 0, 1000, 7), 0.1);
        QVERIFY(isNear(many.meanBoundaryDistance, few.meanBoundaryDistance, 1e-5));
        QVERIFY(isNear(many.rmseBoundaryDistance, few.rmseBoundaryDistance, 1e-5));
        QVERIFY(isNear(many.boundaryDistance95, few.boundaryDistance95, 1e-3));
        QVERIFY(isNear(many.maxBoundaryDistance, few.maxBoundaryDistance));
        QVERIFY(std::abs(many.polis - few.polis) > 0.1); // a mean over vertices, as it was published
    }

    void halvingTheSpacingChangesLessThanAThousandth() {
        const auto model = disc(30, -12, 900, 37);
        const auto expert = disc(0, 0, 950, 53);
        const auto coarse = measured(model, expert, 1); // a tenth of the pixel of 10 m
        const auto fine = measured(model, expert, 0.5);
        for (const auto& measure :
             {&Figures::meanBoundaryDistance, &Figures::medianBoundaryDistance,
              &Figures::rmseBoundaryDistance, &Figures::boundaryDistance90, &Figures::boundaryDistance95,
              &Figures::signedMean, &Figures::withinThreePixels}) {
            QVERIFY(isNear(fine.*measure / (coarse.*measure), 1, 1e-3));
        }
    }

    void theLargestDistanceIsGeosHausdorff() {
        const auto model = disc(130, -12, 900, 17);
        const auto expert = disc(0, 0, 800, 11);
        auto& context = geo::GeosContext::ofThisThread();
        const auto asGeos = [&](const geo::MultiPolygon& shape) {
            const auto wkb = geo::toWkb(shape);
            auto* polygon = GEOSGeomFromWKB_buf_r(context.get(), wkb.data(), wkb.size());
            auto* line = GEOSBoundary_r(context.get(), polygon);
            GEOSGeom_destroy_r(context.get(), polygon);
            return line;
        };
        auto* one = asGeos(model);
        auto* other = asGeos(expert);
        double wanted = 0;
        QVERIFY(GEOSHausdorffDistanceDensify_r(context.get(), one, other, 1e-4, &wanted));
        GEOSGeom_destroy_r(context.get(), one);
        GEOSGeom_destroy_r(context.get(), other);
        const double found = measured(model, expert).maxBoundaryDistance;
        QVERIFY2(found >= wanted * (1 - 1e-6),
                 qPrintable(QString::number(found - wanted))); // GEOS looks at some places only
        QVERIFY(isNear(found, wanted, 1e-4));
    }

    void ofNothingThereAreNoDistances() {
        QVERIFY(std::isnan(measured({}, square(0, 0, 100)).meanBoundaryDistance));
        QVERIFY(std::isnan(measured(square(0, 0, 100), {}).maxBoundaryDistance));
        const auto apart = measured(square(0, 0, 100), square(5000, 0, 100));
        QVERIFY(isNear(apart.maxBoundaryDistance, 5000));
        QCOMPARE(apart.withinThreePixels, 0.0);
    }

    void distancesAreThoseOnTheGround_data() {
        QTest::addColumn<QString>("crs");
        QTest::addColumn<double>("x");
        QTest::addColumn<double>("y");
        QTest::newRow("middle of a zone") << "EPSG:32632" << 500'000.0 << 5'200'000.0;
        QTest::newRow("edge of a zone") << "EPSG:32632" << 790'000.0 << 5'200'000.0;
        QTest::newRow("antimeridian") << "EPSG:32660" << 833'978.0 << 100'000.0;
        QTest::newRow("antimeridian, far north") << "EPSG:32601" << 411'000.0 << 7'900'000.0;
        QTest::newRow("north pole") << "EPSG:3413" << -500.0 << -500.0;
        QTest::newRow("60° N in polar stereographic") << "EPSG:3413" << 3'300'000.0 << 10'000.0;
        QTest::newRow("south pole") << "EPSG:3031" << -300.0 << 200.0;
    }
    void distancesAreThoseOnTheGround() {
        QFETCH(QString, crs);
        QFETCH(double, x);
        QFETCH(double, y);
        const auto system = geo::Crs::fromUserInput(crs.toStdString());
        const double scale = geo::groundMetresPerUnit(system, {x + 777, y + 333});
        const auto figures = measured(square(x - 30, y - 30, 1060), square(x, y, 1000), 1, system);
        QVERIFY(
            isNear(figures.maxBoundaryDistance / (30 * std::sqrt(2.0) * scale), 1, 5e-5)); // corner to corner
        GroundMeasure ground(system);
        QVERIFY(isNear(ground.metresPerUnit({x + 777, y + 333}) / scale, 1));
        for (const double side : {500.0, 4000.0, 15'000.0, 60'000.0}) {
            const auto shape = square(x, y, side, 50);
            QVERIFY(isNear(ground.area(shape) / geo::geodesicArea(shape, system), 1));
        }
    }
};

QTEST_GUILESS_MAIN(BoundaryMeasuresTest)
#include "boundary_measures_test.moc"
