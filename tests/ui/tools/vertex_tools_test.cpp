// SPDX-License-Identifier: GPL-3.0-or-later
// What a hand does to vertices: the magnet, what is refused, Delete, places that are typed.
#include "tool_table_world.h"

#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace nunatak;
using namespace nunatak::tests;
using namespace nunatak::ui::tools;
using World = nunatak::tests::TableWorld;

class VertexToolsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aVertexNearANeighboursGoesToItBitByBitUnlessShiftLetsGo() {
        World world;
        const geo::Point corner{150.1, 90.3};
        world.layers.put("inventory", "Beside", {{{corner, {250, 90}, {250, 190}, {150.7, 190}}, {}}});
        world.selected = {{world.glacier}, {}};
        const auto dragged = [&](double x, double y, Qt::KeyboardModifiers held = {}) {
            return world.select->press(FakeScene::place(100, 100), world)->at(FakeScene::place(x, y, held));
        };
        const auto vertexOf = [](const Proposal& proposal) {
            return proposal.edit->changes.at(0).after->geometry[0].outer.at(2);
        };
        const auto near = dragged(146, 94);
        QVERIFY(near.edit.has_value());
        QVERIFY(vertexOf(near) == corner);
        QVERIFY(near.marks.spots == (std::vector{Marks::Spot{corner, Marks::Spot::Kind::HeldVertex}}));
        QVERIFY(near.selection == (Selection{{world.glacier}, {{0, 0, 2}}})); // Delete and arrows are for it
        QVERIFY(vertexOf(dragged(146, 94, Qt::ShiftModifier)) == (geo::Point{146, 94}));
        QVERIFY(vertexOf(dragged(140, 94)) == (geo::Point{140, 94})); // too far away
        world.select->choose("magnet", 0);
        QVERIFY(vertexOf(dragged(146, 94)) == (geo::Point{146, 94}));
    }

    void onALineOfANeighbourBothGetAVertexAndAloneOnlyOne() {
        World world;
        const auto beside = world.layers.put("inventory", "Beside",
                                             {{{{150.1, 90.3}, {250, 90}, {250, 190}, {150.7, 190}}, {}}});
        world.selected = {{world.glacier}, {}};
        const auto dragged = [&] {
            return world.select->press(FakeScene::place(100, 100), world)->at(FakeScene::place(147, 140));
        };
        const auto both = dragged();
        QVERIFY(both.edit.has_value());
        QCOMPARE(both.edit->changes.size(), std::size_t{2});
        const geo::Point point = both.edit->changes[0].after->geometry[0].outer.at(2);
        QVERIFY(std::abs(point.x - 150.4) < 0.1);
        QVERIFY(both.marks.spots.at(0).kind == Marks::Spot::Kind::HeldLine);
        QCOMPARE(both.edit->changes[1].after->uuid, beside.uuid);
        const auto& theirs = both.edit->changes[1].after->geometry[0].outer;
        QCOMPARE(theirs.size(), std::size_t{5});
        QVERIFY(std::find(theirs.begin(), theirs.end(), point) != theirs.end());
        QVERIFY(both.edit->changes[1].isAlong); // its date and origin stay
        world.select->choose("neighbours", 2);
        QCOMPARE(dragged().edit->changes.size(), std::size_t{1});
    }

    void theMagnetNeverHoldsAVertexToItsOwnLineNorToACopyOfIt() {
        World world;
        world.layers.put("expert", "copy", square);
        world.selected = {{world.glacier}, {}};
        const auto moved = [&](double x, double y) {
            const auto proposal =
                world.select->press(FakeScene::place(100, 100), world)->at(FakeScene::place(x, y));
            return proposal.edit && proposal.marks.spots.empty()
                       ? proposal.edit->changes.at(0).after->geometry[0].outer.at(2)
                       : geo::Point{};
        };
        QVERIFY(moved(103, 99) == (geo::Point{103, 99})); // less than the magnet reaches
        QVERIFY(moved(97, 6) == (geo::Point{97, 6}));     // beside the next vertex
        QVERIFY(moved(6, 50) == (geo::Point{6, 50}));     // beside the far edge
    }

    void whereADragIsRefusedThePlaceAndTheLineAreRed() {
        World world;
        world.selected = {{world.glacier}, {}};
        const auto proposal =
            world.select->press(FakeScene::place(100, 100), world)->at(FakeScene::place(50, -60));
        QCOMPARE(proposal.marks.spots.size(), std::size_t{1});
        QVERIFY(proposal.marks.spots[0].kind == Marks::Spot::Kind::Refused);
        // Where the new line from (50, -60) to (0, 100) cuts the lower edge.
        QCOMPARE(proposal.marks.spots[0].place.y, 0.0);
        QVERIFY(std::abs(proposal.marks.spots[0].place.x - 31.25) < 1e-6);
        QVERIFY(proposal.marks.lines.at(0).look == Marks::Look::Refused);
        QVERIFY((proposal.marks.lines[0].points == geo::Ring{{100, 0}, {50, -60}, {0, 100}}));
    }

    void aVertexThatWasInsertedIsSelected() {
        World world;
        world.selected = {{world.glacier}, {}};
        const auto proposal =
            world.select->press(FakeScene::place(50, -3), world)->at(FakeScene::place(50, -43));
        QVERIFY(proposal.selection == (Selection{{world.glacier}, {{0, 0, 1}}}));
        // Also the last of its ring.
        const auto last = world.select->press(FakeScene::place(2, 50), world)->at(FakeScene::place(-38, 50));
        QVERIFY(last.selection == (Selection{{world.glacier}, {{0, 0, 4}}}));
    }

    void deleteActsOnNeighboursAsIsChosen() {
        World world;
        const auto beside = world.layers.put("inventory", "Beside",
                                             {{{{100, 0}, {200, 0}, {200, 100}, {100, 100}, {95, 50}}, {}}});
        world.layers.put("inventory", "Big", {{{{0, 0}, {100, 0}, {95, 50}, {100, 100}, {0, 100}}, {}}});
        world.selected = {{world.glacier}, {{0, 0, 2}}};
        const auto changes = [&](int chosen) {
            const auto proposal = entry("delete").run(world, {{{"neighbours", chosen}}, {}});
            return proposal.edit ? static_cast<int>(proposal.edit->changes.size()) : -1;
        };
        QCOMPARE(entry("delete").run(world, {}).edit->changes.size(), std::size_t{2}); // together at first
        QCOMPARE(changes(0), 2);
        QCOMPARE(changes(2), -1); // the straight line would lie in the neighbour
        QCOMPARE(entry("delete").run(world, {{{"neighbours", 2}}, {}}).refusal,
                 QString("It would overlap Beside."));
        // A vertex whose removal leaves ground: the neighbour keeps its own.
        world.layers.put("inventory", "Big", {{{{0, 0}, {100, 0}, {105, 50}, {100, 100}, {0, 100}}, {}}});
        world.layers.put("inventory", "Beside",
                         {{{{100, 0}, {200, 0}, {200, 100}, {100, 100}, {105, 50}}, {}}});
        QCOMPARE(changes(0), 2);
        QCOMPARE(changes(1), 1);
        QCOMPARE(changes(2), 1);
        QVERIFY(beside.uuid == "Beside");
    }

    void deleteAtALitVertexNeverTakesTheGlacier() {
        World world;
        world.selected = {{world.glacier}, {}};
        const auto proposal = entry("delete").run(world, {{}, geo::VertexId{0, 0, 2}});
        QCOMPARE(proposal.edit->changes.at(0).after->geometry[0].outer.size(), std::size_t{3});
        QCOMPARE(proposal.done, QString("1 vertex removed."));
        QVERIFY(!entry("delete").run(world, {}).edit->changes.at(0).after);
    }

    void aVertexGoesToAPlaceThatIsTyped() {
        World world;
        QVERIFY(!world.select->standing(world).place);
        world.selected = {{world.glacier}, {{0, 0, 2}}};
        QVERIFY(world.select->standing(world).place == (geo::Point{100, 100}));
        const auto proposal = world.select->moveTo({130.25, 140.5}, world);
        QVERIFY(proposal.edit->changes.at(0).after->geometry[0].outer.at(2) == (geo::Point{130.25, 140.5}));
        QVERIFY(proposal.selection == world.selected);
        QVERIFY(!proposal.done.isEmpty());
        const auto refused = world.select->moveTo({50, -60}, world);
        QVERIFY(!refused.edit && !refused.refusal.isEmpty());
        QCOMPARE(refused.marks.spots.size(), std::size_t{1});
        world.selected.vertices.push_back({0, 0, 1});
        QVERIFY(!world.select->standing(world).place); // of which?
    }

    void whatIsChosenOfAToolIsShownWhereItMeansSomething() {
        World world;
        world.lockedLayer = "predicted";
        QVERIFY(!world.select->standing(world).takesOptions);
        world.selected = {{world.glacier}, {}};
        QVERIFY(world.select->standing(world).takesOptions);
        world.selected = {{world.predicted}, {}};
        QVERIFY(!world.select->standing(world).takesOptions);
    }
};

QTEST_GUILESS_MAIN(VertexToolsTest)
#include "vertex_tools_test.moc"
