// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "editing/boundaries.h"
#include "editing/gate.h"
#include "editing/ground_change.h"
#include "editing/insert_vertex.h"
#include "editing/move_vertex.h"
#include "editing/remove_vertices.h"
#include "editing/reshape.h"
#include "geo/rings.h"
#include "geo/segments.h"
#include "geo/shape_operations.h"
#include "shapes.h"

#include <QtTest>

#include <algorithm>
#include <random>

using namespace nunatak;
using editing::Edit;
using editing::Line;
using editing::Neighbours;
using geo::Ring;

namespace {

template <typename Do> std::string failure(const Do& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

geo::MultiPolygon polygon(Ring outer, std::vector<Ring> holes = {}) {
    return {{std::move(outer), std::move(holes)}};
}

geo::MultiPolygon shapeOf(tests::Layers& layers, const std::string& name) {
    return layers.all["inventory"].find(name)->geometry;
}

double areaOf(tests::Layers& layers) {
    double area = 0;
    for (const auto& outline : layers.all["inventory"].all()) {
        area += geo::planarArea(outline->geometry);
    }
    return area;
}

/// No two outlines overlap, and all are valid.
bool isPlanar(tests::Layers& layers) {
    const auto all = layers.all["inventory"].all();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (!geo::invalidReason(all[i]->geometry).empty()) {
            return false;
        }
        for (std::size_t k = i + 1; k < all.size(); ++k) {
            if (geo::planarArea(geo::intersection(all[i]->geometry, all[k]->geometry)) > 1e-6) {
                return false;
            }
        }
    }
    return true;
}

/// The square of 100 to the west and that to the east of a line through (100, 0), (100, 50), (100, 100); the
/// eastern one begins in the middle of the line and runs the other way.
struct Two : tests::Layers {
    outlines::OutlineRef west =
        put("inventory", "west", polygon({{0, 0}, {100, 0}, {100, 50}, {100, 100}, {0, 100}}));
    outlines::OutlineRef east =
        put("inventory", "east", polygon({{100, 50}, {100, 0}, {200, 0}, {200, 100}, {100, 100}}));
};

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

    void noEditMakesAnOverlap() {
        tests::Layers layers;
        const auto a = layers.put("inventory", "a", polygon({{0, 0}, {100, 0}, {100, 100}, {0, 100}}));
        layers.put("inventory", "b", polygon({{150, 0}, {250, 0}, {250, 100}, {150, 100}}));
        layers.put("inventory", "islet", polygon({{110, 40}, {120, 40}, {120, 50}, {110, 50}}));
        try {
            editing::moveVertex(layers.draft(), a, {0, 0, 1}, {200, 50});
            QFAIL("was let pass");
        } catch (const editing::Refused& refused) {
            QCOMPARE(std::string(refused.what()), std::string("It would overlap b."));
            QVERIFY(refused.place().has_value());
        }
        // Run over as a whole, without a line that crosses.
        QCOMPARE(failure([&] {
                     auto draft = layers.draft();
                     editing::reshape(draft, a, {{0, 0, 1, 2, {{130, -50}, {140, 150}}}},
                                      Neighbours::Together, Line::Another);
                 }),
                 std::string("It would overlap islet."));
        layers.all["inventory"].remove("islet");
        // To touch is no overlap, in a vertex or on an edge.
        QVERIFY(failure([&] { editing::moveVertex(layers.draft(), a, {0, 0, 1}, {150, 0}); }).empty());
        QVERIFY(failure([&] { editing::moveVertex(layers.draft(), a, {0, 0, 1}, {150, 30}); }).empty());
        // Through a vertex into it.
        QCOMPARE(failure([&] {
                     auto draft = layers.draft();
                     editing::reshape(draft, a, {{0, 0, 1, 1, {{110, -10}, {150, 0}, {200, 50}, {150, 100}}}},
                                      Neighbours::Alone, Line::Another);
                 }),
                 std::string("It would overlap b."));
        // Into it as a whole.
        layers.put("inventory", "islet", polygon({{110, 40}, {120, 40}, {120, 50}, {110, 50}}));
        QCOMPARE(failure([&] {
                     editing::moveVertices(layers.draft(), {"inventory", "islet"},
                                           {{0, 0, 0}, {0, 0, 1}, {0, 0, 2}, {0, 0, 3}}, {80, 0});
                 }),
                 std::string("It would overlap b."));
    }

