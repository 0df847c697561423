// SPDX-License-Identifier: GPL-3.0-or-later
// Outlines made one, parts that change hands, and outlines made wider and narrower.
#include "base/error.h"
#include "editing/buffer.h"
#include "editing/divide_outlines.h"
#include "editing/gate.h"
#include "editing/merge.h"
#include "editing/parts.h"
#include "editing/split.h"
#include "geo/rings.h"
#include "geo/segments.h"
#include "geo/shape_operations.h"
#include "ground_words.h"
#include "shapes.h"

#include <QtTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <span>
#include <utility>

using namespace nunatak;
using editing::Edit;
using editing::Neighbours;
using outlines::OutlineRef;
using tests::box;
using tests::refusal;

namespace {

/// Two glaciers side by side, whose divide has vertices; a third one far away.
struct Three {
    Three() {
        khumbu = layers.put("inventory", "Khumbu Glacier",
                            {{{{0, 0}, {100, 0}, {105, 50}, {100, 100}, {0, 100}}, {}}});
        imja = layers.put("inventory", "Imja Glacier",
                          {{{{100, 0}, {200, 0}, {200, 100}, {100, 100}, {105, 50}}, {}}});
        far = layers.put("inventory", "Far Glacier", {{box(500, 0, 10, 10), {}}});
    }
    Edit merged(const std::vector<OutlineRef>& refs, const editing::MergeOptions& options = {}) {
        return editing::merge(layers.draft(), refs, options);
    }
    void change(const OutlineRef& ref, const std::function<void(outlines::Outline&)>& how) {
        outlines::Outline outline = *layers.draft().require(ref);
        how(outline);
        layers.all[ref.layer].put(outlines::share(std::move(outline)));
    }
    geo::MultiPolygon shape(const OutlineRef& ref) { return layers.draft().require(ref)->geometry; }

    tests::Layers layers;
    OutlineRef khumbu, imja, far;
};

/// With a glacier that lies over parts of all of them, as a file has it.
struct WithOver : Three {
    WithOver() {
        change(far, [](auto& outline) { outline.geometry.push_back({box(20, 200, 20, 20), {}}); });
        over = layers.put("inventory", "Over",
                          {{{{80, -20}, {120, -20}, {120, 20}, {80, 20}}, {}}, {box(30, 210, 40, 40), {}}});
    }
    double common() {
        double sum = 0;
        for (const auto& outline : layers.all["inventory"].all()) {
            sum += outline->uuid == over.uuid
                       ? 0
                       : geo::planarArea(geo::intersection(outline->geometry, shape(over)));
        }
        return sum;
    }
    /// Whether the ground that two have in common is the same afterwards.
    bool commit(const Edit& edit) {
        const double before = common();
        layers.commit(edit);
        return before > 0 && std::abs(common() - before) < 1e-6;
    }
    OutlineRef over;
};

} // namespace

class MergeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLineThatTwoShareVanishes() {
        Three three;
        three.change(three.khumbu, [](auto& outline) { outline.review = outlines::Review::Accepted; });
        const Edit edit = three.merged({three.khumbu, three.imja});
        QCOMPARE(edit.description, std::string("Join Khumbu Glacier and Imja Glacier"));
        QCOMPARE(edit.changes.size(), std::size_t{2});
        three.layers.commit(edit);
        QVERIFY(!three.layers.all["inventory"].find("Imja Glacier"));
        const auto merged = three.layers.draft().require(three.khumbu);
        QCOMPARE(merged->area(), 20000.0);
        QCOMPARE(merged->vertices(), std::size_t{6}); // with the divide's ends
        QVERIFY(merged->review == outlines::Review::NotReviewed);
    }

    void whatIsMeasuredOrOnlyOneHasIsNothingToAskAbout() {
        Three three;
        three.change(three.khumbu, [](auto& outline) {
            outline.name = "The glacier";
            outline.attributes = {{"rgi_id", outlines::AttributeValue::null(outlines::AttributeType::Text)},
                                  {"Area", 12.5}};
        });
        three.change(three.imja, [](auto& outline) {
            outline.name = "The glacier";
            outline.attributes = {{"rgi_id", "RGI60-15.03733"}, {"Area", 7.25}, {"Aspect", 90.0}};
        });
        const std::vector refs{three.khumbu, three.imja};
        QVERIFY(editing::differencesOf(three.layers.draft(), refs).empty());
        three.layers.commit(three.merged(refs));
        QCOMPARE(three.layers.draft().require(three.khumbu)->attributes.at("rgi_id").text(),
                 std::string("RGI60-15.03733"));
        // Of two ids one has to be chosen.
        Three other;
        other.change(other.khumbu, [](auto& outline) { outline.attributes = {{"rgi_id", "A"}}; });
        other.change(other.imja, [](auto& outline) { outline.attributes = {{"rgi_id", "B"}}; });
        const auto differences = editing::differencesOf(other.layers.draft(), refs);
        QVERIFY(std::any_of(differences.begin(), differences.end(),
                            [](const auto& each) { return each.field == "rgi_id"; }));
    }

    void whatIsPartedOrJoinedKeepsWhatWasNotedAndNoPictureDatesIt() {
        Three three;
        const auto note = [&](const OutlineRef& ref, const char* reviewer, const char* time,
                              const char* words) {
            three.change(ref, [&](auto& outline) {
                outline.review = outlines::Review::Accepted;
                outline.reviewRecord = {reviewer, time, words, true};
            });
        };
        const auto isDatedByNone = [](const Edit& edit) {
            return std::all_of(edit.changes.begin(), edit.changes.end(),
                               [](const auto& change) { return change.isAlong; });
        };
        note(three.khumbu, "A. Meier", "2026-01-02T00:00:00Z", "Debris");
        note(three.imja, "A. Meier", "2026-01-01T00:00:00Z", "Whose ice?");
        const auto recordOf = [](const Edit& edit) { return edit.changes.front().after->reviewRecord; };
        const Edit joined = three.merged({three.khumbu, three.imja});
        QVERIFY(isDatedByNone(joined));
        QVERIFY((recordOf(joined) ==
                 outlines::ReviewRecord{"A. Meier", "2026-01-02T00:00:00Z", "Debris\nWhose ice?", false}));
        note(three.imja, "B. Huber", "2026-01-03T00:00:00Z", "Whose ice?");
        QCOMPARE(recordOf(three.merged({three.khumbu, three.imja})).note,
                 std::string("A. Meier: Debris\nB. Huber: Whose ice?"));
        const std::array line{geo::Ring{{50, -10}, {50, 110}}};
        const Edit split = editing::split(three.layers.draft(), three.khumbu, line, {}).edit;
        QVERIFY(split.changes.size() >= 2 && isDatedByNone(split));
        for (const auto& change : split.changes) {
            QCOMPARE(change.after->reviewRecord.note, std::string("Debris"));
            QVERIFY(change.after->review == outlines::Review::NotReviewed);
        }
        three.change(three.far, [](auto& outline) {
            outline.geometry.push_back({box(20, 100, 50, 50), {}});
        });
        QVERIFY(isDatedByNone(editing::explode(three.layers.draft(), three.far).edit));
        QVERIFY(isDatedByNone(editing::detachPart(three.layers.draft(), three.far, 1).edit));
        QVERIFY(isDatedByNone(editing::movePart(three.layers.draft(), three.far, 1, three.khumbu)));
        const auto draft = [&] { return three.layers.draft(); };
        const OutlineRef reference = three.layers.put("reference", "Reference", {{box(40, 100, 50, 20), {}}});
        QVERIFY(isDatedByNone(editing::copyPart(draft(), reference, 0, three.imja, Neighbours::Together)));
        for (const double by : {5.0, -5.0}) {
            QVERIFY(isDatedByNone(editing::buffer(draft(), three.khumbu, by, Neighbours::Together)));
        }
    }

    void whatAFileHasOverIsNoReasonAgainstPartingOrJoining() {
        const std::array across{geo::Ring{{90, -10}, {90, 110}}}; // through what is of two
        for (const std::size_t keep : {std::size_t{0}, std::size_t{1}}) {
            WithOver over;
            const std::vector pair{over.khumbu, over.imja};
            const Edit edit = over.merged(pair, {.keep = keep});
            QVERIFY(over.commit(edit));
            QCOMPARE(edit.changes.size(), std::size_t{2});
        }
        WithOver collected;
        QVERIFY(collected.commit(collected.merged({collected.far, collected.khumbu}, {.collect = true})));
        for (const auto& [ref, count] : {std::pair(WithOver().khumbu, 2), std::pair(WithOver().imja, 2)}) {
            WithOver over;
            const std::array line{ref == over.khumbu ? across[0] : geo::Ring{{-50, 10}, {300, 10}}};
            const editing::Split split = editing::split(over.layers.draft(), ref, line, {});
            QCOMPARE(split.pieces.size(), static_cast<std::size_t>(count));
            QVERIFY(over.commit(split.edit));
        }
        // A part that another glacier lies over.
        const auto draft = [](WithOver& over) { return over.layers.draft(); };
        WithOver exploded, detached, moved;
        QVERIFY(exploded.commit(editing::explode(draft(exploded), exploded.far).edit));
        QVERIFY(detached.commit(editing::detachPart(draft(detached), detached.far, 1).edit));
        QVERIFY(moved.commit(editing::movePart(draft(moved), moved.far, 1, moved.khumbu)));
        // What was no glacier took no ground, so what lies over it comes anew.
        WithOver none;
        none.change(none.far, [](auto& outline) { outline.review = outlines::Review::Removed; });
        QCOMPARE(refusal([&] { editing::movePart(draft(none), none.far, 1, none.khumbu); }),
                 std::string("It would overlap Over."));
    }

    void whatIsWrongWithAnOutlineIsNoReasonAgainstPartingOrJoiningIt() {
        Three three;
        three.change(three.far, [](auto& outline) {
            // A part that crosses itself, and two that lie over each other.
            outline.geometry.push_back({{{520, 0}, {540, 20}, {540, 0}, {520, 20}}, {}});
            outline.geometry.push_back({box(505, 0, 10, 10), {}});
        });
        const auto draft = [&] { return three.layers.draft(); };
        QCOMPARE(editing::explode(draft(), three.far).pieces.size(), std::size_t{3});
        QCOMPARE(editing::detachPart(draft(), three.far, 1).pieces.size(), std::size_t{2});
        QCOMPARE(editing::movePart(draft(), three.far, 1, three.khumbu).changes.size(), std::size_t{2});
        QCOMPARE(three.merged({three.khumbu, three.far}, {.collect = true}).changes.size(), std::size_t{2});
    }

    void piecesThatLieOverEachOtherOrOverOthersAreLeft() {
        Three three;
        const auto refusalOf = [&](geo::MultiPolygon one, geo::MultiPolygon other) {
            const editing::Division division{three.khumbu, {{std::move(one)}, {std::move(other)}}};
            const auto divided = editing::divideOutlines(three.layers.draft(), std::span(&division, 1));
            return divided.left.empty() ? std::string() : divided.left.front().why;
        };
        const geo::MultiPolygon west{{{{0, 0}, {50, 0}, {50, 100}, {0, 100}}, {}}};
        const geo::MultiPolygon east{{{{50, 0}, {100, 0}, {105, 50}, {100, 100}, {50, 100}}, {}}};
        const geo::MultiPolygon more{{{{40, 0}, {100, 0}, {105, 50}, {100, 100}, {40, 100}}, {}}};
        const geo::MultiPolygon over{{{{50, 0}, {100, 0}, {120, 50}, {100, 100}, {50, 100}}, {}}};
        QCOMPARE(refusalOf(west, east), std::string());
        QCOMPARE(refusalOf(west, more), std::string("It would overlap Khumbu Glacier."));
        QCOMPARE(refusalOf(west, over), std::string("It would overlap Imja Glacier."));
    }

    void neighboursThatAreDividedInOneStepKeepOneLine() {
        Three three;
        std::vector<editing::Division> divisions;
        for (const auto& [ref, y] : {std::pair(three.khumbu, 30.0), std::pair(three.imja, 70.0)}) {
            editing::Division division{ref, {}};
            const std::array line{geo::Ring{{-50, y}, {300, y}}};
            for (auto& piece :
                 editing::piecesAlong(three.layers.draft(), three.layers.draft().require(ref), line)
                     .glaciers) {
                division.parts.push_back({std::move(piece)});
            }
            QCOMPARE(division.parts.size(), std::size_t{2});
            divisions.push_back(std::move(division));
        }
        three.layers.commit(editing::divideOutlines(three.layers.draft(), divisions).edit);
        QCOMPARE(three.layers.all["inventory"].size(), std::size_t{5});
        // Where each divide ends all three have a vertex.
        for (const geo::Point end : {geo::Point{103, 30}, geo::Point{103, 70}}) {
            int owners = 0;
            for (const auto& outline : three.layers.all["inventory"].all()) {
                geo::forEachVertex(outline->geometry, [&](const geo::VertexId&, geo::Point point) {
                    owners += geo::distance(point, end) < 1e-6 ? 1 : 0;
                });
            }
            QCOMPARE(owners, 3);
        }
    }

    void gapsOfMillimetresAreClosedAndOthersStay() {
        for (const double gap : {0.001, 0.4, 30.0}) {
            Three three;
            three.change(three.imja, [&](auto& outline) {
                outline.geometry = {
                    {{{100, 0}, {200, 0}, {200, 100}, {100, 100}, {100, 90}, {105 + gap, 50}, {100, 10}},
                     {}}};
            });
            three.change(three.khumbu, [&](auto& outline) {
                outline.geometry = {
                    {{{0, 0}, {100, 0}, {100, 10}, {105, 50}, {100, 90}, {100, 100}, {0, 100}}, {}}};
            });
            three.layers.commit(three.merged({three.khumbu, three.imja}));
            QCOMPARE(three.shape(three.khumbu)[0].holes.size(), std::size_t{gap > 1 ? 1U : 0U});
        }
    }

    void aGapInWhichAnotherGlacierLiesStays() {
        Three three;
        const geo::Ring gap{{100, 10}, {105.4, 50}, {100, 90}, {105, 50}};
        three.change(three.imja, [&](auto& outline) {
            outline.geometry = {
                {{{100, 0}, {200, 0}, {200, 100}, {100, 100}, {100, 90}, {105.4, 50}, {100, 10}}, {}}};
        });
        three.change(three.khumbu, [&](auto& outline) {
            outline.geometry = {
                {{{0, 0}, {100, 0}, {100, 10}, {105, 50}, {100, 90}, {100, 100}, {0, 100}}, {}}};
        });
        three.layers.put("inventory", "Thin Glacier", {{gap, {}}});
        three.layers.commit(three.merged({three.khumbu, three.imja}));
        QCOMPARE(three.shape(three.khumbu)[0].holes.size(), std::size_t{1});
    }

    void whatSharesNoLineIsPartsOfOneOnlyWhereAsked() {
        Three three;
        QCOMPARE(refusal([&] {
                     three.merged({three.khumbu, three.far});
                 }),
                 std::string("They share no line."));
        // Of several it says which.
        const auto farther = three.layers.put("inventory", "Farther", {{box(900, 900, 10, 10), {}}});
        const auto farthest = three.layers.put("inventory", "Farthest", {{box(990, 990, 10, 10), {}}});
        QCOMPARE(refusal([&] {
                     three.merged({three.khumbu, three.imja, farther});
                 }),
                 std::string("Farther shares no line with the others."));
        QCOMPARE(refusal([&] {
                     three.merged({three.khumbu, farthest, three.imja, farther});
                 }),
                 std::string("Farthest and Farther share no line with the others."));
        QCOMPARE(refusal([&] {
                     three.merged({three.khumbu, three.imja, farther, three.far, farthest});
                 }),
                 std::string("Farther and 2 more share no line with the others."));
        editing::MergeOptions options;
        options.collect = true;
        three.layers.commit(three.merged({three.khumbu, three.far}, options));
        QCOMPARE(three.shape(three.khumbu).size(), std::size_t{2});
        // A corner is no line.
        Three other;
        const auto corner = other.layers.put("inventory", "Corner", {{box(200, 100, 10, 10), {}}});
        QCOMPARE(refusal([&] { other.merged({other.imja, corner}); }), std::string("They share no line."));
    }

    void whatTheyDoNotAgreeAboutIsListedAndChosen() {
        Three three;
        three.change(three.khumbu, [](auto& outline) {
            outline.attributes = {{"rgi_id", "A"}, {"surge", 1}, {"only", "here"}};
            outline.srcDate = "2020-01-01";
        });
        three.change(three.imja, [](auto& outline) {
            outline.attributes = {{"rgi_id", "B"}, {"surge", 1}};
            outline.srcDate = "2021-01-01";
            outline.sceneId = "a scene";
        });
        const std::vector<OutlineRef> refs{three.khumbu, three.imja};
        const auto differences = editing::differencesOf(three.layers.draft(), refs);
        std::vector<std::string> fields;
        for (const auto& difference : differences) {
            fields.push_back(difference.field);
        }
        QVERIFY((fields == std::vector<std::string>{"name", "date", "only", "rgi_id"}));
        QVERIFY((differences[3].values == std::vector<std::string>{"A", "B"}));
        editing::MergeOptions options;
        options.keep = 0;
        options.chosen = {{"date", 1}, {"only", 1}};
        three.layers.commit(three.merged(refs, options));
        const auto merged = three.layers.draft().require(three.khumbu);
        QCOMPARE(merged->srcDate, std::string("2021-01-01"));
        QCOMPARE(merged->sceneId, std::string("a scene"));
        QCOMPARE(merged->attributes.at("rgi_id").text(), std::string("A"));
        QVERIFY(!merged->attributes.contains("only"));
    }

    void someThatAreNoGlaciersAreNotMergedWithGlaciers() {
        Three three;
        three.change(three.imja, [](auto& outline) { outline.review = outlines::Review::Removed; });
        QCOMPARE(refusal([&] {
                     three.merged({three.khumbu, three.imja});
                 }),
                 std::string("Imja Glacier is no glacier."));
        QCOMPARE(refusal([&] {
                     three.merged({three.khumbu, three.khumbu});
                 }),
                 std::string("It takes two to merge."));
    }

    // Parts.

    void aPartGoesToAnotherAndTheLineBetweenVanishes() {
        Three three;
        three.change(three.far, [](auto& outline) {
            outline.geometry.push_back({box(20, 100, 50, 50), {box(30, 110, 10, 10)}});
        });
        const Edit edit = editing::movePart(three.layers.draft(), three.far, 1, three.khumbu);
        QCOMPARE(edit.description, std::string("Move a part of Far Glacier to Khumbu Glacier"));
        three.layers.commit(edit);
        QCOMPARE(three.shape(three.far).size(), std::size_t{1});
        QCOMPARE(three.shape(three.khumbu).size(), std::size_t{1});
        QCOMPARE(three.shape(three.khumbu)[0].holes.size(), std::size_t{1});
        QCOMPARE(refusal([&] { editing::movePart(three.layers.draft(), three.far, 0, three.khumbu); }),
                 std::string("Nothing would be left of Far Glacier."));
        QVERIFY_EXCEPTION_THROWN(editing::movePart(three.layers.draft(), three.far, 7, three.khumbu), Error);
    }

    void aPartIsCopiedFromAReferenceUpToTheNeighbours() {
        Three three;
        const auto expert = three.layers.put("expert", "Expert's", {{box(50, 80, 100, 50), {}}});
        const Edit edit = editing::copyPart(three.layers.draft(), expert, 0, three.khumbu);
        QCOMPARE(edit.description, std::string("Copy a part of Expert's to Khumbu Glacier"));
        three.layers.commit(edit);
        QCOMPARE(std::round(geo::planarArea(three.shape(three.khumbu))), 10250.0 + 100 * 30);
        QCOMPARE(three.shape(expert)[0].outer, box(50, 80, 100, 50));
    }

    void partsBecomeGlaciersAndTheLargestGoesOn() {
        Three three;
        three.change(three.far, [](auto& outline) {
            outline.geometry.push_back({box(520, 0, 50, 50), {}});
            outline.attributes = {{"rgi_id", "A"}};
        });
        const auto exploded = editing::explode(three.layers.draft(), three.far);
        QCOMPARE(exploded.edit.description, std::string("Part Far Glacier into 2 glaciers"));
        three.layers.commit(exploded.edit);
        QCOMPARE(three.shape(three.far)[0].outer, box(520, 0, 50, 50));
        const auto other = three.layers.draft().require(exploded.pieces[1]);
        QCOMPARE(other->geometry[0].outer, box(500, 0, 10, 10));
        QVERIFY(other->attributes.at("rgi_id").isNull()); // it is the largest's
        QCOMPARE(three.layers.draft().require(three.far)->attributes.at("rgi_id").text(), std::string("A"));
        QCOMPARE(editing::keptIds(exploded.edit, "the largest"), std::string("A stays with the largest."));
        QCOMPARE(refusal([&] { editing::explode(three.layers.draft(), three.khumbu); }),
                 std::string("It has one part only."));
    }

    // Wider and narrower.

    void widerANeighbourGivesWayOrStopsIt() {
        Three three;
        const Edit edit = editing::buffer(three.layers.draft(), three.khumbu, 10, Neighbours::Together);
        QCOMPARE(edit.description, std::string("Widen Khumbu Glacier and its neighbour by 10 m"));
        three.layers.commit(edit);
        QVERIFY(geo::planarArea(three.shape(three.imja)) < 9750 - 900);
        QVERIFY(geo::planarArea(geo::intersection(three.shape(three.imja), three.shape(three.khumbu))) <
                1e-6);
        Three other;
        other.layers.commit(editing::buffer(other.layers.draft(), other.khumbu, 10, Neighbours::NoOverlap));
        QCOMPARE(std::round(geo::planarArea(other.shape(other.imja))), 9750.0);
        QVERIFY(geo::planarArea(geo::intersection(other.shape(other.imja), other.shape(other.khumbu))) <
                1e-6);
        QCOMPARE(refusal([&] { editing::buffer(other.layers.draft(), other.khumbu, 10, Neighbours::Alone); }),
                 std::string("It would overlap Imja Glacier."));
    }

    void narrowerTheFreeEdgeRetreatsAndTheDivideStays() {
        Three three;
        three.layers.commit(editing::buffer(three.layers.draft(), three.khumbu, -10, Neighbours::Together));
        const auto shape = three.shape(three.khumbu);
        QCOMPARE(geo::invalidReason(shape), std::string());
        QCOMPARE(std::round(geo::planarArea(three.shape(three.imja))), 9750.0);
        const bool hasDivide = std::find(shape[0].outer.begin(), shape[0].outer.end(), geo::Point{105, 50}) !=
                               shape[0].outer.end();
        QVERIFY(hasDivide);
        QVERIFY(std::abs(geo::planarArea(shape) - (90 * 80 + 0.5 * 80 * 4 + 80 * 0.5)) < 200);
        // The ends of what is left of the divide are vertices of both.
        std::size_t ends = 0;
        const geo::MultiPolygon neighbour = three.shape(three.imja);
        for (const geo::Point& point : neighbour[0].outer) {
            ends += std::find(shape[0].outer.begin(), shape[0].outer.end(), point) != shape[0].outer.end()
                        ? 1
                        : 0;
        }
        QCOMPARE(ends, std::size_t{3});
        Three other;
        other.layers.commit(editing::buffer(other.layers.draft(), other.khumbu, -10, Neighbours::Alone));
        QVERIFY(geo::planarArea(other.shape(other.khumbu)) < geo::planarArea(shape) - 700);
    }

    void tooNarrowNothingWouldBeLeft() {
        Three three;
        QCOMPARE(refusal([&] { editing::buffer(three.layers.draft(), three.far, -6, Neighbours::Alone); }),
                 std::string("Nothing would be left of Far Glacier."));
    }
};

QTEST_APPLESS_MAIN(MergeTest)
#include "merge_test.moc"
