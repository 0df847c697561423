// SPDX-License-Identifier: GPL-3.0-or-later
// Tools that give glaciers another shape by a length, and their parts to others.
#include "fake_scene.h"

#include "geo/shape_operations.h"
#include "ui/tools/buffer_tool.h"
#include "ui/tools/generalise_tools.h"
#include "ui/tools/part_tools.h"

#include <QtTest>

#include <cmath>

using namespace nunatak;
using namespace nunatak::tests;
using namespace nunatak::ui::tools;

namespace {

/// Two glaciers with a jagged divide at x = 100, one with an islet, and a reference of two parts.
struct World : FakeScene {
    outlines::OutlineRef west = layers.put("inventory", "West", {{side(0, true), {}}});
    outlines::OutlineRef east = layers.put("inventory", "East", {{side(200, false), {}}});
    outlines::OutlineRef islets = layers.put("inventory", "Islets",
                                             {{{{400, 0}, {500, 0}, {500, 100}, {400, 100}}, {}},
                                              {{{520, 0}, {560, 0}, {560, 40}, {520, 40}}, {}}});
    outlines::OutlineRef predicted = layers.put(
        "predicted", "machine",
        {{{{0, 110}, {20, 110}, {20, 130}, {0, 130}}, {}}, {{{300, 300}, {320, 300}, {310, 320}}, {}}});

    World() {
        lockedLayer = "predicted";
        selected = {{west}, {}};
    }

    static geo::Ring side(double edge, bool isWest) {
        geo::Ring divide;
        for (int i = 0; i <= 20; ++i) {
            divide.push_back({100 + (i % 2 == 1 ? 1.5 : 0.0), 5.0 * i});
        }
        geo::Ring ring{{edge, 100}, {edge, 0}};
        if (!isWest) {
            std::reverse(divide.begin(), divide.end());
            std::reverse(ring.begin(), ring.end());
        }
        ring.insert(ring.end(), divide.begin(), divide.end());
        return ring;
    }

    /// What the tool has worked out, as the window does it elsewhere.
    Proposal known(Tool& tool) const {
        const auto work = tool.standing(*this).proposal.work;
        return work != nullptr ? (*work)() : Proposal();
    }
    Proposal done(Tool& tool) {
        const auto asked = tool.finish(*this);
        Proposal proposal = asked.value_or(Proposal());
        if (proposal.work != nullptr) {
            proposal = (*proposal.work)();
        }
        take(proposal);
        tool.ended(proposal.refusal.isEmpty() && asked.has_value());
        return proposal;
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
    const geo::MultiPolygon& shape(const outlines::OutlineRef& ref) const { return outline(ref)->geometry; }
    double area(const outlines::OutlineRef& ref) const { return geo::planarArea(shape(ref)); }
    std::size_t vertices(const outlines::OutlineRef& ref) const { return outline(ref)->vertices(); }
    std::size_t glaciers() const { return layers.all.at("inventory").all().size(); }
};

} // namespace

class ShapeToolsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void simplifyShowsWhatWouldComeAndDoesItOnce() {
        World world;
        const auto tool = simplifyTool().make();
        tool->choose("tolerance", 1); // 2 m
        const Proposal shown = world.known(*tool);
        QVERIFY(shown.edit);
        QCOMPARE(shown.note, QString("23 → 4 vertices"));
        QCOMPARE(world.vertices(world.west), std::size_t{23}); // nothing has happened
        const Proposal done = world.done(*tool);
        QCOMPARE(done.done, QString("Simplify West and its neighbour within 2 m."));
        QCOMPARE(world.vertices(world.west), std::size_t{4});
        QCOMPARE(world.vertices(world.east), std::size_t{4}); // the divide is one
        QCOMPARE(world.area(world.west) + world.area(world.east), 20000.0);
        // It rests, and the right button is the menu's again.
        QVERIFY(world.known(*tool).edit == std::nullopt && !tool->finish(world));
        tool->choose("tolerance", 2);
        QCOMPARE(world.known(*tool).refusal, QString("No line changes by that."));
    }

