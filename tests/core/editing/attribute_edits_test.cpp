// SPDX-License-Identifier: GPL-3.0-or-later
// What is said of glaciers besides their lines, and glaciers put back as they were.
#include "editing/gate.h"
#include "editing/revert.h"
#include "editing/set_attribute.h"
#include "geo/paths.h"
#include "ground_words.h"
#include "shared_layers.h"

#include <QtTest>

using namespace nunatak;
using namespace nunatak::tests;
using editing::Edit;
using editing::Neighbours;
using editing::Reverted;
using outlines::AttributeType;
using outlines::AttributeValue;
using outlines::OutlineRef;

namespace {

class Glaciers : public Two {
public:
    void change(const OutlineRef& ref, const std::function<void(outlines::Outline&)>& how) {
        outlines::Outline outline = *draft().require(ref);
        how(outline);
        all[ref.layer].put(outlines::share(std::move(outline)));
    }
    outlines::OutlineHandle now(const OutlineRef& ref) { return draft().require(ref); }
    std::vector<OutlineRef> both() const { return {west, east}; }
    Edit set(const std::vector<OutlineRef>& refs, const std::string& name, const AttributeValue& value) {
        const Edit edit = editing::setAttribute(draft(), refs, name, value);
        commit(edit);
        return edit;
    }
    /// The divide goes 20 to the east, as a hand would draw it for both.
    void moveDivide() {
        change(west, [](auto& outline) {
            outline.geometry = polygon({{0, 0}, {120, 0}, {120, 50}, {120, 100}, {0, 100}});
        });
        change(east, [](auto& outline) {
            outline.geometry = polygon({{120, 50}, {120, 0}, {200, 0}, {200, 100}, {120, 100}});
        });
    }
    editing::Then as(const outlines::OutlineHandle& outline, std::vector<outlines::OutlineHandle> beside) {
        return {outline, std::move(beside), "2026-11-30 10:12 UTC"};
    }
};

AttributeValue attribute(const outlines::OutlineHandle& outline, const char* name) {
    return outlines::attributeOf(*outline, name).value_or(AttributeValue("none at all"));
}

} // namespace

class AttributeEditsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aGlacierIsNamedInOneStepThatSaysSo() {
        Glaciers glaciers;
        const Edit edit = glaciers.set({glaciers.west}, "glac_name", "Khumbu Glacier");
        QCOMPARE(edit.description, std::string("Name of west set to Khumbu Glacier"));
        QCOMPARE(edit.changes.size(), std::size_t{1});
        QVERIFY(edit.then == glaciers.west);
        QCOMPARE(glaciers.now(glaciers.west)->name, std::string("Khumbu Glacier"));
        QCOMPARE(glaciers.set({glaciers.west}, "glac_name", {}).description,
                 std::string("Name of Khumbu Glacier left empty"));
        QVERIFY(glaciers.now(glaciers.west)->name.empty());
    }

    void ofSeveralOnlyThoseChangeThatSayAnother() {
        Glaciers glaciers;
        glaciers.change(glaciers.west, [](auto& outline) { outline.attributes["term_type"] = 2; });
        glaciers.change(glaciers.east, [](auto& outline) { outline.attributes["surge_type"] = 3; });
        const Edit edit = glaciers.set(glaciers.both(), "term_type", 2);
        QCOMPARE(edit.description, std::string("Terminus type of 2 glaciers set to lake-terminating"));
        QCOMPARE(edit.changes.size(), std::size_t{1});
        QVERIFY(attribute(glaciers.now(glaciers.east), "term_type") == AttributeValue(2));
        QVERIFY(attribute(glaciers.now(glaciers.east), "surge_type") == AttributeValue(3));
        QVERIFY(glaciers.set(glaciers.both(), "term_type", 2).empty());
        // What is not there and stays empty is no change.
        QVERIFY(glaciers.set(glaciers.both(), "zmax_m", AttributeValue::null(AttributeType::Real)).empty());
    }

    void wordsComeAndGoAndOthersStay() {
        Glaciers glaciers;
        glaciers.set({glaciers.west}, "tags", "calving, debris");
        glaciers.set({glaciers.east}, "tags", "debris");
        const Edit edit = editing::changeWords(glaciers.draft(), glaciers.both(), "tags", "seen", "debris");
        glaciers.commit(edit);
        QCOMPARE(edit.description, std::string("Tags of 2 glaciers added: seen, removed: debris"));
        QVERIFY(attribute(glaciers.now(glaciers.west), "tags") == AttributeValue("calving, seen"));
        QVERIFY(attribute(glaciers.now(glaciers.east), "tags") == AttributeValue("seen"));
    }

    void anAttributeIsAddedWithoutAValueAndRemoved() {
        Glaciers glaciers;
        glaciers.change(glaciers.west, [](auto& outline) { outline.attributes["ice_type"] = "warm"; });
        glaciers.commit(
            editing::addAttribute(glaciers.draft(), glaciers.both(), "ice_type", AttributeType::Text));
        QVERIFY(attribute(glaciers.now(glaciers.west), "ice_type") == AttributeValue("warm"));
        QVERIFY(attribute(glaciers.now(glaciers.east), "ice_type") == AttributeValue());
        glaciers.commit(editing::removeAttribute(glaciers.draft(), glaciers.both(), "ice_type"));
        QVERIFY(!outlines::attributeOf(*glaciers.now(glaciers.west), "ice_type"));
        for (const char* name : {"", "  ", "UUID", "rev_note"}) {
            QVERIFY2(!messageOf([&] {
                          editing::addAttribute(glaciers.draft(), glaciers.both(), name, AttributeType::Text);
                      }).empty(),
                     name);
        }
    }

    void anIdOfOneOutlineIsNotGivenTwice() {
        Glaciers glaciers;
        glaciers.change(glaciers.east, [](auto& outline) { outline.attributes["rgi_id"] = "RGI-1"; });
        const auto& layer = glaciers.all["inventory"];
        const std::vector<OutlineRef> west{glaciers.west};
        QCOMPARE(messageOf([&] { editing::throwUnlessFree(layer, west, "rgi_id", "RGI-1"); }),
                 std::string("The RGI id RGI-1 is that of east already."));
        QVERIFY(messageOf([&] { editing::throwUnlessFree(layer, west, "rgi_id", "RGI-2"); }).empty());
        QVERIFY(messageOf([&] {
                    editing::throwUnlessFree(layer, glaciers.both(), "rgi_id", "RGI-2");
                }).find("select one glacier") != std::string::npos);
        QVERIFY(
            messageOf([&] { editing::throwUnlessFree(layer, glaciers.both(), "glims_id", "G1"); }).empty());
        // Files call one id by several names.
        QVERIFY(says(messageOf([&] { editing::throwUnlessFree(layer, west, "RGIId", "RGI-1"); }),
                     "is that of east already"));
    }

    void whatIsSaidOfAShapeNowIsSaidOfThisOne() {
        Glaciers glaciers;
        glaciers.change(glaciers.west, [](auto& outline) {
            outline.attributes = {{"zmax_m", 3000.0}, {"term_type", 0}};
            outline.describedShape = geo::fingerprint(outline.geometry) + 1; // an earlier one
        });
        glaciers.set({glaciers.west}, "term_type", 1); // of any shape
        QVERIFY(attribute(glaciers.now(glaciers.west), "zmax_m") == AttributeValue(3000.0));
        glaciers.set({glaciers.west}, "debris_pct", 12.5);
        const auto west = glaciers.now(glaciers.west);
        QVERIFY(attribute(west, "debris_pct") == AttributeValue(12.5));
        QVERIFY(attribute(west, "zmax_m") == AttributeValue::null(AttributeType::Real));
        QVERIFY(attribute(west, "term_type") == AttributeValue(1));
        QCOMPARE(west->describedShape, geo::fingerprint(west->geometry));
        // Where nobody knows of which shape the others are, nothing is said of them.
        glaciers.change(glaciers.east, [](auto& outline) { outline.attributes = {{"zmax_m", 3000.0}}; });
        glaciers.set({glaciers.east}, "debris_pct", 1.0);
        QVERIFY(attribute(glaciers.now(glaciers.east), "zmax_m") == AttributeValue(3000.0));
        QCOMPARE(glaciers.now(glaciers.east)->describedShape, std::uint64_t{0});
    }

    void aGlacierPutBackGivesItsNeighbourTheGroundThatWasIts() {
        Glaciers glaciers;
        const auto west = glaciers.now(glaciers.west);
        const auto east = glaciers.now(glaciers.east);
        glaciers.moveDivide();
        glaciers.change(glaciers.west, [](auto& outline) { outline.name = "Khumbu Glacier"; });
        const Edit edit = editing::revertOutline(glaciers.draft(), glaciers.west, glaciers.as(west, {east}),
                                                 Reverted::Line, Neighbours::Together);
        glaciers.commit(edit);
        QCOMPARE(edit.description,
                 std::string("Revert Khumbu Glacier and its neighbour to 2026-11-30 10:12 UTC"));
        QCOMPARE(glaciers.now(glaciers.west)->geometry, west->geometry);
        QCOMPARE(glaciers.now(glaciers.west)->name, std::string("Khumbu Glacier"));
        QVERIFY(std::abs(geo::planarArea(glaciers.now(glaciers.east)->geometry) - 10000) < 1e-6);
        QVERIFY(isPlanar(glaciers));
        QVERIFY(!edit.changes[0].isAlong && edit.changes[1].isAlong);
        // The line is one again, bit by bit.
        const auto& ring = glaciers.now(glaciers.east)->geometry.front().outer;
        for (const geo::Point point : {geo::Point{100, 0}, geo::Point{100, 50}, geo::Point{100, 100}}) {
            QVERIFY(std::find(ring.begin(), ring.end(), point) != ring.end());
        }
    }

    void aGlacierPutBackTakesItsGroundAgain() {
        Glaciers glaciers;
        glaciers.moveDivide();
        const auto west = glaciers.now(glaciers.west); // the larger one
        const auto east = glaciers.now(glaciers.east);
        Glaciers before;
        glaciers.change(glaciers.west, [&](auto& o) { o.geometry = before.now(before.west)->geometry; });
        glaciers.change(glaciers.east, [&](auto& o) { o.geometry = before.now(before.east)->geometry; });
        const auto then = glaciers.as(west, {east});
        const auto reverted = [&](Neighbours neighbours) {
            return editing::revertOutline(glaciers.draft(), glaciers.west, then, Reverted::Line, neighbours);
        };
        QCOMPARE(messageOf([&] { reverted(Neighbours::Alone); }), std::string("It would overlap east."));
        QCOMPARE(messageOf([&] { reverted(Neighbours::NoOverlap); }),
                 std::string("Others have that ground by now."));
        // A part of it is nobody's: that comes back.
        glaciers.change(glaciers.east, [](auto& o) {
            o.geometry = polygon({{100, 50}, {150, 50}, {200, 0}, {200, 100}, {100, 100}});
        });
        const auto beside = reverted(Neighbours::NoOverlap).changes.front().after;
        QVERIFY(std::abs(geo::planarArea(beside->geometry) - 11000) < 1e-6);
        glaciers.change(glaciers.east, [&](auto& o) { o.geometry = before.now(before.east)->geometry; });
        glaciers.commit(reverted(Neighbours::Together));
        QCOMPARE(glaciers.now(glaciers.west)->geometry, west->geometry);
        QVERIFY(std::abs(geo::planarArea(glaciers.now(glaciers.east)->geometry) - 8000) < 1e-6);
        QVERIFY(isPlanar(glaciers));
    }

    void whatTakesNoGroundComesBackWhateverNeighboursDo() {
        Glaciers layers;
        const OutlineRef line =
            layers.put("snow_line", "late", geo::lineShape({{0, 0}, {100, 0}, {100, 100}}));
        const auto then = layers.as(layers.now(line), {});
        layers.change(line, [](auto& outline) { outline.geometry = geo::lineShape({{0, 0}, {100, 50}}); });
        for (const auto neighbours : {Neighbours::Together, Neighbours::NoOverlap, Neighbours::Alone}) {
            const Edit edit = editing::revertOutline(layers.draft(), line, then, Reverted::Line, neighbours);
            QCOMPARE(edit.changes.size(), std::size_t{1});
            QCOMPARE(edit.changes.front().after->geometry, then.outline->geometry);
        }
    }

    void theVerdictOnALineComesBackWithIt() {
        Glaciers glaciers;
        glaciers.change(glaciers.west, [](auto& outline) {
            outline.review = outlines::Review::Accepted;
            outline.reviewRecord = {"A. Heim", "2026-01-01T00:00:00Z", "", false};
            outline.srcDate = "2020-08-20";
        });
        const auto accepted = glaciers.now(glaciers.west);
        const auto east = glaciers.now(glaciers.east);
        glaciers.moveDivide();
        glaciers.change(glaciers.west, [](auto& outline) {
            outline.review = outlines::Review::Doubtful;
            outline.srcDate = "2022-08-20";
        });
        const auto then = [&](const outlines::OutlineHandle& was) {
            return editing::revertOutline(glaciers.draft(), glaciers.west, glaciers.as(was, {east}),
                                          Reverted::Line, Neighbours::Together)
                .changes.front()
                .after;
        };
        QVERIFY(then(accepted)->review == outlines::Review::Accepted);
        QVERIFY(!then(accepted)->reviewRecord.isOutdated);
        QCOMPARE(then(accepted)->srcDate, std::string("2020-08-20"));
        outlines::Outline unseen = *accepted;
        unseen.review = outlines::Review::NotReviewed;
        unseen.reviewRecord = {};
        QVERIFY(then(outlines::share(std::move(unseen)))->review == outlines::Review::Doubtful);
    }

    void attributesComeBackAlone() {
        Glaciers glaciers;
        glaciers.set({glaciers.west}, "term_type", 2);
        const auto then = glaciers.now(glaciers.west);
        glaciers.moveDivide();
        glaciers.set({glaciers.west}, "term_type", 0);
        glaciers.set({glaciers.west}, "glac_name", "Another");
        const Edit edit = editing::revertOutline(glaciers.draft(), glaciers.west, glaciers.as(then, {}),
                                                 Reverted::Attributes, Neighbours::Together);
        QCOMPARE(edit.description, std::string("Attributes of Another as of 2026-11-30 10:12 UTC"));
        QCOMPARE(edit.changes.size(), std::size_t{1});
        QCOMPARE(edit.changes.front().after->name, std::string("west"));
        QVERIFY(attribute(edit.changes.front().after, "term_type") == AttributeValue(2));
        QVERIFY(edit.changes.front().after->geometry != then->geometry);
    }
};

QTEST_APPLESS_MAIN(AttributeEditsTest)
#include "attribute_edits_test.moc"
