// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/pictures.h"
#include "fake_scene.h"

#include "geo/segments.h"
#include "geo/shape_operations.h"
#include "ui/tools/redraw_tool.h"

#include <QtTest>

#include <cmath>

using namespace nunatak;
using namespace nunatak::tests;
using namespace nunatak::ui::tools;

namespace {

/// A glacier of the inventory, another one beside it, and a prediction far away.
struct World : FakeScene {
    outlines::OutlineRef glacier =
        layers.put("inventory", "Big", {{{{0, 0}, {100, 0}, {100, 100}, {0, 100}}, {}}});
    outlines::OutlineRef other =
        layers.put("inventory", "Other", {{{{300, 0}, {400, 0}, {400, 100}, {300, 100}}, {}}});
    outlines::OutlineRef predicted =
        layers.put("predicted", "machine", {{{{9000, 0}, {9100, 0}, {9100, 100}, {9000, 100}}, {}}});
    std::unique_ptr<Tool> tool = redrawTool().make();

    World() {
        lockedLayer = "predicted";
        selected = {{glacier}, {}};
    }

    void take(const Proposal& proposal) {
        if (proposal.selection) {
            selected = *proposal.selection;
        }
    }
    void click(double x, double y, Qt::KeyboardModifiers held = {}) {
        take(tool->click(place(x, y, held), *this));
    }
    /// A drag through these places, by steps of two pixels; what was proposed before the release.
    Proposal drag(const geo::Ring& way, Qt::KeyboardModifiers modifiers = {}) {
        const auto gesture = tool->press(place(way.front().x, way.front().y, modifiers), *this);
        Proposal last;
        for (std::size_t i = 0; i + 1 < way.size(); ++i) {
            const double length = geo::distance(way[i], way[i + 1]);
            for (double at = 2; at <= length; at += 2) {
                const auto point = geo::pointAlong(way[i], way[i + 1], at / length);
                last = gesture->at(place(point.x, point.y, modifiers));
            }
        }
        take(gesture->release(place(way.back().x, way.back().y, modifiers)));
        return last;
    }
    /// As the host does it. The reason where it is refused.
    QString done() {
        const auto proposal = tool->finish(*this);
        if (!proposal) {
            return "nothing was begun";
        }
        if (proposal->refusal.isEmpty() && proposal->edit) {
            layers.commit(*proposal->edit);
        }
        tool->ended(proposal->refusal.isEmpty());
        return proposal->refusal;
    }
    double area(const outlines::OutlineRef& ref) const { return geo::planarArea(outline(ref)->geometry); }
    std::size_t vertices(const outlines::OutlineRef& ref) const {
        return geo::vertexCount(outline(ref)->geometry);
    }
};

} // namespace

class RedrawToolTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aDragFromBoundaryToBoundaryIsTheNewLine() {
        World world;
        const auto shown = world.drag({{100, 20}, {130, 20}, {130, 80}, {100, 80}});
        QVERIFY(shown.edit && !shown.edit->empty());
        QVERIFY(shown.refusal.isEmpty());
        QVERIFY(world.area(world.glacier) == 10000);                             // nothing has happened yet
        QVERIFY(world.tool->standing(world).proposal.edit->changes.size() == 1); // and it stays drawn
        QCOMPARE(world.done(), QString());
        QVERIFY2(std::abs(world.area(world.glacier) - 11800) < 30,
                 qPrintable(QString::number(world.area(world.glacier))));
        QVERIFY2(world.vertices(world.glacier) < 16,
                 qPrintable(QString::number(world.vertices(world.glacier))));
        QVERIFY(!world.tool->finish(world)); // the line is no more
        QVERIFY(world.selected == (Selection{{world.glacier}, {}}));
    }

    /// On pictures that come slowly a line is what it is on those that come quickly.
    void placesThatWerePassedBetweenPicturesAreOfTheLine() {
        const auto drawn = [](int pictures) {
            World world;
            const auto gesture = world.tool->press(world.place(100, 20), world);
            constexpr int places = 60;
            for (int i = 1; i <= places; ++i) {
                const double angle = i * 3.14159265358979 / places;
                const auto place = world.place(100 + 30 * std::sin(angle), 50 - 30 * std::cos(angle));
                if (i % (places / pictures) == 0) {
                    gesture->at(place);
                } else {
                    gesture->passes(place);
                }
            }
            world.take(gesture->release(world.place(100, 80)));
            QTEST_ASSERT(world.done().isEmpty());
            return world.outline(world.glacier)->geometry;
        };
        const auto quick = drawn(60);
        QVERIFY(std::abs(geo::planarArea(quick) - 10000 - 1414) < 60);
        QVERIFY(drawn(4) == quick);
        QVERIFY(drawn(1) == quick);
    }

    void clicksAndDragsMixAndShiftIsStraight() {
        World world;
        world.click(101, 20);
        world.click(130, 20);
        world.drag({{130, 30}, {140, 50}, {130, 70}});
        // The way of the hand while Shift is held is none of the line.
        world.drag({{130, 75}, {170, 77}, {130, 80}}, Qt::ShiftModifier);
        world.click(100, 80);
        QCOMPARE(world.done(), QString());
        const auto& ring = world.outline(world.glacier)->geometry[0].outer;
        for (const geo::Point point :
             {geo::Point{130, 20}, geo::Point{130, 30}, geo::Point{130, 75}, geo::Point{130, 80}}) {
            QVERIFY(std::find(ring.begin(), ring.end(), point) != ring.end());
        }
        QVERIFY(std::none_of(ring.begin(), ring.end(), [](geo::Point point) { return point.x > 141; }));
    }

    void aPointNearALineThatIsThereGoesToItAndShiftLetsGo() {
        World world;
        const auto drawn = [&](Qt::KeyboardModifiers held) {
            world.click(101, 20);
            world.take(world.tool->click(FakeScene::place(294, 3, held), world));
            world.click(130, 80);
            world.click(100, 80);
            const auto line = world.tool->standing(world).proposal;
            world.tool->back(world);
            const auto& ring = line.edit->changes.at(0).after->geometry[0].outer;
            return std::pair(std::find(ring.begin(), ring.end(), geo::Point{300, 0}) != ring.end(),
                             std::find(ring.begin(), ring.end(), geo::Point{294, 3}) != ring.end());
        };
        QVERIFY(drawn({}) == std::pair(true, false));
        QVERIFY(drawn(Qt::ShiftModifier) == std::pair(false, true));
        const auto hover = world.tool->hover(FakeScene::place(294, 3), world);
        QVERIFY(hover.preview && hover.preview->marks.spots ==
                                     (std::vector{Marks::Spot{{300, 0}, Marks::Spot::Kind::HeldVertex}}));
        world.tool->choose("magnet", 0);
        QVERIFY(drawn({}) == std::pair(false, true));
        QVERIFY(!world.tool->hover(FakeScene::place(294, 3), world).preview);
        // A drag ends at it, too.
        world.tool->choose("magnet", 1);
        world.click(101, 20);
        world.drag({{150, 20}, {295, 4}});
        world.click(130, 80);
        world.click(100, 80);
        const auto line = world.tool->standing(world).proposal;
        const auto& ring = line.edit->changes.at(0).after->geometry[0].outer;
        QVERIFY(std::find(ring.begin(), ring.end(), geo::Point{300, 0}) != ring.end());
    }

    void aLineThatIsRefusedIsRedWithTheReasonsPlace() {
        World world;
        world.tool->choose("neighbours", 2);
        world.click(100, 20);
        world.click(350, 50); // into the other glacier
        world.click(100, 80);
        const auto standing = world.tool->standing(world).proposal;
        QCOMPARE(standing.refusal, QString("It would overlap Other."));
        QVERIFY(standing.marks.lines.at(0).look == Marks::Look::Refused);
        QCOMPARE(standing.marks.spots.size(), std::size_t{1});
        QVERIFY(standing.marks.spots[0].kind == Marks::Spot::Kind::Refused);
        QCOMPARE(standing.marks.spots[0].place.x, 300.0);
    }

    void backspaceTakesOnePointBackAndEscAllOfThem() {
        World world;
        world.click(101, 20);
        world.click(130, 20);
        world.click(130, 500);
        QVERIFY(world.tool->pointBack(world));
        world.click(130, 80);
        world.click(99, 80);
        QCOMPARE(world.done(), QString());
        QCOMPARE(world.vertices(world.glacier), std::size_t{8});
        world.click(10, 10);
        QVERIFY(world.tool->pointBack(world));
        QVERIFY(!world.tool->pointBack(world));
        world.click(10, 10);
        world.click(20, 10);
        QVERIFY(world.tool->back(world));
        QVERIFY(!world.tool->back(world)); // the tool goes next
        QVERIFY(world.tool->standing(world).proposal.marks.lines.empty());
    }

    void aDragThatIsGivenUpLeavesTheLineBefore() {
        World world;
        world.click(101, 20);
        world.click(130, 20);
        world.tool->press(world.place(130, 20), world)->at(world.place(300, 300));
        world.click(130, 80);
        world.click(99, 80);
        QCOMPARE(world.done(), QString());
        QCOMPARE(world.vertices(world.glacier), std::size_t{8});
    }

    void aDoubleClickIsDone() {
        World world;
        world.click(101, 20);
        world.click(130, 50);
        world.click(99, 80); // its first click
        const auto proposal = world.tool->doubleClick(world.place(99, 80), world);
        QVERIFY(proposal && proposal->edit && proposal->refusal.isEmpty());
        QCOMPARE(proposal->edit->changes.at(0).after->geometry[0].outer.size(), std::size_t{7});
        world.tool->ended(false); // such as a date that nobody wants to be changed
        QVERIFY(world.tool->finish(world));
    }

    void whatIsMissingIsNoReasonBeforeTheLineIsDone() {
        World world;
        world.click(10, 10);
        const auto hover = world.tool->hover(world.place(10, -30), world);
        QVERIFY(hover.preview && hover.preview->refusal.isEmpty());
        QVERIFY(hover.preview->edit && hover.preview->edit->empty()); // the outline is drawn as it is
        QCOMPARE(hover.preview->marks.lines.at(0).points.size(), std::size_t{2});
        world.click(10, -30);
        QCOMPARE(world.done(), QString("The line must come back."));
        world.click(60, -30); // it was not lost
        world.click(60, 10);
        QCOMPARE(world.done(), QString());
        QVERIFY(world.area(world.glacier) > 10000);
    }

    void whatCannotBeSaysSoAtOnce() {
        World world;
        world.click(101, 20);
        world.click(150, 20);
        world.click(150, 60);
        world.click(120, 60);
        const auto hover = world.tool->hover(world.place(120, -50), world);
        QVERIFY(hover.preview && hover.preview->refusal.isEmpty()); // it may come to lie right yet
        world.click(120, 5);
        world.click(99, 5);
        const auto stands = world.tool->standing(world).proposal;
        QCOMPARE(stands.refusal, QString("The line would cross itself."));
        QVERIFY(!stands.edit); // the last shape that was possible stays drawn
        QCOMPARE(world.done(), QString("The line would cross itself."));
    }

    void fromClickToClickItFollowsAnEdge() {
        World world;
        geo::Grid grid;
        grid.left = -100;
        grid.top = 200;
        grid.pixelSize = 1;
        grid.columns = grid.rows = 300;
        // Ice that reaches 30 farther than the outline.
        const auto away = [](double x, double y) { return std::hypot(x - 100, y - 50); };
        world.seen.surface = Picture(grid, [&](double x, double y) {
                                 return x < 100 || away(x, y) < 30 ? 200.0 : 60.0;
                             }).surface();
        world.tool->choose("wire", 1);
        world.click(100, 20);
        const auto shown = world.tool->hover(world.place(131, 52), world);
        // The line has not come back yet, and there is nothing to be done.
        QCOMPARE(shown.preview->hint,
                 QString("Where it goes wrong, click where it should pass · Shift: straight"));
        QVERIFY(!shown.preview->isComing);
        QVERIFY(shown.preview->marks.spots.at(0).kind == Marks::Spot::Kind::HeldEdge);
        QVERIFY(std::abs(
                    away(shown.preview->marks.spots.at(0).place.x, shown.preview->marks.spots.at(0).place.y) -
                    30) < 0.5);
        world.click(131, 52);
        world.click(170, 90, Qt::ShiftModifier);
        world.tool->pointBack(world);
        QVERIFY(world.tool->hover(world.place(100, 80), world)
                    .preview->hint.endsWith("Shift: straight · right click or Enter: done"));
        world.click(100, 80);
        QCOMPARE(world.done(), QString());
        const double half = 3.14159265 * 30 * 30 / 2;
        QVERIFY2(std::abs(world.area(world.glacier) - 10000 - half) < 25,
                 qPrintable(QString::number(world.area(world.glacier) - 10000 - half)));
        // Backspace takes a stretch whole; with Shift it is straight.
        world.click(0, 20);
        world.click(-30, 50, Qt::ShiftModifier);
        QVERIFY(world.tool->pointBack(world));
        QVERIFY(world.tool->pointBack(world));
        QVERIFY(!world.tool->pointBack(world));
    }

    void whereNoEdgesAreKnownTheLineIsStraightAndSaysWhy() {
        World world;
        world.tool->choose("wire", 2);
        world.seen.missing = "This picture has no prediction";
        world.click(100, 20);
        QCOMPARE(world.tool->hover(world.place(130, 50), world).preview->hint,
                 QString("This picture has no prediction · the line is straight"));
        world.seen = {nullptr, true, {}};
        const auto coming = world.tool->hover(world.place(130, 50), world);
        QVERIFY(coming.preview->isComing);
        QVERIFY(coming.preview->hint.startsWith("Looking for edges"));
        world.click(130, 50);
        world.click(100, 80);
        QCOMPARE(world.done(), QString());
        QCOMPARE(world.area(world.glacier), 10900.0);
    }

    void tabTakesTheOtherSide() {
        World world;
        QVERIFY(!world.tool->turn()); // nothing was begun
        world.click(70, -20);
        world.click(70, 120);
        QVERIFY(std::abs(geo::planarArea(
                             world.tool->standing(world).proposal.edit->changes.at(0).after->geometry) -
                         7000) < 1e-9);
        QVERIFY(world.tool->turn());
        QCOMPARE(world.done(), QString());
        QVERIFY(std::abs(world.area(world.glacier) - 3000) < 1e-9);
        // The next line begins with the side that is nearer.
        world.click(90, -20);
        world.click(90, 120);
        QCOMPARE(world.done(), QString());
        QVERIFY(std::abs(world.area(world.glacier) - 2000) < 1e-9);
        // Also while its first stretch is dragged.
        const auto gesture = world.tool->press(world.place(84, -20), world);
        const double fewer =
            geo::planarArea(gesture->at(world.place(84, 120)).edit->changes.at(0).after->geometry);
        QVERIFY(world.tool->turn());
        const double more =
            geo::planarArea(gesture->at(world.place(84, 120)).edit->changes.at(0).after->geometry);
        QVERIFY(std::abs(fewer + more - 2000) < 1e-9 && fewer > more);
    }

    void theLineIsOfTheSelectedGlacierOrOfTheNearest() {
        World world;
        const auto begunAt = [&](double x, double y, const Selection& selection) {
            world.tool->back(world);
            world.selected = selection;
            world.click(x, y);
            return world.selected.outlines;
        };
        const Selection glacier{{world.glacier}, {}};
        using Refs = std::vector<outlines::OutlineRef>;
        QVERIFY(begunAt(50, 50, {}) == Refs{world.glacier});
        QVERIFY(begunAt(408, 50, {}) == Refs{world.other});
        QVERIFY(begunAt(450, 50, {}) == Refs{});                   // not yet
        QVERIFY(begunAt(160, 50, glacier) == Refs{world.glacier}); // from outside
        QVERIFY(begunAt(290, 50, glacier) == Refs{world.other});   // on another line
        QVERIFY(begunAt(350, 50, glacier) == Refs{world.other});   // in another one
        QVERIFY(begunAt(600, 500, glacier) == Refs{world.glacier});
        // Begun beside all of them it is of what it meets.
        world.tool->back(world);
        world.click(380, -50);
        QVERIFY(world.selected.outlines == Refs{world.glacier});
        world.click(380, 150);
        QVERIFY(world.selected.outlines == Refs{world.other});
        QCOMPARE(world.done(), QString());
        QCOMPARE(world.area(world.other), 8000.0);
        world.selected = glacier;
        world.click(450, 20);
        world.click(50, 20);
        world.click(50, -80); // the selected one, where it meets that, too
        QVERIFY(world.selected.outlines == Refs{world.glacier});
        QVERIFY(begunAt(50, 50, {{world.glacier, world.other}, {}}) == Refs{world.glacier});
    }

    void neighboursFollowOrAreStoppedAtOrLeftAlone() {
        const auto areasWith = [](int value) {
            World world;
            world.layers.put("inventory", "Beside", {{{{100, 0}, {200, 0}, {200, 100}, {100, 100}}, {}}});
            world.tool->choose("neighbours", value);
            for (const geo::Point point :
                 {geo::Point{90, 20}, geo::Point{120, 20}, geo::Point{120, 80}, geo::Point{80, 80}}) {
                world.click(point.x, point.y);
            }
            const QString refusal = world.done();
            return std::tuple(refusal, std::lround(world.area(world.glacier)),
                              std::lround(world.area({"inventory", "Beside"})));
        };
        using Areas = std::tuple<QString, long, long>;
        QCOMPARE(areasWith(0), (Areas{"", 11200, 8800}));
        QVERIFY(std::get<1>(areasWith(1)) == 10000); // where it is at their line already
        QCOMPARE(areasWith(2), (Areas{"It would overlap Beside.", 10000, 10000}));
    }

    void aReferenceIsOfferedAndNothingBegins() {
        World world;
        world.selected = {};
        const auto proposal = world.tool->click(world.place(9050, 50), world);
        QCOMPARE(proposal.refusal, QString("This is a reference."));
        QVERIFY(proposal.locked == world.predicted);
        const auto gesture = world.tool->press(world.place(9100, 50), world);
        QVERIFY(gesture->at(world.place(9120, 50)).locked == world.predicted);
        QVERIFY(!world.tool->finish(world));
        // Also where only the line says what it is about.
        world.click(9050, -50);
        world.click(9050, 150);
        QCOMPARE(world.tool->standing(world).proposal.refusal, QString("This is a reference."));
        QCOMPARE(world.done(), QString("This is a reference."));
        world.tool->back(world);
        world.click(50000, 50);
        QCOMPARE(world.done(), QString("The line meets no glacier."));
    }

    void twoClicksOnTheLineOfAReferenceFollowIt() {
        World world;
        world.layers.put("predicted", "bulge",
                         {{{{100, 20}, {130, 20}, {140, 50}, {130, 80}, {100, 80}, {0, 80}, {0, 20}}, {}}});
        world.click(99, 21);
        const auto hover = world.tool->hover(world.place(101, 78), world);
        QVERIFY2(hover.preview->hint.startsWith("Along predicted"), qPrintable(hover.preview->hint));
        world.click(101, 78);
        QCOMPARE(world.done(), QString());
        const auto& ring = world.outline(world.glacier)->geometry[0].outer;
        for (const geo::Point point : {geo::Point{130, 20}, geo::Point{140, 50}, geo::Point{130, 80}}) {
            QVERIFY(std::find(ring.begin(), ring.end(), point) != ring.end()); // bit by bit
        }
        QVERIFY(std::abs(world.area(world.glacier) - 12100) < 150);
    }

    void aFollowedLineMixesWithPointsAndGoesBackAtOnceAndShiftIsStraight() {
        World world;
        world.layers.put("predicted", "bulge", {{{{90, 20}, {130, 20}, {140, 50}, {130, 80}, {90, 80}}, {}}});
        const auto points = [&] {
            const auto hover = world.tool->hover(world.place(5000, 5000), world);
            return hover.preview->marks.lines.empty() ? std::size_t{0}
                                                      : hover.preview->marks.lines.front().points.size();
        };
        world.click(80, 30);
        world.click(110, 20); // the first one of the reference's line
        world.click(133, 70);
        QCOMPARE(world.tool->standing(world).hint.isEmpty(), false);
        QVERIFY(world.tool->pointBack(world));
        QCOMPARE(points(), std::size_t{0} + 3); // both points and the pointer
        world.take(world.tool->click(world.place(133, 70, Qt::ShiftModifier), world));
        world.click(80, 60);
        QCOMPARE(world.done(), QString());
        const auto straight = world.outline(world.glacier)->geometry[0].outer;
        QVERIFY(std::find(straight.begin(), straight.end(), geo::Point{130, 20}) == straight.end());
        QVERIFY(std::find(straight.begin(), straight.end(), geo::Point{133, 70}) != straight.end());
    }

    void aLineThatBeginsOnAReferencesLineIsOfTheSelectedGlacier() {
        World world;
        world.click(9000, 50);
        QVERIFY(world.tool->finish(world)); // begun
        world.tool->ended(false);
        world.tool->back(world);
        world.selected = {};
        world.click(9000, 50);
        QVERIFY(!world.tool->finish(world));
    }

    void alongItsOwnLineAClickIsAStraightWay() {
        World world;
        world.layers.put("predicted", "same",
                         {{{{0, 0}, {100, 0}, {100, 40}, {80, 50}, {100, 60}, {100, 100}, {0, 100}}, {}}});
        world.layers.put("inventory", "Big",
                         {{{{0, 0}, {100, 0}, {100, 40}, {80, 50}, {100, 60}, {100, 100}, {0, 100}}, {}}});
        world.click(100, 35);
        world.click(100, 65);
        QCOMPARE(world.done(), QString());
        QCOMPARE(world.area(world.glacier), 10000.0); // the bay is closed
    }

    void theMenuOnALineOfAnotherLayerTakesItsStretch() {
        World world;
        const auto bulge = world.layers.put(
            "predicted", "bulge",
            {{{{100, 20}, {130, 20}, {140, 50}, {130, 80}, {100, 80}, {0, 80}, {0, 20}}, {}}});
        const auto itemsAt = [&](double x, double y) {
            return world.tool->menu(world.place(x, y), world).items;
        };
        QVERIFY(itemsAt(139, 120).empty()); // beside all lines
        QVERIFY(itemsAt(9000, 50).empty()); // that line does not meet the glacier
        const auto items = itemsAt(143, 50);
        QCOMPARE(items.size(), std::size_t{1});
        QCOMPARE(items.front().text, QString("&Take this stretch · predicted"));
        QVERIFY(items.front().isPreviewed);
        const auto proposal = items.front().run(world);
        QVERIFY(proposal.refusal.isEmpty());
        QVERIFY(proposal.selection == (Selection{{world.glacier}, {}}));
        QCOMPARE(proposal.edit->description, std::string("Take stretch of predicted into Big"));
        world.layers.commit(*proposal.edit);
        QCOMPARE(world.area(world.glacier), 10000.0 + 30 * 60 + 10 * 30);
        QVERIFY(itemsAt(143, 50).empty()); // both lines are one now
        // A line that two outlines of a layer share is offered once, as that of which less would change.
        world.layers.put("imported", "west", {{{{0, 0}, {60, 0}, {60, 100}, {0, 100}}, {}}});
        world.layers.put("imported", "east", {{{{60, 0}, {200, 0}, {200, 100}, {60, 100}}, {}}});
        const auto shared = itemsAt(62, 50);
        QCOMPARE(shared.size(), std::size_t{1});
        world.layers.commit(*shared.front().run(world).edit);
        QCOMPARE(world.area(world.glacier), 4000.0 + 30 * 60 + 10 * 30);
        // Only into the one that is selected, and that can be edited.
        world.selected = {{bulge}, {}};
        QVERIFY(itemsAt(143, 50).empty());
        world.selected = {};
        QVERIFY(itemsAt(143, 50).empty());
    }

    void hintsFitAndSayWhatComesNext() {
        World world;
        QSet<QString> hints{world.tool->standing(world).hint};
        QCOMPARE(world.tool->standing(world).subject, QString("Big"));
        world.click(101, 20);
        hints << world.tool->standing(world).hint;
        world.click(150, 50);
        world.click(99, 80);
        hints << world.tool->standing(world).hint;
        QCOMPARE(hints.size(), 3);
        for (const auto& hint : hints) {
            QVERIFY2(!hint.isEmpty() && hint.size() < 80, qPrintable(hint));
        }
    }
};

QTEST_GUILESS_MAIN(RedrawToolTest)
#include "redraw_tool_test.moc"