    void anotherToleranceIsWorkedOutAnewAndTheSameIsNot() {
        World world;
        const auto tool = simplifyTool().make();
        const auto first = tool->standing(world).proposal.work;
        QVERIFY(first != nullptr);
        QCOMPARE(tool->standing(world).proposal.work, first);
        tool->choose("tolerance", 0); // 1 m: less than the teeth
        QVERIFY(tool->standing(world).proposal.work != first);
        QCOMPARE(world.known(*tool).refusal, QString("No line changes by that."));
        world.selected = {{world.islets}, {}};
        const auto other = tool->standing(world).proposal.work;
        editing::Edit edit = editing::Edit{"x", {}, {}, {}};
        world.layers.commit(edit); // something elsewhere
        QVERIFY(tool->standing(world).proposal.work != other);
    }

    void theStretchOfTheSelectedVerticesAloneIsSimplified() {
        World world;
        // Of the ring: two corners, then the divide from the south.
        for (int i = 4; i <= 10; ++i) {
            world.selected.vertices.push_back({0, 0, i});
        }
        const auto tool = simplifyTool().make();
        tool->choose("tolerance", 1);
        QCOMPARE(world.known(*tool).note, QString("23 → 18 vertices"));
        const auto before = world.shape(world.west)[0].outer;
        const Proposal done = world.done(*tool);
        QCOMPARE(done.done, QString("Simplify a stretch of West and its neighbour within 2 m."));
        const auto& after = world.shape(world.west)[0].outer;
        QCOMPARE(after.size(), std::size_t{18});
        QVERIFY(std::equal(before.begin() + 10, before.end(), after.begin() + 5));
        QVERIFY(std::equal(before.begin(), before.begin() + 5, after.begin()));
        QCOMPARE(world.vertices(world.east), std::size_t{18});
        QVERIFY(world.selected.vertices.empty()); // they have other numbers now
    }

    void afterAStretchTheToolRestsAndDoesNotGoOnToTheWholeGlacier() {
        for (const auto& entry : {simplifyTool(), smoothTool()}) {
            World world;
            for (int i = 4; i <= 10; ++i) {
                world.selected.vertices.push_back({0, 0, i});
            }
            const auto tool = entry.make();
            tool->choose("tolerance", 6);
            QVERIFY(world.done(*tool).edit);
            QVERIFY(world.selected == Selection({{world.west}, {}}));
            const auto before = world.shape(world.west);
            QVERIFY(tool->standing(world).proposal.work == nullptr);
            QVERIFY(tool->standing(world).hint.startsWith("Done"));
            QVERIFY(!tool->finish(world)); // a second Enter is nobody's
            QVERIFY(world.shape(world.west) == before);
            tool->choose("tolerance", 7); // of the whole glacier where that is asked for
            QVERIFY(world.known(*tool).edit);
        }
    }

    void linesThatStaySayWhereTheyDo() {
        World world;
        // Its neighbour comes over the divide, as in files.
        world.layers.put("inventory", "Over", {{{{90, 42}, {110, 42}, {110, 58}, {90, 58}}, {}}});
        const auto tool = simplifyTool().make();
        tool->choose("tolerance", 1);
        const Proposal shown = world.known(*tool);
        QVERIFY2(shown.note.contains("1 line stays"), qPrintable(shown.note));
        QCOMPARE(shown.marks.spots.size(), std::size_t{1});
        QVERIFY(shown.marks.spots.front().kind == Marks::Spot::Kind::Refused);
        const geo::Point place = shown.marks.spots.front().place;
        QVERIFY2(std::abs(place.x - 100) < 3 && place.y > 35 && place.y < 65,
                 qPrintable(QString("%1 %2").arg(place.x).arg(place.y)));
    }

    void twoVerticesAreNoStretch() {
        World world;
        world.selected.vertices = {{0, 0, 4}, {0, 0, 5}};
        for (const auto& entry : {simplifyTool(), smoothTool()}) {
            QCOMPARE(world.known(*entry.make()).refusal, QString("Select three vertices in a row."));
        }
    }

