// SPDX-License-Identifier: GPL-3.0-or-later
// Ground added and taken off: the brush, holes, new glaciers, splits, beside neighbours.
#include "base/error.h"
#include "editing/brush.h"
#include "editing/holes.h"
#include "editing/new_glacier.h"
#include "editing/parts.h"
#include "editing/redraw_plan.h"
#include "editing/split.h"
#include "geo/rings.h"
#include "geo/segments.h"
#include "geo/shape_operations.h"
#include "ground_words.h"
#include "shapes.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

using namespace nunatak;
using editing::Edit;
using editing::Ground;
using editing::Neighbours;
using tests::box;
using tests::refusal;

namespace {

double areaOf(const geo::MultiPolygon& shape) {
    return geo::planarArea(shape);
}

bool hasVertex(const geo::MultiPolygon& shape, geo::Point point) {
    bool has = false;
    geo::forEachVertex(shape, [&](const geo::VertexId&, geo::Point each) { has = has || each == point; });
    return has;
}

/// Two glaciers of 100 × 100 side by side, their divide at x = 100.
struct Pair {
    Pair()
        : khumbu(layers.put("inventory", "Khumbu Glacier", {{box(0, 0, 100, 100), {}}})),
          imja(layers.put("inventory", "Imja Glacier", {{box(100, 0, 100, 100), {}}})) {}

    geo::MultiPolygon shape(const outlines::OutlineRef& ref) { return layers.draft().require(ref)->geometry; }
    void commit(const Edit& edit) { layers.commit(edit); }
    Edit lay(const geo::MultiPolygon& region, Ground ground, Neighbours neighbours) {
        auto draft = layers.draft();
        editing::layRegion(draft, khumbu, region, ground, neighbours);
        return draft.edit("Lay", khumbu);
    }

    tests::Layers layers;
    outlines::OutlineRef khumbu, imja;
};

const geo::MultiPolygon overTheDivide{{box(80, 40, 40, 20), {}}};

} // namespace

class RegionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Neighbours.

    void togetherANeighbourGivesUpWhatIsAdded() {
        Pair pair;
        pair.commit(pair.lay(overTheDivide, Ground::Add, Neighbours::Together));
        QCOMPARE(areaOf(pair.shape(pair.khumbu)), 10000.0 + 400);
        QCOMPARE(areaOf(pair.shape(pair.imja)), 10000.0 - 400);
        for (const geo::Point corner : {geo::Point{100, 40}, {120, 40}, {120, 60}, {100, 60}}) {
            QVERIFY(hasVertex(pair.shape(pair.khumbu), corner));
            QVERIFY(hasVertex(pair.shape(pair.imja), corner));
        }
    }

    void withoutOverlapWhatIsAddedEndsAtTheNeighboursLine() {
        Pair pair;
        const geo::MultiPolygon region{{box(50, 90, 100, 30), {}}};
        const Edit edit = pair.lay(region, Ground::Add, Neighbours::NoOverlap);
        pair.commit(edit);
        QCOMPARE(areaOf(pair.shape(pair.imja)), 10000.0);
        QCOMPARE(areaOf(pair.shape(pair.khumbu)), 10000.0 + 100 * 20);
        QVERIFY(hasVertex(pair.shape(pair.khumbu), {150, 100}));
        QVERIFY(hasVertex(pair.shape(pair.imja), {150, 100}));
        QCOMPARE(pair.shape(pair.imja)[0].outer.size(), std::size_t{6}); // with (100, 90) on the divide
    }

    void withoutOverlapNothingStaysBeyondANeighbour() {
        Pair pair;
        pair.commit(pair.lay({{box(90, 40, 150, 20), {}}, {box(50, 120, 5, 5), {}}}, Ground::Add,
                             Neighbours::Together)); // away, and beside: two more parts
        Pair other;
        QCOMPARE(refusal([&] {
                     other.lay({{box(95, 40, 150, 20), {}}}, Ground::Add, Neighbours::NoOverlap);
                 }),
                 std::string("That is its ground already."));
    }

    void aloneAnOverlapIsRefusedAndNobodyElseChanges() {
        Pair pair;
        QCOMPARE(refusal([&] { pair.lay(overTheDivide, Ground::Add, Neighbours::Alone); }),
                 std::string("It would overlap Imja Glacier."));
        const Edit edit = pair.lay(overTheDivide, Ground::Remove, Neighbours::Alone);
        QCOMPARE(edit.changes.size(), std::size_t{1});
    }

    void whatIsRemovedTogetherIsNobodys() {
        Pair pair;
        pair.commit(pair.lay(overTheDivide, Ground::Remove, Neighbours::Together));
        QCOMPARE(areaOf(pair.shape(pair.khumbu)), 10000.0 - 400);
        QCOMPARE(areaOf(pair.shape(pair.imja)), 10000.0 - 400);
        pair.commit(pair.lay(overTheDivide, Ground::Add, Neighbours::NoOverlap));
        QCOMPARE(areaOf(pair.shape(pair.khumbu)), 10000.0 + 400);
    }

    void removedWithoutOverlapTheNeighbourStaysAndGetsTheEndsAsVertices() {
        Pair pair;
        pair.commit(pair.lay(overTheDivide, Ground::Remove, Neighbours::NoOverlap));
        QCOMPARE(areaOf(pair.shape(pair.imja)), 10000.0);
        QVERIFY(hasVertex(pair.shape(pair.imja), {100, 40}));
        QVERIFY(hasVertex(pair.shape(pair.imja), {100, 60}));
        QCOMPARE(pair.shape(pair.imja)[0].outer.size(), std::size_t{6});
    }

    void aDivideThatEndsOnALongEdgeDoesNotStandInTheWay() {
        // The region runs along an edge on which only the other neighbour has a vertex.
        tests::Layers layers;
        const auto ref = layers.put("inventory", "a", {{box(0, 0, 100, 50), {}}});
        layers.put("inventory", "b", {{box(0, 50, 100, 50), {}}});
        layers.put("inventory", "c", {{{{0, -50}, {40, -50}, {40, 0}, {0, 0}}, {}}});
        auto draft = layers.draft();
        editing::layRegion(draft, ref, {{box(0, -20, 100, 80), {}}}, Ground::Add, Neighbours::Together);
        layers.commit(draft.edit("Lay", ref));
        QCOMPARE(layers.draft().require(ref)->area(), 8000.0);
        QCOMPARE(layers.draft().require({"inventory", "b"})->area(), 4000.0);
        QCOMPARE(layers.draft().require({"inventory", "c"})->area(), 40.0 * 30);
    }

    void nothingLeftIsRefused() {
        Pair pair;
        const geo::MultiPolygon all{{box(-10, -10, 300, 300), {}}};
        QCOMPARE(refusal([&] { pair.lay(all, Ground::Add, Neighbours::Together); }),
                 std::string("Nothing would be left of Imja Glacier."));
        QCOMPARE(refusal([&] { pair.lay(all, Ground::Remove, Neighbours::Alone); }),
                 std::string("Nothing would be left of Khumbu Glacier."));
    }

    void whatChangesNothingIsRefused() {
        Pair pair;
        QCOMPARE(refusal([&] {
                     pair.lay({{box(10, 10, 5, 5), {}}}, Ground::Add, Neighbours::Together);
                 }),
                 std::string("That is its ground already."));
        QCOMPARE(refusal([&] {
                     pair.lay({{box(310, 10, 5, 5), {}}}, Ground::Remove, Neighbours::Together);
                 }),
                 std::string("It has no ground here."));
    }

    // Holes.

    void aRingWithinIsAHole() {
        Pair pair;
        const auto cut = editing::cutHole(pair.layers.draft(), pair.khumbu, box(20, 20, 30, 30));
        QVERIFY(cut.isHole);
        QCOMPARE(cut.edit.description, std::string("Cut a hole into Khumbu Glacier"));
        pair.commit(cut.edit);
        QCOMPARE(pair.shape(pair.khumbu)[0].outer, box(0, 0, 100, 100));
        QCOMPARE(pair.shape(pair.khumbu)[0].holes.size(), std::size_t{1});
    }

    void aRingOverTheEdgeTakesAPieceOffAndSaysSo() {
        Pair pair;
        const auto cut = editing::cutHole(pair.layers.draft(), pair.khumbu, box(-20, 20, 30, 30));
        QVERIFY(!cut.isHole);
        QCOMPARE(cut.edit.description, std::string("Take a piece off Khumbu Glacier"));
        QCOMPARE(areaOf(cut.edit.changes.at(0).after->geometry), 10000.0 - 300);
    }

    void aRingAroundAHoleAndOneAcrossItMakeOneHole() {
        for (const geo::Ring& ring : {box(30, 30, 40, 40), box(45, 45, 30, 30), box(60, 40, 20, 20)}) {
            tests::Layers layers;
            const auto ref = layers.put("inventory", "a", tests::withHoleAndPart);
            const auto cut = editing::cutHole(layers.draft(), ref, ring);
            QVERIFY(cut.isHole);
            const auto& after = cut.edit.changes.at(0).after->geometry;
            QCOMPARE(after[0].holes.size(), std::size_t{1});
            QCOMPARE(areaOf(after), areaOf(geo::difference(tests::withHoleAndPart, {{ring, {}}})));
        }
    }

    void aHoleThatTouchesASharedVertexIsNoOverlap() {
        for (const Neighbours neighbours : {Neighbours::Together, Neighbours::NoOverlap, Neighbours::Alone}) {
            Pair pair;
            const geo::Ring ring{{100, 100}, {60, 90}, {90, 60}};
            const auto cut = editing::cutHole(pair.layers.draft(), pair.khumbu, ring, neighbours);
            QCOMPARE(cut.edit.changes.size(), std::size_t{1});
            QCOMPARE(geo::invalidReason(cut.edit.changes.at(0).after->geometry), std::string());
        }
    }

    void aRingThatCrossesItselfIsNoHole() {
        Pair pair;
        QCOMPARE(
            refusal([&] {
                editing::cutHole(pair.layers.draft(), pair.khumbu, {{10, 10}, {50, 50}, {50, 10}, {10, 50}});
            }),
            std::string("The line would cross itself."));
    }

    void theHolePointedAtIsFilled() {
        tests::Layers layers;
        const auto ref = layers.put("inventory", "Khumbu Glacier", tests::withHoleAndPart);
        const Edit edit = editing::fillHole(layers.draft(), ref, {50, 50});
        QCOMPARE(edit.description, std::string("Fill a hole of Khumbu Glacier"));
        geo::MultiPolygon wanted = tests::withHoleAndPart;
        wanted[0].holes.clear();
        QCOMPARE(edit.changes.at(0).after->geometry, wanted);
        QCOMPARE(refusal([&] {
                     editing::fillHole(layers.draft(), ref, {10, 50});
                 }),
                 std::string("There is no hole here."));
    }

    void aHoleWithAnotherGlacierInItIsFilledAroundIt() {
        tests::Layers layers;
        const auto ref = layers.put("inventory", "a", tests::withHoleAndPart);
        layers.put("inventory", "Inner Glacier", {{box(40, 40, 20, 10), {}}});
        QCOMPARE(refusal([&] {
                     editing::fillHole(layers.draft(), ref, {50, 55});
                 }),
                 std::string("Nothing would be left of Inner Glacier."));
        QCOMPARE(refusal([&] {
                     editing::fillHole(layers.draft(), ref, {50, 55}, Neighbours::Alone);
                 }),
                 std::string("It would overlap Inner Glacier."));
        const Edit edit = editing::fillHole(layers.draft(), ref, {50, 55}, Neighbours::NoOverlap);
        QCOMPARE(edit.changes.at(0).after->geometry[0].holes.size(), std::size_t{1});
        QCOMPARE(areaOf(edit.changes.at(0).after->geometry), areaOf(tests::withHoleAndPart) + 200);
    }

    // New glaciers.

    void aNewGlacierEndsAtTheLinesOfOthersAndSharesThem() {
        Pair pair;
        outlines::Outline like;
        like.srcDate = "2020-08-01";
        const Edit edit = editing::newGlacier(pair.layers.draft(), "inventory", box(50, 80, 100, 50), like);
        QCOMPARE(edit.description, std::string("Draw a new glacier"));
        const auto& made = *edit.changes.at(0).after;
        QVERIFY(edit.changes.at(0).before == nullptr);
        QCOMPARE(made.srcDate, std::string("2020-08-01"));
        QCOMPARE(areaOf(made.geometry), 100.0 * 30);
        QVERIFY(hasVertex(made.geometry, {100, 100}));
        pair.commit(edit);
        QVERIFY(hasVertex(pair.shape(pair.khumbu), {50, 100}));
        QVERIFY(hasVertex(pair.shape(pair.imja), {150, 100}));
    }

    void togetherOthersGiveWayToANewGlacierAndAloneItIsRefused() {
        Pair pair;
        const Edit edit = editing::newGlacier(pair.layers.draft(), "inventory", box(50, 80, 100, 50), {},
                                              Neighbours::Together);
        QCOMPARE(edit.changes.size(), std::size_t{3});
        pair.commit(edit);
        QCOMPARE(areaOf(pair.shape(pair.imja)), 10000.0 - 50 * 20);
        Pair other;
        QCOMPARE(refusal([&] {
                     editing::newGlacier(other.layers.draft(), "inventory", box(50, 80, 100, 50), {},
                                         Neighbours::Alone);
                 }),
                 std::string("It would overlap Imja Glacier."));
    }

    void aLineIsClosedAlongTheEdgesOfTheGlaciersBetweenItsEnds() {
        Pair pair;
        const geo::Ring ring = editing::closedAlongOthers(pair.layers.draft(), "inventory",
                                                          {{20, 101}, {20, 150}, {170, 150}, {170, 102}}, 5);
        QCOMPARE(std::abs(geo::signedArea(ring)), 150.0 * 50);
        QVERIFY(std::find(ring.begin(), ring.end(), geo::Point{100, 100}) != ring.end());
        const Edit edit = editing::newGlacier(pair.layers.draft(), "inventory", ring, {});
        pair.commit(edit);
        QVERIFY(hasVertex(pair.shape(pair.khumbu), {20, 100}));
        QVERIFY(hasVertex(pair.shape(pair.imja), {170, 100}));
        QCOMPARE(refusal([&] {
                     editing::closedAlongOthers(pair.layers.draft(), "inventory", {{20, 180}, {300, 180}}, 5);
                 }),
                 std::string("The line must end at a glacier's edge."));
    }

    // The brush.

    void theBrushPaintsTheWayOfADisc() {
        const editing::Brush brush{10, 1, Ground::Add};
        const geo::MultiPolygon way = editing::swept({0, 0}, {50, 20}, brush);
        QCOMPARE(geo::invalidReason(way), std::string());
        const double length = std::hypot(50.0, 20.0);
        const double wanted = 20 * length + 3.14159265 * 100;
        QVERIFY(areaOf(way) <= wanted && areaOf(way) > wanted * 0.98);
    }

    void paintedIceIsOneEditFromStartToEnd() {
        Pair pair;
        editing::BrushStroke stroke(pair.layers.draft(), pair.khumbu, {8, 1, Ground::Add},
                                    Neighbours::Together);
        for (int i = 0; i <= 40; ++i) {
            stroke.paintTo({50.0 + 2 * i, 100 + 3 * std::sin(i * 0.7)});
            QCOMPARE(geo::invalidReason(stroke.edit().changes.at(0).after->geometry), std::string());
        }
        const Edit edit = stroke.finished();
        QCOMPARE(edit.description, std::string("Paint ice of Khumbu Glacier and its neighbour"));
        QCOMPARE(edit.changes.size(), std::size_t{2});
        QCOMPARE(edit.changes.at(0).before->geometry, pair.shape(pair.khumbu));
        const auto& shown = stroke.edit().changes.at(0).after->geometry;
        const auto& after = edit.changes.at(0).after->geometry;
        QVERIFY(std::abs(areaOf(shown) - areaOf(after)) < 100); // half a pixel along 80 m, both sides
        QVERIFY(geo::vertexCount(after) < geo::vertexCount(shown));
        pair.commit(edit);
        QVERIFY(areaOf(geo::intersection(pair.shape(pair.khumbu), pair.shape(pair.imja))) < 1e-6);
    }

    void theBrushStopsAtWhatIsNotPossibleAndGoesOnFromThere() {
        Pair pair;
        editing::BrushStroke stroke(pair.layers.draft(), pair.khumbu, {8, 1, Ground::Add}, Neighbours::Alone);
        stroke.paintTo({50, 100});
        const auto before = stroke.edit().changes.at(0).after->geometry;
        QCOMPARE(refusal([&] { stroke.paintTo({120, 100}); }), std::string("It would overlap Imja Glacier."));
        QCOMPARE(stroke.edit().changes.at(0).after->geometry, before);
        stroke.paintTo({30, 100});
        QVERIFY(!stroke.finished().empty());
    }

    void aStrokeThatChangesNothingIsNoEdit() {
        Pair pair;
        editing::BrushStroke stroke(pair.layers.draft(), pair.khumbu, {8, 1, Ground::Add},
                                    Neighbours::Together);
        stroke.paintTo({50, 50});
        QVERIFY(stroke.edit().empty());
        QVERIFY(stroke.finished().empty());
    }

    void paintedOffInTheMiddleItIsAHoleAndOnToTheEdgeNoMore() {
        Pair pair;
        editing::BrushStroke stroke(pair.layers.draft(), pair.khumbu, {8, 1, Ground::Remove},
                                    Neighbours::NoOverlap);
        stroke.paintTo({50, 50});
        QCOMPARE(stroke.edit().changes.at(0).after->geometry[0].holes.size(), std::size_t{1});
        stroke.paintTo({50, 120});
        QCOMPARE(stroke.edit().changes.at(0).after->geometry[0].holes.size(), std::size_t{0});
        stroke.paintTo({50, -20});
        QCOMPARE(stroke.finished().changes.at(0).after->geometry.size(), std::size_t{2});
    }

    // Splits.

    void aLineFromEdgeToEdgePartsAGlacier() {
        Pair pair;
        auto accepted = *pair.layers.draft().require(pair.khumbu);
        accepted.review = outlines::Review::Accepted;
        accepted.attributes["rgi_id"] = std::string("RGI60-15.03733");
        accepted.attributes["glims_id"] = std::string("G086786E28003N");
        pair.layers.all["inventory"].put(outlines::share(accepted));
        const std::vector<geo::Ring> lines{{{-10, 30}, {60, 40}, {110, 30}}};
        const editing::Split split = editing::split(pair.layers.draft(), pair.khumbu, lines);
        QCOMPARE(split.edit.description, std::string("Split Khumbu Glacier"));
        QCOMPARE(split.pieces.size(), std::size_t{2});
        QCOMPARE(split.pieces[0], pair.khumbu);
        pair.commit(split.edit);
        const auto large = pair.layers.draft().require(split.pieces[0]);
        const auto small = pair.layers.draft().require(split.pieces[1]);
        QVERIFY(large->area() > small->area());
        QVERIFY(std::abs(large->area() + small->area() - 10000) < 1e-6);
        QVERIFY(small->review == outlines::Review::NotReviewed);
        QVERIFY(large->review == outlines::Review::NotReviewed);
        // The id names one outline, which goes on as the larger piece; all else is said of both.
        QCOMPARE(large->attributes.at("rgi_id").text(), std::string("RGI60-15.03733"));
        QVERIFY(small->attributes.at("rgi_id").isNull());
        QCOMPARE(small->attributes.at("glims_id").text(), std::string("G086786E28003N"));
        QCOMPARE(editing::keptIds(split.edit, "the largest"),
                 std::string("RGI60-15.03733 stays with the largest."));
        QVERIFY(hasVertex(large->geometry, {60, 40}) && hasVertex(small->geometry, {60, 40}));
        // The neighbour has the divide's end.
        std::set<std::pair<double, double>> ends;
        const geo::MultiPolygon neighbour = pair.shape(pair.imja);
        for (const geo::Point& point : neighbour[0].outer) {
            if (point.x == 100 && point.y > 0 && point.y < 100) {
                ends.emplace(point.x, point.y);
            }
        }
        QCOMPARE(ends.size(), std::size_t{1});
        QVERIFY(hasVertex(large->geometry, {ends.begin()->first, ends.begin()->second}));
    }

    void linesCrossHolesAndPartMoreThanOnce() {
        tests::Layers layers;
        const auto ref = layers.put("inventory", "a", tests::withHoleAndPart);
        const std::vector<geo::Ring> lines{{{-10, 50}, {350, 50}}};
        const editing::Split split = editing::split(layers.draft(), ref, lines);
        QCOMPARE(split.pieces.size(), std::size_t{2}); // both parts are parted, on the same side of the line
        layers.commit(split.edit);
        for (const auto& piece : split.pieces) {
            QCOMPARE(layers.draft().require(piece)->geometry.size(), std::size_t{2});
            QCOMPARE(layers.draft().require(piece)->area(), 5000.0 - 200 + 5000);
        }
        const std::vector<geo::Ring> winding{{{20, -10}, {20, 110}, {80, 110}, {80, -10}}};
        tests::Layers others;
        const auto other = others.put("inventory", "a", tests::withHoleAndPart);
        const editing::Split three = editing::split(others.draft(), other, winding);
        QCOMPARE(three.edit.description, std::string("Split a into 3 glaciers"));
        others.commit(three.edit);
        // The far part goes with the nearest piece, which is the largest with it.
        QCOMPARE(areaOf(others.draft().require(other)->geometry), 2000.0 + 10000);
        QCOMPARE(others.draft().require(three.pieces[1])->geometry[0].holes.size(), std::size_t{1});
    }

    void aLineThatLeadsNowherePartsNothing() {
        Pair pair;
        for (const geo::Ring& line : {geo::Ring{{-10, 50}, {50, 50}}, geo::Ring{{20, 50}, {50, 50}},
                                      geo::Ring{{-10, -10}, {50, -10}}}) {
            const std::vector<geo::Ring> lines{line};
            QCOMPARE(refusal([&] { editing::split(pair.layers.draft(), pair.khumbu, lines); }),
                     std::string("The line must lead across the glacier."));
        }
        const std::vector<geo::Ring> near{{{2, 50}, {97, 50}}};
        QCOMPARE(editing::split(pair.layers.draft(), pair.khumbu, near, {5}).pieces.size(), std::size_t{2});
    }

    void piecesThatAreTooSmallStayWhereTheyWere() {
        Pair pair;
        const std::vector<geo::Ring> lines{{{50, -10}, {50, 110}, {99, 110}, {99, 98}, {110, 98}}};
        QCOMPARE(editing::split(pair.layers.draft(), pair.khumbu, lines).pieces.size(), std::size_t{3});
        const auto split = editing::split(pair.layers.draft(), pair.khumbu, lines, {0, 10});
        QCOMPARE(split.pieces.size(), std::size_t{2});
        for (const auto& change : split.edit.changes) {
            if (change.after->uuid != pair.imja.uuid) {
                QCOMPARE(areaOf(change.after->geometry), 5000.0);
            }
        }
    }

    void whatIsNoGlacierStaysNone() {
        Pair pair;
        auto removed = *pair.layers.draft().require(pair.khumbu);
        removed.review = outlines::Review::Removed;
        pair.layers.all["inventory"].put(outlines::share(removed));
        const std::vector<geo::Ring> lines{{{50, -10}, {50, 110}}};
        for (const auto& change : editing::split(pair.layers.draft(), pair.khumbu, lines).edit.changes) {
            QVERIFY(change.after->review == outlines::Review::Removed);
        }
    }
};

QTEST_APPLESS_MAIN(RegionTest)
#include "region_test.moc"
