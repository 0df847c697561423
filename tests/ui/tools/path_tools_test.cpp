// SPDX-License-Identifier: GPL-3.0-or-later
// Lines, points and polygons of side layers, as a hand draws them.
#include "fake_scene.h"

#include "geo/paths.h"
#include "geo/shape_operations.h"
#include "ui/tools/new_glacier_tool.h"
#include "ui/tools/path_tools.h"
#include "ui/tools/redraw_tool.h"
#include "ui/tools/select_tool.h"

#include <QtTest>

using namespace nunatak;
using namespace nunatak::tests;
using namespace nunatak::ui::tools;

namespace {

struct World : FakeScene {
    outlines::OutlineRef glacier =
        layers.put("inventory", "Tongue", {{{{0, 0}, {100, 0}, {100, 300}, {0, 300}}, {}}});

    void take(const Proposal& proposal) {
        if (proposal.edit && proposal.refusal.isEmpty()) {
            layers.commit(*proposal.edit);
            if (proposal.edit->then) {
                selected = {{*proposal.edit->then}, {}};
            }
        }
        if (proposal.selection) {
            selected = *proposal.selection;
        }
    }
    void click(Tool& tool, double x, double y) { take(tool.click(place(x, y), *this)); }
    Proposal done(Tool& tool) {
        auto proposal = tool.finish(*this).value_or(Proposal());
        take(proposal);
        tool.ended(proposal.refusal.isEmpty() && proposal.edit.has_value());
        return proposal;
    }
    std::vector<geo::Ring> lines() const {
        const auto only = selected.only() != nullptr ? outline(*selected.only()) : nullptr;
        return only ? geo::linesOf(only->geometry) : std::vector<geo::Ring>();
    }
};

} // namespace

class PathToolsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLineIsClickedAndLengthenedFromItsEnd() {
        World world;
        const auto tool = drawLineTool().make();
        tool->choose("magnet", 1);
        // Not into the inventory.
        const auto refused = tool->click(World::place(10, 100), world);
        QVERIFY(refused.refusal.contains("Side layers"));
        world.edited = "snow_line";
        QCOMPARE(tool->standing(world).subject, QString("Snow lines"));
        world.click(*tool, 10, 100);
        QVERIFY(world.done(*tool).refusal.contains("two points"));
        world.click(*tool, 50, 120);
        world.click(*tool, 90, 110);
        QCOMPARE(QString::fromStdString(world.done(*tool).edit->description), QString("Draw snow line"));
        QVERIFY(world.lines() == (std::vector<geo::Ring>{{{10, 100}, {50, 120}, {90, 110}}}));
        const auto ref = *world.selected.only();
        QCOMPARE(world.outline(ref)->attributes.at("line_type").text(), std::string("snow_line"));
        world.click(*tool, 88, 108); // the magnet's: its end
        world.click(*tool, 80, 150);
        QVERIFY(world.done(*tool).edit->description.starts_with("Lengthen snow line"));
        QVERIFY(world.lines() == (std::vector<geo::Ring>{{{10, 100}, {50, 120}, {90, 110}, {80, 150}}}));
        QVERIFY(*world.selected.only() == ref);
    }

    void aVertexOfALineIsDraggedAndItsEndsAreNotJoined() {
        World world;
        world.edited = "terminus";
        const auto line = drawLineTool().make();
        world.click(*line, 10, 10);
        world.click(*line, 50, 60);
        world.click(*line, 90, 10);
        world.done(*line);
        const auto select = selectTool().make();
        // Between both ends is no line.
        QVERIFY(select->press(World::place(50, 10), world) == nullptr);
        QVERIFY(select->press(World::place(50, 60), world) != nullptr);
        const auto gesture = select->press(World::place(30, 35), world); // on its first stretch
        QVERIFY(gesture != nullptr);
        world.take(gesture->release(World::place(25, 60)));
        QVERIFY(world.lines() == (std::vector<geo::Ring>{{{10, 10}, {25, 60}, {50, 60}, {90, 10}}}));
        // Redraw is about the glacier's line, not about this one.
        world.selected = {};
        const auto redraw = redrawTool().make();
        world.click(*redraw, 0, 200);
        QVERIFY(world.selected.only() != nullptr && *world.selected.only() == world.glacier);
    }

    void aPointIsPlacedAndDragged() {
        World world;
        const auto tool = placePointTool().make();
        QVERIFY(tool->click(World::place(10, 100), world).refusal.contains("Side layers"));
        world.edited = "highest";
        world.click(*tool, 40, 250);
        QVERIFY(world.lines() == (std::vector<geo::Ring>{{{40, 250}}}));
        const auto select = selectTool().make();
        const auto gesture = select->press(World::place(42, 251), world);
        QVERIFY(gesture != nullptr);
        gesture->at(World::place(50, 260));
        world.take(gesture->release(World::place(52, 271)));
        QVERIFY(world.lines() == (std::vector<geo::Ring>{{{50, 270}}}));
        // A line of points is none.
        QVERIFY(drawLineTool().make()->click(World::place(10, 100), world).refusal.contains("lines"));
        QVERIFY(newGlacierTool().make()->click(World::place(10, 100), world).refusal.contains("key ."));
    }

    void debrisFromEdgeToEdgeIsClosedAlongTheGlacierAndLeavesItAsItIs() {
        World world;
        world.edited = "debris_cov";
        const auto tool = newGlacierTool().make();
        QCOMPARE(tool->standing(world).subject, QString("Debris cover"));
        const auto before = world.outline(world.glacier);
        world.click(*tool, 1, 80); // the magnet's: on its edge
        world.click(*tool, 50, 100);
        world.click(*tool, 99, 80);
        const auto proposal = world.done(*tool);
        QVERIFY2(proposal.edit.has_value(), qPrintable(proposal.refusal));
        QCOMPARE(QString::fromStdString(proposal.edit->description), QString("Draw debris cover"));
        QCOMPARE(world.layers.all.at("debris_cov").size(), std::size_t{1});
        QCOMPARE(world.layers.all.at("debris_cov").all().front()->area(), 100.0 * 80 + 100.0 * 20 / 2);
        QVERIFY(world.outline(world.glacier) == before);
    }
};

QTEST_MAIN(PathToolsTest)
#include "path_tools_test.moc"