    void smoothTakesTheTeethOfADivideForBoth() {
        World world;
        const auto tool = smoothTool().make();
        tool->choose("tolerance", 7); // 20 m
        const double both = world.area(world.west) + world.area(world.east);
        const Proposal done = world.done(*tool);
        QVERIFY2(done.refusal.isEmpty(), qPrintable(done.refusal));
        QCOMPARE(done.done, QString("Smooth West and its neighbour over 20 m."));
        QVERIFY(std::abs(world.area(world.west) + world.area(world.east) - both) < 120);
        const auto overlap = geo::intersection(world.shape(world.west), world.shape(world.east));
        QVERIFY(geo::planarArea(overlap) < 1e-6);
        double farthest = 0;
        for (const auto& point : world.shape(world.east)[0].outer) {
            farthest = point.x < 150 && point.y > 20 && point.y < 80
                           ? std::max(farthest, std::abs(point.x - 100.75))
                           : farthest;
        }
        QVERIFY2(farthest < 0.5, qPrintable(QString::number(farthest)));
    }

    void severalGlaciersAreOneStep() {
        World world;
        world.selected = {{world.west, world.east, world.islets}, {}};
        const auto tool = simplifyTool().make();
        tool->choose("tolerance", 1);
        const Proposal done = world.done(*tool);
        QCOMPARE(done.done, QString("Simplify 3 glaciers within 2 m."));
        QCOMPARE(done.selection->outlines.size(), std::size_t{3});
        QVERIFY(geo::planarArea(geo::intersection(world.shape(world.west), world.shape(world.east))) < 1e-9);
    }

    void aReferenceIsNotReshapedAndIsOfferedInstead() {
        World world;
        world.selected = {{world.predicted}, {}};
        for (const auto& entry : {simplifyTool(), smoothTool(), bufferTool()}) {
            const auto tool = entry.make();
            QVERIFY(tool->standing(world).proposal.work == nullptr);
            QVERIFY(!tool->standing(world).takesOptions);
            const auto asked = tool->finish(world);
            QVERIFY(asked && !asked->refusal.isEmpty() && asked->locked == world.predicted);
        }
    }

    void aClickChoosesTheGlacierAndWithShiftMore() {
        World world;
        const auto tool = smoothTool().make();
        world.take(tool->click(FakeScene::place(150, 50), world));
        QVERIFY(world.selected == Selection({{world.east}, {}}));
        world.take(tool->click(FakeScene::place(50, 50, Qt::ShiftModifier), world));
        QCOMPARE(world.selected.outlines.size(), std::size_t{2});
        world.take(tool->click(FakeScene::place(50, 250), world)); // beside all
        QCOMPARE(world.selected.outlines.size(), std::size_t{2});
    }

    void widerNeighboursGiveWayOrStopItAsTSays() {
        for (const int way : {0, 1, 2}) {
            World world;
            const auto tool = bufferTool().make();
            QVERIFY(tool->standing(world).proposal.work == nullptr); // by nothing at first
            tool->choose("neighbours", way);
            tool->choose("bufferBy", 12); // +10 m
            const double east = world.area(world.east);
            const Proposal done = world.done(*tool);
            if (way == 2) {
                QCOMPARE(done.refusal, QString("It would overlap East."));
                QVERIFY(!done.marks.spots.empty()); // at the place
                QVERIFY2(!done.hint.contains("do it") && done.hint.contains("T: "), qPrintable(done.hint));
                QCOMPARE(world.area(world.east), east);
                continue;
            }
            QVERIFY2(done.refusal.isEmpty(), qPrintable(done.refusal));
            QVERIFY(done.done.startsWith("Widen West"));
            QCOMPARE(world.area(world.east) < east - 500, way == 0);
            // What neighbours lose is said, since who looks at the free edge does not see it.
            QCOMPARE(done.note.contains("out of East"), way == 0);
            QCOMPARE(done.hint.contains("T: not into neighbours"), way == 0);
            QVERIFY(world.area(world.west) > 12000);
        }
    }

