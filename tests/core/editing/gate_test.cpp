// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/gate.h"
#include "geo/rings.h"
#include "geo/shape_operations.h"
#include "shapes.h"
#include "support/messages.h"

#include <cmath>
#include <random>

#include <QtTest>

using namespace nunatak;
using editing::RingSplice;
using tests::messageOf;

namespace {

using Splices = std::vector<RingSplice>;

/// What the gate says; empty: it lets the edit pass.
std::string refusal(const geo::MultiPolygon& shape, const Splices& splices) {
    return messageOf([&] { editing::throwIfWorse(shape, geo::EdgeIndex(shape), splices); });
}

std::string refusalOfMove(const geo::MultiPolygon& shape, geo::VertexId vertex, geo::Point target) {
    return refusal(shape, {{vertex.part, vertex.ring, static_cast<std::size_t>(vertex.index), 1, {target}}});
}

geo::MultiPolygon after(geo::MultiPolygon shape, const Splices& splices) {
    editing::applySplices(splices, shape);
    return shape;
}

} // namespace

class GateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ofAWholeShapeTheReasonIsOurSentenceAndHasAPlace() {
        const geo::MultiPolygon before{{{{0, 0}, {100, 0}, {100, 100}, {0, 100}}, {}}};
        const auto why = [&](const geo::MultiPolygon& after) {
            try {
                editing::throwIfWorse(before, after);
            } catch (const editing::Refused& refused) {
                return QString::fromUtf8(refused.what()) + (refused.place() ? "" : " nowhere");
            }
            return QString();
        };
        const geo::Ring square = before[0].outer;
        QCOMPARE(why({{{{0, 0}, {100, 0}, {0, 100}, {100, 100}}, {}}}),
                 QString("Two lines would cross here."));
        QCOMPARE(why({{square, {{{200, 200}, {210, 200}, {210, 210}}}}}),
                 QString("A hole would lie outside."));
        QCOMPARE(why({{square, {{{10, 10}, {90, 10}, {90, 90}, {10, 90}}, {{20, 20}, {30, 20}, {30, 30}}}}}),
                 QString("Two holes would overlap."));
        QCOMPARE(why({{square, {}}, {{{10, 10}, {20, 10}, {20, 20}}, {}}}),
                 QString("Two parts would overlap."));
        QCOMPARE(why({{{{0, 0}, {50, 0}, {50, 50}, {50, 0}, {100, 0}, {100, 100}, {0, 100}}, {}}})
                     .contains("valid"),
                 false);
        QCOMPARE(why({{square, {{{0, 50}, {50, 0}, {100, 50}, {50, 100}}}}}),
                 QString("The glacier would fall apart here."));
    }

    void aMoveAcrossTheOwnLineIsRefusedWithThePlace() {
        const geo::MultiPolygon shape{{{{0, 0}, {100, 0}, {100, 100}, {50, 50}, {0, 100}}, {}}};
        const Splices splices{{0, 0, 3, 1, {{50, -20}}}};
        try {
            editing::throwIfWorse(shape, geo::EdgeIndex(shape), splices);
            QFAIL("was let pass");
        } catch (const editing::Refused& refused) {
            QCOMPARE(std::string(refused.what()), std::string("The line would cross itself."));
            QVERIFY(refused.place().has_value());
            QCOMPARE(refused.place()->y, 0.0);
        }
        QVERIFY(refusalOfMove(shape, {0, 0, 3}, {50, 20}).empty());
    }

    void aLineThatWouldTouchItselfIsRefused() {
        const geo::MultiPolygon shape{{{{0, 0}, {100, 0}, {100, 100}, {50, 50}, {0, 100}}, {}}};
        QCOMPARE(refusalOfMove(shape, {0, 0, 3}, {50, 0}), std::string("The line would touch itself."));
        // A spike: out and back on the same line.
        const geo::MultiPolygon square{{{{0, 0}, {100, 0}, {100, 100}, {0, 100}}, {}}};
        QCOMPARE(refusalOfMove(square, {0, 0, 1}, {0, 70}), std::string("The line would cross itself."));
    }

    void aHoleStaysInside() {
        QCOMPARE(refusalOfMove(tests::withHoleAndPart, {0, 1, 2}, {150, 150}),
                 std::string("Two lines would cross here."));
        // No line crosses another, but the hole would lie outside.
        const geo::MultiPolygon corner{
            {{{0, 0}, {100, 0}, {100, 100}, {0, 100}}, {{{80, 80}, {90, 80}, {90, 90}}}}};
        QCOMPARE(refusalOfMove(corner, {0, 0, 2}, {10, 10}), std::string("A hole would lie outside."));
        QVERIFY(refusalOfMove(corner, {0, 0, 2}, {95, 95}).empty());
    }

    void aPartSwallowsNoOther() {
        const geo::MultiPolygon shape{{{{0, 0}, {100, 0}, {100, 100}}, {}},
                                      {{{120, 40}, {125, 40}, {125, 45}}, {}}};
        QCOMPARE(refusalOfMove(shape, {0, 0, 1}, {300, 0}), std::string("Two parts would overlap."));
        QCOMPARE(refusalOfMove(shape, {0, 0, 2}, {90, 400}), std::string());
        QVERIFY(geo::invalidReason(after(shape, {{0, 0, 2, 1, {{90, 400}}}})).empty());
    }

    void anIslandStaysInItsHoleAndHolesApart() {
        // The hole's left side goes to the right of the island, then to the left of the other hole.
        const geo::MultiPolygon shape{
            {{{0, 0}, {100, 0}, {100, 100}, {0, 100}},
             {{{40, 40}, {60, 40}, {60, 60}, {40, 60}, {30, 50}}, {{20, 49}, {22, 49}, {22, 51}}}},
            {{{41, 49}, {43, 49}, {43, 51}}, {}}};
        QVERIFY(geo::invalidReason(shape).empty());
        QCOMPARE(refusalOfMove(shape, {0, 1, 4}, {50, 50}), std::string("Two parts would overlap."));
        QCOMPARE(refusalOfMove(shape, {0, 1, 4}, {3, 50}), std::string("Two holes would overlap."));
        QVERIFY(refusalOfMove(shape, {0, 1, 4}, {25, 50}).empty());
    }

    void aPlaceWithoutCoordinatesIsRefused() {
        QVERIFY(!refusalOfMove(tests::withHoleAndPart, {0, 0, 0}, {std::nan(""), 0}).empty());
    }

    void whatWasWrongBeforeMayStayAndGoButNotGrow() {
        // A bow tie, as files have them.
        const geo::MultiPolygon bow{{{{0, 0}, {100, 100}, {100, 0}, {0, 100}, {-50, 50}}, {}}};
        QVERIFY(!geo::invalidReason(bow).empty());
        QVERIFY(refusalOfMove(bow, {0, 0, 1}, {110, 105}).empty()); // as wrong as before
        QVERIFY(refusalOfMove(bow, {0, 0, 4}, {-60, 50}).empty());  // has no part in it
        QVERIFY(refusalOfMove(bow, {0, 0, 3}, {90, -30}).empty());  // right
        QVERIFY(!refusalOfMove(bow, {0, 0, 4}, {150, 50}).empty()); // crosses more
        // A ring that touches itself in a vertex, which another vertex beside it leaves.
        const geo::MultiPolygon touching{{{{0, 0}, {50, 50}, {100, 0}, {100, 100}, {50, 50}, {0, 100}}, {}}};
        QVERIFY(refusalOfMove(touching, {0, 0, 0}, {0, -10}).empty());
        QVERIFY(refusalOfMove(touching, {0, 0, 1}, {50, 40}).empty());
    }

    void edgesThatRunOverTheRingsBeginningAreLookedAtLikeOthers() {
        const geo::Ring square{{0, 0}, {100, 0}, {100, 100}, {0, 100}};
        geo::MultiPolygon shape{{square, {}}};
        QVERIFY(!refusalOfMove(shape, {0, 0, 0}, {50, 150}).empty());
        QVERIFY(!refusalOfMove(shape, {0, 0, 3}, {50, -50}).empty());
        QVERIFY(refusalOfMove(shape, {0, 0, 0}, {-50, -50}).empty());
        // Between the last vertex and the first.
        QVERIFY(refusal(shape, {{0, 0, 4, 0, {{-20, 50}}}}).empty());
        QVERIFY(!refusal(shape, {{0, 0, 4, 0, {{150, 50}}}}).empty());
    }

    void aVertexOnItsNeighbourIsNoFault() {
        QVERIFY(refusalOfMove(tests::withHoleAndPart, {1, 0, 1}, {300, 100}).empty());
        QVERIFY(refusalOfMove(tests::withHoleAndPart, {1, 0, 2}, {300, 0}).empty());
        const geo::MultiPolygon triangle{{{{0, 0}, {100, 0}, {100, 100}}, {}}};
        QVERIFY(!refusalOfMove(triangle, {0, 0, 2}, {100, 0}).empty()); // no area is left
    }

    void ringsThatTouchInAPointAreJudgedAsAWhole() {
        // A hole that touches the outer line once is right, twice it cuts the ice in two.
        QVERIFY(refusalOfMove(tests::withHoleAndPart, {0, 1, 0}, {0, 50}).empty());
        geo::MultiPolygon once = tests::withHoleAndPart;
        once[0].holes[0][0] = {0, 50};
        QVERIFY(!refusalOfMove(once, {0, 1, 2}, {100, 50}).empty());
        QVERIFY(refusalOfMove(once, {0, 1, 2}, {90, 50}).empty());
    }

    /// Half of what is tried is refused, or this test says nothing.
    void theGateSaysWhatTheFullCheckSays_data() {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 4; ++seed) {
            QTest::addRow("%d", seed) << seed;
        }
    }
    void theGateSaysWhatTheFullCheckSays() {
        QFETCH(int, seed);
        std::mt19937 random(static_cast<unsigned>(seed));
        const geo::MultiPolygon shape = tests::manyRings();
        QVERIFY(geo::invalidReason(shape).empty());
        std::vector<geo::VertexId> vertices;
        geo::forEachVertex(shape,
                           [&](const geo::VertexId& vertex, geo::Point) { vertices.push_back(vertex); });
        int refused = 0;
        int passed = 0;
        for (int i = 0; i < 3000; ++i) {
            const geo::VertexId vertex = vertices[random() % vertices.size()];
            const geo::Ring& ring = geo::ringOf(shape, vertex.part, vertex.ring);
            // Up to four vertices go and up to three come, near where they were or exactly on others.
            RingSplice splice{
                vertex.part, vertex.ring, static_cast<std::size_t>(vertex.index), random() % 5, {}};
            splice.removed = std::min(splice.removed, ring.size() - 4);
            std::normal_distribution<double> step(0, std::ldexp(20.0, static_cast<int>(random() % 6)));
            const std::size_t coming = splice.removed == 0 ? 1 + random() % 2 : random() % 4;
            for (std::size_t k = 0; k < coming; ++k) {
                geo::Point target = ring[(splice.first + k) % ring.size()];
                target.x += step(random);
                target.y += step(random);
                if (random() % 20 == 0) {
                    target = *geo::vertexAt(shape, vertices[random() % vertices.size()]);
                }
                splice.added.push_back(target);
            }
            const bool valid = geo::invalidReason(after(shape, {splice})).empty();
            const std::string said = refusal(shape, {splice});
            QVERIFY2(
                said.empty() == valid,
                qPrintable(QString("try %1: \"%2\", but GEOS: %3")
                               .arg(i)
                               .arg(QString::fromStdString(said))
                               .arg(QString::fromStdString(geo::invalidReason(after(shape, {splice}))))));
            (valid ? passed : refused) += 1;
        }
        QVERIFY2(refused > 600 && passed > 600, qPrintable(QString("%1 %2").arg(refused).arg(passed)));
    }

    void anIndexAfterAnEditFindsWhatANewOneFinds() {
        std::mt19937 random(9);
        geo::MultiPolygon shape = tests::manyRings();
        geo::EdgeIndex index(shape);
        for (int i = 0; i < 300; ++i) {
            const int part = static_cast<int>(random() % shape.size());
            const int number =
                static_cast<int>(random() % (shape[static_cast<std::size_t>(part)].holes.size() + 1));
            geo::Ring& ring = geo::ringOf(shape, part, number);
            const std::size_t vertex = random() % ring.size();
            if (i % 5 == 0) {
                ring.insert(ring.begin() + static_cast<std::ptrdiff_t>(vertex), ring[vertex]);
                index.ringChanged(shape, part, number);
            } else {
                ring[vertex].x += 300.0 - static_cast<double>(random() % 600);
                index.vertexMoved(shape, {part, number, static_cast<int>(vertex)});
            }
            const geo::Point corner{499000.0 + static_cast<double>(random() % 2000),
                                    4999000.0 + static_cast<double>(random() % 2000)};
            const geo::Extent area{corner.x, corner.y, corner.x + 300, corner.y + 300};
            const auto found = [&](const geo::EdgeIndex& asked) {
                std::vector<geo::VertexId> edges;
                asked.visit(shape, area, [&](const geo::Edge& edge) { edges.push_back(edge.from); });
                return edges;
            };
            const auto edges = found(index);
            QVERIFY(edges == found(geo::EdgeIndex(shape)));
        }
    }

    void theGateLooksAtAsMuchOfALongLineAsOfAShortOne() {
        // The same spacing of vertices on a ring of 100 and of 100,000: what a move asks the index for.
        const auto asked = [](int count) {
            const geo::MultiPolygon shape{{tests::wavyRing(count, 10.0 * count), {}}};
            const geo::EdgeIndex index(shape);
            const geo::Point at = shape[0].outer[static_cast<std::size_t>(count / 3)];
            int edges = 0;
            index.visit(shape, geo::Extent{at.x, at.y, at.x, at.y}.grown(70),
                        [&edges](const geo::Edge&) { ++edges; });
            return edges;
        };
        const int few = asked(100);
        QVERIFY(few >= 2 && few <= 4);
        QVERIFY(asked(100000) <= few + 1);
    }
};

QTEST_GUILESS_MAIN(GateTest)
#include "gate_test.moc"
