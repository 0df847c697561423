// SPDX-License-Identifier: GPL-3.0-or-later
#include "dummy_tool.h"
#include "tool_table_world.h"

#include <QFile>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace nunatak;
using namespace nunatak::tests;
using namespace nunatak::ui::tools;
using World = nunatak::tests::TableWorld;

class ToolsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aClickSelectsAndAnotherInTheSamePlaceTheOutlineBeneath() {
        World world;
        world.click(50, 50);
        QVERIFY(world.selected == (Selection{{world.glacier}, {}}));
        world.click(52, 51);
        QVERIFY(world.selected == (Selection{{world.predicted}, {}}));
        world.click(50, 50);
        QVERIFY(world.selected == (Selection{{world.glacier}, {}}));
        world.click(60, 70); // elsewhere: the topmost again
        QVERIFY(world.selected == (Selection{{world.glacier}, {}}));
        world.click(500, 500);
        QVERIFY(world.selected.empty());
    }

    void shiftAddsAndTakesAway() {
        World world;
        world.click(50, 50);
        world.click(250, 50, Qt::ShiftModifier);
        QVERIFY(world.selected.outlines == (std::vector{world.glacier, world.lake}));
        world.click(50, 50, Qt::ShiftModifier);
        QVERIFY(world.selected.outlines == std::vector{world.lake});
        world.click(500, 500, Qt::ShiftModifier); // a slip loses nothing
        QVERIFY(world.selected.outlines == std::vector{world.lake});
    }

    void aPressOnTheSelectedLineIsNeverTheMaps() {
        World world;
        QVERIFY(world.select->press(FakeScene::place(100, 100), world) == nullptr); // nothing is selected
        world.selected = {{world.glacier}, {}};
        for (const auto& place :
             {FakeScene::place(105, 103), FakeScene::place(50, 11), FakeScene::place(50, -11)}) {
            QVERIFY(world.select->press(place, world) != nullptr);
        }
        QVERIFY(world.select->press(FakeScene::place(50, 50), world) == nullptr);
        QVERIFY(world.select->press(FakeScene::place(50, 13), world) == nullptr);
        world.hidden = {90, 90, 110, 110}; // behind a mountain
        QVERIFY(!world.select->hover(FakeScene::place(100, 100), world).vertex);
    }

    void aDraggedVertexDoesNotJump() {
        World world;
        world.selected = {{world.glacier}, {}};
        const auto gesture = world.select->press(FakeScene::place(104, 98), world);
        const auto proposal = gesture->at(FakeScene::place(124, 128));
        QVERIFY(proposal.edit.has_value());
        QCOMPARE(proposal.edit->changes.at(0).after->geometry[0].outer[2], (geo::Point{120, 130}));
        QVERIFY(proposal.refusal.isEmpty());
    }

    void aSharedVertexMovesForBothOrAsChosen() {
        World world;
        world.layers.put("inventory", "Beside", {{{{100, 0}, {200, 0}, {200, 100}, {100, 100}}, {}}});
        world.selected = {{world.glacier}, {}};
        const auto changes = [&world](int chosen, double x) {
            world.select->choose("neighbours", chosen);
            const auto proposal =
                world.select->press(FakeScene::place(100, 100), world)->at(FakeScene::place(x, 100));
            return proposal.edit ? proposal.edit->changes.size() : 0;
        };
        QCOMPARE(changes(0, 120), std::size_t{2});
        QCOMPARE(changes(2, 120), std::size_t{0}); // it would overlap
        QCOMPARE(changes(2, 80), std::size_t{1});
        QCOMPARE(changes(1, 80), std::size_t{1});
    }

    void whereTheLineWouldCrossItselfTheProposalSaysWhyAndHasNoEdit() {
        World world;
        world.selected = {{world.glacier}, {}};
        const auto gesture = world.select->press(FakeScene::place(100, 100), world);
        const auto proposal = gesture->at(FakeScene::place(50, -60));
        QVERIFY(!proposal.edit);
        QCOMPARE(proposal.refusal, QString("The line would cross itself."));
        QVERIFY(gesture->at(FakeScene::place(120, 120)).refusal.isEmpty());
    }

    void betweenVerticesADragInsertsOneAndMovesIt() {
        World world;
        world.selected = {{world.glacier}, {}};
        const auto gesture = world.select->press(FakeScene::place(50, -3), world);
        const auto proposal = gesture->at(FakeScene::place(50, -43));
        QVERIFY((proposal.edit->changes.at(0).after->geometry[0].outer ==
                 geo::Ring{{0, 0}, {50, -40}, {100, 0}, {100, 100}, {0, 100}}));
    }

    void aDoubleClickOnTheLineInsertsAVertexAndElsewhereIsTheCameras() {
        World world;
        world.selected = {{world.glacier}, {}};
        const auto on = world.select->doubleClick(FakeScene::place(30, 4), world);
        QVERIFY(on && on->edit);
        QCOMPARE(on->edit->changes.at(0).after->geometry[0].outer[1], (geo::Point{30, 0}));
        QVERIFY(on->selection == (Selection{{world.glacier}, {{0, 0, 1}}})); // arrows and Delete are for it
        QVERIFY(!world.select->doubleClick(FakeScene::place(50, 50), world));
        // With Shift it is two clicks, wherever.
        const auto added = world.select->doubleClick(FakeScene::place(250, 50, Qt::ShiftModifier), world);
        QVERIFY(added && added->selection == (Selection{{world.glacier, world.lake}, {}}));
    }

    void whatIsLockedSaysSoInsteadOfMoving() {
        World world;
        world.lockedLayer = "predicted";
        world.selected = {{world.predicted}, {}};
        const auto gesture = world.select->press(FakeScene::place(120, 120), world);
        QVERIFY(gesture != nullptr);
        const auto proposal = gesture->at(FakeScene::place(140, 140));
        QVERIFY(!proposal.edit);
        QCOMPARE(proposal.refusal, QString("This is a reference."));
        QCOMPARE(world.select->hover(FakeScene::place(120, 120), world).cursor, Qt::ForbiddenCursor);
        for (const char* id : {"delete", "notAGlacier", "acceptOutline", "doubtOutline"}) {
            const auto refused = entry(id).run(world, {});
            QVERIFY(!refused.edit);
            QCOMPARE(refused.refusal, QString("This is a reference."));
            QVERIFY(refused.locked == world.predicted); // and something else is offered
        }
        const auto added = world.select->doubleClick(FakeScene::place(50, 120), world);
        QVERIFY(added && !added->edit && added->locked == world.predicted);
    }

    void aBoxTakesVerticesOfTheOneSelectedOutlineElseOutlines() {
        World world;
        auto gesture = world.select->press(FakeScene::place(-50, -50, Qt::ShiftModifier), world);
        auto proposal = gesture->at(FakeScene::place(210, 10, Qt::ShiftModifier));
        // Of the first layer that has something in it: nobody means glaciers of two epochs over each other.
        QVERIFY(proposal.selection->outlines == (std::vector{world.glacier}));
        QCOMPARE(proposal.note, QString("1 glacier"));
        world.selected = {{world.lake}, {}};
        world.selected.outlines.push_back(world.layers.put("lakes", "pond", squareAt(400)));
        auto more = world.select->press(FakeScene::place(-50, -50, Qt::ShiftModifier), world);
        QVERIFY(more->at(FakeScene::place(210, 10, Qt::ShiftModifier)).selection->outlines ==
                world.selected.outlines);
        world.selected = {};
        QCOMPARE(proposal.marks.lines.at(0).points.size(), std::size_t{4});
        // A reference would keep what is beside it from being edited: it is taken where there is nothing
        // else.
        world.lockedLayer = "predicted";
        proposal = gesture->at(FakeScene::place(210, 10, Qt::ShiftModifier));
        QVERIFY(proposal.selection->outlines == (std::vector{world.glacier}));
        world.lockedLayer = "inventory";
        proposal = gesture->at(FakeScene::place(210, 10, Qt::ShiftModifier));
        QVERIFY(proposal.selection->outlines == (std::vector{world.lake}));
        world.lockedLayer.clear();

        world.selected = {{world.glacier}, {}};
        gesture = world.select->press(FakeScene::place(-50, 50, Qt::ShiftModifier), world);
        proposal = gesture->at(FakeScene::place(150, 150, Qt::ShiftModifier));
        QVERIFY((proposal.selection->vertices == std::vector<geo::VertexId>{{0, 0, 2}, {0, 0, 3}}));
        QCOMPARE(proposal.note, QString("2 vertices"));
        // Back to a smaller box: what it no longer holds is not taken.
        proposal = gesture->at(FakeScene::place(50, 150, Qt::ShiftModifier));
        QCOMPARE(proposal.selection->vertices.size(), std::size_t{1});
        // Whoever boxes no vertex does not mean the glacier, which Delete would take.
        proposal = gesture->at(FakeScene::place(-45, 55, Qt::ShiftModifier));
        QCOMPARE(proposal.refusal, QString("No vertex in the box."));
    }

    void whatIsNotDrawnIsNotTakenHoldOf() {
        World world;
        world.selected = {{world.glacier}, {}};
        world.areVerticesShown = false;                                   // too small on the screen
        QVERIFY(!world.select->press(FakeScene::place(100, 100), world)); // the map's
        QVERIFY(!world.select->hover(FakeScene::place(100, 100), world).vertex);
        QVERIFY(!world.select->doubleClick(FakeScene::place(100, 50), world));
        world.click(98, 98);
        QVERIFY(world.selected.vertices.empty());
    }

    void deleteTakesVerticesWhereSomeAreSelectedElseTheOutlines() {
        World world;
        world.selected = {{world.glacier}, {{0, 0, 2}}};
        const auto vertices = entry("delete").run(world, {});
        QCOMPARE(vertices.edit->changes.at(0).after->geometry[0].outer.size(), std::size_t{3});
        QCOMPARE(vertices.done, QString("1 vertex removed."));
        world.selected.vertices = {{0, 0, 0}, {0, 0, 1}, {0, 0, 2}, {0, 0, 3}};
        const auto all = entry("delete").run(world, {});
        QVERIFY(!all.edit->changes.at(0).after);
        QCOMPARE(all.done, QString("Big deleted."));
        world.selected = {{world.glacier, world.lake}, {}};
        const auto both = entry("delete").run(world, {});
        QCOMPARE(both.edit->changes.size(), std::size_t{2});
        QVERIFY(!both.edit->changes[0].after && !both.edit->changes[1].after);
        QCOMPARE(both.done, QString("2 glaciers deleted."));
        world.selected = {};
        QVERIFY(!entry("delete").run(world, {}).edit);
    }

    void notAGlacierKeepsTheOutlineAndSaysSo() {
        World world;
        world.selected = {{world.glacier}, {}};
        const auto proposal = entry("notAGlacier").run(world, {});
        QVERIFY(proposal.edit->changes.at(0).after->review == outlines::Review::Removed);
        QVERIFY(proposal.edit->changes.at(0).after->geometry == square);
        QCOMPARE(proposal.done, QString("Marked as not a glacier: Big."));
    }

    void aVerdictIsGivenToAllThatAreSelectedInOneStep() {
        World world;
        world.selected = {{world.glacier, world.lake}, {}};
        for (const auto& [id, review] : {std::pair("acceptOutline", outlines::Review::Accepted),
                                         std::pair("doubtOutline", outlines::Review::Doubtful),
                                         std::pair("notAGlacier", outlines::Review::Removed)}) {
            const auto proposal = entry(id).run(world, {});
            QCOMPARE(proposal.edit->changes.size(), std::size_t{2});
            for (const auto& change : proposal.edit->changes) {
                QVERIFY(change.after->review == review);
            }
            QVERIFY(proposal.selection == world.selected); // the next verdict is on the same
        }
    }

    void arrowsMoveTheSelectedVerticesByPixelsOfThePicture() {
        World world;
        QVERIFY(!world.select->nudge({1, 0}, world)); // the camera's
        world.selected = {{world.glacier}, {}};
        QVERIFY(!world.select->nudge({1, 0}, world));
        world.selected.vertices = {{0, 0, 1}, {0, 0, 2}};
        const auto proposal = world.select->nudge({10, -2}, world);
        QVERIFY((proposal->edit->changes.at(0).after->geometry[0].outer ==
                 geo::Ring{{0, 0}, {110, -2}, {110, 98}, {0, 100}}));
        QVERIFY(proposal->selection == world.selected);
        world.selected.vertices = {{0, 0, 1}};
        const auto refused = world.select->nudge({0, 300}, world);
        QVERIFY(!refused->edit && !refused->refusal.isEmpty());
    }

    void aDraggedVertexTakesTheOtherSelectedOnesAlong() {
        World world;
        world.selected = {{world.glacier}, {{0, 0, 1}, {0, 0, 2}}};
        const auto gesture = world.select->press(FakeScene::place(104, 98), world);
        const auto proposal = gesture->at(FakeScene::place(124, 98));
        QVERIFY((proposal.edit->changes.at(0).after->geometry[0].outer ==
                 geo::Ring{{0, 0}, {120, 0}, {120, 100}, {0, 100}}));
        QVERIFY(proposal.selection == world.selected);
        // One that is not selected goes alone.
        const auto alone = world.select->press(FakeScene::place(0, 0), world)->at(FakeScene::place(-9, 0));
        QVERIFY((alone.edit->changes.at(0).after->geometry[0].outer ==
                 geo::Ring{{-9, 0}, {100, 0}, {100, 100}, {0, 100}}));
    }

    void theMenuIsOfWhatIsThere() {
        World world;
        // Nothing but ground.
        QVERIFY(world.select->menu(FakeScene::place(500, 500), world).heading.isEmpty());
        // An outline that is not selected yet, and the one beneath.
        auto menu = world.select->menu(FakeScene::place(50, 50), world);
        QCOMPARE(menu.heading, QString("Big · inventory"));
        QVERIFY(menu.selection == (Selection{{world.glacier}, {}}));
        QVERIFY(menu.items.empty() && !menu.isLocked);
        QCOMPARE(menu.beneath.size(), std::size_t{1});
        QCOMPARE(menu.beneath[0].text, QString("Select machine · predicted"));
        QVERIFY(menu.beneath[0].run(world).selection == (Selection{{world.predicted}, {}}));
        // One of several selected ones: they stay selected.
        world.selected = {{world.glacier, world.lake}, {}};
        menu = world.select->menu(FakeScene::place(50, 50), world);
        QCOMPARE(menu.heading, QString("2 glaciers"));
        QVERIFY(!menu.selection);
        // On the selected line.
        world.selected = {{world.glacier}, {}};
        menu = world.select->menu(FakeScene::place(30, 4), world);
        QCOMPARE(menu.items.size(), std::size_t{1});
        QCOMPARE(menu.items[0].run(world).edit->changes.at(0).after->geometry[0].outer[1],
                 (geo::Point{30, 0}));
        // On a vertex: what Delete takes then.
        menu = world.select->menu(FakeScene::place(99, 1), world);
        QVERIFY(menu.selection == (Selection{{world.glacier}, {{0, 0, 1}}}));
        world.selected = *menu.selection;
        QCOMPARE(entry("delete").textNow(world), QString("&Delete 1 vertex"));
        // Far from that vertex it is not meant; several that were chosen stay.
        menu = world.select->menu(FakeScene::place(50, 50), world);
        QVERIFY(menu.selection == (Selection{{world.glacier}, {}}));
        world.selected.vertices = {{0, 0, 1}, {0, 0, 2}};
        QVERIFY(!world.select->menu(FakeScene::place(50, 50), world).selection);
        world.selected.vertices = {{0, 0, 1}};
        // What is locked has none of it.
        world.lockedLayer = "predicted";
        world.selected = {{world.predicted}, {}};
        menu = world.select->menu(FakeScene::place(120, 120), world);
        QVERIFY(menu.isLocked && !menu.selection && menu.items.empty());
    }

    void aClickThatSelectsNothingSaysWhy() {
        World world;
        world.layers.put(
            "inventory", "Holed",
            {{{{400, 0}, {500, 0}, {500, 100}, {400, 100}}, {{{440, 40}, {440, 60}, {460, 60}, {460, 40}}}}});
        QCOMPARE(world.select->click(FakeScene::place(450, 50), world).said, QString("A hole of Holed"));
        QCOMPARE(world.select->click(FakeScene::place(700, 50), world).said, QString("No outline here"));
        QVERIFY(world.select->click(FakeScene::place(420, 50), world).said.isEmpty());
        // Beside all of them what was selected is not any more, which is seen.
        world.selected = {{world.glacier}, {}};
        QVERIFY(world.select->click(FakeScene::place(700, 50), world).said.isEmpty());
    }

    void aHintSaysWhatCanBeDoneNow() {
        World world;
        world.lockedLayer = "predicted";
        std::set<QString> hints;
        const auto stands = [&](Selection selection) {
            world.selected = std::move(selection);
            const auto standing = world.select->standing(world);
            hints.insert(standing.hint);
            return standing.subject;
        };
        QCOMPARE(stands({}), QString());
        QCOMPARE(stands({{world.glacier}, {}}), QString("Big · Del deletes it"));
        QCOMPARE(stands({{world.glacier, world.lake}, {}}), QString("2 glaciers · Del deletes them"));
        QCOMPARE(stands({{world.glacier}, {{0, 0, 1}}}), QString("1 vertex · Del removes it"));
        // What goes with them is said before.
        QCOMPARE(stands({{world.glacier}, {{0, 0, 0}, {0, 0, 1}}}), QString("2 vertices · Del deletes Big"));
        QCOMPARE(stands({{world.predicted}, {}}), QString("machine · locked"));
        world.selected = {{world.glacier}, {}};
        hints.insert(
            world.select->press(FakeScene::place(100, 100), world)->at(FakeScene::place(120, 120)).hint);
        hints.insert(world.select->press(FakeScene::place(-50, 50, Qt::ShiftModifier), world)
                         ->at(FakeScene::place(50, 150, Qt::ShiftModifier))
                         .hint);
        // From afar, where no vertices are drawn, a drag is the map's.
        world.areVerticesShown = false;
        QVERIFY(stands({{world.glacier}, {}}).startsWith("Big"));
        QVERIFY(!world.select->standing(world).hint.contains("Drag the line"));
        QVERIFY(world.select->standing(world).hint.startsWith("Come closer"));
        QCOMPARE(hints.size(), std::size_t{9}); // each another one
        for (const auto& hint : hints) {
            QVERIFY2(!hint.isEmpty() && hint.size() < 80, qPrintable(hint));
        }
    }

    void everyToolHasAnIdAKeyAndWordsOfItsOwn() {
        std::set<QString> ids;
        std::set<QString> keys;
        for (const auto& tool : toolTable()) {
            QVERIFY(ids.insert(QString::fromLatin1(tool.id)).second);
            QVERIFY2(keys.insert(tool.key.toString()).second, tool.id);
            QVERIFY(!tool.text.isEmpty() && !tool.tip.isEmpty() && !tool.key.isEmpty());
            QVERIFY2((tool.make != nullptr) != (tool.run != nullptr), tool.id);
        }
        QVERIFY(toolTable().front().make != nullptr); // where Esc ends
    }

    void theDocumentHasTheTableOfTools() {
        QFile file(QStringLiteral(NUNATAK_SOURCES "/docs/editing.md"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto document = QString::fromUtf8(file.readAll());
        QVERIFY2(document.contains(asMarkdown(toolTable())), qPrintable(asMarkdown(toolTable())));
    }

    void aToolOfATestIsALineInATable() {
        auto table = toolTable();
        table.push_back(dummyTool());
        QVERIFY(asMarkdown(table).contains("| U | Dummy | Move the first vertex here |"));
        World world;
        world.selected = {{world.glacier}, {}};
        const auto proposal = table.back().make()->click(FakeScene::place(-5, -5), world);
        QCOMPARE(proposal.edit->changes.at(0).after->geometry[0].outer[0], (geo::Point{-5, -5}));
    }
};

QTEST_GUILESS_MAIN(ToolsTest)
#include "tools_test.moc"
