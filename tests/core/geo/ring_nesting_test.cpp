// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/antimeridian.h"
#include "geo/ring_nesting.h"
#include "geo/shape_operations.h"

#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace nunatak::geo;

namespace {

Ring box(double xmin, double ymin, double xmax, double ymax) {
    return {{xmin, ymin}, {xmax, ymin}, {xmax, ymax}, {xmin, ymax}};
}

double areaOf(const std::vector<LooseRing>& rings) {
    const auto shape = areaWithin(rings);
    return invalidReason(shape).empty() ? planarArea(shape) : -1;
}

} // namespace

/// Rings as files have them, and what is glacier within them.
class RingNestingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theOrderOfRingsAndWhatTheFileCallsThemDoNotMatter() {
        std::vector<LooseRing> rings{{box(0, 0, 100, 100), false},
                                     {box(10, 10, 90, 90), false},
                                     {box(20, 20, 80, 80), true},
                                     {box(40, 40, 60, 60), true}};
        const double wanted = 100 * 100 - 80 * 80 + 60 * 60 - 20 * 20;
        for (int i = 0; i < 24; ++i) {
            std::next_permutation(rings.begin(), rings.end(), [](const LooseRing& a, const LooseRing& b) {
                return a.points[0].x < b.points[0].x;
            });
            rings[static_cast<std::size_t>(i) % 4].isHole = !rings[static_cast<std::size_t>(i) % 4].isHole;
            std::reverse(rings[0].points.begin(), rings[0].points.end());
            QCOMPARE(areaOf(rings), wanted);
        }
    }

    void aRockThatTouchesTheEdgeIsNoIce() {
        QCOMPARE(areaOf({{box(0, 0, 100, 100), false}, {box(0, 40, 20, 60), false}}), 10000.0 - 400);
        QCOMPARE(areaOf({{box(0, 0, 100, 100), false}, {box(0, 40, 20, 60), true}}), 10000.0 - 400);
    }

    void aRockThatReachesBeyondTheEdgeAddsNoIceThere() {
        QCOMPARE(areaOf({{box(0, 0, 100, 100), false}, {box(-20, 40, 20, 60), true}}), 10000.0 - 400);
    }

    void partsThatOverlapAreJoinedAndNotHollowed() {
        QCOMPARE(areaOf({{box(0, 0, 100, 100), false}, {box(90, 0, 190, 100), false}}), 19000.0);
    }

    void aRingThatIsThereTwiceCountsOnce() {
        auto again = box(0, 0, 100, 100);
        std::rotate(again.begin(), again.begin() + 1, again.end());
        std::reverse(again.begin(), again.end());
        QCOMPARE(areaOf({{box(0, 0, 100, 100), false}, {again, true}, {box(10, 10, 20, 20), true}}), 9900.0);
    }

    void aRingThatCrossesItselfEnclosesItsLobes() {
        QCOMPARE(areaOf({{{{0, 0}, {100, 100}, {100, 0}, {0, 100}}, false}}), 5000.0);
        QVERIFY(areaWithin({{{{0, 0}, {10, 10}, {0, 0}}, false}}).empty());
        QVERIFY(areaWithin({}).empty());
    }

    void manyRocksOfOneIceCapTakeNoTimeToSpeakOf() {
        std::vector<LooseRing> rings{{box(0, 0, 10000, 10000), true}};
        for (int i = 0; i < 2000; ++i) {
            const double x = 10 + (i % 50) * 190;
            const double y = 10 + (i / 50) * 190;
            rings.push_back({box(x, y, x + 100, y + 100), i % 2 == 0});
        }
        QCOMPARE(areaOf(rings), 1e8 - 2000 * 1e4);
    }

    void aShapeAcrossTheAntimeridianBecomesOnePiece() {
        const MultiPolygon cut{{box(179.9, 10, 180, 11), {box(179.95, 10.4, 180, 10.6)}},
                               {box(-180, 10, -179.9, 11), {}}};
        const auto joined = joinedAtAntimeridian(cut);
        QCOMPARE(joined.size(), std::size_t(1));
        QVERIFY(std::abs(extentOf(joined).xmax - 180.1) < 1e-9);
        QVERIFY(std::abs(planarArea(joined) - (0.2 - 0.05 * 0.2)) < 1e-9);
        // An island of its own on the other side stays a part; nothing else is touched.
        const MultiPolygon apart{{box(179.9, 10, 179.95, 11), {}}, {box(-179.95, 10, -179.9, 11), {}}};
        QCOMPARE(joinedAtAntimeridian(apart).size(), std::size_t(2));
        QVERIFY(std::abs(extentOf(joinedAtAntimeridian(apart)).width() - 0.2) < 1e-9);
        const MultiPolygon plain{{box(9, 47, 10, 48), {}}};
        QVERIFY(joinedAtAntimeridian(plain) == plain);
        // Around the pole no shift helps.
        MultiPolygon pole{{{}, {}}};
        for (int longitude = -180; longitude < 180; longitude += 30) {
            pole[0].outer.push_back({static_cast<double>(longitude), -80});
        }
        QVERIFY(joinedAtAntimeridian(pole) == pole);
    }
};

QTEST_GUILESS_MAIN(RingNestingTest)
#include "ring_nesting_test.moc"
