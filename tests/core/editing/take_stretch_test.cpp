// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "editing/nearest.h"
#include "editing/redraw_plan.h"
#include "editing/take_stretch.h"
#include "geo/rings.h"
#include "geo/shape_operations.h"
#include "planar_layers.h"
#include "shapes.h"

#include <algorithm>
#include <random>

#include <QtTest>

using namespace nunatak;
using editing::Neighbours;

namespace {

const geo::Ring square{{0, 0}, {100, 0}, {100, 100}, {0, 100}};

/// The square in an inventory, and an outline of a prediction.
struct World {
    explicit World(geo::MultiPolygon reference, geo::MultiPolygon shape = {{square, {}}})
        : glacier(layers.put("inventory", "Big", std::move(shape))),
          predicted(layers.put("predicted", "machine", std::move(reference))) {}

    editing::Edit taken(geo::Point hand, double tolerance = 0, Neighbours neighbours = Neighbours::Together) {
        const auto outline = layers.draft().require(predicted);
        const auto near =
            editing::nearestEdge(outline->geometry, *layers.indices.of(outline), hand, 1000).value();
        return editing::takeStretch(layers.draft(), glacier,
                                    {predicted, near.from, near.point, tolerance, "Prediction"}, neighbours);
    }
    geo::MultiPolygon after(geo::Point hand, double tolerance = 0,
                            Neighbours neighbours = Neighbours::Together) {
        return taken(hand, tolerance, neighbours).changes.at(0).after->geometry;
    }
    std::string refusal(geo::Point hand, double tolerance = 0, Neighbours neighbours = Neighbours::Together) {
        try {
            taken(hand, tolerance, neighbours);
        } catch (const editing::Refused& refused) {
            return (dynamic_cast<const editing::Unfinished*>(&refused) != nullptr ? "unfinished: " : "") +
                   std::string(refused.what());
        }
        return "done";
    }

    tests::Layers layers;
    outlines::OutlineRef glacier;
    outlines::OutlineRef predicted;
};

bool has(const geo::MultiPolygon& shape, const geo::Ring& points) {
    return std::all_of(points.begin(), points.end(), [&](geo::Point point) {
        bool isThere = false;
        geo::forEachVertex(
            shape, [&](const geo::VertexId&, geo::Point each) { isThere = isThere || each == point; });
        return isThere;
    });
}

/// Beyond the square's east side between 20 and 80, within it elsewhere.
const geo::Ring bulging{{-10, 10}, {100, 10}, {100, 20}, {130.25, 30.125}, {140, 50},
                        {130, 70}, {100, 80}, {100, 90}, {-10, 90}};

} // namespace

class TakeStretchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theStretchBetweenTheNearestMeetingsBecomesTheLine() {
        World world({{bulging, {}}});
        const auto edit = world.taken({141, 52});
        QCOMPARE(edit.description, std::string("Take stretch of Prediction into Big"));
        QVERIFY(edit.then == world.glacier);
        const geo::MultiPolygon expected{{{{0, 0},
                                           {100, 0},
                                           {100, 20},
                                           {130.25, 30.125},
                                           {140, 50},
                                           {130, 70},
                                           {100, 80},
                                           {100, 100},
                                           {0, 100}},
                                          {}}};
        QVERIFY(edit.changes.at(0).after->geometry == expected);
        QCOMPARE(edit.changes.size(), std::size_t{1}); // the reference stays as it is
        // The cut on its other side is another stretch.
        const auto south = world.after({50, 10});
        QCOMPARE(geo::planarArea(south), 9000.0);
        QVERIFY(geo::contains(south, {50, 50}));
    }

    void whichWayBothRingsRunAndWhereTheyBeginChangesNothing() {
        for (int turn = 0; turn < 36; ++turn) {
            for (const int backwards : {0, 1, 2, 3}) {
                geo::Ring one = square;
                geo::Ring other = bulging;
                std::rotate(one.begin(), one.begin() + turn % 4, one.end());
                std::rotate(other.begin(), other.begin() + turn / 4, other.end());
                if (backwards % 2 == 1) {
                    std::reverse(one.begin(), one.end());
                }
                if (backwards / 2 == 1) {
                    std::reverse(other.begin(), other.end());
                }
                World world({{other, {}}}, {{one, {}}});
                const auto after = world.after({135, 61});
                QVERIFY(geo::invalidReason(after).empty());
                QVERIFY(has(after, {{100, 20}, {130.25, 30.125}, {140, 50}, {130, 70}, {100, 80}}));
                const double bulge = geo::signedArea(geo::Ring(bulging.begin() + 2, bulging.begin() + 7));
                const double more = geo::planarArea(after) - 10000;
                QVERIFY2(std::abs(more - bulge) < 1e-6,
                         qPrintable(
                             QStringLiteral("turn %1, backwards %2: %3").arg(turn).arg(backwards).arg(more)));
                QCOMPARE(geo::planarArea(world.after({50, 89})), 9000.0);
            }
        }
    }

    void theIceLiesWhereTheReferenceHasIt() {
        // Of the square's two sides the larger one goes: the reference has ice only in the smaller.
        World small({{{{70, -50}, {200, -50}, {200, 150}, {70, 150}}, {}}});
        QCOMPARE(geo::planarArea(small.after({70, 50})), 3000.0);
        World large({{{{70, -50}, {-200, -50}, {-200, 150}, {70, 150}}, {}}});
        QCOMPARE(geo::planarArea(large.after({70, 50})), 7000.0);
    }

    void whatCrossesIsCutWhereItCrosses() {
        World world({{{{50, 50}, {130, 40}, {130, 60}}, {}}});
        const auto after = world.after({131, 50});
        QVERIFY(geo::invalidReason(after).empty());
        QCOMPARE(after.at(0).outer.size(), std::size_t{8});
        QVERIFY(has(after, {{130, 40}, {130, 60}}) && !has(after, {{50, 50}}));
    }

    void linesThatNearlyMeetMeetWithinTheTolerance() {
        // Three beside the square's line, except for the bulge; they cross nowhere.
        const geo::Ring beside{{3, 3}, {97, 3}, {97, 30}, {80, 40}, {80, 60}, {97, 70}, {97, 97}, {3, 97}};
        World world({{beside, {}}});
        QCOMPARE(world.refusal({80, 50}), std::string("unfinished: The lines do not meet."));
        const auto after = world.after({80, 50}, 5);
        QVERIFY(has(after, {{0, 0}, {100, 0}, {80, 40}, {80, 60}, {100, 100}, {0, 100}}));
        QVERIFY(geo::invalidReason(after).empty());
        QVERIFY(!has(after, {{97, 3}}) && !has(after, {{3, 3}}));
        // Where they are one already the nearest stretch is meant that is another.
        QVERIFY(world.after({97, 25}, 5) == after);
    }

    void aVertexBesideALongEdgeIsWhereTheyMeet() {
        geo::Ring pointed = square;
        pointed.insert(pointed.begin() + 2, geo::Point{118, 50}); // of the glacier
        World world({{{{100, 0}, {120, 0}, {120, 100}, {100, 100}, {0, 100}, {0, 0}}, {}}}, {{pointed, {}}});
        const auto after = world.after({120, 20}, 5);
        QVERIFY(has(after, {{100, 0}, {120, 0}, {118, 50}, {100, 100}}) && !has(after, {{120, 100}}));
    }

    void theLineOfAHoleIsTakenAsAnyOther() {
        World world(
            {{{{-50, -50}, {150, -50}, {150, 150}, {-50, 150}}, {{{50, 30}, {75, 30}, {75, 70}, {50, 70}}}}},
            {{square, {{{40, 40}, {60, 40}, {60, 60}, {40, 60}}}}});
        const auto after = world.after({75, 50});
        QCOMPARE(after.at(0).holes.size(), std::size_t{1});
        QVERIFY(geo::invalidReason(after).empty());
        QVERIFY(!geo::contains(after, {70, 50}) && !geo::contains(after, {45, 50}));
        QVERIFY(geo::contains(after, {30, 50}));
        // Within the hole the reference has ice.
        const auto filled = world.after({50, 50});
        QVERIFY(geo::contains(filled, {45, 50}) && !geo::contains(filled, {55, 50}));
    }

    void overAHoleItGoesOnToTheSameLine() {
        World world({{{{-50, -50}, {50, -50}, {50, 150}, {-50, 150}}, {}}}, tests::withHoleAndPart);
        const auto after = world.after({50, 20});
        QVERIFY(geo::invalidReason(after).empty());
        QCOMPARE(geo::planarArea(after), 5000.0 - 200 + 10000);
        QVERIFY(after.at(0).holes.empty());
    }

    void whatJoinsTwoPartsIsTakenThereAndBack() {
        World world({{{{50, 20}, {250, 20}, {250, 80}, {50, 80}}, {}}}, tests::withHoleAndPart);
        const auto after = world.after({150, 20});
        QVERIFY(geo::invalidReason(after).empty());
        QCOMPARE(after.size(), std::size_t{1});
        QCOMPARE(geo::planarArea(after), geo::planarArea(tests::withHoleAndPart) + 100 * 60);
    }

    void whereItComesBackOnlyFarAwayItSaysSo() {
        World world({{{{50, 20}, {250, 20}, {250, 5000}, {50, 5000}}, {}}}, tests::withHoleAndPart);
        QCOMPARE(world.refusal({150, 20}), std::string("It leads to another line."));
    }

    void whereNothingIsToBeTakenItSaysSo() {
        World same({{square, {}}});
        QCOMPARE(same.refusal({100, 50}), std::string("unfinished: That is the line already."));
        World inside({{{{20, 20}, {80, 20}, {80, 80}, {20, 80}}, {}}});
        QCOMPARE(inside.refusal({80, 50}, 5), std::string("unfinished: The lines do not meet."));
        World touching({{{{100, 50}, {150, 20}, {150, 80}}, {}}});
        QCOMPARE(touching.refusal({150, 50}), std::string("unfinished: The lines do not meet."));
        QVERIFY_EXCEPTION_THROWN(
            editing::takeStretch(same.layers.draft(), same.glacier, {{"predicted", "nobody"}, {}, {}, 0, ""}),
            Error);
    }

    void aDivideThatNeighboursShareIsTakenForBothOrStopsOrIsLeft() {
        const geo::MultiPolygon west{{{{0, 0}, {100, 0}, {100, 50}, {100, 100}, {0, 100}}, {}}};
        const geo::MultiPolygon reference{
            {{{-10, -10}, {50, -10}, {100, 20}, {120, 50}, {100, 80}, {50, 120}}, {}}};
        World world(reference, west);
        const auto east = world.layers.put("inventory", "East",
                                           {{{{100, 50}, {100, 0}, {200, 0}, {200, 100}, {100, 100}}, {}}});
        const auto together = world.taken({120, 50});
        QCOMPARE(together.description, std::string("Take stretch of Prediction into Big and its neighbour"));
        QCOMPARE(together.changes.size(), std::size_t{2});
        double sum = 0;
        for (const auto& change : together.changes) {
            QVERIFY(has(change.after->geometry, {{100, 20}, {120, 50}, {100, 80}}));
            QVERIFY(!has(change.after->geometry, {{100, 50}}));
            sum += geo::planarArea(change.after->geometry);
        }
        QCOMPARE(sum, 20000.0);
        QCOMPARE(geo::planarArea(together.changes.at(0).after->geometry), 10600.0);
        QCOMPARE(world.refusal({120, 50}, 0, Neighbours::Alone), std::string("It would overlap East."));
        QCOMPARE(world.refusal({120, 50}, 0, Neighbours::NoOverlap),
                 std::string("The line is at its neighbour's already."));
        QVERIFY(world.layers.draft().require(east)->geometry.at(0).outer.size() == 5);
    }

    void whatCannotBeIsRefused() {
        // The reference crosses itself beyond the square.
        World crossing({{{{50, 20}, {150, 20}, {150, 80}, {120, 10}, {120, 90}, {50, 90}}, {}}});
        QCOMPARE(crossing.refusal({150, 50}), std::string("The line would cross itself."));
    }

    void whatIsTakenByChanceIsValidAndTheReferencesBitByBit() {
        std::mt19937 random(15);
        const auto between = [&random](double least, double most) {
            return std::uniform_real_distribution<double>(least, most)(random);
        };
        int done = 0;
        for (int i = 0; i < 3000; ++i) {
            const geo::Point middle{500000, 5000000};
            geo::Ring other = tests::wavyRing(20 + static_cast<int>(random() % 100), between(600, 1300),
                                              {middle.x + between(-500, 500), middle.y + between(-500, 500)});
            if (random() % 2 == 0) {
                std::reverse(other.begin(), other.end());
            }
            geo::MultiPolygon shape{{tests::wavyRing(90, 1000, middle), {}},
                                    {tests::wavyRing(20, 100, {501500, 5000000}), {}}};
            shape[0].holes.push_back(tests::wavyRing(12, 200));
            World world({{other, {}}}, shape);
            const double tolerance = i % 2 == 0 ? 20 : 0;
            const geo::Point hand = other[random() % other.size()];
            if (world.refusal(hand, tolerance) != "done") {
                continue;
            }
            ++done;
            const auto after = world.after(hand, tolerance);
            const auto reason = geo::invalidReason(after);
            QVERIFY2(reason.empty(), reason.c_str());
            // Each vertex is one of both, or where they meet.
            geo::forEachVertex(after, [&](const geo::VertexId&, geo::Point point) {
                QVERIFY(has(shape, {point}) || has({{other, {}}}, {point}) ||
                        geo::distanceToBoundary(shape, point) < 1e-6);
            });
            QVERIFY(after != shape);
        }
        QVERIFY2(done > 1500, qPrintable(QString::number(done)));
    }
};

QTEST_APPLESS_MAIN(TakeStretchTest)
#include "take_stretch_test.moc"
