// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/ring_difference.h"
#include "geo/rings.h"
#include "geo/same_line.h"
#include "geo/segments.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include <QtTest>

using namespace nunatak::geo;

namespace {

__extension__ typedef __int128 Wide; // standard C++ has no such type

const MultiPolygon withHoleAndPart{
    {{{0, 0}, {100, 0}, {100, 100}, {0, 100}}, {{{40, 40}, {60, 40}, {60, 60}, {40, 60}}}},
    {{{200, 0}, {300, 0}, {300, 100}}, {}}};

} // namespace

class SegmentsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRingThatBeginsElsewhereOrRunsTheOtherWayIsTheSameLine() {
        const Ring ring{{0, 0}, {100, 0}, {100, 100}, {50, 100}, {0, 100}};
        const MultiPolygon shape{{ring, {}}};
        Ring turned = ring;
        std::rotate(turned.begin(), turned.begin() + 2, turned.end());
        QVERIFY(isSameLine(shape, {{turned, {}}}, 1e-6));
        std::reverse(turned.begin(), turned.end());
        QVERIFY(isSameLine(shape, {{turned, {}}}, 1e-6));
        turned.erase(std::find(turned.begin(), turned.end(), Point{50, 100})); // on the line
        QVERIFY(isSameLine(shape, {{turned, {}}}, 1e-6));
        turned.erase(std::find(turned.begin(), turned.end(), Point{100, 100}));
        QVERIFY(!isSameLine(shape, {{turned, {}}}, 1e-6));
        QVERIFY(!isSameLine(shape, {{{{0, 0}, {100, 0}, {100, 101}, {0, 100}}, {}}}, 0.5));
    }

    void theSideOfALineIsExactWhereRoundingWouldDecide() {
        // Points of a grid of whole numbers far from the origin: the truth is known from 128-bit integers.
        std::mt19937_64 random(5);
        int onTheLine = 0;
        for (int i = 0; i < 20000; ++i) {
            const auto coordinate = [&] { return static_cast<std::int64_t>(random() % 8); };
            const std::int64_t far = std::int64_t{1} << 52;
            const std::int64_t a[] = {far - coordinate(), far - coordinate()};
            const std::int64_t b[] = {coordinate(), coordinate()};
            const std::int64_t c[] = {far / 2 + coordinate(), far / 2 + coordinate()};
            const Wide determinant = static_cast<Wide>(b[0] - a[0]) * (c[1] - a[1]) -
                                     static_cast<Wide>(b[1] - a[1]) * (c[0] - a[0]);
            const int truth = determinant > 0 ? 1 : determinant < 0 ? -1 : 0;
            const auto point = [](const std::int64_t* p) {
                return Point{static_cast<double>(p[0]), static_cast<double>(p[1])};
            };
            QCOMPARE(side(point(a), point(b), point(c)), truth);
            onTheLine += truth == 0 ? 1 : 0;
        }
        QVERIFY(onTheLine > 100);
    }

    void theMiddleOfASegmentLiesOnItOnlyWhereItIsExactlyThere() {
        QCOMPARE(side({0, 0}, {1, 3}, {0.5, 1.5}), 0);
        QCOMPARE(
            side({500000.1, 5000000.3}, {500000.7, 5000000.9}, {500000.4, std::nextafter(5000000.6, 6e6)}),
            1);
    }

    void segmentsMeetInOneOfFourWays() {
        QCOMPARE(meet({0, 0}, {10, 10}, {0, 10}, {10, 0}), Meeting::Cross);
        QCOMPARE(meet({0, 0}, {10, 0}, {5, 0}, {5, 7}), Meeting::Touch);
        QCOMPARE(meet({0, 0}, {10, 0}, {10, 0}, {20, 5}), Meeting::Touch);
        QCOMPARE(meet({0, 0}, {10, 0}, {10, 0}, {20, 0}), Meeting::Touch); // end to end on one line
        QCOMPARE(meet({0, 0}, {10, 0}, {5, 0}, {20, 0}), Meeting::Overlap);
        QCOMPARE(meet({0, 0}, {10, 0}, {2, 0}, {3, 0}), Meeting::Overlap);
        QCOMPARE(meet({0, 0}, {10, 0}, {11, 0}, {20, 0}), Meeting::None);
        QCOMPARE(meet({0, 0}, {10, 10}, {1, 0}, {11, 10}), Meeting::None);
        QCOMPARE(meet({0, 0}, {10, 10}, {5, 5}, {5, 5}), Meeting::Touch); // a point is a segment, too
        QCOMPARE(meet({0, 0}, {10, 10}, {5, 6}, {5, 6}), Meeting::None);
        QCOMPARE(meet({3, 3}, {3, 3}, {3, 3}, {3, 3}), Meeting::Touch);
        QVERIFY(foldsBack({0, 0}, {10, 0}, {4, 0}));
        QVERIFY(!foldsBack({0, 0}, {10, 0}, {14, 0}));
    }

    void thePlaceOnARingThatIsNearestIsFoundAlsoOnItsLastEdge() {
        const Ring ring{{0, 0}, {100, 0}, {100, 100}, {0, 100}};
        const auto place = nearestOnRing(ring, {-3, 25});
        QCOMPARE(place.edge, std::size_t{3});
        QCOMPARE(place.point, (Point{0, 25}));
        QCOMPARE(place.share, 0.75);
        QCOMPARE(place.distance, 3.0);
        QCOMPARE(nearestOnRing(ring, {120, 120}).point, (Point{100, 100}));
        QVERIFY(std::isinf(nearestOnRing({}, {0, 0}).distance));
        QCOMPARE(along({7, 9}, {2, 2}, {2, 2}), 0.0); // two vertices in one place
    }

    void allRingsAndVerticesAreWalkedInTheOrderOfTheirNumbers() {
        std::vector<VertexId> vertices;
        forEachVertex(withHoleAndPart, [&](const VertexId& vertex, const Point& point) {
            QCOMPARE(*vertexAt(withHoleAndPart, vertex), point);
            vertices.push_back(vertex);
        });
        QCOMPARE(vertices.size(), vertexCount(withHoleAndPart));
        QCOMPARE(vertices[4], (VertexId{0, 1, 0}));
        QCOMPARE(vertices.back(), (VertexId{1, 0, 2}));
        for (const VertexId& none : {VertexId{2, 0, 0}, VertexId{0, 2, 0}, VertexId{0, 0, 4},
                                     VertexId{-1, 0, 0}, VertexId{0, -1, 0}, VertexId{0, 0, -1}}) {
            QVERIFY(vertexAt(withHoleAndPart, none) == nullptr);
        }
        QVERIFY(!allRings(withHoleAndPart, [](const Ring& ring) { return ring.size() == 4; }));
        const auto grown = withRings(withHoleAndPart, [](Ring ring) {
            ring.push_back(ring.front());
            return ring;
        });
        QCOMPARE(vertexCount(grown), vertices.size() + 3);
    }

    void whatAnEditChangedIsFoundByComparing() {
        const Ring ring{{0, 0}, {10, 0}, {20, 0}, {20, 20}, {0, 20}};
        QVERIFY(differenceOf(ring, ring).empty());
        Ring moved = ring;
        moved[2] = {30, 0};
        QCOMPARE(differenceOf(ring, moved).first, std::size_t{2});
        QCOMPARE(differenceOf(ring, moved).endBefore, std::size_t{3});
        QCOMPARE(differenceOf(ring, moved).endAfter, std::size_t{3});
        QCOMPARE(*changedExtent({{ring, {}}}, {{moved, {}}}), (Extent{10, 0, 30, 20}));
        Ring longer = ring;
        longer.insert(longer.begin() + 1, {{5, -7}, {6, -7}});
        QCOMPARE(differenceOf(ring, longer).first, std::size_t{1});
        QCOMPARE(differenceOf(ring, longer).endBefore, std::size_t{1});
        QCOMPARE(differenceOf(ring, longer).endAfter, std::size_t{3});
        QCOMPARE(*changedExtent({{ring, {}}}, {{longer, {}}}), (Extent{0, -7, 10, 0}));
        // One of several equal vertices is gone: either is true.
        const Ring twice{{0, 0}, {10, 0}, {10, 0}, {20, 20}};
        const auto gone = differenceOf(twice, {{0, 0}, {10, 0}, {20, 20}});
        QCOMPARE(gone.endBefore - gone.first, std::size_t{1});
        QCOMPARE(gone.endAfter, gone.first);
        // At the ring's beginning, the edges on both sides.
        Ring first = ring;
        first[0] = {-5, -5};
        QCOMPARE(*changedExtent({{ring, {}}}, {{first, {}}}), (Extent{-5, -5, 10, 20}));
        // In a hole, and where rings came or went.
        MultiPolygon hole = withHoleAndPart;
        hole[0].holes[0][1].x = 70;
        QCOMPARE(*changedExtent(withHoleAndPart, hole), (Extent{40, 40, 70, 60}));
        QVERIFY(changedExtent(withHoleAndPart, withHoleAndPart)->empty());
        hole[0].holes.clear();
        QVERIFY(!changedExtent(withHoleAndPart, hole));
    }

    void aRingIsLongerThanItsLineByTheWayBack() {
        const Ring triangle{{0, 0}, {3, 0}, {3, 4}};
        QCOMPARE(lineLength(triangle), 7.0);
        QCOMPARE(ringLength(triangle), 12.0);
        QCOMPARE(ringLength(Ring{{1, 1}}), 0.0);
        QCOMPARE(ringLength(Ring{}), 0.0);
    }

    void theAreaOfARingSaysWhichWayItRuns() {
        Ring ring{{500000, 5000000}, {500100, 5000000}, {500100, 5000100}, {500000, 5000100}};
        QCOMPARE(signedArea(ring), 10000.0);
        std::reverse(ring.begin(), ring.end());
        QCOMPARE(signedArea(ring), -10000.0);
        QCOMPARE(signedArea({{0, 0}, {5, 5}}), 0.0);
    }
};

QTEST_GUILESS_MAIN(SegmentsTest)
#include "segments_test.moc"
