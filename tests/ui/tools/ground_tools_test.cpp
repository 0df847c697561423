// SPDX-License-Identifier: GPL-3.0-or-later
// Tools that give ground to outlines and take it away: brush, new glacier, hole, split, join.
#include "fake_scene.h"

#include "geo/segments.h"
#include "geo/shape_operations.h"
#include "ui/tools/brush_tool.h"
#include "ui/tools/hole_tool.h"
#include "ui/tools/merge_command.h"
#include "ui/tools/new_glacier_tool.h"
#include "ui/tools/other_lines.h"
#include "ui/tools/redraw_tool.h"
#include "ui/tools/split_tool.h"
#include "ui/tools/take_here_tool.h"

#include <cmath>
#include <set>
#include <string>

#include <QtTest>

using namespace nunatak;
using namespace nunatak::tests;
using namespace nunatak::ui::tools;

namespace {

/// Two glaciers that share the line x = 100, and a reference far away.
struct World : FakeScene {
    outlines::OutlineRef west =
        layers.put("inventory", "West", {{{{0, 0}, {100, 0}, {100, 100}, {0, 100}}, {}}});
    outlines::OutlineRef east =
        layers.put("inventory", "East", {{{{100, 0}, {200, 0}, {200, 100}, {100, 100}}, {}}});
    outlines::OutlineRef predicted =
        layers.put("predicted", "machine", {{{{9000, 0}, {9100, 0}, {9100, 100}, {9000, 100}}, {}}});

    World() {
        lockedLayer = "predicted";
        selected = {{west}, {}};
    }

    void take(const Proposal& proposal) {
        if (proposal.edit && proposal.refusal.isEmpty()) {
            layers.commit(*proposal.edit);
        }
        if (proposal.selection) {
            selected = *proposal.selection;
        } else if (proposal.edit && proposal.edit->then) {
            selected = {{*proposal.edit->then}, {}};
        }
    }
    Proposal drag(Tool& tool, const geo::Ring& way, Qt::KeyboardModifiers modifiers = {}) {
        const auto gesture = tool.press(place(way.front().x, way.front().y, modifiers), *this);
        for (std::size_t i = 0; i + 1 < way.size(); ++i) {
            const double length = geo::distance(way[i], way[i + 1]);
            for (double at = 2; at <= length; at += 2) {
                const auto point = geo::pointAlong(way[i], way[i + 1], at / length);
                gesture->at(place(point.x, point.y, modifiers));
            }
        }
        return gesture->release(place(way.back().x, way.back().y, modifiers));
    }
    void click(Tool& tool, double x, double y) { take(tool.click(place(x, y), *this)); }
    Proposal done(Tool& tool) {
        auto proposal = tool.finish(*this).value_or(Proposal());
        take(proposal);
        tool.ended(proposal.refusal.isEmpty());
        return proposal;
    }
    /// What a reference has here.
    void predict(const std::string& layer, geo::MultiPolygon shape) {
        layers.put(layer, "both", std::move(shape));
        references.insert(layer);
    }
    QString lock(const outlines::OutlineRef& ref) const override {
        return references.contains(ref.layer) ? QStringLiteral("This is a reference.") : FakeScene::lock(ref);
    }
    std::set<std::string> references;

    double area(const outlines::OutlineRef& ref) const {
        const auto found = outline(ref);
        return found ? geo::planarArea(found->geometry) : 0;
    }
    std::size_t glaciers() const { return layers.all.at("inventory").all().size(); }
};

} // namespace

class GroundToolsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theBrushIsSoWideOnTheGround() {
        const auto painted = [](int size, double ground) {
            World world;
            world.groundPerMap = ground;
            const auto tool = brushTool().make();
            tool->choose("brushSize", size);
            const auto circle =
                tool->hover(FakeScene::place(50, 50), world).preview->marks.lines.at(0).points;
            world.take(tool->click(FakeScene::place(0, 50), world));
            return std::pair(geo::extentOf({{circle, {}}}).width(), world.area(world.west));
        };
        const auto [width, area] = painted(3, 1.5); // 30 m, of the map 20 m
        QVERIFY(std::abs(width - 20) < 1e-9);
        QVERIFY(area > 10100);
        QCOMPARE(area, painted(2, 1).second);
    }

    void theBrushPaintsIceAndWithShiftTakesItAway() {
        World world;
        const auto brush = brushTool().make();
        brush->choose("brushSize", 2); // 20 m
        world.take(world.drag(*brush, {{0, 20}, {0, 80}}));
        QVERIFY2(std::abs(world.area(world.west) - (10000 + 600 + 157)) < 60,
                 qPrintable(QString::number(world.area(world.west))));
        QVERIFY(geo::invalidReason(world.outline(world.west)->geometry).empty());
        const double painted = world.area(world.west);
        world.take(world.drag(*brush, {{50, 20}, {50, 80}}, Qt::ShiftModifier));
        QCOMPARE(world.outline(world.west)->geometry[0].holes.size(), std::size_t{1});
        QVERIFY2(std::abs(world.area(world.west) - (painted - 1200 - 314)) < 80,
                 qPrintable(QString::number(world.area(world.west))));
    }

    void aQuickStrokeBeginsWhereTheButtonWentDown() {
        World world;
        const auto brush = brushTool().make();
        brush->choose("brushSize", 2);
        const auto gesture = brush->press(FakeScene::place(95, 50), world);
        gesture->at(FakeScene::place(-60, 50));
        world.take(gesture->release(FakeScene::place(-60, 50)));
        QCOMPARE(world.outline(world.west)->geometry.size(), std::size_t{1});
        QVERIFY(world.area(world.west) > 11000);
    }

    void atADivideTheNeighbourGivesWayOrStaysAsTSays() {
        for (const int way : {0, 1}) {
            World world;
            const auto brush = brushTool().make();
            brush->choose("brushSize", 2);
            brush->choose("neighbours", way);
            world.take(world.drag(*brush, {{95, 20}, {95, 80}}));
            const double both = world.area(world.west) + world.area(world.east);
            QVERIFY2(std::abs(both - 20000) < 1e-6, qPrintable(QString::number(both, 'f', 6)));
            QCOMPARE(world.area(world.west) > 10100, way == 0);
        }
    }

    /// A quarter of a circle that was passed between two pictures is painted, not the chord.
    void theBrushPaintsWhereTheHandPassed() {
        const auto painted = [](bool isPassed) {
            World world;
            const auto brush = brushTool().make();
            brush->choose("brushSize", 1); // 10 m
            const auto gesture = brush->press(FakeScene::place(0, 50), world);
            gesture->at(FakeScene::place(-3, 50));
            for (int i = 1; i <= 30; ++i) {
                const double angle = i * 3.14159265358979 / 30;
                const auto place = FakeScene::place(-30 + 27 * std::cos(angle), 50 + 27 * std::sin(angle));
                isPassed&& i < 30 ? gesture->passes(place) : static_cast<void>(gesture->at(place));
            }
            world.take(gesture->release(FakeScene::place(-57, 50)));
            return world.outline(world.west)->geometry;
        };
        const auto passed = painted(true);
        const auto each = painted(false);
        QVERIFY(geo::contains(passed, {-30, 77}));
        QVERIFY(!geo::contains(passed, {-30, 50})); // on the chord
        const double apart =
            2 * geo::planarArea(geo::unionOf(passed, each)) - geo::planarArea(passed) - geo::planarArea(each);
        QVERIFY2(apart < 0.03 * (geo::planarArea(each) - 10000), qPrintable(QString::number(apart)));
    }

    void paintingWhereOthersKeepTheirGroundSaysWhatToDo() {
        World world;
        const auto brush = brushTool().make();
        brush->choose("brushSize", 2);
        brush->choose("neighbours", 1);
        const auto gesture = brush->press(FakeScene::place(150, 50), world);
        const QString said = gesture->at(FakeScene::place(160, 50)).refusal;
        QVERIFY2(said.contains("with T"), qPrintable(said));
        QCOMPARE(gesture->release(FakeScene::place(165, 50)).refusal, said);
        // Back over the line it paints nothing of it, and once there is something there is nothing to say.
        QVERIFY(brush->press(FakeScene::place(50, 50), world)
                    ->release(FakeScene::place(50, 50))
                    .refusal.isEmpty());
        const auto both = brush->press(FakeScene::place(150, 50), world);
        both->at(FakeScene::place(150, 90));
        QVERIFY(both->at(FakeScene::place(90, 105)).refusal.isEmpty());
    }

    void theBrushShowsWhereItPaintsBeforeItDoes() {
        World world;
        const auto brush = brushTool().make();
        const auto hover = brush->hover(FakeScene::place(50, 50), world);
        QVERIFY(hover.preview && hover.preview->marks.lines.size() == 1);
        QVERIFY(hover.preview->marks.lines[0].isClosed);
        QVERIFY(!hover.preview->edit);
    }

    void aReferenceIsNotPaintedAndIsOfferedInstead() {
        World world;
        world.selected = {};
        const auto brush = brushTool().make();
        const auto proposal = world.drag(*brush, {{9050, 50}, {9060, 50}});
        QVERIFY(!proposal.refusal.isEmpty());
        QVERIFY(proposal.locked == world.predicted);
    }

    void aLineAcrossAGlacierSplitsIt() {
        World world;
        const auto split = splitTool().make();
        world.take(world.drag(*split, {{-10, 50}, {110, 50}}));
        const auto done = world.done(*split);
        QVERIFY2(done.refusal.isEmpty(), qPrintable(done.refusal));
        QCOMPARE(world.glaciers(), std::size_t{3});
        QVERIFY(std::abs(world.area(world.west) - 5000) < 1);
        // The neighbour has the divide's end as a vertex: the line stays one.
        const auto& ring = world.outline(world.east)->geometry[0].outer;
        QVERIFY(
            std::any_of(ring.begin(), ring.end(), [](geo::Point at) { return at.x == 100 && at.y == 50; }));
    }

    void aLineThatEndsInTheIceSplitsNothingYet() {
        World world;
        const auto split = splitTool().make();
        world.take(world.drag(*split, {{-10, 50}, {50, 50}}));
        QVERIFY(!split->finish(world)->refusal.isEmpty());
        split->ended(false);
        QCOMPARE(world.glaciers(), std::size_t{2});
        world.take(world.drag(*split, {{50, 50}, {110, 52}})); // and goes on
        QVERIFY(world.done(*split).refusal.isEmpty());
        QCOMPARE(world.glaciers(), std::size_t{3});
    }

    void aLineThatBeginsInTheNeighbourSplitsTheSelectedOneThatItCrosses() {
        World world;
        const auto split = splitTool().make();
        world.click(*split, 140, 50); // 40 pixels beside it, in the other one
        QVERIFY(world.selected.only() && *world.selected.only() == world.west);
        world.click(*split, -20, 50);
        const auto done = world.done(*split);
        QVERIFY2(done.refusal.isEmpty(), qPrintable(done.refusal));
        QCOMPARE(world.glaciers(), std::size_t{3});
        QVERIFY(std::abs(world.area(world.west) - 5000) < 1);
        QCOMPARE(world.area(world.east), 10000.0);
        // What crosses the one that it begins at is about that.
        World other;
        other.click(*split, 150, -20);
        other.click(*split, 150, 120);
        QVERIFY(other.done(*split).refusal.isEmpty());
        QVERIFY(std::abs(other.area(other.east) - 5000) < 1);
        QCOMPARE(other.area(other.west), 10000.0);
    }

    void whereTheGlacierOfALineIsGoneTheLineSaysSoWithoutInnerNames() {
        World world;
        for (const auto& make : {splitTool(), redrawTool()}) {
            const auto tool = make.make();
            world.click(*tool, 0, 50);
            world.click(*tool, 50, 40);
            const auto before = world.layers.all["inventory"];
            world.layers.all["inventory"].remove(world.west.uuid);
            const auto standing = tool->standing(world);
            QCOMPARE(standing.proposal.refusal, QString("The outline is not there any more."));
            QVERIFY2(!standing.hint.contains("Enter"), qPrintable(standing.hint));
            world.layers.all["inventory"] = before;
        }
    }

    void aRingInTheIceIsAHoleAndTheMenuFillsIt() {
        World world;
        const auto hole = holeTool().make();
        for (const geo::Point at : {geo::Point{30, 30}, {60, 30}, {60, 60}, {30, 60}}) {
            world.click(*hole, at.x, at.y);
        }
        QVERIFY(world.done(*hole).refusal.isEmpty());
        QCOMPARE(world.area(world.west), 10000.0 - 900);
        const auto items = fillHoleItems(FakeScene::place(45, 45), world, editing::Neighbours::Together);
        QCOMPARE(items.size(), std::size_t{1});
        world.take(items[0].run(world));
        QCOMPARE(world.area(world.west), 10000.0);
        QVERIFY(fillHoleItems(FakeScene::place(45, 45), world, editing::Neighbours::Together).empty());
    }

    void aNewGlacierIsARingOrClosedAlongItsNeighbours() {
        World world;
        const auto draw = newGlacierTool().make();
        for (const geo::Point at : {geo::Point{300, 0}, {350, 0}, {350, 50}, {300, 50}}) {
            world.click(*draw, at.x, at.y);
        }
        QVERIFY(draw->standing(world).proposal.marks.lines.at(0).isClosed);
        QVERIFY(world.done(*draw).refusal.isEmpty());
        QCOMPARE(world.glaciers(), std::size_t{3});
        QCOMPARE(world.area(*world.selected.only()), 2500.0);
        // From the edge of one to that of the next: closed along both.
        for (const geo::Point at : {geo::Point{50, 100}, {50, 130}, {150, 130}, {150, 100}}) {
            world.click(*draw, at.x, at.y);
        }
        // The line as it is drawn, without a straight way back through them.
        const auto drawn = draw->standing(world).proposal.marks.lines.at(0);
        QVERIFY(!drawn.isClosed && drawn.points.size() == 4);
        QVERIFY(world.done(*draw).refusal.isEmpty());
        QCOMPARE(world.glaciers(), std::size_t{4});
        QCOMPARE(world.area(*world.selected.only()), 3000.0);
        const auto& ring = world.outline(*world.selected.only())->geometry[0].outer;
        QVERIFY(std::find(ring.begin(), ring.end(), geo::Point{100, 100}) != ring.end());
    }

    void withoutAnInventoryThereIsNothingToDrawIn() {
        World world;
        world.edited.clear();
        const auto draw = newGlacierTool().make();
        QVERIFY(!draw->click(FakeScene::place(300, 0), world).refusal.isEmpty());
    }

    void joiningAsksWhoseNameStaysWhereTheyDiffer() {
        World world;
        world.selected = {{world.west, world.east}, {}};
        const auto entry = mergeCommand();
        const auto asked = entry.run(world, {});
        QVERIFY(asked.ask && asked.ask->isQuestion && !asked.edit);
        QCOMPARE(asked.ask->items.size(), std::size_t{2});
        QCOMPARE(world.glaciers(), std::size_t{2});
        world.take(asked.ask->items[1].run(world));
        QCOMPARE(world.glaciers(), std::size_t{1});
        QCOMPARE(world.layers.all.at("inventory").all().front()->name, std::string("East"));
    }

    void joiningIsRefusedOfOneAndOfWhatDoesNotHangTogether() {
        World world;
        const auto entry = mergeCommand();
        QVERIFY(!entry.run(world, {}).refusal.isEmpty());
        const auto far = world.layers.put("inventory", "Far", {{{{500, 0}, {600, 0}, {600, 100}}, {}}});
        world.selected = {{world.west, far}, {}};
        const auto apart = entry.run(world, {});
        QCOMPARE(apart.refusal, QString("They share no line. Y makes them parts of one."));
        QVERIFY(!apart.ask && !apart.marks.spots.empty());
        world.selected = {{world.west, world.east, far}, {}};
        QCOMPARE(entry.run(world, {}).refusal,
                 QString("Far shares no line with the others. Y makes them parts of one."));
    }

    void withinALineTheReferenceIsTakenAndTheChangeIsShownMeanwhile() {
        World world;
        world.predict("predicted", {{{{0, 10}, {200, 10}, {200, 90}, {0, 90}}, {}}});
        const auto tool = takeHereTool().make();
        QCOMPARE(tool->standing(world).subject, QStringLiteral("from predicted"));
        for (const geo::Point corner : geo::Ring{{50, 70}, {150, 70}, {150, 120}, {50, 120}}) {
            world.click(*tool, corner.x, corner.y);
        }
        const auto shown = tool->standing(world).proposal;
        QVERIFY(shown.edit && shown.refusal.isEmpty());
        QCOMPARE(shown.note, QString("2 glaciers change"));
        QVERIFY(shown.change == Proposal::Change::OfAll);
        QCOMPARE(world.area(world.west), 10000.0); // nothing is done yet
        const auto done = world.done(*tool);
        QCOMPARE(done.done, QStringLiteral("Take predicted into West and its neighbour."));
        QCOMPARE(world.area(world.west), 9500.0);
        QCOMPARE(world.area(world.east), 9500.0);
        QVERIFY(world.selected.contains(world.west));
        // Where nothing differs any more there is nothing to be done, and the line below does not offer it.
        for (const geo::Point corner : geo::Ring{{50, 70}, {150, 70}, {150, 120}, {50, 120}}) {
            world.click(*tool, corner.x, corner.y);
        }
        const auto hint = tool->standing(world).hint;
        QVERIFY2(hint.contains("Backspace") && !hint.contains("Enter"), qPrintable(hint));
    }

    void tabTakesAnotherReference() {
        World world;
        world.predict("predicted", {{{{0, 10}, {200, 10}, {200, 90}, {0, 90}}, {}}});
        world.predict("rgi", {{{{0, 20}, {200, 20}, {200, 80}, {0, 80}}, {}}});
        const auto tool = takeHereTool().make();
        for (const geo::Point corner : geo::Ring{{20, 70}, {80, 70}, {80, 120}, {20, 120}}) {
            world.click(*tool, corner.x, corner.y);
        }
        QVERIFY(tool->turn());
        world.done(*tool);
        QCOMPARE(world.area(world.west), 10000.0 - 60 * 20);
        QCOMPARE(tool->standing(world).subject, QStringLiteral("from rgi (Tab)"));
    }

    void allOfTheSelectedGlacierIsTakenFromTheMenuAndNotByARightClickAlone() {
        World world;
        world.predict("predicted", {{{{0, 10}, {200, 10}, {200, 90}, {0, 90}}, {}}});
        const auto tool = takeHereTool().make();
        QVERIFY(!tool->finish(world));
        QVERIFY2(tool->standing(world).hint.contains("right click: all of West"),
                 qPrintable(tool->standing(world).hint));
        const auto menu = tool->menu(FakeScene::place(50, 50), world);
        QCOMPARE(menu.items.size(), std::size_t{1});
        QVERIFY(menu.items.front().isPreviewed);
        world.take(menu.items.front().run(world));
        QCOMPARE(world.area(world.west), 8000.0);
        QCOMPARE(world.area(world.east), 10000.0);
        QVERIFY(tool->menu(FakeScene::place(50, 50), world).items.empty()); // nothing differs any more
    }

    void whatIsDrawnAroundStaysMineWhenAllElseIsTaken() {
        World world;
        world.predict("predicted", {{{{0, 10}, {200, 10}, {200, 90}, {0, 90}}, {}}});
        const auto tool = takeHereTool().make();
        tool->choose("takeHereSide", 1);
        QVERIFY(!tool->standing(world).proposal.edit); // what stays has to be drawn
        for (const geo::Point corner : geo::Ring{{-10, 50}, {110, 50}, {110, 120}, {-10, 120}}) {
            world.click(*tool, corner.x, corner.y);
        }
        world.done(*tool);
        QCOMPARE(world.area(world.west), 9000.0);
        QCOMPARE(world.area(world.east), 10000.0);
    }

    void withoutAReferenceOrAnInventoryItIsSaidWhy() {
        World world;
        world.layers.all.erase("predicted");
        const auto tool = takeHereTool().make();
        QCOMPARE(tool->click(FakeScene::place(50, 50), world).refusal,
                 QStringLiteral("No prediction or other reference is shown."));
        world.edited.clear();
        QCOMPARE(tool->click(FakeScene::place(50, 50), world).refusal,
                 QStringLiteral("There is no inventory to take it into."));
    }

    void aHoleOfAReferenceThatMeetsNoLineIsTakenFromTheMenu() {
        World world;
        world.layers.put(
            "predicted", "both",
            {{{{0, 10}, {200, 10}, {200, 90}, {0, 90}}, {{{40, 40}, {60, 40}, {60, 60}, {40, 60}}}}});
        const auto items =
            stretchItems(world.west, FakeScene::place(41, 50), world, nunatak::editing::Neighbours::Together);
        QCOMPARE(items.size(), std::size_t{1});
        QVERIFY2(QString(items.front().text).contains("Take this hole"), qPrintable(items.front().text));
        world.take(items.front().run(world));
        QCOMPARE(world.area(world.west), 10000.0 - 400);
        QVERIFY(stretchItems(world.west, FakeScene::place(41, 50), world,
                             nunatak::editing::Neighbours::Together)
                    .empty()); // it is its own now
    }
};

QTEST_GUILESS_MAIN(GroundToolsTest)
#include "ground_tools_test.moc"