    void whatIsRefusedOffersNothingToBeDone() {
        World world;
        const auto tool = bufferTool().make();
        tool->choose("bufferBy", 12);        // wider
        tool->choose("neighbours", 2);       // alone
        world.selected = {{world.west}, {}}; // beside which others lie
        const Proposal known = world.known(*tool);
        QVERIFY2(!known.refusal.isEmpty(), qPrintable(known.hint));
        QVERIFY2(!known.hint.isEmpty() && !known.hint.contains("do it"), qPrintable(known.hint));
        // Nothing to be done is offered no more than what must not be.
        for (const auto& entry : {simplifyTool(), smoothTool()}) {
            const auto idle = entry.make();
            idle->choose("tolerance", 0);
            world.selected = {{world.islets}, {}}; // right angles need all they have
            const Proposal nothing = world.known(*idle);
            QVERIFY2(!nothing.hint.contains("do it"), qPrintable(nothing.hint));
        }
    }

    void lengthsAreThoseOnTheGround() {
        // Where a metre of the map is two on the ground, half as much of the map is meant.
        const auto done = [](const ui::tools::ToolEntry& entry, const char* option, int value,
                             double ground) {
            World world;
            world.groundPerMap = ground;
            const auto tool = entry.make();
            tool->choose(option, value);
            const QString said = world.done(*tool).done;
            return std::pair(said, world.shape(world.west));
        };
        const auto narrowed = done(bufferTool(), "bufferBy", 8, 2); // −10 m
        QCOMPARE(narrowed.first, QString("Narrow West by 10 m."));
        QVERIFY(narrowed.second == done(bufferTool(), "bufferBy", 9, 1).second); // −5 m
        for (const auto& entry : {simplifyTool(), smoothTool()}) {
            const auto fine = done(entry, "tolerance", 5, 2); // 10 m
            QVERIFY2(fine.first.endsWith(" 10 m."), qPrintable(fine.first));
            QVERIFY(fine.second == done(entry, "tolerance", 3, 1).second); // 5 m
        }
    }

    void narrowerTheFreeEdgeRetreats() {
        World world;
        const auto tool = bufferTool().make();
        tool->choose("bufferBy", 8); // −10 m
        const double east = world.area(world.east);
        const Proposal done = world.done(*tool);
        QCOMPARE(done.done, QString("Narrow West by 10 m."));
        QVERIFY(world.area(world.west) < 7600);
        QCOMPARE(world.area(world.east), east);
        // Nothing would be left.
        tool->choose("bufferBy", 0);
        QVERIFY(!world.known(*tool).refusal.isEmpty());
    }

    void oneGlacierAtATimeIsWidened() {
        World world;
        world.selected = {{world.west, world.east}, {}};
        const auto tool = bufferTool().make();
        tool->choose("bufferBy", 12);
        const auto asked = tool->finish(world);
        QVERIFY(asked && asked->refusal.startsWith("One glacier at a time"));
    }

    void aPartGoesToTheGlacierThatIsClicked() {
        World world;
        const auto tool = partTool().make();
        world.take(tool->click(FakeScene::place(540, 20), world));
        QVERIFY(world.selected == Selection({{world.islets}, {}}));
        const auto hover = tool->hover(FakeScene::place(150, 50), world);
        QVERIFY(hover.preview && hover.preview->edit); // shown before it is done
        QCOMPARE(hover.preview->note, QString("to East"));
        QVERIFY(hover.preview->change == Proposal::Change::OfHand);
        const auto isFramed = [&](const geo::Ring& ring) {
            const auto& lines = hover.preview->marks.lines;
            return std::any_of(lines.begin(), lines.end(), [&](const Marks::Line& line) {
                return line.look == Marks::Look::Frame && line.points == ring;
            });
        };
        QVERIFY(isFramed(world.shape(world.east)[0].outer)); // who gets it
        QVERIFY(isFramed(world.shape(world.islets)[1].outer));
        QCOMPARE(world.shape(world.islets).size(), std::size_t{2});
        const Proposal done = tool->click(FakeScene::place(150, 50), world);
        QCOMPARE(done.done, QString("Move a part of Islets to East."));
        world.take(done);
        QCOMPARE(world.shape(world.islets).size(), std::size_t{1});
        QCOMPARE(world.shape(world.east).size(), std::size_t{2});
        QVERIFY(!tool->back(world)); // nothing is begun any more
    }

