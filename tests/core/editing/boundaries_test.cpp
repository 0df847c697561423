// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/boundaries.h"
#include "editing/gate.h"
#include "editing/insert_vertex.h"
#include "editing/move_vertex.h"
#include "editing/remove_vertices.h"
#include "editing/reshape.h"
#include "geo/rings.h"
#include "geo/segments.h"
#include "geo/shape_operations.h"
#include "shared_layers.h"

#include <QtTest>

using namespace nunatak;
using editing::Edit;
using editing::Line;
using editing::Neighbours;
using geo::Ring;
using tests::areaOf;
using tests::isPlanar;
using tests::messageOf;
using tests::polygon;
using tests::shapeOf;
using tests::Two;

namespace {

/// Two squares above one another to the east of a third: three lines meet in (100, 50).
struct Three : tests::Layers {
    outlines::OutlineRef west =
        put("inventory", "west", polygon({{0, 0}, {100, 0}, {100, 50}, {100, 100}, {0, 100}}));
    outlines::OutlineRef south =
        put("inventory", "south", polygon({{100, 0}, {200, 0}, {200, 50}, {150, 50}, {100, 50}}));
    outlines::OutlineRef north =
        put("inventory", "north", polygon({{100, 50}, {150, 50}, {200, 50}, {200, 100}, {100, 100}}));
};

} // namespace

class BoundariesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void allOwnersOfAPlaceAreFound() {
        Three layers;
        const auto owners = editing::ownersOf(layers.draft(), "inventory", {100, 50});
        QCOMPARE(owners.size(), std::size_t{3});
        QVERIFY((owners[0] == editing::Owner{layers.north, {0, 0, 0}}));
        QVERIFY((owners[1] == editing::Owner{layers.south, {0, 0, 4}}));
        QVERIFY((owners[2] == editing::Owner{layers.west, {0, 0, 2}}));
        QVERIFY(editing::ownersOf(layers.draft(), "inventory", {100, 50.001}).empty());
    }

    void aSharedVertexMovesForBothInOneStep() {
        Two layers;
        const Edit edit = editing::moveVertex(layers.draft(), layers.west, {0, 0, 2}, {120, 60});
        QCOMPARE(edit.changes.size(), std::size_t{2});
        QCOMPARE(edit.description, std::string("Move vertex of west and its neighbour"));
        QVERIFY(edit.then == layers.west);
        layers.commit(edit);
        QVERIFY(shapeOf(layers, "west")[0].outer[2] == (geo::Point{120, 60}));
        QVERIFY(shapeOf(layers, "east")[0].outer[0] == (geo::Point{120, 60}));
        QCOMPARE(areaOf(layers), 20000.0);
        QVERIFY(isPlanar(layers));
    }

    void aVertexIsInsertedIntoAndRemovedFromBoth() {
        Two layers;
        layers.commit(editing::insertVertex(layers.draft(), layers.east, {0, 0, 0}, {90, 20}));
        QVERIFY((shapeOf(layers, "east")[0].outer ==
                 Ring{{100, 50}, {90, 20}, {100, 0}, {200, 0}, {200, 100}, {100, 100}}));
        QVERIFY((shapeOf(layers, "west")[0].outer ==
                 Ring{{0, 0}, {100, 0}, {90, 20}, {100, 50}, {100, 100}, {0, 100}}));
        const Edit edit = editing::removeVertices(layers.draft(), layers.west, {{0, 0, 2}, {0, 0, 3}});
        QCOMPARE(edit.description, std::string("Remove 2 vertices of west and its neighbour"));
        layers.commit(edit);
        QVERIFY((shapeOf(layers, "west")[0].outer == Ring{{0, 0}, {100, 0}, {100, 100}, {0, 100}}));
        QVERIFY((shapeOf(layers, "east")[0].outer == Ring{{100, 0}, {200, 0}, {200, 100}, {100, 100}}));
    }

    void aLineDrawnAnewIsDrawnForBoth() {
        Two layers;
        auto draft = layers.draft();
        editing::reshape(draft, layers.east, {{0, 0, 0, 1, {{110, 80}, {130, 50}, {110, 20}}}},
                         Neighbours::Together, Line::Another);
        layers.commit(draft.edit("Redraw", layers.east));
        QVERIFY((shapeOf(layers, "west")[0].outer ==
                 Ring{{0, 0}, {100, 0}, {110, 20}, {130, 50}, {110, 80}, {100, 100}, {0, 100}}));
        QVERIFY(isPlanar(layers));
        QCOMPARE(areaOf(layers), 20000.0);
    }

    void anOutlineInAHoleMovesWithTheHole() {
        tests::Layers layers;
        const Ring hole{{40, 40}, {60, 40}, {60, 60}, {40, 60}};
        const auto outer =
            layers.put("inventory", "outer", polygon({{0, 0}, {100, 0}, {100, 100}, {0, 100}}, {hole}));
        layers.put("inventory", "inner", polygon({{60, 60}, {40, 60}, {40, 40}, {60, 40}}));
        layers.commit(editing::moveVertex(layers.draft(), outer, {0, 1, 1}, {70, 30}));
        QVERIFY(shapeOf(layers, "inner")[0].outer[3] == (geo::Point{70, 30}));
        // All of it.
        layers.commit(editing::moveVertices(layers.draft(), outer,
                                            {{0, 1, 0}, {0, 1, 1}, {0, 1, 2}, {0, 1, 3}}, {5, 5}));
        QVERIFY((shapeOf(layers, "inner")[0].outer == Ring{{65, 65}, {45, 65}, {45, 45}, {75, 35}}));
        QVERIFY((shapeOf(layers, "outer")[0].holes[0] == Ring{{45, 45}, {75, 35}, {65, 65}, {45, 65}}));
        QVERIFY(isPlanar(layers));
    }

    void ringsOfOneOutlineThatTouchMoveTogether() {
        tests::Layers layers;
        const auto ref = layers.put(
            "inventory", "a",
            polygon({{0, 0}, {50, 0}, {100, 0}, {100, 100}, {0, 100}}, {{{50, 0}, {60, 40}, {40, 40}}}));
        layers.commit(editing::moveVertex(layers.draft(), ref, {0, 0, 1}, {50, 10}));
        QVERIFY(shapeOf(layers, "a")[0].holes[0][0] == (geo::Point{50, 10}));
    }

    void aVertexOfOneOnAnEdgeOfAnotherBecomesAVertexOfBothWhereTheEdgeChanges() {
        tests::Layers layers;
        const auto west = layers.put("inventory", "west", polygon({{0, 0}, {100, 0}, {100, 100}, {0, 100}}));
        layers.put("inventory", "south", polygon({{100, 0}, {200, 0}, {200, 50}, {100, 50}}));
        layers.put("inventory", "north", polygon({{100, 50}, {200, 50}, {200, 100}, {100, 100}}));
        layers.commit(editing::moveVertex(layers.draft(), west, {0, 0, 2}, {110, 110}));
        QVERIFY(
            (shapeOf(layers, "west")[0].outer == Ring{{0, 0}, {100, 0}, {100, 50}, {110, 110}, {0, 100}}));
        QVERIFY((shapeOf(layers, "north")[0].outer == Ring{{100, 50}, {200, 50}, {200, 100}, {110, 110}}));
        // The other way round: the end of the divide moves, and the line with it.
        layers.put("inventory", "west", polygon({{0, 0}, {100, 0}, {100, 100}, {0, 100}}));
        layers.put("inventory", "north", polygon({{100, 50}, {200, 50}, {200, 100}, {100, 100}}));
        const Edit edit = editing::moveVertex(layers.draft(), {"inventory", "south"}, {0, 0, 3}, {90, 60});
        QCOMPARE(edit.description, std::string("Move vertex of south and its 2 neighbours"));
        layers.commit(edit);
        QVERIFY((shapeOf(layers, "west")[0].outer == Ring{{0, 0}, {100, 0}, {90, 60}, {100, 100}, {0, 100}}));
        QVERIFY((shapeOf(layers, "north")[0].outer == Ring{{90, 60}, {200, 50}, {200, 100}, {100, 100}}));
        QVERIFY(isPlanar(layers));
    }

    void aVertexInsertedBesideSuchAPlaceKeepsIt() {
        tests::Layers layers;
        const auto west = layers.put("inventory", "west", polygon({{0, 0}, {100, 0}, {100, 100}, {0, 100}}));
        layers.put("inventory", "south", polygon({{100, 0}, {200, 0}, {200, 50}, {100, 50}}));
        layers.put("inventory", "north", polygon({{100, 50}, {200, 50}, {200, 100}, {100, 100}}));
        layers.commit(editing::insertVertex(layers.draft(), west, {0, 0, 1}, {110, 80}));
        QVERIFY((shapeOf(layers, "west")[0].outer ==
                 Ring{{0, 0}, {100, 0}, {100, 50}, {110, 80}, {100, 100}, {0, 100}}));
        QVERIFY((shapeOf(layers, "north")[0].outer ==
                 Ring{{100, 50}, {200, 50}, {200, 100}, {100, 100}, {110, 80}}));
        QVERIFY((shapeOf(layers, "south")[0].outer == Ring{{100, 0}, {200, 0}, {200, 50}, {100, 50}}));
    }

    void whatOnlyRoundingSetsApartIsShared() {
        Two layers;
        layers.put("inventory", "east",
                   polygon({{100 + 3e-10, 50}, {100, 0}, {200, 0}, {200, 100}, {100, 100 - 2e-10}}));
        layers.commit(editing::moveVertex(layers.draft(), layers.west, {0, 0, 2}, {120, 60}));
        QVERIFY(shapeOf(layers, "west")[0].outer[2] == (geo::Point{120, 60}));
        QVERIFY(shapeOf(layers, "east")[0].outer[0] == (geo::Point{120, 60}));
        QVERIFY(shapeOf(layers, "east")[0].outer[4] == (geo::Point{100, 100}));
        QVERIFY(isPlanar(layers));
    }

    void endsThatOnlyRoundingSetsApartAreOneVertexOfTheLineThatTheyComeTo() {
        tests::Layers layers;
        const auto west = layers.put("inventory", "west", polygon({{0, 0}, {100, 0}, {100, 100}, {0, 100}}));
        layers.put("inventory", "south", polygon({{100, 0}, {200, 0}, {200, 50}, {100, 50}}));
        layers.put("inventory", "north",
                   polygon({{100 + 3e-10, 50 + 2e-10}, {200, 50}, {200, 100}, {100, 100}}));
        layers.commit(editing::moveVertices(layers.draft(), west, {{0, 0, 1}, {0, 0, 2}}, {10, 0}));
        const Ring now = shapeOf(layers, "west")[0].outer;
        QCOMPARE(now.size(), std::size_t{5});
        QCOMPARE(editing::ownersOf(layers.draft(), "inventory", now[2]).size(), std::size_t{3});
        QVERIFY(isPlanar(layers));
    }

    void aLineDrawnWhereItIsAlreadyKeepsTheEndsOfOthersOnIt() {
        // Turned and far from the origin, so that no point of the line is on it to the last digit.
        const auto at = [](double x, double y) {
            return geo::Point{500000 + 0.96 * x - 0.28 * y, 5000000 + 0.28 * x + 0.96 * y};
        };
        for (int i = 1; i < 30; ++i) {
            const double y = 3.3 * i;
            tests::Layers layers;
            const auto west = layers.put(
                "inventory", "west", polygon({at(0, 0), at(100, 0), at(100, y), at(100, 100), at(0, 100)}));
            layers.put("inventory", "south", polygon({at(100, 0), at(200, 0), at(200, 50), at(100, y)}));
            layers.put("inventory", "north", polygon({at(100, y), at(200, 50), at(200, 100), at(100, 100)}));
            auto draft = layers.draft();
            editing::reshape(draft, west, {{0, 0, 2, 1, {}}}, Neighbours::Together, Line::Another);
            layers.commit(draft.edit("Redraw", west));
            QCOMPARE(shapeOf(layers, "west")[0].outer.size(), std::size_t{5});
            QCOMPARE(shapeOf(layers, "south")[0].outer.size(), std::size_t{4});
            QCOMPARE(editing::ownersOf(layers.draft(), "inventory", at(100, y)).size(), std::size_t{3});
        }
    }

    void nearlySharedIsNotShared() {
        Two layers;
        layers.put("inventory", "east", polygon({{100.001, 50}, {100, 0}, {200, 0}, {200, 100}, {100, 100}}));
        layers.commit(editing::moveVertex(layers.draft(), layers.west, {0, 0, 2}, {90, 50}));
        QVERIFY(shapeOf(layers, "east")[0].outer[0] == (geo::Point{100.001, 50}));
    }

    void whereThreeLinesMeetARemovedVertexLeavesNoGap() {
        Three layers;
        layers.commit(editing::removeVertices(layers.draft(), layers.west, {{0, 0, 2}}));
        QCOMPARE(shapeOf(layers, "west")[0].outer.size(), std::size_t{4});
        QVERIFY(isPlanar(layers));
        QCOMPARE(areaOf(layers), 20000.0);
        QVERIFY(editing::ownersOf(layers.draft(), "inventory", {100, 50}).empty());
    }

    void anEdgeThatTurnsWithItsEndKeepsWhatOthersHaveOnIt() {
        tests::Layers layers;
        const auto west =
            layers.put("inventory", "west", polygon({{0, 0}, {100, 0}, {100, 80}, {100, 100}, {0, 100}}));
        layers.put("inventory", "east", polygon({{100, 80}, {100, 0}, {300, 0}, {300, 100}, {100, 100}}));
        // The long edges of the north and of the east lie on each other, and have no vertex in common there.
        layers.put("inventory", "north", polygon({{0, 100}, {200, 100}, {200, 200}, {0, 200}}));
        layers.put("inventory", "corner", polygon({{200, 100}, {300, 100}, {300, 200}, {200, 200}}));
        layers.commit(editing::removeVertices(layers.draft(), west, {{0, 0, 3}}));
        QVERIFY((shapeOf(layers, "west")[0].outer == Ring{{0, 0}, {100, 0}, {100, 80}, {0, 100}}));
        QVERIFY((shapeOf(layers, "east")[0].outer ==
                 Ring{{100, 80}, {100, 0}, {300, 0}, {300, 100}, {200, 100}}));
        QVERIFY((shapeOf(layers, "north")[0].outer ==
                 Ring{{0, 100}, {100, 80}, {200, 100}, {200, 200}, {0, 200}}));
        QVERIFY(isPlanar(layers));
        QCOMPARE(areaOf(layers), 60000.0);
    }

    void anEdgeThatTurnsWithItsEndKeepsWhatTheMovedOutlineHasOnItElsewhere() {
        tests::Layers layers;
        layers.put("inventory", "south", polygon({{0, -50}, {100, -50}, {100, 0}, {0, 0}}));
        // Stands on the long edge with two feet, of which one moves.
        const auto arch =
            layers.put("inventory", "arch", polygon({{20, 0}, {40, 10}, {60, 0}, {60, 50}, {20, 50}}));
        layers.commit(editing::moveVertex(layers.draft(), arch, {0, 0, 2}, {60, -5}));
        QVERIFY((shapeOf(layers, "south")[0].outer ==
                 Ring{{0, -50}, {100, -50}, {100, 0}, {60, -5}, {20, 0}, {0, 0}}));
        QVERIFY((shapeOf(layers, "arch")[0].outer == Ring{{20, 0}, {40, 10}, {60, -5}, {60, 50}, {20, 50}}));
        QVERIFY(isPlanar(layers));
    }

    void anEdgeThatIsLedToALineDrawnAnewKeepsWhatOthersHaveOnIt() {
        tests::Layers layers;
        // Two lie in a bay of the south; the north has one long edge along both.
        const auto south = layers.put(
            "inventory", "south",
            polygon({{0, 0}, {300, 0}, {300, 100}, {200, 100}, {150, 60}, {100, 60}, {50, 60}, {0, 100}}));
        layers.put("inventory", "left", polygon({{0, 100}, {50, 60}, {100, 60}, {100, 100}}));
        layers.put("inventory", "right", polygon({{100, 100}, {100, 60}, {150, 60}, {200, 100}}));
        layers.put("inventory", "north", polygon({{0, 100}, {200, 100}, {300, 100}, {300, 200}, {0, 200}}));
        auto draft = layers.draft();
        editing::reshape(draft, south, {{0, 0, 3, 4, {{220, 130}, {180, 110}, {120, 60}, {60, 50}}}},
                         Neighbours::Together, Line::Another);
        layers.commit(draft.edit("Redraw", south));
        const Ring north = shapeOf(layers, "north")[0].outer;
        QCOMPARE(north.size(), std::size_t{7});
        QVERIFY(north[1] == (geo::Point{100, 100}));
        QVERIFY(geo::distance(north[2], {192, 116}) < 1e-9);
        QCOMPARE(editing::ownersOf(layers.draft(), "inventory", north[2]).size(), std::size_t{3});
        QVERIFY(isPlanar(layers));
        QVERIFY(std::abs(areaOf(layers) - 60000) < 1e-6);
    }

    void whereManyGoTheLinesOfOthersComeToTheStraightLine() {
        tests::Layers layers;
        // A bay of the west into which a divide of the others comes.
        const auto west = layers.put(
            "inventory", "west",
            polygon(
                {{0, 0}, {100, 0}, {60, 20}, {50, 40}, {50, 50}, {50, 60}, {60, 80}, {100, 100}, {0, 100}}));
        layers.put(
            "inventory", "south",
            polygon({{100, 0}, {200, 0}, {200, 50}, {120, 52}, {80, 49}, {50, 50}, {50, 40}, {60, 20}}));
        layers.put(
            "inventory", "north",
            polygon({{50, 50}, {80, 49}, {120, 52}, {200, 50}, {200, 100}, {100, 100}, {60, 80}, {50, 60}}));
        const double area = areaOf(layers);
        layers.commit(editing::removeVertices(layers.draft(), west,
                                              {{0, 0, 2}, {0, 0, 3}, {0, 0, 4}, {0, 0, 5}, {0, 0, 6}}));
        QVERIFY(isPlanar(layers));
        QVERIFY(std::abs(areaOf(layers) - area) < 1e-6);
        QCOMPARE(shapeOf(layers, "west")[0].outer.size(), std::size_t{5});
        QCOMPARE(editing::ownersOf(layers.draft(), "inventory", shapeOf(layers, "west")[0].outer[2]).size(),
                 std::size_t{3});
    }

    void aLineDrawnAcrossADivideCutsItOrLeadsItOn() {
        for (const double x : {170.0, 130.0, 60.0}) {
            Three layers;
            auto draft = layers.draft();
            editing::reshape(draft, layers.west, {{0, 0, 2, 1, {{x, 20}, {x + 3, 70}}}}, Neighbours::Together,
                             Line::Another);
            layers.commit(draft.edit("Redraw", layers.west));
            QVERIFY(isPlanar(layers));
            QCOMPARE(areaOf(layers), 20000.0);
            const Ring now = shapeOf(layers, "west")[0].outer;
            QCOMPARE(now.size(), std::size_t{7});
            QCOMPARE(editing::ownersOf(layers.draft(), "inventory", now[3]).size(), std::size_t{3});
        }
    }

    void aSharedLineMovedAloneLeavesAGapAndNoOverlap() {
        Two layers;
        const Edit edit =
            editing::moveVertex(layers.draft(), layers.west, {0, 0, 2}, {80, 50}, Neighbours::Alone);
        QCOMPARE(edit.changes.size(), std::size_t{1});
        QCOMPARE(edit.description, std::string("Move vertex of west"));
        QCOMPARE(
            messageOf([&] {
                editing::moveVertex(layers.draft(), layers.west, {0, 0, 2}, {120, 50}, Neighbours::Alone);
            }),
            std::string("It would overlap east."));
    }

    void aLineThatWouldEnterANeighbourStopsAtItsLine() {
        tests::Layers layers;
        const auto a =
            layers.put("inventory", "a", polygon({{0, 0}, {100, 0}, {100, 50}, {100, 100}, {0, 100}}));
        layers.put("inventory", "b", polygon({{150, 0}, {250, 0}, {250, 100}, {150, 100}, {150, 40}}));
        layers.commit(editing::moveVertex(layers.draft(), a, {0, 0, 2}, {200, 50}, Neighbours::NoOverlap));
        QVERIFY((shapeOf(layers, "a")[0].outer ==
                 Ring{{0, 0}, {100, 0}, {150, 25}, {150, 40}, {150, 75}, {100, 100}, {0, 100}}));
        QVERIFY((shapeOf(layers, "b")[0].outer ==
                 Ring{{150, 0}, {250, 0}, {250, 100}, {150, 100}, {150, 75}, {150, 40}, {150, 25}}));
        // A shared vertex pushed into it stays; drawn back it leaves a gap.
        QCOMPARE(messageOf([&] {
                     editing::moveVertex(layers.draft(), a, {0, 0, 3}, {160, 40}, Neighbours::NoOverlap);
                 }),
                 std::string("The line is at its neighbour's already."));
        QCOMPARE(editing::moveVertex(layers.draft(), a, {0, 0, 3}, {140, 40}, Neighbours::NoOverlap)
                     .changes.size(),
                 std::size_t{1});
    }

    void whatStopsWhereLinesOfTwoComeTogetherHasTheirVertex() {
        const auto at = [](double x, double y) {
            return geo::Point{500000 + 0.96 * x - 0.28 * y, 5000000 + 0.28 * x + 0.96 * y};
        };
        for (int i = 1; i < 40; ++i) {
            // The divide of both ends on the long edge of the larger one, which has no vertex there.
            const double y = 2.45 * i;
            tests::Layers layers;
            layers.put("inventory", "east",
                       polygon({at(200, -50), at(300, -50), at(300, 150), at(200, 150)}));
            layers.put("inventory", "north", polygon({at(100, y), at(200, y), at(200, 150), at(100, 150)}));
            const auto mover = layers.put("inventory", "mover",
                                          polygon({at(150, -60), at(190, -60), at(190, -10), at(150, -10)}));
            try {
                layers.commit(editing::moveVertices(layers.draft(), mover,
                                                    {{0, 0, 0}, {0, 0, 1}, {0, 0, 2}, {0, 0, 3}},
                                                    {24 + 0.01 * i, y}, Neighbours::NoOverlap));
            } catch (const editing::Refused&) {
                continue;
            }
            const auto all = layers.all["inventory"].all();
            for (const auto& one : all) {
                geo::forEachVertex(one->geometry, [&](const geo::VertexId&, geo::Point point) {
                    for (const auto& other : all) {
                        geo::forEachVertex(other->geometry, [&](const geo::VertexId&, geo::Point there) {
                            QVERIFY(point == there || geo::distance(point, there) > editing::onLine);
                        });
                    }
                });
            }
        }
    }

    void whatStopsWhereItWasIsRefusedThoughAClipperRounds() {
        tests::Layers layers;
        const auto a = layers.put("inventory", "a",
                                  polygon({{0, 0}, {100.1, 3.3}, {103.7, 50.9}, {98.3, 99.1}, {0, 100}}));
        layers.put("inventory", "b",
                   polygon({{100.1, 3.3}, {250, 0}, {250, 100}, {98.3, 99.1}, {103.7, 50.9}}));
        for (const geo::Point to :
             {geo::Point{131.3, 47.7}, geo::Point{171.9, 61.1}, geo::Point{112.3, 49.9}}) {
            QCOMPARE(messageOf([&] {
                         editing::moveVertex(layers.draft(), a, {0, 0, 2}, to, Neighbours::NoOverlap);
                     }),
                     std::string("The line is at its neighbour's already."));
        }
    }

    void whatOverlapsElsewhereStaysWhereALineStopsAtANeighbour() {
        tests::Layers layers;
        const auto a =
            layers.put("inventory", "a", polygon({{0, 0}, {100, 0}, {100, 50}, {100, 100}, {0, 100}}));
        layers.put("inventory", "east", polygon({{150, 0}, {250, 0}, {250, 100}, {150, 100}}));
        layers.put("inventory", "west", polygon({{-90, 10}, {10, 10}, {10, 90}, {-90, 90}})); // over a
        layers.commit(editing::moveVertex(layers.draft(), a, {0, 0, 2}, {200, 50}, Neighbours::NoOverlap));
        const auto now = shapeOf(layers, "a");
        QVERIFY(std::abs(geo::planarArea(geo::intersection(now, shapeOf(layers, "west"))) - 800) < 1e-6);
        QVERIFY(geo::planarArea(geo::intersection(now, shapeOf(layers, "east"))) < 1e-6);
        QVERIFY(geo::planarArea(now) > 11000);
    }

    void verticesThatMovedAreFoundAgainWhereOthersCameBetween() {
        tests::Layers layers;
        const auto west = layers.put("inventory", "west", polygon({{0, 0}, {100, 0}, {100, 100}, {0, 100}}));
        layers.put("inventory", "south", polygon({{100, 0}, {200, 0}, {200, 50}, {100, 50}}));
        const std::vector<geo::VertexId> chosen{{0, 0, 2}, {0, 0, 3}};
        const Edit edit = editing::moveVertices(layers.draft(), west, chosen, {1, 1});
        const auto& before = shapeOf(layers, "west");
        const auto& after = edit.changes.front().after->geometry;
        QCOMPARE(after[0].outer.size(), std::size_t{5});
        const std::vector<geo::VertexId> expected{{0, 0, 3}, {0, 0, 4}};
        QVERIFY(editing::whereMoved(before, after, chosen, {1, 1}) == expected);
    }
};

QTEST_APPLESS_MAIN(BoundariesTest)
#include "boundaries_test.moc"
