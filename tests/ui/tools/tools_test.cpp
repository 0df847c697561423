// SPDX-License-Identifier: GPL-3.0-or-later
#include "dummy_tool.h"
#include "fake_scene.h"

#include "ui/tools/tool_table.h"

#include <QFile>
#include <QtTest>

#include <set>

using namespace nunatak;
using namespace nunatak::tests;
using namespace nunatak::ui::tools;

namespace {

const geo::MultiPolygon square{{{{0, 0}, {100, 0}, {100, 100}, {0, 100}}, {}}};

ToolEntry entry(const char* id) {
    for (const auto& candidate : toolTable()) {
        if (QLatin1String(candidate.id) == QLatin1String(id)) {
            return candidate;
        }
    }
    qFatal("no such tool");
}

/// A glacier of the inventory, a lake beside it, and a prediction beneath, all selectable.
struct World : FakeScene {
    outlines::OutlineRef glacier = layers.put("inventory", "Big", square);
    outlines::OutlineRef lake =
        layers.put("lakes", "lake", {{{{200, 0}, {300, 0}, {300, 100}, {200, 100}}, {}}});
    outlines::OutlineRef predicted =
        layers.put("predicted", "machine", {{{{-20, -20}, {120, -20}, {120, 120}, {-20, 120}}, {}}});
    std::unique_ptr<Tool> select = entry("select").make();

    void click(double x, double y, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        const auto proposal = select->click(place(x, y, modifiers), *this);
        if (proposal.selection) {
            selected = *proposal.selection;
        }
    }
};

} // namespace

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
        QVERIFY(proposal.hint.isEmpty());
    }

    void whereTheLineWouldCrossItselfTheProposalSaysWhyAndHasNoEdit() {
        World world;
        world.selected = {{world.glacier}, {}};
        const auto gesture = world.select->press(FakeScene::place(100, 100), world);
        const auto proposal = gesture->at(FakeScene::place(50, -60));
        QVERIFY(!proposal.edit);
        QCOMPARE(proposal.hint, QString("The line would cross itself."));
        QVERIFY(gesture->at(FakeScene::place(120, 120)).hint.isEmpty());
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
        QVERIFY(!world.select->doubleClick(FakeScene::place(50, 50), world));
    }

    void whatIsLockedSaysSoInsteadOfMoving() {
        World world;
        world.lockedLayer = "predicted";
        world.selected = {{world.predicted}, {}};
        const auto gesture = world.select->press(FakeScene::place(120, 120), world);
        QVERIFY(gesture != nullptr);
        const auto proposal = gesture->at(FakeScene::place(140, 140));
        QVERIFY(!proposal.edit);
        QCOMPARE(proposal.hint, QString("This is a reference."));
        QCOMPARE(world.select->hover(FakeScene::place(120, 120), world).cursor, Qt::ForbiddenCursor);
        for (const char* id : {"delete", "notAGlacier"}) {
            const auto refused = entry(id).run(world);
            QVERIFY(!refused.edit);
            QCOMPARE(refused.hint, QString("This is a reference."));
        }
    }

    void aBoxTakesVerticesOfTheOneSelectedOutlineElseOutlines() {
        World world;
        auto gesture = world.select->press(FakeScene::place(-50, -50, Qt::ShiftModifier), world);
        auto proposal = gesture->at(FakeScene::place(210, 10, Qt::ShiftModifier));
        QVERIFY(proposal.selection->outlines == (std::vector{world.glacier, world.lake, world.predicted}));
        QCOMPARE(proposal.note, QString("3 glaciers"));
        QCOMPARE(proposal.marks.lines.at(0).points.size(), std::size_t{4});
        // A reference would keep what is beside it from being edited: it is taken where there is nothing
        // else.
        world.lockedLayer = "predicted";
        proposal = gesture->at(FakeScene::place(210, 10, Qt::ShiftModifier));
        QVERIFY(proposal.selection->outlines == (std::vector{world.glacier, world.lake}));
        world.lockedLayer.clear();

        world.selected = {{world.glacier}, {}};
        gesture = world.select->press(FakeScene::place(-50, 50, Qt::ShiftModifier), world);
        proposal = gesture->at(FakeScene::place(150, 150, Qt::ShiftModifier));
        QVERIFY((proposal.selection->vertices == std::vector<geo::VertexId>{{0, 0, 2}, {0, 0, 3}}));
        QCOMPARE(proposal.note, QString("2 vertices"));
        // Back to a smaller box: what it no longer holds is not taken.
        proposal = gesture->at(FakeScene::place(50, 150, Qt::ShiftModifier));
        QCOMPARE(proposal.selection->vertices.size(), std::size_t{1});
    }

    void deleteTakesVerticesWhereSomeAreSelectedElseTheOutlines() {
        World world;
        world.selected = {{world.glacier}, {{0, 0, 2}}};
        const auto vertices = entry("delete").run(world);
        QCOMPARE(vertices.edit->changes.at(0).after->geometry[0].outer.size(), std::size_t{3});
        QCOMPARE(vertices.done, QString("Vertex removed."));
        world.selected = {{world.glacier, world.lake}, {}};
        const auto both = entry("delete").run(world);
        QCOMPARE(both.edit->changes.size(), std::size_t{2});
        QVERIFY(!both.edit->changes[0].after && !both.edit->changes[1].after);
        QCOMPARE(both.done, QString("2 glaciers deleted."));
        world.selected = {};
        QVERIFY(!entry("delete").run(world).edit);
    }

    void notAGlacierKeepsTheOutlineAndSaysSo() {
        World world;
        world.selected = {{world.glacier}, {}};
        const auto proposal = entry("notAGlacier").run(world);
        QVERIFY(proposal.edit->changes.at(0).after->review == outlines::Review::Removed);
        QVERIFY(proposal.edit->changes.at(0).after->geometry == square);
        QCOMPARE(proposal.done, QString("Big: not a glacier."));
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
