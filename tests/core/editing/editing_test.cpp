// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/changed_stretches.h"
#include "editing/gate.h"
#include "editing/insert_vertex.h"
#include "editing/mark_reviewed.h"
#include "editing/move_vertex.h"
#include "editing/nearest.h"
#include "editing/remove_outlines.h"
#include "editing/remove_vertices.h"
#include "geo/rings.h"
#include "outlines/outline_name.h"
#include "shapes.h"
#include "support/messages.h"

#include <QtTest>

#include <algorithm>

using namespace nunatak;
using editing::Edit;
using outlines::OutlineRef;
using tests::messageOf;

namespace {

const geo::MultiPolygon& shapeAfter(const Edit& edit) {
    return edit.changes.at(0).after->geometry;
}

} // namespace

class EditingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onlyTheVertexMoves() {
        tests::Layers layers;
        const auto khumbu = layers.put("inventory", "Khumbu Glacier", tests::withHoleAndPart);
        const Edit edit = editing::moveVertex(layers.draft(), khumbu, {0, 1, 2}, {70, 75});
        geo::MultiPolygon expected = tests::withHoleAndPart;
        expected[0].holes[0][2] = {70, 75};
        QVERIFY(shapeAfter(edit) == expected);
        QCOMPARE(edit.changes.size(), std::size_t{1});
        QCOMPARE(edit.changes[0].layer, std::string("inventory"));
        QCOMPARE(edit.changes[0].before, layers.all["inventory"].find("Khumbu Glacier"));
        QCOMPARE(edit.description, std::string("Move vertex of Khumbu Glacier"));
        QVERIFY(edit.then == khumbu);
        // An edit is a value: the layer is as it was.
        QVERIFY(layers.all["inventory"].find("Khumbu Glacier")->geometry == tests::withHoleAndPart);
    }

    void whatTheGateRefusesIsNoEdit() {
        tests::Layers layers;
        const auto ref = layers.put("inventory", "a", tests::withHoleAndPart);
        QCOMPARE(messageOf([&] {
                     editing::moveVertex(layers.draft(), ref, {0, 1, 2}, {150, 150});
                 }),
                 std::string("Two lines would cross here."));
        QCOMPARE(messageOf([&] {
                     editing::insertVertex(layers.draft(), ref, {0, 0, 3}, {150, 50});
                 }),
                 std::string("The line would cross itself."));
    }

    void aVertexOrAnOutlineThatIsNotThereIsAnError() {
        tests::Layers layers;
        const auto ref = layers.put("inventory", "a", tests::withHoleAndPart);
        for (const geo::VertexId& none : {geo::VertexId{0, 0, 4}, geo::VertexId{0, 0, -1},
                                          geo::VertexId{0, 2, 0}, geo::VertexId{2, 0, 0}}) {
            QVERIFY(!messageOf([&] { editing::moveVertex(layers.draft(), ref, none, {1, 1}); }).empty());
            QVERIFY(!messageOf([&] { editing::insertVertex(layers.draft(), ref, none, {1, 1}); }).empty());
            QVERIFY(!messageOf([&] { editing::removeVertices(layers.draft(), ref, {none}); }).empty());
        }
        const OutlineRef gone{"inventory", "b"};
        const std::vector<OutlineRef> both{ref, gone};
        QVERIFY(!messageOf([&] { editing::moveVertex(layers.draft(), gone, {0, 0, 0}, {1, 1}); }).empty());
        QVERIFY(!messageOf([&] { editing::removeOutlines(layers.draft(), both); }).empty());
        QVERIFY(!messageOf([&] { layers.draft().require({"no such layer", "a"}); }).empty());
    }

    void aVertexIsInsertedOnTheEdgeThatBeginsThere() {
        tests::Layers layers;
        const auto ref = layers.put("inventory", "a", tests::withHoleAndPart);
        const auto middle = editing::insertVertex(layers.draft(), ref, {0, 0, 1}, {110, 50});
        QVERIFY(
            (shapeAfter(middle)[0].outer == geo::Ring{{0, 0}, {100, 0}, {110, 50}, {100, 100}, {0, 100}}));
        const auto last = editing::insertVertex(layers.draft(), ref, {0, 0, 3}, {-10, 50});
        QVERIFY((shapeAfter(last)[0].outer == geo::Ring{{0, 0}, {100, 0}, {100, 100}, {0, 100}, {-10, 50}}));
        QCOMPARE(shapeAfter(last)[0].outer[static_cast<std::size_t>(editing::insertedAfter({0, 0, 3}).index)],
                 (geo::Point{-10, 50}));
        QCOMPARE(last.description, std::string("Insert vertex into a"));
    }

    void verticesGoTogetherAlsoOverTheBeginningOfARing() {
        tests::Layers layers;
        const geo::Ring ring = tests::wavyRing(20, 100);
        const auto ref = layers.put("inventory", "a", {{ring, {}}});
        const auto edit = editing::removeVertices(
            layers.draft(), ref,
            {{0, 0, 19}, {0, 0, 0}, {0, 0, 1}, {0, 0, 7}, {0, 0, 10}, {0, 0, 11}, {0, 0, 7}});
        geo::Ring expected;
        for (const std::size_t kept : {2, 3, 4, 5, 6, 8, 9, 12, 13, 14, 15, 16, 17, 18}) {
            expected.push_back(ring[kept]);
        }
        QVERIFY(shapeAfter(edit)[0].outer == expected);
        QCOMPARE(edit.description, std::string("Remove 6 vertices of a"));
    }

    void aHoleAPartOrAnOutlineWithTooFewVerticesGoesAsAWhole() {
        tests::Layers layers;
        const auto ref = layers.put("inventory", "a", tests::withHoleAndPart);
        const auto hole = editing::removeVertices(layers.draft(), ref, {{0, 1, 0}, {0, 1, 3}});
        QVERIFY(shapeAfter(hole)[0].holes.empty());
        QCOMPARE(shapeAfter(hole).size(), std::size_t{2});
        const auto part = editing::removeVertices(layers.draft(), ref,
                                                  {{0, 0, 0}, {0, 0, 1}, {0, 0, 2}, {0, 0, 3}, {1, 0, 2}});
        QCOMPARE(shapeAfter(part).size(), std::size_t{1});
        QVERIFY((shapeAfter(part)[0].outer == geo::Ring{{200, 0}, {300, 0}, {200, 100}}));
        const auto all = editing::removeVertices(layers.draft(), ref,
                                                 {{0, 0, 0}, {0, 0, 1}, {0, 0, 2}, {1, 0, 0}, {1, 0, 1}});
        QVERIFY(all.changes.at(0).after == nullptr);
        QCOMPARE(all.description, std::string("Delete a"));
        QVERIFY(!all.then);
    }

    void verticesWhoseAbsenceLetsLinesCrossStay() {
        tests::Layers layers;
        // A bay that reaches around a hole: without its inner vertices the line runs through the hole.
        const auto ref =
            layers.put("inventory", "a",
                       {{{{0, 0}, {100, 0}, {100, 100}, {60, 100}, {50, 40}, {40, 100}, {0, 100}},
                         {{{65, 90}, {75, 90}, {75, 95}}}}});
        QVERIFY(messageOf([&] { editing::removeVertices(layers.draft(), ref, {{0, 0, 4}}); }).empty());
        QVERIFY(!messageOf([&] {
                     editing::removeVertices(layers.draft(), ref, {{0, 0, 2}, {0, 0, 3}});
                 }).empty());
    }

    void outlinesOfSeveralLayersAreRemovedInOneEdit() {
        tests::Layers layers;
        const std::vector<OutlineRef> refs{layers.put("inventory", "a", tests::withHoleAndPart),
                                           layers.put("lakes", "b", tests::withHoleAndPart)};
        const Edit edit = editing::removeOutlines(layers.draft(), refs);
        QCOMPARE(edit.changes.size(), std::size_t{2});
        QCOMPARE(edit.changes[1].layer, std::string("lakes"));
        QVERIFY(!edit.changes[0].after && !edit.changes[1].after);
        QCOMPARE(edit.description, std::string("Delete 2 glaciers"));
    }

    void verticesMoveTogetherAlsoOverTheBeginningOfARingAndOfSeveralRings() {
        tests::Layers layers;
        const auto ref = layers.put("inventory", "a", tests::withHoleAndPart);
        const auto corner =
            editing::moveVertices(layers.draft(), ref, {{0, 0, 3}, {0, 0, 0}, {0, 0, 3}}, {-5, 2});
        QVERIFY((shapeAfter(corner)[0].outer == geo::Ring{{-5, 2}, {100, 0}, {100, 100}, {-5, 102}}));
        QVERIFY(shapeAfter(corner)[0].holes == tests::withHoleAndPart[0].holes);
        QCOMPARE(corner.description, std::string("Move 2 vertices of a"));
        const auto two = editing::moveVertices(layers.draft(), ref, {{0, 1, 0}, {1, 0, 2}}, {3, 3});
        QCOMPARE(shapeAfter(two)[0].holes[0][0], (geo::Point{43, 43}));
        QCOMPARE(shapeAfter(two)[1].outer[2], (geo::Point{303, 103}));
        // A whole ring has no vertex that stays.
        const std::vector<geo::VertexId> hole{{0, 1, 0}, {0, 1, 1}, {0, 1, 2}, {0, 1, 3}};
        const auto moved = editing::moveVertices(layers.draft(), ref, hole, {10, 0});
        QVERIFY((shapeAfter(moved)[0].holes[0] == geo::Ring{{50, 40}, {70, 40}, {70, 60}, {50, 60}}));
        QVERIFY(!messageOf([&] { editing::moveVertices(layers.draft(), ref, hole, {90, 0}); }).empty());
        QVERIFY(!messageOf([&] {
                     editing::moveVertices(layers.draft(), ref, {{0, 0, 1}}, {-200, 0});
                 }).empty());
        QVERIFY(!messageOf([&] { editing::moveVertices(layers.draft(), ref, {{0, 0, 9}}, {1, 0}); }).empty());
    }

    void whatOfALineIsAnotherOneIsToldWithTheVerticesThatStay() {
        const geo::MultiPolygon before{{{{0, 0}, {10, 0}, {20, 0}, {20, 10}, {0, 10}}, {}}};
        const auto stretches = [&](geo::Ring after) {
            return editing::changedStretches(before, {{std::move(after), {}}});
        };
        // A vertex that moved, and two in different places.
        auto changed = stretches({{0, 0}, {10, -3}, {20, 0}, {20, 10}, {0, 10}});
        QCOMPARE(changed.drawn.size(), std::size_t{1});
        QVERIFY((changed.replaced[0].points == geo::Ring{{0, 0}, {10, 0}, {20, 0}}));
        QVERIFY((changed.drawn[0].points == geo::Ring{{0, 0}, {10, -3}, {20, 0}}));
        changed = stretches({{-1, 0}, {10, 0}, {20, 0}, {25, 10}, {0, 10}});
        QCOMPARE(changed.drawn.size(), std::size_t{1}); // one after the other
        QVERIFY((changed.drawn[0].points == geo::Ring{{20, 0}, {25, 10}, {0, 10}, {-1, 0}, {10, 0}}));
        QVERIFY((changed.replaced[0].points == geo::Ring{{20, 0}, {20, 10}, {0, 10}, {0, 0}, {10, 0}}));
        // One more vertex, one less, also at the ring's beginning.
        changed = stretches({{0, 0}, {10, 0}, {15, -2}, {20, 0}, {20, 10}, {0, 10}});
        QVERIFY((changed.replaced[0].points == geo::Ring{{10, 0}, {20, 0}}));
        QVERIFY((changed.drawn[0].points == geo::Ring{{10, 0}, {15, -2}, {20, 0}}));
        changed = stretches({{10, 0}, {20, 0}, {20, 10}, {0, 10}});
        QVERIFY((changed.replaced[0].points == geo::Ring{{0, 10}, {0, 0}, {10, 0}}));
        QVERIFY((changed.drawn[0].points == geo::Ring{{0, 10}, {10, 0}}));
        QVERIFY(!changed.drawn[0].isClosed);
        // Nothing, all, a new ring, one that goes.
        changed = editing::changedStretches(before, before);
        QVERIFY(changed.replaced.empty() && changed.drawn.empty());
        changed = stretches({{1, 1}, {2, 1}, {2, 2}});
        QVERIFY(changed.replaced[0].isClosed && changed.drawn[0].isClosed);
        changed = editing::changedStretches({}, before);
        QVERIFY(changed.replaced.empty() && changed.drawn.size() == 1 && changed.drawn[0].isClosed);
        changed = editing::changedStretches(tests::withHoleAndPart, {tests::withHoleAndPart[0]});
        QVERIFY(changed.drawn.empty() && changed.replaced.size() == 1);
        QVERIFY(changed.replaced[0].points == tests::withHoleAndPart[1].outer);
    }

    void aLineThatStaysIsNotToldWhateverBecomesOfItsNumber() {
        const geo::MultiPolygon before = tests::manyRings();
        // The first hole and the first part are no more, and the ring of another begins elsewhere.
        geo::MultiPolygon after = before;
        after[0].holes.erase(after[0].holes.begin());
        std::rotate(after[1].outer.begin(), after[1].outer.begin() + 3, after[1].outer.end());
        std::reverse(after[2].outer.begin(), after[2].outer.end());
        auto changed = editing::changedStretches(before, after);
        QVERIFY(changed.drawn.empty());
        QCOMPARE(changed.replaced.size(), std::size_t{1});
        QVERIFY(changed.replaced[0].isClosed && changed.replaced[0].points == before[0].holes[0]);
        changed = editing::changedStretches(before, {before.begin() + 1, before.end()});
        QVERIFY(changed.drawn.empty());
        QCOMPARE(changed.replaced.size(), std::size_t{3}); // of the part its outer line and two holes
        // A vertex more here and two less there: what lies between them is the same line.
        after = before;
        geo::Ring& ring = after[0].outer;
        ring.erase(ring.begin() + 40, ring.begin() + 42);
        ring.insert(ring.begin() + 10, {1, 1});
        changed = editing::changedStretches(before, after);
        QCOMPARE(changed.replaced.size(), std::size_t{2});
        const geo::Ring& was = before[0].outer;
        QVERIFY((changed.replaced[0].points == geo::Ring{was[9], was[10]}));
        QVERIFY((changed.replaced[1].points == geo::Ring{was[39], was[40], was[41], was[42]}));
        QVERIFY((changed.drawn[0].points == geo::Ring{was[9], {1, 1}, was[10]}));
        QVERIFY((changed.drawn[1].points == geo::Ring{was[39], was[42]}));
        // A part that came to another: the line between them alone is another.
        const geo::MultiPolygon two{{{{0, 0}, {10, 0}, {10, 10}, {0, 10}}, {}},
                                    {{{50, 0}, {60, 0}, {60, 10}}, {}}};
        const geo::MultiPolygon joined{{{{50, 0}, {60, 0}, {60, 10}}, {}},
                                       {{{0, 0}, {10, 0}, {20, 0}, {20, 10}, {10, 10}, {0, 10}}, {}}};
        changed = editing::changedStretches(two, joined);
        QCOMPARE(changed.replaced.size(), std::size_t{1});
        QVERIFY((changed.replaced[0].points == geo::Ring{{10, 0}, {10, 10}}));
        QCOMPARE(changed.drawn.size(), std::size_t{1});
        QVERIFY((changed.drawn[0].points == geo::Ring{{10, 0}, {20, 0}, {20, 10}, {10, 10}}));
    }

    void anOutlineThatIsNoGlacierStaysAndSaysSo() {
        tests::Layers layers;
        const std::vector<OutlineRef> refs{layers.put("inventory", "a", tests::withHoleAndPart),
                                           layers.put("inventory", "b", tests::withHoleAndPart)};
        const Edit edit =
            editing::markReviewed(layers.draft(), std::span(refs).first(1), outlines::Review::Removed);
        QCOMPARE(edit.changes.size(), std::size_t{1});
        QVERIFY(edit.changes[0].after->review == outlines::Review::Removed);
        QVERIFY(edit.changes[0].after->geometry == tests::withHoleAndPart);
        QVERIFY(edit.then == refs[0]);
        QCOMPARE(edit.description, std::string("Mark a as not a glacier"));
        layers.commit(edit);
        // Said again it changes nothing; of two, the one that did not say so.
        QVERIFY(editing::markReviewed(layers.draft(), std::span(refs).first(1), outlines::Review::Removed)
                    .empty());
        QCOMPARE(editing::markReviewed(layers.draft(), refs, outlines::Review::Removed).changes.size(),
                 std::size_t{1});
    }

    void aNoteStaysWithTheNextVerdictAndGoesWithTheReview() {
        tests::Layers layers;
        const std::vector<OutlineRef> refs{layers.put("inventory", "a", tests::withHoleAndPart)};
        const auto now = [&] { return layers.all["inventory"].find("a"); };
        const Edit noted = editing::noteReview(layers.draft(), refs, "debris?");
        QCOMPARE(noted.description, std::string("Note on a"));
        layers.commit(noted);
        QVERIFY(editing::noteReview(layers.draft(), refs, "debris?").empty());
        layers.commit(editing::markReviewed(layers.draft(), refs, outlines::Review::Doubtful));
        QCOMPARE(now()->reviewRecord.note, std::string("debris?"));
        layers.commit(editing::markReviewed(layers.draft(), refs, outlines::Review::Accepted, "ice"));
        QCOMPARE(now()->reviewRecord.note, std::string("ice"));
        layers.commit(editing::markReviewed(layers.draft(), refs, outlines::Review::NotReviewed));
        QVERIFY(now()->reviewRecord.note.empty());
    }

    void aDraftKnowsWhatWasDoneInItAndItsCopyDoesNotGoOn() {
        tests::Layers layers;
        const auto ref = layers.put("inventory", "a", tests::withHoleAndPart);
        auto draft = layers.draft();
        draft.reshape(ref, {{0, 1, 2, 1, {{70, 75}}}});
        auto copy = draft;
        draft.reshape(ref, {{0, 1, 0, 1, {{30, 30}}}});
        QCOMPARE(draft.find(ref)->geometry[0].holes[0][2], (geo::Point{70, 75}));
        QCOMPARE(copy.find(ref)->geometry[0].holes[0][0], (geo::Point{40, 40}));
        const Edit edit = draft.edit("Both", ref);
        QCOMPARE(edit.changes.size(), std::size_t{1}); // one outline, before all and after all
        QCOMPARE(edit.changes[0].before, layers.all["inventory"].find("a"));
        // An outline that was made and went again is none.
        outlines::Outline fleeting;
        fleeting.uuid = "c";
        copy.put("inventory", fleeting);
        copy.remove({"inventory", "c"});
        QCOMPARE(copy.edit("", {}).changes.size(), std::size_t{1});
    }

    void theIndexOfAnOutlineSurvivesEditsOfIt() {
        tests::Layers layers;
        const auto ref = layers.put("inventory", "a", {{tests::wavyRing(4000, 5000), {}}});
        const auto first = layers.indices.of(layers.all["inventory"].find("a"));
        for (int i = 0; i < 200; ++i) {
            const auto shape = layers.all["inventory"].find("a")->geometry;
            const geo::VertexId vertex{0, 0, (i * 37) % 4000};
            geo::Point target = *geo::vertexAt(shape, vertex);
            target.x += 1.5;
            layers.commit(i % 10 == 9 ? editing::insertVertex(layers.draft(), ref, vertex, target)
                                      : editing::moveVertex(layers.draft(), ref, vertex, target));
        }
        const auto now = layers.all["inventory"].find("a");
        const auto index = layers.indices.of(now);
        QVERIFY(index != first);
        QCOMPARE(layers.indices.of(now), index); // is kept
        const geo::EdgeIndex fresh(now->geometry);
        for (const auto& at : now->geometry[0].outer) {
            const auto near = [&](const geo::EdgeIndex& asked) {
                return editing::nearestEdge(now->geometry, asked, {at.x + 3, at.y - 2}, 10)->from;
            };
            QCOMPARE(near(*index), near(fresh));
        }
    }

    void whatIsNearestIsTakenHoldOf() {
        const geo::EdgeIndex index(tests::withHoleAndPart);
        const auto vertex = editing::nearestVertex(tests::withHoleAndPart, index, {61, 61}, 5);
        QVERIFY(vertex.has_value());
        QCOMPARE(vertex->vertex, (geo::VertexId{0, 1, 2}));
        QVERIFY(!editing::nearestVertex(tests::withHoleAndPart, index, {50, 20}, 5).has_value());
        const auto edge = editing::nearestEdge(tests::withHoleAndPart, index, {-4, 30}, 5);
        QVERIFY(edge.has_value());
        QCOMPARE(edge->from, (geo::VertexId{0, 0, 3}));
        QCOMPARE(edge->point, (geo::Point{0, 30}));
        QVERIFY(!editing::nearestEdge(tests::withHoleAndPart, index, {-6, 30}, 5).has_value());
    }

    void whatGoesWithVerticesIsKnownBefore() {
        const geo::Ring square{{0, 0}, {9, 0}, {9, 9}, {0, 9}};
        const geo::Ring hole{{2, 2}, {2, 4}, {4, 4}, {4, 2}};
        const geo::Ring far{{20, 0}, {29, 0}, {29, 9}, {20, 9}};
        const geo::MultiPolygon shape{{square, {hole}}, {far, {}}};
        const auto left = [&](const std::vector<geo::VertexId>& vertices) {
            const auto found = editing::leftWithout(shape, vertices);
            return std::vector<int>{found.parts, found.goneParts, found.goneHoles};
        };
        QCOMPARE(left({{0, 0, 1}, {1, 0, 1}}), (std::vector<int>{2, 0, 0}));
        QCOMPARE(left({{0, 1, 1}, {0, 1, 2}}), (std::vector<int>{2, 0, 1}));
        QCOMPARE(left({{1, 0, 1}, {1, 0, 2}}), (std::vector<int>{1, 1, 0}));
        // A hole goes with its part and is no loss besides.
        QCOMPARE(left({{0, 0, 0}, {0, 0, 1}, {0, 1, 0}, {0, 1, 1}}), (std::vector<int>{1, 1, 0}));
        QCOMPARE(left({{0, 0, 0}, {0, 0, 1}, {1, 0, 0}, {1, 0, 1}}), (std::vector<int>{0, 2, 0}));
    }

    void aGlacierWithoutANameIsCalledByItsId() {
        outlines::Outline outline;
        outline.uuid = "3f2a9c1b-0000-4000-8000-000000000000";
        QCOMPARE(outlines::nameInSentence(outline), std::string("glacier 3f2a9c1b")); // told from others
        QCOMPARE(outlines::nameOf(outline), std::string());
        outline.attributes["GLIMS_ID"] = outlines::AttributeValue("G086987E28005N");
        QCOMPARE(outlines::nameOf(outline), std::string("G086987E28005N"));
        outline.attributes["rgi_id"] = outlines::AttributeValue("RGI2000-v7.0-G-15-00001");
        QCOMPARE(outlines::nameInSentence(outline), std::string("RGI2000-v7.0-G-15-00001"));
        outline.name = "Khumbu Glacier";
        QCOMPARE(outlines::nameOf(outline), std::string("Khumbu Glacier"));
    }
};

QTEST_GUILESS_MAIN(EditingTest)
#include "editing_test.moc"