    void besideAllItIsAGlacierOfItsOwn() {
        World world;
        const auto tool = partTool().make();
        world.take(tool->click(FakeScene::place(540, 20), world));
        world.take(tool->click(FakeScene::place(700, 700), world));
        QCOMPARE(world.glaciers(), std::size_t{4});
        QCOMPARE(world.area(*world.selected.only()), 1600.0);
        QCOMPARE(world.area(world.islets), 10000.0);
    }

    void aPartOfAReferenceIsCopied() {
        World world;
        const auto tool = partTool().make();
        world.take(tool->click(FakeScene::place(10, 120), world));
        QCOMPARE(tool->hover(FakeScene::place(50, 50), world).preview->note, QString("to West"));
        const Proposal done = tool->click(FakeScene::place(50, 50), world);
        QCOMPARE(done.done, QString("Copy a part of machine to West."));
        world.take(done);
        QCOMPARE(world.shape(world.west).size(), std::size_t{2});
        QCOMPARE(world.shape(world.predicted).size(), std::size_t{2});
        world.take(tool->click(FakeScene::place(310, 305), world));
        QCOMPARE(tool->click(FakeScene::place(700, 700), world).refusal,
                 QString("Click a glacier of the inventory."));
    }

    void whatHasOnePartGivesNoneAndEscTakesAnother() {
        World world;
        const auto tool = partTool().make();
        QCOMPARE(tool->click(FakeScene::place(50, 50), world).refusal,
                 QString("It has one part only: join them (J)."));
        QVERIFY(!tool->click(FakeScene::place(700, 700), world).refusal.isEmpty());
        world.take(tool->click(FakeScene::place(540, 20), world));
        QVERIFY(tool->standing(world).subject.contains("part 2 of 2"));
        QCOMPARE(tool->click(FakeScene::place(450, 50), world).refusal, QString("It is its part already."));
        QVERIFY(tool->back(world));
        QVERIFY(tool->standing(world).subject.isEmpty());
        // What was begun is forgotten where the glacier became another one.
        world.take(tool->click(FakeScene::place(540, 20), world));
        world.layers.put("inventory", "Islets", {{{{520, 0}, {560, 0}, {560, 40}}, {}}});
        QVERIFY(!tool->hover(FakeScene::place(150, 50), world).preview->edit);
    }

    void partsExplodeAndAreCollectedAgain() {
        World world;
        const auto entry = partsCommand();
        world.selected = {{world.islets}, {}};
        QCOMPARE(entry.textNow(world).remove('&'), QString("Explode into 2 glaciers"));
        world.take(entry.run(world, {}));
        QCOMPARE(world.glaciers(), std::size_t{4});
        std::vector<outlines::OutlineRef> both;
        for (const auto& outline : world.layers.all.at("inventory").all()) {
            if (outline->name == "Islets") {
                both.push_back({"inventory", outline->uuid});
            }
        }
        world.selected = {both, {}};
        const Proposal collected = entry.run(world, {});
        QCOMPARE(collected.done, QString("Collect Islets and Islets."));
        world.take(collected);
        QCOMPARE(world.glaciers(), std::size_t{3});
        QCOMPARE(world.shape(world.islets).size(), std::size_t{2});
        world.selected = {{world.west}, {}};
        QCOMPARE(entry.run(world, {}).refusal, QString("It has one part only."));
    }

    void theMenuOfAPartSaysWithWhichToolItIsDone() {
        World world;
        QVERIFY(partItems(world.west, FakeScene::place(50, 50), world).empty());
        const auto items = partItems(world.islets, FakeScene::place(540, 20), world);
        QCOMPARE(items.size(), std::size_t{2});
        QCOMPARE(items[0].tool, QString("explode"));
        QCOMPARE(items[1].tool, QString("delete"));
        QVERIFY(items[0].isPreviewed && items[1].isPreviewed);
        const auto deleted = items[1].run(world);
        QCOMPARE(deleted.done, QString("Delete a part of Islets."));
        world.take(deleted);
        QCOMPARE(world.shape(world.islets).size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(ShapeToolsTest)
#include "shape_tools_test.moc"