    void aHoleThatAnOutlineLiesInIsNotFilled() {
        tests::Layers layers;
        const Ring hole{{40, 40}, {60, 40}, {60, 60}, {40, 60}};
        const auto outer =
            layers.put("inventory", "outer", polygon({{0, 0}, {100, 0}, {100, 100}, {0, 100}}, {hole}));
        layers.put("inventory", "inner", polygon({{60, 60}, {40, 60}, {40, 40}, {60, 40}}));
        QCOMPARE(
            failure([&] {
                editing::removeVertices(layers.draft(), outer, {{0, 1, 0}, {0, 1, 1}, {0, 1, 2}, {0, 1, 3}});
            }),
            std::string("It would overlap inner."));
    }

    void aSharedLineMovedAloneLeavesAGapAndNoOverlap() {
        Two layers;
        const Edit edit =
            editing::moveVertex(layers.draft(), layers.west, {0, 0, 2}, {80, 50}, Neighbours::Alone);
        QCOMPARE(edit.changes.size(), std::size_t{1});
        QCOMPARE(edit.description, std::string("Move vertex of west"));
        QCOMPARE(
            failure([&] {
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
        QCOMPARE(failure([&] {
                     editing::moveVertex(layers.draft(), a, {0, 0, 3}, {160, 40}, Neighbours::NoOverlap);
                 }),
                 std::string("It would overlap b."));
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
            QCOMPARE(failure([&] {
                         editing::moveVertex(layers.draft(), a, {0, 0, 2}, to, Neighbours::NoOverlap);
                     }),
                     std::string("It would overlap b."));
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

    void whatOverlapsAlreadyCanBeDrawnApart() {
        tests::Layers layers;
        const auto a =
            layers.put("inventory", "a", polygon({{0, 0}, {120, 0}, {130, 50}, {120, 100}, {0, 100}}));
        layers.put("inventory", "b", polygon({{100, 10}, {200, 10}, {200, 90}, {100, 90}}));
        QVERIFY(failure([&] { editing::moveVertex(layers.draft(), a, {0, 0, 2}, {90, 50}); }) != "");
        layers.commit(editing::moveVertex(layers.draft(), a, {0, 0, 2}, {125, 50}));
        layers.commit(editing::moveVertex(layers.draft(), a, {0, 0, 1}, {90, 0}));
        layers.commit(editing::moveVertex(layers.draft(), a, {0, 0, 3}, {90, 100}));
        layers.commit(editing::moveVertex(layers.draft(), a, {0, 0, 2}, {90, 50}));
        QVERIFY(isPlanar(layers));
    }

    void whatOverlapsAlreadyOverlapsNoMore() {
        tests::Layers layers;
        const auto a =
            layers.put("inventory", "a", polygon({{0, 0}, {120, 0}, {130, 50}, {120, 100}, {0, 100}}));
        layers.put("inventory", "b", polygon({{100, 10}, {200, 10}, {200, 90}, {100, 90}}));
        const auto moved = [&](const geo::VertexId& vertex, geo::Point to, Neighbours neighbours) {
            return failure([&] { editing::moveVertex(layers.draft(), a, vertex, to, neighbours); });
        };
        for (const Neighbours neighbours : {Neighbours::Together, Neighbours::Alone}) {
            // As many lines cross as before, and more ground is of both: a vertex within the other, one
            // beside it, and one that leaves it on its other side.
            QCOMPARE(moved({0, 0, 2}, {150, 50}, neighbours), std::string("It would overlap b more."));
            QCOMPARE(moved({0, 0, 1}, {140, 0}, neighbours), std::string("It would overlap b more."));
            QCOMPARE(moved({0, 0, 1}, {118, 0}, neighbours), std::string());
            QCOMPARE(moved({0, 0, 2}, {125, 50}, neighbours), std::string());
            // Elsewhere it is as free as any.
            QCOMPARE(moved({0, 0, 0}, {-10, -10}, neighbours), std::string());
        }
        // Where it can stop at the other's line it takes what is free.
        const Edit edit =
            editing::moveVertex(layers.draft(), a, {0, 0, 1}, {140, -20}, Neighbours::NoOverlap);
        const auto& before = edit.changes.front().before->geometry;
        const auto& after = edit.changes.front().after->geometry;
        const auto b = shapeOf(layers, "b");
        QVERIFY(geo::planarArea(geo::intersection(after, b)) <=
                geo::planarArea(geo::intersection(before, b)) + 1e-6);
    }

    void theLineLedAroundWhatOverlapsAlreadyIsRefused() {
        tests::Layers layers;
        const auto a = layers.put("inventory", "a",
                                  polygon({{0, 0}, {100, 0}, {100, 40}, {100, 60}, {100, 100}, {0, 100}}));
        // Half of it in the other: led around its tip, no line crosses it any more.
        layers.put("inventory", "tongue", polygon({{50, 30}, {150, 45}, {150, 55}, {50, 70}}));
        QCOMPARE(failure([&] {
                     auto draft = layers.draft();
                     editing::reshape(draft, a, {{0, 0, 2, 2, {{160, 30}, {160, 70}}}}, Neighbours::Together,
                                      Line::Another);
                 }),
                 std::string("It would overlap tongue more."));
        auto draft = layers.draft();
        editing::reshape(draft, a, {{0, 0, 2, 2, {{40, 25}, {40, 75}}}}, Neighbours::Together, Line::Another);
        QVERIFY(geo::planarArea(geo::intersection(draft.require(a)->geometry, shapeOf(layers, "tongue"))) ==
                0);
    }

    void whatTwoHaveInCommonGrowsByAsMuchAsAClipperSays() {
        std::mt19937 random(7);
        std::uniform_real_distribution<double> by(-40, 40);
        const geo::MultiPolygon other{
            {tests::wavyRing(40, 100, {500090, 5000010}), {tests::wavyRing(9, 30, {500090, 5000010})}},
            {tests::wavyRing(12, 20, {499960, 5000110}), {}}};
        for (int i = 0; i < 200; ++i) {
            geo::Ring ring = tests::wavyRing(30, 100);
            if (i % 2 == 0) {
                std::reverse(ring.begin(), ring.end());
            }
            const geo::MultiPolygon before = polygon(ring);
            geo::Ring line;
            for (int k = 0; k < 1 + i % 4; ++k) {
                const geo::Point at = ring[static_cast<std::size_t>((i + k) % 30)];
                line.push_back({at.x + by(random), at.y + by(random)});
            }
            const std::vector<editing::RingSplice> splices{
                {0, 0, static_cast<std::size_t>(i % 30), line.size(), line}};
            geo::MultiPolygon after = before;
            editing::applySplices(splices, after);
            if (!geo::invalidReason(after).empty()) {
                continue;
            }
            const auto indexed = [](const geo::MultiPolygon& shape) {
                return editing::Indexed{&shape, std::make_shared<const geo::EdgeIndex>(shape)};
            };
            const double gained = editing::commonGroundGained(
                indexed(before), indexed(after), editing::changedEdges(before, splices), indexed(other));
            const double expected = geo::planarArea(geo::intersection(after, other)) -
                                    geo::planarArea(geo::intersection(before, other));
            QVERIFY2(std::abs(gained - expected) < 1e-5,
                     qPrintable(QStringLiteral("%1: %2, not %3").arg(i).arg(gained).arg(expected)));
        }
    }

    void sideLayersAndWhatIsNoGlacierMayBeOverlapped() {
        tests::Layers layers;
        const auto lake = layers.put("lakes", "lake", polygon({{0, 0}, {100, 0}, {100, 100}, {0, 100}}));
        layers.put("lakes", "other", polygon({{150, 0}, {250, 0}, {250, 100}, {150, 100}}));
        QVERIFY(failure([&] { editing::moveVertex(layers.draft(), lake, {0, 0, 1}, {200, 50}); }).empty());
        const auto a = layers.put("inventory", "a", polygon({{0, 0}, {100, 0}, {100, 100}, {0, 100}}));
        outlines::Outline snow;
        snow.uuid = "snow";
        snow.geometry = polygon({{100, 0}, {250, 0}, {250, 100}, {100, 100}});
        snow.review = outlines::Review::Removed;
        layers.all["inventory"].put(outlines::share(snow));
        const Edit edit = editing::moveVertex(layers.draft(), a, {0, 0, 1}, {200, 50});
        QCOMPARE(edit.changes.size(), std::size_t{1});
    }

    void anEditThatOneOwnerCannotTakeIsDoneForNone() {
        Two layers;
        // Fits the western one, but the eastern line would cross itself.
        QCOMPARE(failure([&] {
                     editing::moveVertex(layers.draft(), layers.west, {0, 0, 2}, {250, 50});
                 }),
                 std::string("Of east: The line would cross itself."));
        tests::Layers small;
        const auto large = small.put("inventory", "large",
                                     polygon({{0, 0}, {100, 0}, {100, 40}, {100, 60}, {100, 100}, {0, 100}}));
        small.put("inventory", "small", polygon({{100, 40}, {110, 50}, {100, 60}}));
        QCOMPARE(failure([&] {
                     editing::removeVertices(small.draft(), large, {{0, 0, 2}});
                 }),
                 std::string("Nothing would be left of small."));
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
